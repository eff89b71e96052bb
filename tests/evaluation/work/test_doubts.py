"""The same work is not counted twice: refused where it is certain, shown to the checker else."""

from datetime import UTC, datetime

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Invalid
from evaluation import scenes, work_scenes
from evaluation.people import CHAIR, LAN, LAN_ID, MINH, MINH_ID, OFFICE, PORTAL
from evaluation_service.application.collections import ASSIGNMENTS
from evaluation_service.application.dossiers import commands as dossiers
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.work.doubts import Doubt, DoubtKind
from support.graph import Graph

CODE = "H32.31.07-260805-0001"
HASH = "ab" * 32


def proof(uri: str = "https://kho.example/1.pdf", hash: str | None = HASH) -> tuple[Evidence, ...]:
    return (Evidence(uri=uri, hash=hash, source=None, captured_at=None),)


def same(place: str) -> Doubt:
    return Doubt(kind=DoubtKind.SAME_EVIDENCE, assignment_id=place, evidence=HASH)


async def dossier_comes(uow: UnitOfWork, code: str = CODE) -> None:
    row = dossiers.DossierRow(
        dossier_code=code,
        procedure_code="1.001193",
        unit_id=OFFICE,
        civil_servant_id=LAN_ID,
        received_at=datetime(2026, 8, 5, 1, tzinfo=UTC),
        due_at=datetime(2026, 8, 6, 1, tzinfo=UTC),
        completed_at=datetime(2026, 8, 5, 9, tzinfo=UTC),
    )
    command = dossiers.RecordDossierEvents(
        actor=PORTAL, idempotency_key=scenes.key(), events=(row,)
    )
    report = await perform(dossiers.record_dossier_events, command, uow)
    assert [each.refusal for each in report.results] == [None]


async def test_E_I17_a_dossier_that_the_portal_counted_is_not_reported_by_hand(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period)
    elsewhere = await scenes.assign(uow, period, version_id=scenes.PLAN)
    await dossier_comes(uow)
    given = await uow.reading().store(ASSIGNMENTS).get(given.id)

    for work in (given, elsewhere):
        with pytest.raises(Invalid) as refused:
            await scenes.report(
                uow, work, "1", evidence=proof(f"https://dvc.example/ho-so/{CODE}.pdf", None)
            )
        assert (refused.value.rule_id, refused.value.field) == ("E-I17", "input.evidence.uri")
        assert await uow.reading().store(ASSIGNMENTS).get(work.id) == work


async def test_a_report_beside_counted_dossiers_is_shown_to_the_checker(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow))
    await dossier_comes(uow)
    given = await uow.reading().store(ASSIGNMENTS).get(given.id)

    reported = await scenes.report(uow, given, "1")

    portal = Doubt(kind=DoubtKind.PORTAL_COUNTED, assignment_id=given.id, evidence=None)
    assert (given.doubts, reported.doubts) == ([], [portal])


async def test_a_dossier_after_the_report_is_shown_to_the_checker(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow))
    reported = await scenes.report(uow, given, "1")
    assert reported.doubts == []

    await dossier_comes(uow)

    kept = await uow.reading().store(ASSIGNMENTS).get(given.id)
    assert [each.kind for each in kept.doubts] == [DoubtKind.PORTAL_COUNTED]


async def test_E_I17_the_same_evidence_does_not_count_twice_for_one_product(
    any_uow: UnitOfWork,
) -> None:
    await scenes.commune(any_uow)
    period = await scenes.open_period(any_uow)
    first = await scenes.assign(any_uow, period)
    second = await scenes.assign(any_uow, period)
    reported = await scenes.report(any_uow, first, "2", evidence=proof())
    accepted = await scenes.accept(any_uow, reported)

    for work in (accepted, second):
        with pytest.raises(Invalid) as refused:
            await scenes.report(any_uow, work, "1", evidence=proof("https://kho.example/2.pdf"))
        assert (refused.value.rule_id, refused.value.field) == ("E-I17", "input.evidence.hash")
        assert await any_uow.reading().store(ASSIGNMENTS).get(work.id) == work


