"""Every mutation meets four callers: nobody, the wrong role, the wrong place, and the right one."""

from dataclasses import dataclass
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from feedback import people
from feedback.commitment_steps import publish, report
from feedback.scenes import (
    DOSSIER,
    answered,
    classify,
    disputed,
    everything,
    file,
    new_key,
    rate,
    rating,
)
from feedback_service.adapters.graphql.mutations import Mutation
from feedback_service.application.office import Office
from support.clock import FixedClock
from support.graph import Graph

PROMISE = {
    "text": "Trả kết quả trong ngày",
    "target": "98 %",
    "due": "2026-12-31",
    "beneficiaries": "Người dân",
}


@dataclass(frozen=True)
class Case:
    """`given` is what the mutation is about: how far the complaint or commitment has come."""

    mutation: str
    given: str
    input: dict[str, object]
    wrong_role: Actor
    wrong_scope: Actor
    right: Actor
    returns: str


UNIT_CALLERS = (people.CITIZEN, people.OTHER_CHAIR, people.COUNTER_HEAD)
SENDERS = (people.COUNTER_HEAD, people.OTHER_CITIZEN, people.CITIZEN)
LEADERS = (people.COUNTER_MANAGER, people.OTHER_CHAIR, people.CHAIR)
TEXT: dict[str, object] = {"reason": "Lý do"}

CASES = [
    Case(
        "submitSatisfaction",
        "nothing",
        {"dossierCode": DOSSIER, "answer": "SATISFIED", "submitterToken": "dan-7"},
        people.COUNTER_HEAD,
        people.HANOI_PORTAL,
        people.PORTAL,
        "Submission",
    ),
    Case(
        "submitSuggestion",
        "nothing",
        {
            "unitId": people.COUNTER,
            "kind": "PRAISE",
            "text": "Rất tốt",
            "submitterToken": "dan-7",
        },
        people.AUDITOR,
        people.HANOI_PORTAL,
        people.PORTAL,
        "Submission",
    ),
    Case(
        "erasePrivateData",
        "rated",
        {"legalBasis": "Nghị định 13/2023/NĐ-CP"},
        people.COUNTER_HEAD,
        people.HANOI_BOARD,
        people.BOARD,
        "Erasure",
    ),
    Case(
        "fileComplaint",
        "nothing",
        {"dossierCode": DOSSIER, "text": "Chậm trả kết quả", "submitterToken": "dan-7"},
        people.COUNTER_HEAD,
        people.HANOI_PORTAL,
        people.PORTAL,
        "Complaint",
    ),
    Case(
        "classifyComplaint",
        "filed",
        {"category": "DELAY", "summary": "Trả chậm"},
        *UNIT_CALLERS,
        "Complaint",
    ),
    Case(
        "assignComplaint", "classified", {"handlerId": people.MINH_ID}, *UNIT_CALLERS, "Complaint"
    ),
    Case("takeUpComplaint", "classified", {}, *UNIT_CALLERS, "Complaint"),
    Case("answerComplaint", "classified", {"answer": "Xin lỗi"}, *UNIT_CALLERS, "Complaint"),
    Case("confirmAnswer", "answered", {}, *SENDERS, "Complaint"),
    Case("disputeAnswer", "answered", TEXT, *SENDERS, "Complaint"),
    Case(
        "reopenComplaint",
        "disputed",
        TEXT,
        people.CITIZEN,
        people.OTHER_CHAIR,
        people.CHAIR,
        "Complaint",
    ),
    Case(
        "decideComplaint",
        "disputed",
        {**TEXT, "verdict": "UPHELD"},
        people.AUDITOR,
        people.HANOI_BOARD,
        people.BOARD,
        "Complaint",
    ),
    Case(
        "closeComplaint",
        "filed",
        {**TEXT, "outcome": "CLOSED_NOT_COMPETENT"},
        *UNIT_CALLERS,
        "Complaint",
    ),
    Case(
        "discloseSubmitter",
        "filed",
        TEXT,
        people.CHAIR,
        people.COUNTER_BOARD,
        people.BOARD,
        "Complaint",
    ),
    Case(
        "publishCommitment",
        "nothing",
        {"promise": PROMISE},
        people.COUNTER_MANAGER,
        people.person("ct", Role.UNIT_HEAD, province="01", unit=people.WARD, officer="x"),
        people.CHAIR,
        "Commitment",
    ),
    Case("amendCommitment", "promised", {**TEXT, "promise": PROMISE}, *LEADERS, "Commitment"),
    Case("reportCommitment", "promised", {"note": "Đạt 97 %"}, *LEADERS, "Commitment"),
    Case(
        "assessCommitment",
        "claimed",
        {**TEXT, "outcome": "PARTLY"},
        people.CHAIR,
        people.HANOI_BOARD,
        people.BOARD,
        "Commitment",
    ),
    Case(
        "rateCommitment",
        "promised",
        {"score": 5, "submitterToken": "dan-7"},
        people.BOARD,
        people.HANOI_PORTAL,
        people.PORTAL,
        "Commitment",
    ),
    Case(
        "redactLogEntry",
        "answered",
        {
            "seq": 3,
            "fields": ["answer"],
            "reason": "PERSONAL_DATA",
            "legalBasis": "Nghị định 13/2023/NĐ-CP",
        },
        people.COUNTER_HEAD,
        people.HANOI_BOARD,
        people.BOARD,
        "PublicLogEntry",
    ),
    Case(
        "publishCheckpoint",
        "nothing",
        {},
        people.LAN,
        people.CITIZEN,
        people.PERIOD_ADMIN,
        "LogCheckpoint",
    ),
]


