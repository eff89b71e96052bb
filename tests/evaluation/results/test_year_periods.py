"""The year as a period: from the results of its quarters to a seal, and what changes it later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Participant
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation import prior_scenes, review_scenes, scenes
from evaluation.people import (
    ADMIN,
    BOARD,
    CHAIR_ID,
    COMMUNE,
    DEPUTY_ID,
    HOA_ID,
    LAN_ID,
    MINH_ID,
    OFFICE_HEAD_ID,
)
from evaluation_service.application.collections import EVALUATIONS, RUNS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import count_waiting, list_waiting
from evaluation_service.application.readiness.queries import GapFilter, list_gaps
from evaluation_service.application.results.queries import recompute
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import RunState, run_id
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.corrections import Correction
from support.clock import FixedClock

JANUARY, NEXT = date(2026, 1, 1), date(2027, 1, 1)


async def the_year(uow: MemoryUnitOfWork, **changes: Any) -> EvaluationPeriod:
    days = {"kind": PeriodKind.YEAR, "starts_on": JANUARY, "ends_on": NEXT, "name": "Năm 2026"}
    return await scenes.open_period(uow, **(days | changes))


async def scored(uow: MemoryUnitOfWork, **changes: Any) -> tuple[EvaluationPeriod, ...]:
    """The third quarter, published; and the year of it, ranked."""
    third = await review_scenes.published(uow, appeal_days=10)
    return third, await scenes.reviewed(uow, await the_year(uow, **changes))


async def result(uow: MemoryUnitOfWork, period: EvaluationPeriod, id: str) -> Evaluation:
    return await scenes.evaluation_of(uow, period, id)


async def prior(uow: MemoryUnitOfWork, *, confirmed: bool = True, **changes: Any) -> str:
    """Lan's second quarter, from before the platform."""
    days: dict[str, Any] = {"starts_on": date(2026, 4, 1), "ends_on": scenes.JULY}
    said: dict[str, Any] = {"kind": PeriodKind.QUARTER, "total": Decimal(70), "band": None}
    found = await prior_scenes.entered(uow, **(said | days | changes))
    if confirmed:
        await prior_scenes.decided(uow, found)
    return found.id


async def heard(uow: MemoryUnitOfWork, since: int) -> None:
    """What was told from then on."""
    await scenes.Pump(uow, done=since).run()


async def correct(uow: MemoryUnitOfWork, period: EvaluationPeriod, id: str) -> None:
    """All that Minh was given in the quarter was done after all."""
    appeal = await review_scenes.file(uow, await result(uow, period, id))
    await review_scenes.decide(uow, appeal, correction=await review_scenes.all_done(uow, id))


async def test_E_I10_a_year_is_made_of_its_quarters_imported_ones_too(
    uow: MemoryUnitOfWork,
) -> None:
    third = await review_scenes.published(uow)
    imported = await prior(uow)
    year = await scenes.reviewed(uow, await the_year(uow))

    lan, quarter = await result(uow, year, LAN_ID), await result(uow, third, LAN_ID)
    assert quarter.sheet is not None
    assert lan.sheet is not None
    counted = quarter.sheet.counted_total
    assert counted is not None
    assert lan.sheet.total == (counted + 70) / 2
    assert f'"ref":"{quarter.id}"' in lan.sheet.snapshot
    assert f'"ref":"{imported}"' in lan.sheet.snapshot
    assert f'"origin":"{third.id}"' in lan.sheet.snapshot
    assert (year.made_of, year.rated_until) == (PeriodKind.QUARTER, date(2026, 12, 14))
    assert (await recompute(uow.reading(), lan.sheet)).identical


async def test_E_I2_a_year_closes_under_a_seal_and_recomputes(uow: MemoryUnitOfWork) -> None:
    _, year = await scored(uow)
    await scenes.move(uow, year, "publish")
    await scenes.Pump(uow).run()
    closed = await scenes.move(uow, year, "close")

    assert (closed.state, closed.seal is not None) == (PeriodState.CLOSED, True)
    for id in (LAN_ID, MINH_ID, CHAIR_ID):
        sheet = (await result(uow, year, id)).require_rated()
        assert (await recompute(uow.reading(), sheet)).identical


async def test_E_I3_a_quarter_corrected_before_the_year_is_closed_is_seen(
    uow: MemoryUnitOfWork,
) -> None:
    third, year = await scored(uow)
    before = (await result(uow, year, MINH_ID)).require_rated()

    since = len(uow.outbox)
    await correct(uow, third, MINH_ID)
    await heard(uow, since)

    quarter, minh = await result(uow, third, MINH_ID), await result(uow, year, MINH_ID)
    after = minh.require_rated()
    assert before.total != after.total == quarter.require_rated().total
    assert [sheet.basis for sheet in minh.sheets] == [None, quarter.require_rated().basis]
    run = await uow.reading().store(RUNS).get(run_id(year.id, COMMUNE))
    assert run.state is RunState.RANKED
    assert minh.sealed() in run.results


