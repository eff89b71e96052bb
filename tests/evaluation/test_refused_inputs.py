"""Inputs that break a rule of review, integrity, policies or ratings: told, and nothing kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from evaluation.callers import agreements, objectives, policies, review, work
from evaluation_service.application.policies.commands import DOCUMENT_MAX_CHARS
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.common.sizes import ENTRIES_MAX
from evaluation_service.domain.results.entries import TEXT_MAX_CHARS
from support.callers import Case, Stage, call, meet_a_refusal

ROOMS = (work, review, policies, objectives, agreements)
CASES = {case.mutation: case for room in ROOMS for case in room.CASES}
OBJECTIVE = objectives.CONTENT
EVIDENCE = {"uri": "https://kho.example/1.pdf"}
DECISION = {"decidedOn": "2026-08-10"}
CORRECTION = {"general": [{"key": "I.1", "points": "1"}]}


@dataclass(frozen=True)
class Bad:
    mutation: str
    input: Mapping[str, object]
    field: str | None
    code: str = "INVALID"


def reason(mutation: str) -> list[Bad]:
    """A reason is given, and fits on a page."""
    return [Bad(mutation, {"reason": text}, "input.reason") for text in ("", " ", "x" * 4001)]


def number(mutation: str) -> list[Bad]:
    """A decision has a number, and not one of 61 characters."""
    return [
        Bad(mutation, {"decision": {**DECISION, "number": text}}, "input.decision.number")
        for text in ("", " ", "1" * 61)
    ]


def evidence(mutation: str) -> list[Bad]:
    return [
        Bad(mutation, {"evidence": [EVIDENCE] * (EVIDENCE_MAX + 1)}, "input.evidence"),
        Bad(mutation, {"evidence": [{"uri": ""}]}, "input.evidence.uri"),
        Bad(mutation, {"evidence": [{"uri": "x" * 501}]}, "input.evidence.uri"),
        Bad(mutation, {"evidence": [{**EVIDENCE, "hash": "A" * 64}]}, "input.evidence.hash"),
    ]


def rating(key: str, **more: object) -> dict[str, object]:
    return {"key": key, "points": "1", **more}


def element(key: str, weight: str, title: str = "Kết quả") -> dict[str, object]:
    return {"key": key, "title": title, "weight": weight}


UNKNOWN: list[tuple[dict[str, object], str]] = [
    ({"general": [rating("I.1"), rating("IX.9")]}, "general.1.key"),
    ({"general": [{"key": "I.1", "points": "4.7"}]}, "general.0.points"),
    ({"general": [{"key": "I.1", "points": "5.5"}]}, "general.0.points"),
    ({"elements": [rating("results")]}, "elements.0.key"),
    ({"conduct": [{"rule": "TRAINING_ABSENCE"}]}, "conduct.0.rule"),
]
"""What the decree does not know."""


def ratings(mutation: str) -> list[Bad]:
    many = [rating("I.1")] * (ENTRIES_MAX + 1)
    long = rating("I.1", reason="x" * (TEXT_MAX_CHARS + 1))
    return [
        Bad(mutation, {"ratings": {"general": many}}, "input.ratings"),
        Bad(mutation, {"ratings": {"elements": many}}, "input.ratings"),
        Bad(mutation, {"ratings": {"general": [long]}}, "input.ratings.general.0.reason"),
        Bad(mutation, {"ratings": {"elements": [long]}}, "input.ratings.elements.0.reason"),
        Bad(mutation, {"ratings": {"organising": "FULL"}}, "input.ratings.organising"),
        Bad(mutation, {"ratings": {"unity": "FULL"}}, "input.ratings.unity"),
        *(Bad(mutation, {"ratings": given}, f"input.ratings.{place}") for given, place in UNKNOWN),
    ]


def corrections(mutation: str, **more: object) -> list[Bad]:
    unknown = [(given, place) for given, place in UNKNOWN if place.startswith("general")]
    return [
        Bad(mutation, {**more, "correction": given}, f"input.correction.{place}")
        for given, place in (*unknown, ({"addEvents": ["DISCIPLINDE"]}, "addEvents.0"))
    ]


BAD = [
    Bad("assignWork", {"appointmentId": "apt_x"}, "input.appointmentId"),
    *ratings("scoreGeneralCriteria"),
    *ratings("selfAssess"),
    *number("recordVetoEvent"),
    *(
        Bad("recordVetoEvent", {"event": code}, "input.event")
        for code in ("", "disciplined", "D", "1A", "D" * 61)
    ),
    Bad("recordVetoEvent", {"event": "DISCIPLINDE"}, "input.event"),
    Bad("recordVetoEvent", {"validTo": "2026-08-01"}, "input.validTo"),
    *number("liftVetoEvent"),
    Bad(
        "liftVetoEvent",
        {"decision": {**DECISION, "number": "283/QĐ-UBND"}},
        "input.decision.number",
    ),
    *reason("resolveTriggerCase"),
    *reason("reviseObjective"),
    *reason("withdrawObjective"),
    *evidence("recordReading"),
    Bad("recordReading", {"measuredOn": "2026-06-30"}, "input.measuredOn"),
    Bad("recordReading", {"correctsId": "reading_x"}, "input.reason"),
    Bad("recordReading", {"correctsId": "reading_x", "reason": "Nhầm"}, "input.correctsId"),
    *(
        Bad("confirmReading", {"confirmed": False, "reason": text}, "input.reason")
        for text in (None, "", " ", "x" * 4001)
    ),
    *(Bad("defineObjective", {"code": text}, "input.code") for text in ("", " ", "x" * 61)),
    Bad("defineObjective", {"unitId": "unit_x"}, "input.unitId"),
    Bad("defineObjective", {"civilServantId": None}, "input.unitId"),
    *(
        Bad("defineObjective", {"content": {**OBJECTIVE, name: text}}, f"input.content.{name}")
        for name, most in (("title", 300), ("description", 1000))
        for text in ("", " ", "x" * (most + 1))
    ),
    *reason("amendAgreement"),
    *reason("terminateAgreement"),
    *number("terminateAgreement"),
    *(
        Bad("draftAgreement", {"content": {"elements": given}}, f"input.content{place}")
        for given, place in (
            ([], ""),
            ([element("RESULTS", "100")], ".elements"),
            ([element("RESULTS", "40"), element("B", "59")], ".elements"),
            ([element("RESULTS", "41"), element("B", "40"), element("C", "19")], ".elements"),
            ([element("RESULTS", "19"), *(element(k, "9") for k in "ABCDEFGHI")], ".elements"),
            ([element("RESULTS", "40"), element("B", "41"), element("C", "19")], ".elements"),
            ([element("RESULTS", "40"), element("B", "30"), element("B", "30")], ".elements"),
            (
                [
                    element("RESULTS", "40"),
                    element("B", "40"),
                    element("C", "16"),
                    element("D", "4"),
                ],
                "",
            ),
            ([element("B", "60"), element("C", "40")], ".elements"),
            ([element(" ", "100")], ""),
            ([element("RESULTS", "100", title="x" * 301)], ""),
        )
    ),
    Bad("draftAgreement", {"content": {"details": [{"code": "MT-01"}]}}, "input.content"),
    Bad("draftAgreement", {"endsOn": "2026-03-31"}, "input.endsOn"),
    Bad("draftAgreement", {"endsOn": "2027-07-02"}, "input.endsOn"),
    Bad("draftAgreement", {"startsOn": "2026-10-01", "endsOn": "2027-10-01"}, "input.startsOn"),
    Bad("draftAgreement", {"draftingSince": "2026-08-01"}, "input.draftingSince"),
    Bad("signAgreement", {"versionHash": "0"}, "input.versionHash", "CONFLICT"),
    *reason("decideTies"),
    Bad("decideTies", {"keptEvaluationIds": ["eval_x"]}, "input.keptEvaluationIds"),
    *evidence("fileAppeal"),
    Bad("fileAppeal", {"grounds": " "}, "input.grounds"),
    Bad("fileAppeal", {"grounds": "x" * 4001}, "input.grounds"),
    Bad("decideAppeal", {"reason": " "}, "input.reason"),
    Bad("decideAppeal", {"verdict": "WITHDRAWN"}, "input.verdict"),
    Bad("decideAppeal", {"verdict": "UPHELD"}, "input.correction"),
    Bad("decideAppeal", {"verdict": "PARTLY"}, "input.correction"),
    Bad("decideAppeal", {"correction": CORRECTION}, "input.correction"),
    Bad("decideAppeal", {"verdict": "UPHELD", "correction": {}}, "input.correction"),
    Bad(
        "decideAppeal",
        {"verdict": "UPHELD", "correction": {"lines": [{"assignmentId": "asg_x", "late": "1"}]}},
        "input.correction.lines.assignmentId",
    ),
    *corrections("decideAppeal", verdict="UPHELD"),
    *corrections("decidePostAudit"),
    *reason("decidePostAudit"),
    Bad("decidePostAudit", {"evaluationId": None}, "input.evaluationId"),
    *number("publishPolicy"),
    Bad("publishPolicy", {"effectiveFrom": "2026-08-09"}, "input.effectiveFrom"),
    Bad("derivePolicy", {"version": 3}, "input.document", "CONFLICT"),
    Bad("derivePolicy", {"version": 1}, "input.document", "CONFLICT"),
    Bad("draftPolicy", {"document": "x" * (DOCUMENT_MAX_CHARS + 1)}, "input.document"),
    Bad("draftPolicy", {"document": "{"}, "input.document"),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.mutation}-{bad.field}")
async def test_a_bad_input_is_told_and_nothing_kept(stage: Stage, bad: Bad) -> None:
    await meet_a_refusal(CASES[bad.mutation], stage, bad.input, bad.code, bad.field)


async def rewritten(stage: Stage, **changes: object) -> dict[str, object]:
    stored = await policies.drafted(stage)
    return {"document": json.dumps({**json.loads(stored.document), **changes})}


@pytest.mark.parametrize(
    "changes", [{"version": 2}, {"id": "KH-OTHER"}, {"derived_from": {"id": "X", "version": 1}}]
)
async def test_a_draft_stays_the_version_it_is_and_keeps_its_base(
    stage: Stage, changes: Mapping[str, object]
) -> None:
    case: Case[Stage] = CASES["revisePolicy"]
    document = await rewritten(stage, **changes)
    before = await stage.everything()

    given = {"id": "KH-STAFF@1", "expectedRevision": 1, **document}
    answer = await call(case, stage, given, case.right)

    assert (answer["code"], answer["field"]) == ("INVALID", "input.document")
    assert await stage.everything() == before
