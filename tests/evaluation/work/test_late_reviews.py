"""E-I16: what nobody checked counts as it was reported, the silence is the reviewer's, and a check
until the publication is the next sheet of the result."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Conflict
from evaluation import review_scenes, scenes, work_scenes
from evaluation.people import (
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    LAN_ID,
    MINH,
    MINH_ID,
    PROVINCE_HEAD,
    person,
)
from evaluation.scenes import evaluation_of
from evaluation_service.application.collections import ASSIGNMENTS, FAULTS, PERIODS, RUNS, TALLIES
from evaluation_service.application.work import reviews
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.events import EvaluationCorrected
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState, check_id
from evaluation_service.domain.work.tallies import tally_id
from support.clock import FixedClock
from support.graph import Graph

CHAIR_RATED = person("chair-himself", Role.OFFICER, officer=CHAIR_ID)


async def reported_in_full(uow: MemoryUnitOfWork, clock: FixedClock) -> EvaluationPeriod:
    """Lan reported all of her work in time; the chair, who is rated as well, checks nothing."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.report(uow, await scenes.assign(uow, period), "4")
    await scenes.do_all(uow, period, MINH, done="1", assigned="100")
    await scenes.do_all(uow, period, CHAIR_RATED, manager=PROVINCE_HEAD)
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=review_scenes.LED_WELL)
    clock.pass_days(60)
    return period


async def unchecked(uow: MemoryUnitOfWork, clock: FixedClock) -> EvaluationPeriod:
    return await scenes.reviewed(uow, await reported_in_full(uow, clock))


async def waiting_work(uow: MemoryUnitOfWork) -> Assignment:
    return next(
        each
        for each in await uow.reading().store(ASSIGNMENTS).select()
        if each.civil_servant_id == LAN_ID
    )


async def sheets_of(uow: MemoryUnitOfWork, period: EvaluationPeriod, id: str) -> list[Sheet]:
    return (await evaluation_of(uow, period, id)).sheets


def row_of(sheet: Sheet, work: Assignment) -> dict[str, Any]:
    rows = [row for row in json.loads(sheet.snapshot)["work"] if row["assignment"] == work.id]
    assert len(rows) == 1
    row: dict[str, Any] = rows[0]
    return row


async def accept_part(
    uow: MemoryUnitOfWork, work: Assignment, quantity: str, *, failures: int = 0
) -> Assignment:
    command = reviews.AcceptWork(
        actor=CHAIR,
        idempotency_key=scenes.key(),
        assignment_id=work.id,
        expected_revision=work.revision,
        quantity=Decimal(quantity),
        quality_failures=failures,
        reason="Nghiệm thu muộn",
    )
    return await perform(reviews.accept_work, command, uow)