async def test_E_I3_after_the_closing_it_is_a_linked_revision_under_the_next_seal(
    uow: MemoryUnitOfWork,
) -> None:
    third, year = await scored(uow)
    await scenes.move(uow, year, "publish")
    await scenes.Pump(uow).run()
    sealed = (await scenes.move(uow, year, "close")).seal
    everybody = (LAN_ID, MINH_ID, HOA_ID, OFFICE_HEAD_ID, DEPUTY_ID, CHAIR_ID)

    since = len(uow.outbox)
    await correct(uow, third, MINH_ID)
    await heard(uow, since)

    minh, now = await result(uow, year, MINH_ID), (await scenes.now_is(uow, year)).seal
    assert minh.state is EvaluationState.CORRECTED
    assert sealed is not None
    assert now is not None
    changed = [id for id in everybody if len((await result(uow, year, id)).sheets) > 1]
    assert {MINH_ID, CHAIR_ID} <= set(changed)
    assert (sealed.number, now.number) == (1, 1 + len(changed))
    assert now.basis == minh.require_rated().basis
    assert BOARD.subject in [each.subject for each in minh.involved]
    assert LAN_ID not in changed


async def test_what_was_confirmed_late_counts_in_the_year(uow: MemoryUnitOfWork) -> None:
    _, year = await scored(uow)
    alone = (await result(uow, year, LAN_ID)).require_rated().total
    assert alone is not None

    since = len(uow.outbox)
    late = await prior(uow)
    await heard(uow, since)

    sheet = (await result(uow, year, LAN_ID)).require_rated()
    assert (sheet.total, sheet.basis) == ((alone + 70) / 2, late)


async def test_what_was_published_late_counts_in_the_year(uow: MemoryUnitOfWork) -> None:
    third = await review_scenes.reviewed(uow)
    year = await scenes.reviewed(uow, await the_year(uow))
    before = (await result(uow, year, LAN_ID)).require_rated()

    since = len(uow.outbox)
    await scenes.move(uow, third, "publish")
    await heard(uow, since)

    quarter, lan = await result(uow, third, LAN_ID), await result(uow, year, LAN_ID)
    assert (before.outcome, before.total) == ("NOT_RATED", None)
    assert lan.require_rated().total == quarter.require_rated().total
    assert lan.require_rated().basis == quarter.id


async def test_a_change_while_the_year_is_being_scored_is_in_it(uow: MemoryUnitOfWork) -> None:
    """The message of the year's scoring is lost meanwhile."""
    third = await review_scenes.published(uow, appeal_days=10)
    year = await the_year(uow)
    await scenes.move(uow, year, "freeze")
    lost = scenes.Pump(uow, loses=lambda event: "scoring.requested" in event.TYPE)
    await scenes.indexes_come(uow, year)
    await correct(uow, third, MINH_ID)
    await lost.run()

    run = await uow.reading().store(RUNS).get(run_id(year.id, COMMUNE))
    await scenes.Pump(uow).run()

    assert run.state is RunState.REQUESTED
    quarter, minh = await result(uow, third, MINH_ID), await result(uow, year, MINH_ID)
    assert minh.require_rated().total == quarter.require_rated().total


async def test_a_scored_part_of_a_year_under_way_is_scored_once_more(
    uow: MemoryUnitOfWork,
) -> None:
    """Minh's year is written, the agency's scoring is not finished, and his quarter changes."""
    third, year = await scored(uow)
    async with uow.begin() as tx:
        run = await tx.store(RUNS).get(run_id(year.id, COMMUNE))
        run.again("Thử lại", Participant.of(ADMIN), tx.now)
        await tx.store(RUNS).save(run)
        minh = await tx.store(EVALUATIONS).get((await result(uow, year, MINH_ID)).id)
        minh.sheets[-1] = replace(minh.require_rated(), attempt=run.attempt)
        await tx.store(EVALUATIONS).save(minh)
    pump = scenes.Pump(uow, done=len(uow.outbox))

    await correct(uow, third, MINH_ID)
    await pump.run()
    under_way = await uow.reading().store(RUNS).get(run.id)
    await scenes.Pump(uow).run()

    quarter, after = await result(uow, third, MINH_ID), await result(uow, year, MINH_ID)
    assert under_way.revision > run.revision
    assert after.require_rated().total == quarter.require_rated().total


async def test_E_I14_an_appeal_on_the_year_waits_on_while_its_quarter_changes(
    uow: MemoryUnitOfWork,
) -> None:
    third, year = await scored(uow, appeal_days=10)
    await scenes.move(uow, year, "publish")
    await scenes.Pump(uow).run()
    appeal = await review_scenes.file(uow, await result(uow, year, MINH_ID))

    since = len(uow.outbox)
    await correct(uow, third, MINH_ID)
    await heard(uow, since)
    waiting = await result(uow, year, MINH_ID)
    await review_scenes.decide(
        uow,
        appeal,
        verdict=AppealState.REJECTED,
        actor=replace(BOARD, subject="another", officer="cs_other"),
    )

    assert (waiting.state, len(waiting.sheets)) == (EvaluationState.APPEALED, 2)
    assert (await result(uow, year, MINH_ID)).state is EvaluationState.CORRECTED


