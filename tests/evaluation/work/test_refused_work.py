"""Work that cannot be: too much, too little, for nobody, elsewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Invalid, NotFound
from evaluation import desk_scenes, scenes, work_scenes
from evaluation import specimens as a
from evaluation.people import DEPUTY_ID, LAN, LAN_ID, NEIGHBOUR_ID, OFFICE, PORTAL, PROVINCE_HEAD
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS, VERSIONS
from evaluation_service.application.dossiers import commands as dossiers
from evaluation_service.application.work import commands
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseKind, CauseState
from evaluation_service.domain.work.changes import REASON_MAX_CHARS
from evaluation_service.domain.work.reports import AssignmentState

REVIEWED = AssignmentState.SUBMITTED


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "1000000.01"])
def test_no_impossible_quantity_is_given_or_reported(quantity: str) -> None:
    given = replace(a.assignment(), quantity=Decimal(quantity))
    reported = a.assignment()

    with pytest.raises(Invalid) as giving:
        given.assign()
    with pytest.raises(Invalid) as reporting:
        reported.report(replace(a.REPORT, quantity=Decimal(quantity)), a.TODAY)

    assert (giving.value.field, reporting.value.field) == ("input.quantity", "input.quantity")
    assert (given.pull_events(), reported.pull_events()) == ([], [])
    assert reported == a.assignment()


@pytest.mark.parametrize("quantity", ["0.01", "1000000"])
def test_the_least_and_the_most_are_given(quantity: str) -> None:
    given = replace(a.assignment(), quantity=Decimal(quantity))

    given.assign()

    assert len(given.pull_events()) == 1


@pytest.mark.parametrize(
    ("accepted", "failures", "field"),
    [
        ("4.01", 0, "input.quantity"),
        ("-0.01", 0, "input.quantity"),
        ("NaN", 0, "input.quantity"),
        ("4", -1, "input.qualityFailures"),
    ],
)
def test_no_more_is_accepted_than_was_reported(accepted: str, failures: int, field: str) -> None:
    work = a.assignment(REVIEWED)

    with pytest.raises(Invalid) as refused:
        work.accept(a.check(accepted, failures=failures))

    assert refused.value.field == field
    assert (work, work.pull_events()) == (a.assignment(REVIEWED), [])


def test_an_acceptance_is_counted_with_its_check() -> None:
    work = replace(a.assignment(REVIEWED), review_due_on=a.TODAY)

    work.accept(a.check("0", failures=2))

    assert (work.completed, work.quality_failures, work.late) == (Decimal(0), 2, 0)
    assert (work.checks, work.review_due_on) == ([a.check("0", failures=2)], None)


@pytest.mark.parametrize(
    ("completed_on", "accepted", "late"),
    [(date(2026, 9, 1), "3", 0), (date(2026, 9, 2), "2.5", 3), (date(2026, 9, 2), "0", 0)],
)
def test_what_was_done_after_the_due_date_is_late(
    completed_on: date, accepted: str, late: int
) -> None:
    work = a.assignment(REVIEWED)
    work.reports = [replace(a.REPORT, completed_on=completed_on)]

    work.accept(a.check(accepted))

    assert work.late == late


def test_a_cause_exempts_what_it_is_for() -> None:
    work = a.work_with_cause().work
    late = replace(work.causes[0], id="cause_2", kind=CauseKind.LATE)
    work.late = 1
    work.claim_cause(late)

    for cause in list(work.causes):
        decision = cause.decided(confirmed=True, by=a.SOMEBODY, reason="Có biên bản")
        work.decide_cause(cause.id, decision)

    assert (work.quality_exempt, work.late_exempt) == (1, 1)
    assert [each.decision_reason for each in work.causes] == ["Có biên bản"] * 2


def test_a_refused_claim_may_be_made_again_and_another_kinds_does_not_count() -> None:
    work = a.work_with_cause().work
    refused = work.causes[0].decided(confirmed=False, by=a.SOMEBODY, reason=None)
    work.decide_cause("cause_1", refused)

    work.claim_cause(replace(work.causes[0], id="cause_2", state=CauseState.CLAIMED))

    assert (work.quality_exempt, len(work.causes)) == (0, 2)
    with pytest.raises(Invalid):
        work.claim_cause(replace(work.causes[1], id="cause_3", kind=CauseKind.LATE))
    with pytest.raises(NotFound):
        work.cause_index("cause_3")


async def test_work_is_not_given_to_who_left_before_the_period(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    post = scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=scenes.JULY)
    await scenes.sync(uow, people=[scenes.person_row("cb-011", "Nguyễn Thị Lan", post)])

    with pytest.raises(Invalid) as refused:
        await scenes.assign(uow, period)

    assert refused.value.field == "input.civilServantId"
    assert await uow.reading().store(ASSIGNMENTS).count() == 0


async def test_work_is_not_given_outside_the_periods_units(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    with pytest.raises(Invalid) as refused:
        await scenes.assign(uow, period, NEIGHBOUR_ID, actor=PROVINCE_HEAD)

    assert refused.value.field == "input.periodId"
    assert await uow.reading().store(ASSIGNMENTS).count() == 0


@pytest.mark.parametrize("reason", ["", " ", "x" * (REASON_MAX_CHARS + 1)])
async def test_a_cause_is_claimed_with_a_reason(uow: MemoryUnitOfWork, reason: str) -> None:
    work = await work_scenes.two_failures(uow)

    with pytest.raises(Invalid) as refused:
        await work_scenes.claim(uow, work, reason=reason)

    assert refused.value.field == "input.reason"
    assert await uow.reading().store(ASSIGNMENTS).get(work.id) == work


@pytest.mark.parametrize("reason", ["", " "])
async def test_work_is_returned_with_a_reason(uow: MemoryUnitOfWork, reason: str) -> None:
    desk = await work_scenes.desk(uow)

    with pytest.raises(Invalid) as refused:
        await work_scenes.send_back(uow, desk.reported, reason=reason)

    assert refused.value.field == "input.reason"
    assert await uow.reading().store(ASSIGNMENTS).get(desk.reported.id) == desk.reported


async def test_evidence_has_an_address_wherever_it_is_given(uow: MemoryUnitOfWork) -> None:
    desk = await work_scenes.desk(uow)
    nowhere = (Evidence(uri="", hash=None, source=None, captured_at=None),)
    report = commands.ReportWork(
        actor=LAN,
        idempotency_key=scenes.key(),
        assignment_id=desk.given.id,
        expected_revision=desk.given.revision,
        quantity=Decimal(1),
        completed_on=scenes.TODAY,
        note=None,
        evidence=nowhere,
    )

    with pytest.raises(Invalid) as reporting:
        await perform(commands.report_work, report, uow)
    with pytest.raises(Invalid) as claiming:
        await work_scenes.claim(uow, desk.accepted, evidence=nowhere)

    fields = (reporting.value.field, claiming.value.field)
    assert fields == ("input.evidence.uri", "input.evidence.uri")
    assert await uow.reading().store(ASSIGNMENTS).get(desk.given.id) == desk.given
    assert await uow.reading().store(ASSIGNMENTS).get(desk.accepted.id) == desk.accepted


@pytest.mark.parametrize("count", [0, dossiers.EVENTS_MAX + 1])
async def test_dossiers_come_in_calls_of_limited_size(uow: MemoryUnitOfWork, count: int) -> None:
    await scenes.commune(uow)
    row = dossiers.DossierRow(
        dossier_code="H32.31.07-260805-0001",
        procedure_code="1.001193",
        unit_id=OFFICE,
        civil_servant_id=LAN_ID,
        received_at=datetime(2026, 8, 5, 1, tzinfo=UTC),
        due_at=datetime(2026, 8, 6, 1, tzinfo=UTC),
        completed_at=None,
    )
    command = dossiers.RecordDossierEvents(
        actor=PORTAL, idempotency_key=scenes.key(), events=(row,) * count
    )

    with pytest.raises(Invalid) as refused:
        await perform(dossiers.record_dossier_events, command, uow)

    assert refused.value.field == "input.events"
    assert await uow.reading().store(DOSSIERS).count() == 0


UEB = "UEB-VNU"
"""Counts work by kind alone."""


async def given(uow: UnitOfWork, **changes: object) -> tuple[EvaluationPeriod, Assignment]:
    """Work without a kind, which Lan's policy takes."""
    period = await scenes.open_period(uow, **changes)
    return period, await scenes.assign(uow, period, version_id=scenes.PLAN)


