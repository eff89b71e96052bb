"""E-I17: every dossier counts once, or is listed as unmatched; a late one goes to the next
period."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Unavailable
from congvu_kit.domain.procedures import procedure_in
from evaluation import scenes, work_scenes
from evaluation.callers.work import CASES
from evaluation.dossier_scenes import TOO_LATE, event, record
from evaluation.people import CHAIR, COMMUNE, MINH_ID, OFFICE, PORTAL
from evaluation_service.application import reactions
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS, TALLIES, VERSIONS
from evaluation_service.application.dossiers import commands, queries, waiting
from evaluation_service.application.dossiers.seeking import seek_dossiers_of_period
from evaluation_service.domain.dossiers.dossiers import (
    Dossier,
    DossierMatched,
    DossierStanding,
    DossierUnmatched,
    UnmatchedReason,
)
from evaluation_service.domain.dossiers.matching import MatchingRequested
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.work.assignment_events import OPENED_OR_ENDED
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.tallies import tally_id

S, R = DossierStanding, UnmatchedReason
YEAR_END = date(2027, 1, 1)


async def pump(uow: MemoryUnitOfWork) -> None:
    await scenes.Pump(uow).run()


async def work_of(uow: UnitOfWork, given: Assignment) -> Assignment:
    return await uow.reading().store(ASSIGNMENTS).get(given.id)


async def dossiers_of(uow: UnitOfWork) -> list[Dossier]:
    return await uow.reading().store(DOSSIERS).select(order=["code"])


async def standing(uow: UnitOfWork) -> list[tuple[DossierStanding, UnmatchedReason | None]]:
    return [(each.standing, each.reason) for each in await dossiers_of(uow)]


async def test_E_I17_a_dossier_that_came_before_its_work_counts_when_that_comes(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    report = await record(uow, event(1), event(2, completed_at=TOO_LATE))
    assert [(each.standing, each.reason) for each in report.results] == [
        (S.UNMATCHED, R.NO_ASSIGNMENT)
    ] * 2

    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")
    await pump(uow)

    work = await work_of(uow, given)
    tally = await uow.reading().store(TALLIES).get(tally_id(given.period_id, given.appointment_id))
    line = tally.lines[given.id]
    assert (work.completed, work.late) == (Decimal(2), 1)
    assert (line.completed, line.late) == ("2", 1)
    assert await standing(uow) == [(S.COUNTED, None)] * 2
    told = [each for each in uow.outbox if isinstance(each, DossierUnmatched | DossierMatched)]
    assert [type(each) for each in told] == [DossierUnmatched] * 2 + [DossierMatched] * 2


async def test_E_I17_one_sent_again_after_its_work_came_counts_at_once(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    await record(uow, event(1))
    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")

    again = await record(uow, event(1))
    await pump(uow)

    [result] = again.results
    assert (result.changed, result.standing, result.counted_for) == (
        False, S.COUNTED, (given.id,),
    )  # fmt: skip
    assert (await work_of(uow, given)).completed == Decimal(1)


async def test_E_I17_work_of_many_years_does_not_hide_that_of_today(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")
    old = replace(given, period_id="period_of_long_ago", due_on=date(2020, 1, 1), revision=0)
    async with uow.begin() as tx:
        many = [replace(old, id=f"asg_{number}") for number in range(300)]
        await tx.store(ASSIGNMENTS).save_many(many)

    report = await record(uow, event(1))

    assert [each.counted_for for each in report.results] == [(given.id,)]


Step = Callable[[MemoryUnitOfWork, EvaluationPeriod], Awaitable[object]]
STEPS: dict[str, Step] = {
    "received": lambda uow, _: record(uow, event(1, completed_at=None)),
    "done": lambda uow, _: record(uow, event(1)),
    "another": lambda uow, _: record(uow, event(2, completed_at=TOO_LATE)),
    "assigned": lambda uow, period: scenes.assign(uow, period, quantity="40"),
    "looked for": lambda uow, _: pump(uow),
}


@pytest.mark.parametrize("order", list(permutations(STEPS)), ids=" ".join)
async def test_E_I17_in_whatever_order_they_come_each_counts_once(
    uow: MemoryUnitOfWork, order: tuple[str, ...]
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    for step in order:
        await STEPS[step](uow, period)
    await record(uow, event(1), event(2, completed_at=TOO_LATE))
    await pump(uow)
    await pump(uow)

    [work] = await uow.reading().store(ASSIGNMENTS).select()
    assert (work.completed, work.late) == (Decimal(2), 1)
    assert await standing(uow) == [(S.COUNTED, None)] * 2


async def test_E_I17_many_are_joined_some_at_a_time(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    count = waiting.STEP_DOSSIERS + 5
    for start in range(0, count, 200):
        await record(uow, *(event(n + 1) for n in range(start, min(start + 200, count))))

    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="400")
    await pump(uow)

    assert (await work_of(uow, given)).completed == Decimal(count)


@pytest.mark.mongo
async def test_E_I17_of_two_at_once_one_waits_for_the_other(mongo_uow: UnitOfWork) -> None:
    """While a dossier that found no work is not committed, no work for it is."""
    await scenes.commune(mongo_uow)
    period = await scenes.open_period(mongo_uow)
    command = commands.RecordDossierEvents(
        actor=PORTAL, idempotency_key=scenes.key(), events=(event(1),)
    )

    async with mongo_uow.begin() as tx:
        await commands.record_dossier_events(command, tx)
        await tx.settle()
        with pytest.raises(Unavailable):
            await scenes.assign(mongo_uow, period, quantity="40")

    given = await scenes.assign(mongo_uow, period, quantity="40")
    again = await record(mongo_uow, event(1))
    assert [each.counted_for for each in again.results] == [(given.id,)]


async def test_a_dossier_with_room_goes_to_work_with_room(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    first = await scenes.assign(uow, period, quantity="1", due_on=date(2026, 8, 31))
    second = await scenes.assign(uow, period, quantity="1", due_on=date(2026, 9, 30))

    await record(uow, event(1), event(2))

    done = [(await work_of(uow, each)).completed for each in (first, second)]
    assert done == [Decimal(1)] * 2


@pytest.mark.parametrize("theirs", ["1.001193", "1.001193.H32", " 1.001193.h32.31 "])
@pytest.mark.parametrize(
    "ours", ["1.001193", "1.001193 ", "1.001193.H32.31.07", "1.001193.h32\u200b", "\ufeff1.001193"]
)
async def test_a_procedure_has_one_form_whoever_writes_it(
    uow: MemoryUnitOfWork, theirs: str, ours: str
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await spelled(uow, ours)
    given = await scenes.assign(uow, period, quantity="40")

    report = await record(uow, event(1, procedure_code=theirs))

    assert [each.counted_for for each in report.results] == [(given.id,)]
    [dossier] = await dossiers_of(uow)
    assert dossier.facts is not None
    assert dossier.facts.procedure_code == theirs.strip().upper()


async def spelled(uow: UnitOfWork, procedure_code: str) -> None:
    """The catalogue writes it so."""
    async with uow.begin() as tx:
        version = await tx.store(VERSIONS).get(scenes.BIRTH)
        version.procedure_code = procedure_code
        await tx.store(VERSIONS).save(version)


async def test_the_work_of_the_agency_comes_before_that_of_all(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    for_all = await scenes.assign(uow, period, quantity="9", due_on=date(2026, 8, 31))
    await spelled(uow, "1.001193.H32.31.07")
    own = await scenes.assign(uow, period, quantity="9", due_on=date(2026, 9, 30))

    report = await record(uow, event(1))

    assert [each.counted_for for each in report.results] == [(own.id,)]
    assert (await work_of(uow, for_all)).completed == 0


async def moved_minh(uow: UnitOfWork) -> None:
    await scenes.sync(
        uow,
        people=[
            scenes.person_row(
                "cb-012",
                "Đỗ Quang Minh",
                scenes.appointment_row("H32.31.07.1", "HO-TICH"),
                scenes.appointment_row("H32.31.07", "HO-TICH"),
            )
        ],
    )


REASONS = {
    R.NO_ASSIGNMENT: event(1),
    R.UNKNOWN_PROCEDURE: event(1, procedure_code="9.999999"),
    R.OTHER_AGENCY_SUFFIX: event(1, procedure_code="1.001193.H19"),
    R.NO_APPOINTMENT: event(1, unit_id=COMMUNE),
}


@pytest.mark.parametrize("reason", REASONS)
async def test_E_I17_one_that_counts_nowhere_is_told_and_listed(
    uow: MemoryUnitOfWork, reason: UnmatchedReason
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    if reason is not R.NO_ASSIGNMENT:
        await scenes.assign(uow, period, quantity="40")

    report = await record(uow, REASONS[reason])

    [result] = report.results
    assert (result.refusal, result.counted_for) == (None, ())
    assert (result.standing, result.reason) == (S.UNMATCHED, reason)
    [told] = [each for each in uow.outbox if isinstance(each, DossierUnmatched)]
    assert (told.reason, told.dossier_code) == (reason, "H32.31.07-260805-0001")
    dossiers = uow.reading().store(DOSSIERS)
    listed = await dossiers.select(*queries.unmatched_in(period))
    assert [each.id for each in listed] == [result.dossier_id]
    await record(uow, REASONS[reason])
    assert len([each for each in uow.outbox if isinstance(each, DossierUnmatched)]) == 1


@pytest.mark.parametrize("agency", ["H32", "000.00.00.H32", "H32.31.07", "000.07.31.h32"])
async def test_an_agency_is_known_from_either_end(uow: MemoryUnitOfWork, agency: str) -> None:
    await scenes.commune(uow)
    await scenes.assign(uow, await scenes.open_period(uow), quantity="40")

    report = await record(uow, event(1, procedure_code=f"1.001193.{agency}"))

    assert [each.standing for each in report.results] == [S.COUNTED]


def test_agencies_of_one_ending_are_not_one() -> None:
    procedure = procedure_in("1.001193.000.00.31.H32")

    assert procedure.fits(["H32.31.07"])
    assert procedure.fits(["000.07.31.H32"])
    assert not procedure.fits(["H32.07", "000.00.07.H32", "000.00.00.H32", "H56.31.07"])


def test_every_reason_is_tried() -> None:
    assert {*REASONS, R.AFTER_CUT_OFF} == set(UnmatchedReason)


async def test_an_open_dossier_is_no_gap(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    report = await record(uow, event(1, completed_at=None))

    assert [(each.standing, each.reason) for each in report.results] == [(S.OPEN, None)]
    assert await uow.reading().store(DOSSIERS).count(*queries.unmatched_in(period)) == 0


async def test_the_variant_of_another_agency_in_the_catalogue_is_not_ours(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    await spelled(uow, "1.001193.H19")
    await scenes.assign(uow, await scenes.open_period(uow), quantity="40")

    report = await record(uow, event(1))

    assert [each.reason for each in report.results] == [R.OTHER_AGENCY_SUFFIX]


async def test_E_I17_one_that_came_before_the_appointment_is_found(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, MINH_ID, quantity="40")
    await record(uow, event(1, civil_servant_id=MINH_ID, unit_id=COMMUNE))
    assert await waiting.appointed_since(uow) == []

    await moved_minh(uow)
    [id] = await waiting.appointed_since(uow)
    async with uow.begin() as tx:
        await waiting.match_again(id, tx)

    assert (await work_of(uow, given)).completed == Decimal(1)
    assert await waiting.appointed_since(uow) == []


async def test_a_procedure_that_is_published_is_unknown_no_more(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await record(uow, event(1, procedure_code="1.012753"))

    async with uow.begin() as tx:
        fact = scenes.version_fact("C.56.22363.1.012753@1", procedure_code="1.012753")
        await reactions.keep_version(fact, tx)
    await pump(uow)

    assert await standing(uow) == [(S.UNMATCHED, R.NO_ASSIGNMENT)]


async def frozen(uow: MemoryUnitOfWork) -> tuple[EvaluationPeriod, Assignment]:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, quantity="40")
    await work_scenes.put_period_in(uow, period, PeriodState.DATA_FROZEN)
    return period, given


async def next_quarter(uow: UnitOfWork, **changes: object) -> EvaluationPeriod:
    return await scenes.open_period(
        uow, name="Quý IV", starts_on=scenes.OCTOBER, ends_on=YEAR_END, **changes
    )


async def test_E_I17_one_that_came_after_the_cut_off_counts_in_the_next_period(
    uow: MemoryUnitOfWork,
) -> None:
    _, earlier = await frozen(uow)
    report = await record(uow, event(1), event(2, completed_at=TOO_LATE))
    assert [(each.standing, each.reason) for each in report.results] == [
        (S.AFTER_CUT_OFF, R.AFTER_CUT_OFF)
    ] * 2

    given = await scenes.assign(
        uow, await next_quarter(uow), quantity="40", due_on=date(2026, 12, 1)
    )
    await pump(uow)
    again = await record(uow, event(1), event(2, completed_at=TOO_LATE))

    work = await work_of(uow, given)
    assert (work.completed, work.late) == (Decimal(2), 1)
    assert [each.counted_for for each in again.results] == [(given.id,)] * 2
    assert (await work_of(uow, earlier)).completed == 0


async def test_E_I17_nothing_is_carried_on_past_a_year_or_into_another_kind_of_period(
    uow: MemoryUnitOfWork,
) -> None:
    await frozen(uow)
    month = await scenes.open_period(
        uow, kind=PeriodKind.MONTH, starts_on=scenes.OCTOBER, ends_on=date(2026, 11, 1)
    )
    later = await scenes.open_period(
        uow, starts_on=date(2027, 10, 1), ends_on=date(2028, 1, 1), name="Sau"
    )
    await scenes.assign(uow, month, quantity="9", due_on=date(2026, 10, 20))
    await scenes.assign(uow, later, quantity="9", due_on=date(2027, 10, 20))

    report = await record(uow, event(1))

    assert [each.standing for each in report.results] == [S.AFTER_CUT_OFF]


async def test_E_I17_a_period_that_is_open_again_takes_its_own(uow: MemoryUnitOfWork) -> None:
    period, given = await frozen(uow)
    await record(uow, event(1))

    await work_scenes.put_period_in(uow, period, PeriodState.OPEN)
    async with uow.begin() as tx:
        await seek_dossiers_of_period(tx, period)
    await pump(uow)

    assert (await work_of(uow, given)).completed == Decimal(1)


async def test_documents_of_before_are_found_and_count_no_second_time(
    uow: MemoryUnitOfWork,
) -> None:
    """Without the keys, in another spelling, and with the one assignment that they counted for."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    given = await scenes.assign(uow, period, quantity="40")
    await record(uow, event(1), event(2, civil_servant_id=MINH_ID))
    counted, unmatched = sorted(uow.rows(DOSSIERS).values(), key=lambda row: str(row["code"]))
    for row in (counted, unmatched):
        for name in ("extra", "unit_path", "counted", "standing", "reason"):
            del row[name]
    counted["assignment_id"] = given.id
    for collection in (ASSIGNMENTS, VERSIONS):
        for row in uow.rows(collection).values():
            del row["extra"]
    work = uow.rows(ASSIGNMENTS)[given.id]
    work["version"] = {**work["version"], "procedure_code": " 1.001193"}  # type: ignore[dict-item]

    async with uow.begin() as tx:
        assert await waiting.restate(tx)
        assert not await waiting.restate(tx)
    await record(uow, event(1), event(3))

    assert (await work_of(uow, given)).completed == Decimal(2)
    assert await standing(uow) == [
        (S.COUNTED, None),
        (S.UNMATCHED, R.NO_ASSIGNMENT),
        (S.COUNTED, None),
    ]