async def test_an_appeal_on_a_year_corrects_events_and_names_the_way_for_the_rest(
    uow: MemoryUnitOfWork,
) -> None:
    _, year = await scored(uow, appeal_days=10)
    await scenes.move(uow, year, "publish")
    await scenes.Pump(uow).run()
    appeal = await review_scenes.file(uow, await result(uow, year, MINH_ID))

    with pytest.raises(Invalid, match="correct the one that is wrong") as refused:
        await review_scenes.decide(uow, appeal, correction=Correction(working_days=3))
    await review_scenes.decide(uow, appeal, correction=Correction(add_events=("DISCIPLINED",)))

    assert (refused.value.field, refused.value.rule_id) == ("input.correction", "E-I10")
    sheet = (await result(uow, year, MINH_ID)).require_rated()
    assert (sheet.band, sheet.basis) == ("KHT", appeal.id)


async def test_E_I9_a_veto_in_the_year_takes_its_band(uow: MemoryUnitOfWork) -> None:
    await review_scenes.published(uow)
    await scenes.veto(uow, LAN_ID, "DISCIPLINED")
    year = await scenes.reviewed(uow, await the_year(uow))

    lan = await result(uow, year, LAN_ID)

    assert (lan.require_rated().raw_band, lan.band) == ("HTXS", "KHT")


async def test_nothing_is_entered_in_a_year_that_others_make(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    year = await the_year(uow)

    for step in (scenes.assign(uow, year), scenes.rate(uow, year, LAN_ID)):
        with pytest.raises(Conflict, match="made of the results of each QUARTER") as refused:
            await step
        assert (refused.value.field, refused.value.rule_id) == ("input.periodId", "E-I10")
    assert uow.outbox[-1].TYPE == "congvu.evaluation.period.opened.v1"


async def test_only_gaps_of_quarters_are_told_with_who_owes_them(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    third = await scenes.open_period(uow)
    year = await the_year(uow)

    page = await list_gaps(ADMIN, uow.reading(), year.id, GapFilter(), first=50, after=None)

    kinds = {each.kind for each in page.items}
    assert kinds == {GapKind.AWAITED_RESULT}
    assert not any(each.blocks for each in page.items)
    assert {each.labels for each in page.items} == {("2026-Q1", "2026-Q2", "2026-Q3")}
    assert {each.owed_by for each in page.items} == {third.id}


async def test_who_did_not_work_in_a_quarter_misses_none(uow: MemoryUnitOfWork) -> None:
    """Sick for all of it (nghỉ ốm), or not there yet: only actual quarters count."""
    await scenes.commune(uow)
    began = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_from=scenes.JULY),
    )
    await scenes.sync(uow, people=[began])
    year = await the_year(uow)

    page = await list_gaps(ADMIN, uow.reading(), year.id, GapFilter(), first=50, after=None)

    labels = {each.civil_servant_id: each.labels for each in page.items}
    assert labels[LAN_ID] == ("2026-Q3",)
    assert labels[MINH_ID] == ("2026-Q1", "2026-Q2", "2026-Q3")


@pytest.mark.parametrize(
    ("now", "expected"), [("2026-10-30", None), ("2026-10-31", 0), ("2026-12-15", 1)]
)
async def test_the_law_s_day_is_told_before_it_comes(
    uow: MemoryUnitOfWork, clock: FixedClock, now: str, expected: int | None
) -> None:
    await scenes.commune(uow)
    year = await the_year(uow)
    clock.at += date.fromisoformat(now) - clock.at.date()

    [count] = [each for each in await count_waiting(ADMIN, uow.reading()) if each.kind == "YEAR"]
    page = await list_waiting(ADMIN, uow.reading(), InboxKind.YEAR, first=9, after=None)

    told = [(each.subject_id, each.due_on) for each in page.items]
    assert told == ([] if expected is None else [(year.id, date(2026, 12, 14))])
    assert (count.count, count.late) == (len(told), expected or 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": PeriodKind.QUARTER, "ends_on": date(2026, 4, 1), "made_of": "MONTH"}, "madeOf"),
        ({"kind": PeriodKind.QUARTER, "ends_on": date(2026, 4, 1), "special_cycle": True},
         "specialCycle"),
        ({"made_of": "YEAR"}, "madeOf"),
    ],
)  # fmt: skip
async def test_what_no_year_can_be_made_of_is_refused(
    uow: MemoryUnitOfWork, changes: Mapping[str, Any], field: str
) -> None:
    await scenes.commune(uow)
    before = len(uow.outbox)

    with pytest.raises(Invalid) as refused:
        await the_year(uow, **changes)

    assert refused.value.field == f"input.{field}"
    assert len(uow.outbox) == before


async def test_a_special_cycle_has_until_january(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    year = await the_year(uow, special_cycle=True, made_of=PeriodKind.MONTH)

    assert (year.rated_until, year.made_of) == (date(2027, 1, 14), PeriodKind.MONTH)
    assert year.rolled_up == tuple(AppointmentRole)
