"""The reports read what is stored as it was frozen, and tell those who look after a period."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.errors import Conflict, Forbidden
from congvu_scoring import exact_text
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import scenes
from evaluation import specimens as a
from evaluation.fairness.worlds import SEEDED_UNIT, SEEDS, clean
from evaluation.people import AUDITOR, CHAIR, COUNCIL, LAN, OTHER_ADMIN
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS, INDEXES, PERIODS
from evaluation_service.application.fairness.queries import FairnessReport, fairness_reports
from evaluation_service.application.fairness.rows import frozen_rows
from evaluation_service.domain.copies.unit_indexes import UnitIndex
from evaluation_service.domain.fairness.findings import ReportKind
from evaluation_service.domain.fairness.reports import REPORTS
from evaluation_service.domain.fairness.rows import FrozenRows, PersonRow
from evaluation_service.domain.periods.pins import PolicyPin
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.work.reports import WorkReport
from support.graph import Graph

STAFF = shipped_policy("ND335-2025-STAFF")
PIN = PolicyPin(policy_id=STAFF.id, version=STAFF.version, hash=STAFF.hash)
PERIOD = replace(a.period(PeriodState.PUBLISHED), frozen_at=scenes.NOW)


def stored(row: PersonRow) -> Evaluation:
    assert row.general is not None
    assert row.result is not None
    work = [
        {
            "item": f"{piece.group}.1@1",
            "assignment": piece.assignment_id,
            "coefficient": exact_text(piece.coefficient),
            "assigned": "1",
            "completed": exact_text(piece.completed),
            "evidence": [{"ref": "x", "hash": each} for each in sorted(piece.proofs)],
        }
        for piece in row.work
    ]
    sheet = replace(
        a.sheet(),
        policy=PIN,
        snapshot=json.dumps({"work": work}),
        total=row.total,
        components={"general": 30 * row.general, "result": row.result},
    )
    return replace(
        a.evaluation(EvaluationState.PUBLISHED),
        id=row.evaluation_id,
        civil_servant_id=row.civil_servant_id,
        period_id=PERIOD.id,
        unit_id=row.unit_id,
        unit_path=row.unit_path,
        duty_group=row.duty_group,
        involved=[Participant(subject=each, officer=each) for each in row.raters],
        sheets=[sheet],
        band="HTXS" if row.top else "HTT",
    )


async def kept(uow: MemoryUnitOfWork, world: FrozenRows) -> FrozenRows:
    """The people and the citizens' answers of a world, as they are stored; without dates."""
    people = tuple(replace(each, unit_path=("top", each.unit_id)) for each in world.people)
    units = tuple(replace(each, reports=0, late_reports=0) for each in world.units)
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await tx.store(PERIODS).save(replace(PERIOD))
        await tx.store(EVALUATIONS).save_many([stored(each) for each in people])
        for unit in units:
            index = UnitIndex(
                id=f"index_{unit.unit_id}",
                province="56",
                unit_id=unit.unit_id,
                period_id=PERIOD.id,
                satisfied=unit.satisfied,
                answers=unit.answers,
                index=None,
                minimum_answers=30,
                state="SUFFICIENT",
            )
            await tx.store(INDEXES).save(index)
    return FrozenRows(people, units)


async def reports(
    uow: MemoryUnitOfWork, reader: Actor = AUDITOR, unit_id: str | None = None
) -> dict[ReportKind, FairnessReport]:
    found = await fairness_reports(reader, uow.reading(), PERIOD.id, unit_id)
    return {each.kind: each for each in found}


async def test_what_is_stored_is_read_as_it_was_and_every_case_in_it_is_found(
    uow: MemoryUnitOfWork,
) -> None:
    world = clean(Random(8))
    dated = (ReportKind.LATE_SURGE, ReportKind.CHERRY_PICKING, ReportKind.TINY_SAMPLE)
    for kind, (_, seed) in SEEDS.items():
        world = world if kind in dated else seed(world)
    world = await kept(uow, world)

    rows = await frozen_rows(PERIOD, uow.reading())
    found = await reports(uow)

    by_id = sorted(rows.people, key=lambda each: each.evaluation_id)
    assert by_id == sorted(world.people, key=lambda each: each.evaluation_id)
    assert rows.units == world.units
    for kind, report in found.items():
        told = [each.finding for each in report.findings]
        assert {each.evaluation_ids for each in told} == {
            each.evaluation_ids for each in REPORTS[kind](world)
        }
        assert report.found == len(REPORTS[kind](world))
        assert told or kind in dated