async def test_the_same_evidence_elsewhere_is_shown_with_both_places(any_uow: UnitOfWork) -> None:
    await scenes.commune(any_uow)
    period = await scenes.open_period(any_uow)
    hers = await scenes.assign(any_uow, period)
    other = await scenes.assign(any_uow, period, version_id=scenes.PLAN)
    his = await scenes.assign(any_uow, period, MINH_ID)
    await scenes.report(any_uow, hers, "1", evidence=proof())

    of_another_product = await scenes.report(any_uow, other, "1", evidence=proof())
    of_another_officer = await scenes.report(any_uow, his, "1", actor=MINH, evidence=proof())

    places = {hers.id, other.id, his.id}
    assert of_another_product.doubts == [same(hers.id)]
    for id in places:
        kept = await any_uow.reading().store(ASSIGNMENTS).get(id)
        assert sorted(kept.doubts, key=repr) == sorted(
            [same(place) for place in places - {id}], key=repr
        )
        assert kept.doubted
    assert len(of_another_officer.doubts) == 2


async def test_whoever_accepted_before_is_told_of_the_other_place_too(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    hers = await scenes.assign(uow, period)
    his = await scenes.assign(uow, period, MINH_ID)
    accepted = await scenes.accept(uow, await scenes.report(uow, hers, "4", evidence=proof()))

    await scenes.report(uow, his, "1", actor=MINH, evidence=proof())

    kept = await uow.reading().store(ASSIGNMENTS).get(hers.id)
    assert (accepted.doubts, kept.doubts) == ([], [same(his.id)])
    assert (kept.state, kept.completed) == (accepted.state, accepted.completed)


async def test_a_dossier_named_in_a_report_by_hand_is_shown_at_both_places(
    any_uow: UnitOfWork,
) -> None:
    """The report came first, on other work."""
    await scenes.commune(any_uow)
    period = await scenes.open_period(any_uow)
    counted = await scenes.assign(any_uow, period)
    by_hand = await scenes.assign(any_uow, period, MINH_ID, version_id=scenes.PLAN)
    named = proof(f"https://dvc.example/ho-so/{CODE}.pdf", None)
    reported = await scenes.report(any_uow, by_hand, "1", actor=MINH, evidence=named)
    assert reported.doubts == []

    await dossier_comes(any_uow)

    for here, there in ((counted, by_hand), (by_hand, counted)):
        kept = await any_uow.reading().store(ASSIGNMENTS).get(here.id)
        assert kept.doubts == [
            Doubt(kind=DoubtKind.PORTAL_COUNTED, assignment_id=there.id, evidence=None)
        ]
        assert kept.doubted


INBOX = """{ inbox { counts { kind count doubtful }
  items(kind: REPORT) { edges { node { subjectId doubts { kind assignmentId evidence } } } } } }"""


async def test_the_checker_is_told_in_the_inbox(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    hers = await scenes.assign(uow, period)
    his = await scenes.assign(uow, period, MINH_ID)
    await scenes.report(uow, hers, "1", evidence=proof())
    await scenes.report(uow, his, "1", actor=MINH, evidence=proof())

    inbox = (await graph.ask(INBOX, CHAIR))["inbox"]

    counts = {each["kind"]: (each["count"], each["doubtful"]) for each in inbox["counts"]}
    shown = {edge["node"]["subjectId"]: edge["node"]["doubts"] for edge in inbox["items"]["edges"]}
    told = {"kind": "SAME_EVIDENCE", "evidence": HASH}
    assert counts["REPORT"] == (2, 2)
    assert shown == {
        hers.id: [{**told, "assignmentId": his.id}],
        his.id: [{**told, "assignmentId": hers.id}],
    }


async def test_returned_and_cancelled_work_lets_its_evidence_go(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period)
    returned = await work_scenes.send_back(
        uow, await scenes.report(uow, given, "4", evidence=proof())
    )

    again = await scenes.report(uow, returned, "4", actor=LAN, evidence=proof())

    assert again.doubts == []
    assert (again.evidence_hashes, returned.evidence_hashes) == (frozenset({HASH}), frozenset())