def test_every_mutation_is_among_the_cases() -> None:
    fields = Mutation.__strawberry_definition__.fields  # type: ignore[attr-defined]
    names = {field.python_name for field in fields}

    assert {_snake(case.mutation) for case in CASES} == names


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


async def given(case: Case, uow: MemoryUnitOfWork, office: Office) -> dict[str, object]:
    """Bring it so far, and name it as this mutation's input does."""
    match case.given:
        case "nothing":
            return {}
        case "rated":
            return {"ownerId": (await rate(uow, office, rating(comment="x"))).id}
        case "promised" | "claimed":
            commitment = await publish(uow, office)
            if case.given == "claimed":
                commitment = await report(uow, office, commitment, done=True)
            about: dict[str, object] = {"commitmentId": commitment.id}
            revised = case.mutation != "rateCommitment"
            return {**about, "expectedRevision": commitment.rev} if revised else about
    complaint = await {"filed": file, "answered": answered, "disputed": disputed}.get(
        case.given, file
    )(uow, office)
    if case.given == "classified":
        complaint = await classify(uow, office, complaint)
    if case.mutation == "redactLogEntry":
        return {}
    return {"complaintId": complaint.id, "expectedRevision": complaint.rev}


async def ask(graph: Graph, case: Case, about: dict[str, object], actor: Actor) -> dict[str, Any]:
    name = case.mutation[0].upper() + case.mutation[1:]
    document = f"""mutation($input: {name}Input!) {{
      {case.mutation}(input: $input) {{
        __typename ... on Problem {{ code message field ruleId }}
      }}
    }}"""
    input = {"idempotencyKey": new_key(), **case.input, **about}
    data = await graph.ask(document, actor, input=input)
    answer: dict[str, Any] = data[case.mutation]
    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mutation)
async def test_four_callers(
    case: Case, uow: MemoryUnitOfWork, office: Office, graph: Graph
) -> None:
    about = await given(case, uow, office)
    rows, events = await everything(uow), list(uow.outbox)

    refusals = [
        (await ask(graph, case, about, actor))["code"]
        for actor in (ANONYMOUS, case.wrong_role, case.wrong_scope)
    ]
    assert refusals == ["UNAUTHENTICATED", "FORBIDDEN", "FORBIDDEN"]
    assert (await everything(uow), list(uow.outbox)) == (rows, events)

    allowed = await ask(graph, case, about, case.right)

    assert allowed == {"__typename": case.returns}
    assert await everything(uow) != rows


async def test_a_problem_tells_rule_and_field_in_the_callers_language(
    uow: MemoryUnitOfWork, office: Office, graph: Graph
) -> None:
    await rate(uow, office, rating())
    case = CASES[0]
    changed = Case(
        **{**case.__dict__, "input": {**case.input, "answer": "NEUTRAL", "submitterToken": "dan-1"}}
    )

    problem = await ask(graph, changed, {}, people.PORTAL)

    assert problem == {
        "__typename": "Problem",
        "code": "CONFLICT",
        "message": "this person already rated this dossier, and the first rating stands",
        "field": "input.answer",
        "ruleId": "F-I4",
    }


async def test_a_key_used_for_another_body_is_a_mismatch(graph: Graph, clock: FixedClock) -> None:
    case = CASES[0]

    first = await ask(graph, case, {"idempotencyKey": "k"}, people.PORTAL)
    again = await ask(graph, case, {"idempotencyKey": "k"}, people.PORTAL)
    other = await ask(graph, case, {"idempotencyKey": "k", "answer": "NEUTRAL"}, people.PORTAL)

    assert first == again == {"__typename": "Submission"}
    assert other["code"] == "IDEMPOTENCY_MISMATCH"