async def assigned(uow: UnitOfWork) -> None:
    period = await scenes.open_period(uow, staff_policy=UEB)
    await scenes.assign(uow, period, version_id=scenes.PLAN)


async def in_bulk(uow: UnitOfWork) -> None:
    period = await scenes.open_period(uow, staff_policy=UEB)
    everybody = desk_scenes.everybody(desk_scenes.line(scenes.PLAN))
    report = await desk_scenes.assign(uow, period, everybody=everybody)
    for row in report.results:
        assert row.refusal is not None
        raise Invalid(en=row.refusal.en, vi=row.refusal.vi, field=row.refusal.field)


async def proposed(uow: UnitOfWork) -> None:
    await work_scenes.propose(uow, await scenes.open_period(uow, staff_policy=UEB))


async def in_a_group(uow: UnitOfWork) -> None:
    period = await scenes.open_period(uow, staff_policy=UEB)
    await work_scenes.form_group(uow, period, work_scenes.members(lan="50", minh="50"))


async def divided_anew(uow: UnitOfWork) -> None:
    period = await scenes.open_period(uow, deputy_policy=UEB)
    group = await work_scenes.form_group(uow, period, work_scenes.members(lan="50", minh="50"))
    among = work_scenes.members(lan="50", **{DEPUTY_ID: "50"})
    await work_scenes.divide_group(uow, group, among)


async def transferred(uow: UnitOfWork) -> None:
    _, work = await given(uow, deputy_policy=UEB)
    await work_scenes.transfer(uow, work, DEPUTY_ID)


async def carried_over(uow: UnitOfWork) -> None:
    _, work = await given(uow)
    later = await scenes.open_period(
        uow, starts_on=scenes.OCTOBER, ends_on=date(2027, 1, 1), staff_policy=UEB
    )
    await work_scenes.carry_over(uow, work, later)


@pytest.mark.parametrize(
    ("way", "field"),
    [
        (assigned, "input.versionId"),
        (in_bulk, "input.versionId"),
        (proposed, "input.versionId"),
        (in_a_group, "input.versionId"),
        (divided_anew, "input.members"),
        (transferred, "input.civilServantId"),
        (carried_over, "input.periodId"),
    ],
)
async def test_work_that_the_policy_counts_nowhere_is_not_given(
    uow: MemoryUnitOfWork, way: Callable[[UnitOfWork], Awaitable[object]], field: str
) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        version = await tx.store(VERSIONS).get(scenes.PLAN)
        version.kpi_kind = None
        await tx.store(VERSIONS).save(version)

    with pytest.raises(Invalid, match="counts no work of this kind") as refused:
        await way(uow)

    assert refused.value.field == field
    counts = [each.state for each in await uow.reading().store(ASSIGNMENTS).select()]
    assert set(counts) <= {AssignmentState.ASSIGNED}
    assert len(counts) < 3