async def test_E_I16_silence_takes_nothing_from_the_officer(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await unchecked(uow, clock)

    lan = await evaluation_of(uow, period, LAN_ID)
    chair = await evaluation_of(uow, period, CHAIR_ID)
    work = await waiting_work(uow)
    assert lan.sheet is not None
    assert chair.sheet is not None
    assert (lan.sheet.total, lan.sheet.raw_band) == (Fraction(100), "HTXS")
    row = row_of(lan.sheet, work)
    assert (row["completed"], row["unreviewed"], row["unreviewed_late"]) == ("0", "4", "0")
    assert work.state is AssignmentState.OVERDUE_REVIEW
    faults = await uow.reading().store(FAULTS).select()
    assert [(each.civil_servant_id, each.assignment_id) for each in faults] == [(CHAIR_ID, work.id)]
    assert '"APPROVE_WORK"' in chair.sheet.snapshot
    assert '"APPROVE_WORK"' not in lan.sheet.snapshot


WHY = """
query($id: ID!, $period: ID!) {
  civilServant(id: $id) { evaluation(periodId: $period) { explanation { lines { textVi } } } }
}"""


async def test_E_I16_the_explanation_says_that_nobody_checked_it(
    uow: MemoryUnitOfWork, clock: FixedClock, graph: Graph
) -> None:
    period = await unchecked(uow, clock)

    answer = await graph.ask(WHY, CHAIR, id=LAN_ID, period=period.id)

    lines = answer["civilServant"]["evaluation"]["explanation"]["lines"]
    assert any("4 chưa ai nghiệm thu, tính như đã báo cáo" in each["textVi"] for each in lines)


async def test_a_late_check_that_agrees_changes_no_total(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await unchecked(uow, clock)

    accepted = await scenes.accept(uow, await waiting_work(uow))

    first, second = await sheets_of(uow, period, LAN_ID)
    fault = (await uow.reading().store(FAULTS).select())[0]
    assert accepted.state is AssignmentState.ACCEPTED_AS_DONE
    assert (first.total, second.total) == (Fraction(100), Fraction(100))
    assert (second.number, second.basis) == (2, check_id(accepted.id, 1))
    row = row_of(second, accepted)
    assert (row["completed"], row.get("unreviewed")) == ("4", None)
    assert fault.ended_on is not None


async def test_a_late_check_that_finds_failures_lowers_by_a_linked_sheet(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await unchecked(uow, clock)
    chair_before = await sheets_of(uow, period, CHAIR_ID)

    accepted = await accept_part(uow, await waiting_work(uow), "1", failures=4)

    lan = await evaluation_of(uow, period, LAN_ID)
    first, second = lan.sheets
    chair = await evaluation_of(uow, period, CHAIR_ID)
    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    assert (first.total, first.basis) == (Fraction(100), None)
    assert second.total is not None
    assert second.total < 50
    assert (second.band, second.basis) == ("KHT", check_id(accepted.id, 1))
    assert Participant.of(CHAIR) in lan.involved
    assert len(chair_before) == 1
    assert [sheet.basis for sheet in chair.sheets] == [None, check_id(accepted.id, 1)]
    assert {each.evaluation_id: each.band for each in run.results}[lan.id] == "KHT"
    told = [each for each in uow.outbox if isinstance(each, EvaluationCorrected)]
    assert [(each.evaluation_id, each.sheet, each.basis) for each in told] == [
        (lan.id, 2, check_id(accepted.id, 1))
    ]


async def test_a_report_rejected_after_the_freeze_charges_no_failure(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await unchecked(uow, clock)

    rejected = await work_scenes.send_back(uow, await waiting_work(uow))

    sheet = (await sheets_of(uow, period, LAN_ID))[-1]
    tally = await uow.reading().store(TALLIES).get(tally_id(period.id, rejected.appointment_id))
    row = row_of(sheet, rejected)
    assert (rejected.state, rejected.quality_failures) == (AssignmentState.RETURNED, 0)
    assert (row["completed"], row["quality_failures"], row.get("unreviewed")) == ("0", "0", None)
    assert (sheet.total, sheet.basis) == (Fraction(30), check_id(rejected.id, 1))
    assert tally.lines[rejected.id].unreviewed == "0"


async def test_a_cause_decided_after_the_freeze_raises_again(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await unchecked(uow, clock)
    accepted = await accept_part(uow, await waiting_work(uow), "4", failures=2)
    claimed = await work_scenes.claim(uow, accepted, count=2)

    decided = await work_scenes.decide_cause(uow, claimed, actor=PROVINCE_HEAD)

    first, lowered, raised = await sheets_of(uow, period, LAN_ID)
    assert lowered.total is not None
    assert lowered.total < 100
    assert (first.total, raised.total) == (Fraction(100), Fraction(100))
    assert raised.basis == decided.causes[0].id


async def test_E_I8_the_quota_holds_after_a_late_check(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period_id, *ids = await review_scenes.crowd(uow, 12, 2)
    period = await uow.reading().store(PERIODS).get(period_id)
    given = await scenes.assign(uow, period, LAN_ID)
    await scenes.report(uow, given, "4")
    await scenes.rate(uow, period, LAN_ID)
    reviewed = await scenes.reviewed(uow, period)
    before = [(await evaluation_of(uow, reviewed, id)).band for id in (LAN_ID, *ids)]

    await work_scenes.send_back(uow, await waiting_work(uow))

    after = [(await evaluation_of(uow, reviewed, id)).band for id in (LAN_ID, *ids)]
    assert before.count("HTXS") <= Fraction("0.2") * before.count("HTT")
    assert after.count("HTXS") <= Fraction("0.2") * after.count("HTT")
    assert (before[0], after[0]) == ("HTXS", "KHT")


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.REQUESTED])
async def test_E_I3_nothing_moves_under_a_scoring_that_runs(
    uow: MemoryUnitOfWork, clock: FixedClock, state: RunState
) -> None:
    period = await unchecked(uow, clock)
    await work_scenes.put_period_in(uow, period, PeriodState.SCORING)
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(period.id, COMMUNE))
        run.state = state
        await tx.store(RUNS).save(run)
    work, sheets = await waiting_work(uow), await sheets_of(uow, period, LAN_ID)

    with pytest.raises(Conflict) as refused:
        await scenes.accept(uow, work)

    assert refused.value.rule_id == "E-I3"
    assert await waiting_work(uow) == work
    assert await sheets_of(uow, period, LAN_ID) == sheets


async def test_E_I3_after_the_publication_an_appeal_is_the_way(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await unchecked(uow, clock)
    await scenes.move(uow, period, "publish")
    work = await waiting_work(uow)

    with pytest.raises(Conflict) as refused:
        await scenes.accept(uow, work)

    assert refused.value.rule_id == "E-I3"
    assert await waiting_work(uow) == work


async def test_E_I4_whoever_checked_late_acted_in_the_case(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await unchecked(uow, clock)

    await work_scenes.send_back(uow, await waiting_work(uow), actor=PROVINCE_HEAD)

    involved = (await evaluation_of(uow, period, LAN_ID)).involved
    assert involved == [Participant.of(CHAIR), Participant.of(PROVINCE_HEAD)]
