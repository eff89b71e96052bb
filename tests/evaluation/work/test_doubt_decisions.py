"""A doubt that arises after the acceptance waits for the superior of that place, who decides it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_kit.domain.errors import Conflict, DomainError, Invalid
from evaluation import review_scenes, scenes, work_scenes
from evaluation.people import BOARD, CHAIR, LAN_ID, MINH, MINH_ID, OFFICE_HEAD
from evaluation.work_scenes import accepted_and_doubted, decide_doubts
from evaluation_service.application.collections import ASSIGNMENTS, POST_AUDITS, TALLIES
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.review.post_audits import PostAuditOrigin, PostAuditState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState
from support.graph import Graph

INBOX = """{ inbox { counts { kind count doubtful }
  items(kind: DOUBT) { edges { node {
    subjectId since dueOn civilServant { id } assignment { id } doubts { assignmentId } } } } } }"""


@pytest.fixture
async def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


async def stored(uow: MemoryUnitOfWork, work: Assignment) -> Assignment:
    return await uow.reading().store(ASSIGNMENTS).get(work.id)


async def counted(uow: MemoryUnitOfWork, work: Assignment) -> str:
    found = await uow.reading().store(TALLIES).select(Eq("civil_servant_id", LAN_ID))
    return found[0].lines[work.id].completed


async def test_a_doubt_after_the_acceptance_waits_for_who_leads_the_person(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    work = await accepted_and_doubted(uow, period)

    for reader in (CHAIR, OFFICE_HEAD):
        inbox = (await graph.ask(INBOX, reader))["inbox"]
        (item,) = [edge["node"] for edge in inbox["items"]["edges"]]
        (count,) = [each for each in inbox["counts"] if each["kind"] == "DOUBT"]
        assert count == {"kind": "DOUBT", "count": 1, "doubtful": 1}
        assert item == {
            "subjectId": work.id,
            "since": scenes.TODAY.isoformat(),
            "dueOn": None,
            "civilServant": {"id": LAN_ID},
            "assignment": {"id": work.id},
            "doubts": [{"assignmentId": each.assignment_id} for each in work.doubts],
        }

    await decide_doubts(uow, work)

    assert (await graph.ask(INBOX, CHAIR))["inbox"]["items"]["edges"] == []


async def test_what_stands_moves_nothing(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    work = await accepted_and_doubted(uow, period)
    told = len(uow.outbox)

    decided = await decide_doubts(uow, work)

    (decision,) = decided.doubt_decisions
    assert (decision.withdrawn, decision.reason) == (Decimal(0), "Đã xem cả hai nơi")
    assert (decided.state, decided.completed) == (work.state, work.completed)
    assert (decided.doubted, decided.doubted_on, len(uow.outbox)) == (False, None, told)
    assert CHAIR.officer in {each.officer for each in decided.involved}
    with pytest.raises(Conflict):
        await decide_doubts(uow, decided)


async def test_E_I17_what_counts_elsewhere_is_withdrawn_and_may_be_done_again(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    work = await accepted_and_doubted(uow, period)

    decided = await decide_doubts(uow, work, "3")
    counts = await counted(uow, work)
    again = await scenes.report(uow, decided, "3")

    assert (decided.state, decided.completed, counts) == (
        AssignmentState.RETURNED,
        Decimal(1),
        "1",
    )
    assert again.remaining == Decimal(3)


async def test_late_products_that_are_withdrawn_are_late_no_more(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    work = await accepted_and_doubted(uow, period)
    async with uow.begin() as tx:
        work.late, work.late_exempt = 4, 2
        await tx.store(ASSIGNMENTS).save(work)

    decided = await decide_doubts(uow, work, "3")

    assert (decided.late, decided.late_exempt) == (Decimal(1), Decimal(1))


@pytest.mark.parametrize("withdrawn", ["5", "4.000001"])
async def test_no_more_is_withdrawn_than_was_accepted_by_hand(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, withdrawn: str
) -> None:
    work = await accepted_and_doubted(uow, period)

    with pytest.raises(Invalid) as refused:
        await decide_doubts(uow, work, withdrawn)

    assert refused.value.field == "input.withdrawn"
    assert await stored(uow, work) == work


async def test_nor_a_second_time_what_was_withdrawn(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    work = await decide_doubts(uow, await accepted_and_doubted(uow, period), "3")

    assert work.withdrawable == Decimal(1)


async def test_while_a_report_waits_the_check_decides(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    await accepted_and_doubted(uow, period)
    his = await uow.reading().store(ASSIGNMENTS).first(Eq("civil_servant_id", MINH_ID))
    assert his is not None

    with pytest.raises(Conflict, match="a report waits"):
        await decide_doubts(uow, his)

    assert await stored(uow, his) == his


@pytest.mark.parametrize("reason", ["", " ", "x" * 2001])
async def test_a_decision_says_why(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, reason: str
) -> None:
    work = await accepted_and_doubted(uow, period)

    with pytest.raises(DomainError) as refused:
        await decide_doubts(uow, work, reason=reason)

    assert refused.value.field == "input.reason"
    assert await stored(uow, work) == work


async def rated_with_a_doubt(uow: MemoryUnitOfWork) -> tuple[EvaluationPeriod, Assignment]:
    """Everybody is rated and Lan's work doubted; the period is in review."""
    period = await review_scenes.reviewed(uow)
    found = await uow.reading().store(ASSIGNMENTS).select(Eq("civil_servant_id", LAN_ID))
    minhs = await uow.reading().store(ASSIGNMENTS).first(Eq("civil_servant_id", MINH_ID))
    work = next(each for each in found if each.completed > 0)
    assert minhs is not None
    async with uow.begin() as tx:
        work.doubt([work_scenes.doubt_about(minhs)], scenes.TODAY)
        await tx.store(ASSIGNMENTS).save(work)
    return period, await stored(uow, work)