async def test_work_reported_in_the_last_days_is_counted_by_the_database(
    uow: MemoryUnitOfWork,
) -> None:
    await kept(uow, clean(Random(9)))
    cut_off = scenes.TODAY
    days = {SEEDED_UNIT: [cut_off] * 12, "u1": [cut_off - timedelta(days=20)] * 30}
    async with uow.begin() as tx:
        for unit_id, dates in days.items():
            for number, day in enumerate(dates):
                work = replace(a.assignment(), id=f"{unit_id}.{number}", unit_id=unit_id)
                work.period_id, work.reports = PERIOD.id, [_report(day)]
                await tx.store(ASSIGNMENTS).save(work)

    (finding,) = (await reports(uow))[ReportKind.LATE_SURGE].findings

    assert (finding.finding.unit_id, finding.finding.observed) == (SEEDED_UNIT, Fraction(1))
    assert finding.withheld is False


def _report(day: date) -> WorkReport:
    return WorkReport(
        quantity=Decimal(1), completed_on=day, note=None, evidence=(), reported_at=scenes.NOW
    )


async def test_figures_of_few_people_are_withheld_where_they_name_nobody(
    uow: MemoryUnitOfWork,
) -> None:
    world = SEEDS[ReportKind.D_GROUP][1](clean(Random(10)))
    few = [each for each in world.people if each.unit_id == SEEDED_UNIT][:4]
    others = [each for each in world.people if each.unit_id != SEEDED_UNIT]
    await kept(uow, replace(world, people=(*few, *others)))

    (finding,) = (await reports(uow))[ReportKind.D_GROUP].findings

    assert (finding.withheld, finding.civil_servant_id) == (True, None)


@pytest.mark.parametrize("reader", [CHAIR, LAN, COUNCIL, OTHER_ADMIN])
async def test_nobody_else_reads_them(uow: MemoryUnitOfWork, reader: Actor) -> None:
    await kept(uow, clean(Random(12)))

    with pytest.raises(Forbidden):
        await reports(uow, reader)


@pytest.mark.parametrize("state", [PeriodState.OPEN, PeriodState.DATA_FROZEN, PeriodState.SCORING])
async def test_there_are_none_before_the_review(uow: MemoryUnitOfWork, state: PeriodState) -> None:
    async with uow.begin() as tx:
        await tx.store(PERIODS).save(replace(PERIOD, state=state))

    with pytest.raises(Conflict):
        await reports(uow)


async def test_in_review_they_are_told_while_they_can_be_acted_on_and_nobody_of_themselves(
    uow: MemoryUnitOfWork,
) -> None:
    """Nor who a lenient rater rated of the own result."""
    await kept(uow, SEEDS[ReportKind.LENIENT_RATER][1](clean(Random(13))))
    (found,) = (published := (await reports(uow))[ReportKind.LENIENT_RATER]).findings
    rated = await uow.reading().store(EVALUATIONS).get(found.finding.evaluation_ids[0])
    async with uow.begin() as tx:
        period = await tx.store(PERIODS).get(PERIOD.id)
        period.state = PeriodState.REVIEW
        await tx.store(PERIODS).save(period)

    async def told(officer: str | None) -> FairnessReport:
        return (await reports(uow, replace(AUDITOR, officer=officer)))[ReportKind.LENIENT_RATER]

    assert await told("somebody else") == published
    assert await told(found.civil_servant_id) == replace(published, found=0, findings=())
    (seen,) = (await told(rated.civil_servant_id)).findings
    assert seen.finding.evaluation_ids == found.finding.evaluation_ids[1:]


async def test_a_finding_is_shown_with_what_the_report_declares(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await kept(uow, SEEDS[ReportKind.SAME_EVIDENCE][1](clean(Random(13))))
    query = """query($period: ID!) { fairnessReports(periodId: $period) {
      kind statisticVi thresholdVi sourceVi found people
      findings { withheld observed expected people chance evaluationIds unit { id }
        civilServant { id } } } }"""

    found = await graph.ask(query, AUDITOR, period=PERIOD.id)

    told = {each["kind"]: each for each in found["fairnessReports"]}
    assert set(told) == set(ReportKind)
    (finding,) = told["SAME_EVIDENCE"]["findings"]
    assert (finding["observed"], finding["withheld"]) == ("20", False)
