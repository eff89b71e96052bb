"""The satisfaction index: share, interval, minimum, and one for every unit at the freeze."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.application.commands import Turns
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.domain.errors import Transient
from congvu_kit.domain.shares import Share
from feedback import people
from feedback.indexes.steps import four_ratings, freeze
from feedback.scenes import (
    NOW,
    PERIOD,
    all_of,
    answered,
    dossier_fact,
    everything,
    log_of,
    period_fact,
    rate,
    rating,
)
from feedback_service.application import collections, reactions
from feedback_service.application.indexes.computation import compute_pending
from feedback_service.application.indexes.queries import find_indexes, index_id
from feedback_service.application.log.rows import differing_rows
from feedback_service.application.needs import Needs
from feedback_service.domain.indexes.satisfaction_index import (
    IndexComputed,
    IndexEvidence,
    IndexState,
    SatisfactionIndex,
)
from feedback_service.domain.submissions.submission import Answer
from support.clock import FixedClock


@pytest.mark.parametrize(
    ("part", "whole", "value", "interval"),
    [
        (92, 100, "0.92", ("0.85", "0.9589")),
        (2, 3, "0.6667", ("0.2077", "0.9385")),
        (0, 10, "0", ("0", "0.2775")),
        (10, 10, "1", ("0.7225", "1")),
        (1, 1, "1", ("0.2065", "1")),
        (0, 0, None, None),
    ],
)
def test_share_and_wilson_interval(
    part: int, whole: int, value: str | None, interval: tuple[str, str] | None
) -> None:
    share = Share(part, whole)

    assert (share.value, share.wilson) == (value, interval)


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_the_interval_holds_the_share_and_agrees_with_the_textbook(part: int, whole: int) -> None:
    part = min(part, whole)
    share = Share(part, whole)

    assert share.value is not None
    assert share.wilson is not None
    low, high = (Decimal(bound) for bound in share.wilson)
    assert 0 <= low <= Decimal(share.value) <= high <= 1
    z, p = 1.959963984540054, part / whole
    reach = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    centre, scale = p + z * z / (2 * whole), 1 + z * z / whole
    assert abs(float(low) - (centre - reach) / scale) < 0.0001
    assert abs(float(high) - (centre + reach) / scale) < 0.0001


def index_with(answers: int, minimum: int) -> SatisfactionIndex:
    return SatisfactionIndex(
        id="i",
        unit_id="u",
        period_id="p",
        province="56",
        minimum_answers=minimum,
        policies=(),
        evidence=IndexEvidence(
            satisfied=answers,
            answers=answers,
            completed=0,
            complaints_due=0,
            answered_in_time=0,
            complaints_settled=0,
            confirmed=0,
        ),
        state=IndexState.PENDING,
        computed_at=NOW,
    )


@given(st.integers(0, 60), st.integers(0, 60))
def test_F_I5_below_the_minimum_there_is_no_figure(answers: int, minimum: int) -> None:
    index = index_with(answers, minimum)

    index.freeze()

    enough = answers >= minimum and answers > 0
    assert index.state is (IndexState.MEASURED if enough else IndexState.INSUFFICIENT)
    assert (index.index is not None) is enough
    assert (index.interval is not None) is enough


async def test_an_index_for_every_unit_also_without_answers(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    await four_ratings(any_uow, needs)

    await freeze(any_uow)

    found = {each.unit_id: each for each in await all_of(any_uow, collections.INDEXES)}
    assert {
        unit: (each.state, each.index, each.evidence.answers) for unit, each in found.items()
    } == {
        people.COUNTER: (IndexState.MEASURED, "0.75", 4),
        people.WARD: (IndexState.MEASURED, "0.75", 4),
        people.OTHER_WARD: (IndexState.INSUFFICIENT, None, 0),
    }
    assert found[people.COUNTER].evidence.completed == 4


async def test_each_index_is_an_event_and_an_entry_of_the_log(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await four_ratings(uow, needs)

    await freeze(uow)

    events = [event for event in uow.outbox if isinstance(event, IndexComputed)]
    assert [(event.unit_id, event.state, event.log_sequence) for event in events] == [
        (people.WARD, "MEASURED", 5),
        (people.COUNTER, "MEASURED", 6),
        (people.OTHER_WARD, "INSUFFICIENT", 7),
    ]
    first = events[0]
    assert (first.satisfied, first.answers, first.index) == (3, 4, "0.75")
    assert (first.ci_low, first.ci_high, first.minimum_answers) == ("0.3006", "0.9544", 3)
    assert (events[2].index, events[2].ci_low, events[2].ci_high) == (None, None, None)
    logged = (await log_of(uow))[4:]
    assert [entry.type for entry in logged] == ["INDEX_COMPUTED"] * 3
    shown = {field.name: field.value for field in logged[0].fields}
    assert (shown["index"], shown["answers"], shown["period"]) == ("0.75", "4", PERIOD)


async def test_freezing_again_changes_nothing(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await freeze(uow)
    before, events = await everything(uow), list(uow.outbox)

    await freeze(uow)

    assert (await everything(uow), list(uow.outbox)) == (before, events)


async def test_a_frozen_index_does_not_move(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await four_ratings(uow, needs)
    await freeze(uow)

    await rate(uow, needs, rating(Answer.VERY_DISSATISFIED, token="late"))

    [index] = await find_indexes([(people.COUNTER, PERIOD)], ANONYMOUS, uow.reading())
    assert index is not None
    assert (index.state, index.index, index.evidence.answers) == ("MEASURED", "0.75", 4)


async def test_what_comes_after_the_freeze_does_not_count_however_late_the_figure_is(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await four_ratings(uow, needs)
    async with uow.begin() as tx:
        fact = reactions.PeriodFrozen(province="56", period_id=PERIOD, unit_ids=(people.COUNTER,))
        await reactions.freeze_period(fact, tx)
    await rate(uow, needs, rating(Answer.VERY_DISSATISFIED, token="late"))
    key = (people.COUNTER, PERIOD)
    [live] = await find_indexes([key], ANONYMOUS, uow.reading())

    computed = [await compute_pending(uow, Turns(), needs.vault) for _ in range(2)]

    assert computed == [1, 0]
    index = await uow.reading().store(collections.INDEXES).get(index_id(*key))
    assert (index.state, index.evidence.answers, index.index) == ("MEASURED", 4, "0.75")
    assert live is not None
    assert (live.state, live.evidence.answers) == (IndexState.PENDING, 4)


@pytest.mark.mongo
async def test_a_period_of_many_units_is_computed_while_citizens_write(
    mongo_uow: MongoUnitOfWork, needs: Needs
) -> None:
    units = [f"unit_{number}" for number in range(45)]
    async with mongo_uow.begin() as tx:
        for unit_id in units:
            unit = reactions.UnitSynced(unit_id=unit_id, name="x", province="56", revision=1)
            await reactions.keep_unit(unit, tx)
        fact = reactions.PeriodFrozen(province="56", period_id=PERIOD, unit_ids=tuple(units))
        await reactions.freeze_period(fact, tx)

    async def write() -> None:
        for person in range(5):
            await rate(mongo_uow, needs, rating(token=f"dan-{person}"))

    computed, _ = await asyncio.gather(compute_pending(mongo_uow, Turns(), needs.vault), write())

    assert computed == 45
    indexes = await all_of(mongo_uow, collections.INDEXES)
    assert sorted(index.unit_id for index in indexes) == sorted(units)
    assert [entry.number for entry in await log_of(mongo_uow)] == list(range(1, 51))


async def test_the_live_figure_is_pending(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await four_ratings(uow, needs)

    live, unknown, no_period = await find_indexes(
        [(people.COUNTER, PERIOD), ("unit_nope", PERIOD), (people.COUNTER, "period_nope")],
        ANONYMOUS,
        uow.reading(),
    )

    assert live is not None
    assert (live.state, live.index, live.log_sequence) == (IndexState.PENDING, "0.75", None)
    assert (unknown, no_period) == (None, None)


@pytest.mark.parametrize(
    ("on", "counted"),
    [
        (date(2026, 6, 30), 0),
        (date(2026, 7, 1), 1),
        (date(2026, 9, 30), 1),
        (date(2026, 10, 1), 0),
    ],
)
async def test_an_answer_counts_on_its_day_in_a_half_open_period(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock, on: date, counted: int
) -> None:
    clock.pass_days(90)
    async with uow.begin() as tx:
        fact = dossier_fact(2)
        early = type(fact)(**{**fact.__dict__, "received_at": NOW.replace(month=6)})
        await reactions.keep_dossier(early, tx)
    await rate(uow, needs, rating(dossier="H32.31.07-260801-0002", answered_on=on))

    await freeze(uow)

    index = await uow.reading().store(collections.INDEXES).get(index_id(people.COUNTER, PERIOD))
    assert index.evidence.answers == counted


async def test_F_I9_minimum_and_policies_are_those_shown_when_the_period_opened(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    async with uow.begin() as tx:
        later = period_fact(minimum_answers=1)
        await reactions.keep_period(later, tx)
    await rate(uow, needs, rating())

    await freeze(uow)

    index = await uow.reading().store(collections.INDEXES).get(index_id(people.COUNTER, PERIOD))
    assert (index.minimum_answers, index.state) == (3, IndexState.INSUFFICIENT)
    assert index.policies == ("ND335-2025-STAFF@1",)


async def test_complaints_count_in_time_and_confirmed(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await answered(uow, needs)

    await freeze(uow)

    index = await uow.reading().store(collections.INDEXES).get(index_id(people.WARD, PERIOD))
    assert (index.evidence.complaints_due, index.evidence.answered_in_time) == (1, 1)
    assert (index.evidence.complaints_settled, index.evidence.confirmed) == (0, 0)


async def test_a_freeze_waits_for_period_and_units(uow: MemoryUnitOfWork) -> None:
    before = await everything(uow)

    with pytest.raises(Transient, match="period 'period_nope'"):
        async with uow.begin() as tx:
            await reactions.freeze_period(
                reactions.PeriodFrozen(province="56", period_id="period_nope", unit_ids=()), tx
            )
    with pytest.raises(Transient, match="unit 'unit_nope'"):
        await freeze(uow, people.WARD, "unit_nope")

    assert await everything(uow) == before


@pytest.mark.mongo
async def test_counting_evidence_scans_no_collection(
    mongo_uow: MongoUnitOfWork, database: Database
) -> None:
    within = {"$gte": "2026-07-01", "$lt": "2026-10-01"}
    for name, query in (
        ("submissions", {"unit_path": "u", "kind": "SATISFACTION", "received_on": within}),
        (
            "submissions",
            {
                "unit_path": "u",
                "kind": "SATISFACTION",
                "extra.satisfied": True,
                "received_on": within,
            },
        ),
        ("submissions", {"source": "portal", "arrived": "2026-08-03T02:00"}),
        (
            "submissions",
            {"unit_id": "u", "source": "portal", "kind": "SATISFACTION", "given": "2026-08-03"},
        ),
        ("submissions", {"review_id": {"$in": ["rev_1"]}}),
        ("rating_reviews", {"unit_id": "u", "source": "portal", "state": "PENDING"}),
        ("rating_reviews", {"state": "PENDING", "decide_by": {"$lt": "2026-08-03"}}),
        ("dossiers", {"unit_path": "u", "completed_on": within}),
        ("complaints", {"unit_path": "u", "answer_by": within}),
        ("complaints", {"unit_path": "u", "closed_on": within, "basis": "CONFIRMED"}),
        (
            "complaints",
            {"unit_path": "u", "extra.answered_in_time": True, "answer_by": within},
        ),
        ("complaints", {"due_on": {"$lt": "2026-08-03"}}),
        ("commitments", {"state": "PUBLISHED", "due": {"$lt": "2026-08-03"}}),
        ("complaints", {"state": "ANSWERED", "dispute_until": {"$lt": "2026"}}),
    ):
        plan = await database[name].find(query).explain()
        assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"]), name


async def test_a_second_freeze_counts_anew_and_the_log_tells_both(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    key = (people.COUNTER, PERIOD)
    await four_ratings(uow, needs)
    await freeze(uow)
    fact = reactions.PeriodFrozen(province="56", period_id=PERIOD, unit_ids=())
    async with uow.begin() as tx:
        await reactions.unfreeze_period(fact, tx)
        await reactions.unfreeze_period(fact, tx)
    await rate(uow, needs, rating(Answer.NEUTRAL, token="dan-moi"))
    [live] = await find_indexes([key], ANONYMOUS, uow.reading())
    again = reactions.PeriodFrozen(
        province="56",
        period_id=PERIOD,
        unit_ids=(people.COUNTER,),
        freeze=2,
        period_code="2026-Q3",
    )
    async with uow.begin() as tx:
        await reactions.freeze_period(replace(again, freeze=1), tx)
        await reactions.freeze_period(again, tx)
    await compute_pending(uow, Turns(), needs.vault)

    index = await uow.reading().store(collections.INDEXES).get(index_id(*key))
    told = [each for each in uow.outbox if isinstance(each, IndexComputed)]
    entries = [each for each in await log_of(uow) if each.subject == index.id]
    assert live is not None
    assert (live.state, live.evidence.answers) == (IndexState.PENDING, 5)
    assert (index.index, index.evidence.answers, index.revision) == ("0.6", 5, 2)
    told = [each for each in told if each.unit_id == people.COUNTER]
    assert [(each.freeze, each.index, each.period_code) for each in told] == [
        (1, "0.75", None),
        (2, "0.6", "2026-Q3"),
    ]
    assert len(entries) == 2
    assert index.log_sequence == entries[1].number
    assert await differing_rows(uow) == []