async def test_E_I16_after_the_freeze_it_makes_the_next_sheet(uow: MemoryUnitOfWork) -> None:
    period, work = await rated_with_a_doubt(uow)
    before = await scenes.evaluation_of(uow, period, LAN_ID)

    await decide_doubts(uow, work, "1")

    after = await scenes.evaluation_of(uow, period, LAN_ID)
    first, second = after.sheets
    assert [first] == before.sheets
    assert second.basis is not None
    assert second.total is not None
    assert first.total is not None
    assert second.total < first.total


async def test_what_stands_makes_no_sheet(uow: MemoryUnitOfWork) -> None:
    period, work = await rated_with_a_doubt(uow)

    await decide_doubts(uow, work)

    assert len((await scenes.evaluation_of(uow, period, LAN_ID)).sheets) == 1


async def test_E_I3_after_the_publication_the_board_is_asked_and_nothing_moves(
    uow: MemoryUnitOfWork,
) -> None:
    period, work = await rated_with_a_doubt(uow)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    before = await scenes.evaluation_of(uow, period, LAN_ID)

    decided = await decide_doubts(uow, work, "1")

    (audit,) = await uow.reading().store(POST_AUDITS).select()
    assert (decided.completed, decided.doubted) == (work.completed, False)
    assert await scenes.evaluation_of(uow, period, LAN_ID) == before
    assert (audit.origin, audit.state) == (PostAuditOrigin.DOUBLE_COUNT, PostAuditState.REQUESTED)
    assert (audit.subject_id, audit.concerned_id) == (work.id, before.id)
    assert (audit.province, audit.civil_servant_id) == ("56", LAN_ID)
    lower = review_scenes.LOWER
    corrected = await review_scenes.decide_audit(uow, audit, None, lower, actor=BOARD)
    assert corrected.evaluation_id == before.id
    assert len((await scenes.evaluation_of(uow, period, LAN_ID)).sheets) == 2


async def test_E_I4_who_found_it_does_not_decide_it(uow: MemoryUnitOfWork) -> None:
    period, work = await rated_with_a_doubt(uow)
    await scenes.move(uow, period, "publish")
    await decide_doubts(uow, work, "1")
    (audit,) = await uow.reading().store(POST_AUDITS).select()
    finder = replace(BOARD, subject="another", officer=CHAIR.officer)

    with pytest.raises(DomainError) as refused:
        await review_scenes.decide_audit(uow, audit, None, None, actor=finder)

    assert refused.value.rule_id == "E-I4"


async def test_after_the_publication_what_stands_asks_nobody(uow: MemoryUnitOfWork) -> None:
    period, work = await rated_with_a_doubt(uow)
    await scenes.move(uow, period, "publish")

    decided = await decide_doubts(uow, work)

    assert not decided.doubted
    assert await uow.reading().store(POST_AUDITS).select() == []


async def test_nobody_decides_a_doubt_about_the_own_work(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    work = await accepted_and_doubted(uow, period)

    for actor in (MINH, replace(CHAIR, subject="lan", officer=LAN_ID)):
        with pytest.raises(DomainError):
            await decide_doubts(uow, work, actor=actor)

    assert await stored(uow, work) == work