async def test_the_list_is_narrowed(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await record(uow, event(1), event(2, procedure_code="9.999999"))

    async def listed(**wanted: object) -> list[str]:
        page = await queries.list_unmatched(
            CHAIR,
            uow.reading(),
            queries.UnmatchedFilter(**wanted),  # type: ignore[arg-type]
            first=10,
            after=None,
        )
        return [each.code[-1] for each in page.items]

    assert await listed() == ["1", "2"]
    assert await listed(reason=R.UNKNOWN_PROCEDURE) == ["2"]
    assert await listed(procedure_code=" 1.001193.H19 ") == ["1"]
    assert await listed(civil_servant_id=MINH_ID) == []
    assert await listed(unit_id=OFFICE) == ["1", "2"]


async def test_a_cancelled_work_gives_its_dossiers_back(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    first = await scenes.assign_by_dossiers(uow, period)
    await record(uow, event(1, completed_at=None))
    second = await scenes.assign_by_dossiers(uow, period)

    await work_scenes.cancel(uow, await work_of(uow, first))
    await pump(uow)

    assert (await work_of(uow, second)).quantity == Decimal(1)


def test_E_I17_whatever_opens_or_ends_work_asks_for_its_dossiers() -> None:
    """Also what will be added: each such event of a mutation stands beside a request."""
    for case in CASES:
        moved = [each for each in case.tells if each in OPENED_OR_ENDED]
        asked = [each for each in case.tells if each is MatchingRequested]
        assert len(asked) == len(moved) or case.mutation == "decideWorkProposal", case.mutation


async def test_an_approved_proposal_takes_the_dossiers_that_wait(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await record(uow, event(1))
    proposed = await work_scenes.propose(uow, period, version_id=scenes.BIRTH)
    await pump(uow)
    assert (await work_of(uow, proposed)).completed == 0

    await work_scenes.decide_proposal(uow, proposed)
    await pump(uow)

    assert (await work_of(uow, proposed)).completed == Decimal(1)
