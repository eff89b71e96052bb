"""Citizens' evidence in a score: of the dossiers of the unit, or of the leader's commitments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation import leadership_scenes as led
from evaluation import scenes
from evaluation.people import CHAIR, CHAIR_ID, COMMUNE, DEPUTY_ID, LAN, PROVINCE_HEAD
from evaluation.scenes import FULL_MARKS, evaluation_of, index_fact, now_is
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results import indexes
from evaluation_service.domain.copies.unit_indexes import (
    ComplaintCounts,
    LeaderPromises,
    OfficerComplaints,
    ProcedureAnswers,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.inputs import GivenInputs, Organising, Rating, Unity
from evaluation_service.domain.results.sheets import Sheet

CHAIR_AT_WORK = replace(CHAIR, roles=frozenset({Role.OFFICER}))
LED = GivenInputs(general=FULL_MARKS, organising=Organising.FULL, unity=Unity.FULL)


async def opened(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """The chair is rated by PUBLIC-COMMITMENT, and did everything; so did whom the chair leads."""
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policies()["PUBLIC-COMMITMENT"], tx)
    period = await scenes.open_period(uow, leader_policy="PUBLIC-COMMITMENT")
    await scenes.do_all(uow, period, LAN)
    work = await scenes.assign(uow, period, CHAIR_ID, actor=PROVINCE_HEAD)
    reported = await scenes.report(uow, work, "4", actor=CHAIR_AT_WORK)
    await scenes.accept(uow, reported, actor=PROVINCE_HEAD)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=LED)
    return period


async def sheet_with(
    uow: MemoryUnitOfWork, leaders: Sequence[indexes.LeaderRated], *, satisfied: str = "1"
) -> Sheet:
    """Of the chair, when citizens are as satisfied with dossiers."""
    period = await opened(uow)
    await scenes.move(uow, period, "freeze")
    for unit_id in (await now_is(uow, period)).unit_ids:
        fact = index_fact(period, unit_id, index=satisfied)
        async with uow.begin() as tx:
            rated = tuple(leaders) if unit_id == COMMUNE else ()
            await indexes.keep_index(replace(fact, leaders=rated), tx)
    await scenes.Pump(uow).run()
    sheet = (await evaluation_of(uow, period, CHAIR_ID)).sheet
    assert sheet is not None
    return sheet


def rated(ratings: int, score_sum: int, leader_id: str = CHAIR_ID) -> indexes.LeaderRated:
    return indexes.LeaderRated(leader_id=leader_id, ratings=ratings, score_sum=score_sum)


async def test_35_citizens_who_rate_a_commitment_1_of_5_cost_12_points(
    uow: MemoryUnitOfWork,
) -> None:
    sheet = await sheet_with(uow, [rated(35, 35)])

    assert sheet.total == 88


async def test_satisfaction_with_dossiers_is_no_rating_of_a_commitment(
    uow: MemoryUnitOfWork,
) -> None:
    sheet = await sheet_with(uow, [], satisfied="0")

    assert sheet.total == 100


async def test_F_I5_29_ratings_move_nothing(uow: MemoryUnitOfWork) -> None:
    sheet = await sheet_with(uow, [rated(29, 29)])

    assert sheet.total == 100


async def test_only_the_leaders_own_commitments_count(uow: MemoryUnitOfWork) -> None:
    sheet = await sheet_with(uow, [rated(35, 35, DEPUTY_ID), rated(40, 130)])

    assert sheet.total == 85 + 15 * Fraction(130, 200)


@pytest.mark.parametrize(("ratings", "score_sum"), [(0, 0), (3, 2), (3, 16), (-1, -1)])
async def test_ratings_that_cannot_be_are_refused(
    uow: MemoryUnitOfWork, ratings: int, score_sum: int
) -> None:
    with pytest.raises(Invalid) as refused:
        await sheet_with(uow, [rated(ratings, score_sum)])

    assert refused.value.field == "leaders"


COUNTS = ComplaintCounts(received=7, due=6, answered_in_time=5, decided=2, upheld=1)
SPOILT: Mapping[str, Any] = {
    "complaints": replace(COUNTS, answered_in_time=7),
    "officers": (OfficerComplaints(**{**vars(COUNTS), "upheld": 3}, civil_servant_id="x"),),
    "procedures": (ProcedureAnswers(procedure_code="1.1", satisfied=3, answers=2),),
    "promises": (LeaderPromises(leader_id="x", due=1, kept=1, partly=1, missed=0),),
}


@pytest.mark.parametrize("name", SPOILT)
async def test_counts_that_cannot_be_are_refused(uow: MemoryUnitOfWork, name: str) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.move(uow, period, "freeze")
    told = replace(index_fact(period, COMMUNE), **{name: SPOILT[name]})

    with pytest.raises(Invalid) as refused:
        async with uow.begin() as tx:
            await indexes.keep_index(told, tx)

    assert refused.value.field == name


TYPED = GivenInputs(
    elements=tuple(Rating(key=each, points=Decimal(1)) for each in ("CRISIS", "PROCESS_REFORM")),
    organising=Organising.FULL,
    unity=Unity.FULL,
)


async def test_what_a_superior_types_passes_neither_citizens_nor_the_gate(
    uow: MemoryUnitOfWork,
) -> None:
    """A quarter under PETITION-57: all that may be is typed at its most; others said otherwise."""
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policies()["PETITION-57"], tx)
    period = await scenes.open_period(uow, leader_policy="PETITION-57")
    await scenes.do_all(uow, period, LAN)
    work = await scenes.assign(uow, period, CHAIR_ID, actor=PROVINCE_HEAD)
    reported = await scenes.report(uow, work, "4", actor=CHAIR_AT_WORK)
    await scenes.accept(uow, reported, actor=PROVINCE_HEAD)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=TYPED)
    await led.confirm(uow, await led.record(uow, period))
    await led.record(uow, period, title="Chưa ai xác nhận")
    await led.rate_leader(uow, period, LAN, development=1, sharing=1, trained=False)
    await scenes.move(uow, period, "freeze")
    told: dict[str, Any] = {
        "complaints": ComplaintCounts(received=9, due=10, answered_in_time=5, decided=5, upheld=5),
        "promises": (LeaderPromises(leader_id=CHAIR_ID, due=3, kept=1, partly=0, missed=1),),
    }
    for unit_id in (await now_is(uow, period)).unit_ids:
        more = told if unit_id == COMMUNE else {}
        fact = replace(index_fact(period, unit_id, index="0"), **more)
        async with uow.begin() as tx:
            await indexes.keep_index(fact, tx)
    await scenes.Pump(uow).run()

    sheet = (await evaluation_of(uow, period, CHAIR_ID)).sheet

    assert sheet is not None
    late_crisis, transparency, citizens = Fraction(1, 2), Fraction(1, 2), 0
    no_objective = 10  # what a superior may rate where nothing was measured
    nobody_else_said = 10 + 5  # no other unit, one ballot: handed on
    counted = 10 * late_crisis + no_objective + 15 * transparency + 15 * citizens + 35
    assert sheet.total == counted * Fraction(100, 100 - nobody_else_said)
    assert (sheet.raw_band, sheet.band) == ("HT", "HT")
