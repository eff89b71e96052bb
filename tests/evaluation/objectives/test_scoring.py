"""From the objective to the score: what was set, read and confirmed is what is scored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from evaluation import objective_scenes as o
from evaluation import review_scenes, scenes
from evaluation.people import (
    BOARD,
    CHAIR,
    COMMUNE,
    DEPUTY,
    LAN_ID,
    NEIGHBOUR_HEAD,
    OFFICE_HEAD,
    OFFICE_HEAD_ID,
    OTHER_COMMUNE,
)
from evaluation_service.application.collections import EVALUATIONS, HANDOVERS, READINGS, SCORECARDS
from evaluation_service.domain.objectives.content import Direction
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import IndicatorReading, ReadingState
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Indicator
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.corrections import Correction, ReadingCorrection
from support.clock import FixedClock

CONTRACT = "LEADER-CONTRACT-BSC"


async def contract(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """The office head is rated by a contract; staff by the decree."""
    return await o.scorecards(uow, CONTRACT, staff_policy="ND335-2025-STAFF")


async def set_for_head(
    uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> Sequence[tuple[Objective, IndicatorReading]]:
    """OPERATIONS 0 to 100, 92 reached; SOCIAL 100 down to 95, 97 reached; the rest met."""
    said = {
        "OPERATIONS": (o.content(perspective="OPERATIONS"), "92"),
        "SOCIAL": (
            o.content("95", baseline="100", direction=Direction.DOWN, perspective="SOCIAL"),
            "97",
        ),
        "CAPACITY_INTEGRITY": (o.content(perspective="CAPACITY_INTEGRITY"), "100"),
    }
    found = []
    for code, (content, value) in said.items():
        objective = await o.define(uow, period, content, of=OFFICE_HEAD_ID, code=code)
        entered = await o.record(uow, objective, value, actor=o.SYSTEM)
        found.append((objective, await o.decide(uow, entered, actor=DEPUTY)))
    return found


def rows_of(evaluation: Evaluation, section: str = "indicators") -> list[Mapping[str, Any]]:
    assert evaluation.sheet is not None
    rows: list[Mapping[str, Any]] = json.loads(evaluation.sheet.snapshot).get(section, [])
    return rows


async def test_the_contract_of_the_worked_vector_comes_to_84_8(uow: MemoryUnitOfWork) -> None:
    period = await contract(uow)
    await set_for_head(uow, period)

    await scenes.reviewed(uow, period)

    head = await scenes.evaluation_of(uow, period, OFFICE_HEAD_ID)
    assert head.sheet is not None
    assert head.sheet.total == Fraction(848, 10)


async def test_E_I18_the_snapshot_binds_the_version_and_the_reading(
    uow: MemoryUnitOfWork,
) -> None:
    period = await contract(uow)
    objective, reading = (await set_for_head(uow, period))[0]

    await scenes.reviewed(uow, period)

    row = next(
        each
        for each in rows_of(await scenes.evaluation_of(uow, period, OFFICE_HEAD_ID))
        if each["code"] == "OPERATIONS"
    )
    assert row == {
        "code": "OPERATIONS",
        "perspective": "OPERATIONS",
        "weight": "100",
        "baseline": "0",
        "target": "100",
        "actual": "92",
        "direction": "UP",
        "shared": False,
        "evidence": [
            {"ref": f"{objective.id}@1", "hash": objective.version_hash},
            {"ref": reading.id, "hash": reading.hash, "confirmed_by": "deputy"},
        ],
    }
    other = replace(reading, value=Decimal(93))
    assert other.hash != reading.hash
    assert replace(reading, confirmed_by=None).hash != reading.hash


async def test_E_I15_a_figure_that_nobody_confirmed_moves_nothing(uow: MemoryUnitOfWork) -> None:
    """And is no zero: there is no score until somebody decides."""
    period = await contract(uow)
    objective, _ = (await set_for_head(uow, period))[0]
    said = o.content(perspective="OPERATIONS", weight="0", title="Nợ đọng")
    await o.define(uow, period, said, of=OFFICE_HEAD_ID, code="NEW")
    await o.record(uow, objective, "100", actor=o.SYSTEM)

    await scenes.reviewed(uow, period)

    head = await scenes.evaluation_of(uow, period, OFFICE_HEAD_ID)
    assert {row["code"]: row.get("actual") for row in rows_of(head)} == {
        "OPERATIONS": "92",
        "NEW": None,
        "SOCIAL": "97",
        "CAPACITY_INTEGRITY": "100",
    }
    assert head.sheet is not None
    assert (head.sheet.outcome, head.sheet.total) == (EvaluationOutcome.NOT_EVALUABLE, None)


async def test_E_I15_target_and_actual_are_not_typed_in_one_call(uow: MemoryUnitOfWork) -> None:
    period = await contract(uow)
    typed = Indicator(
        code="x",
        perspective="SOCIAL",
        weight=Decimal(100),
        baseline=Decimal(0),
        target=Decimal(1),
        actual=Decimal(1),
        direction="UP",
        shared=False,
        parent=None,
    )

    inputs = GivenInputs(indicators=(typed,))

    with pytest.raises(Invalid) as refused:
        await scenes.rate(uow, period, OFFICE_HEAD_ID, inputs=inputs)

    assert (refused.value.field, refused.value.rule_id) == ("input.ratings.indicators", "E-I15")
    assert await uow.reading().store(EVALUATIONS).select() == []


async def test_E_I10_objectives_of_two_posts_in_one_period_count_by_their_days(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    await o.read(uow, await o.define(uow, period, o.content(), code="OLD"), "92")
    moved = date(2026, 8, 15)
    row = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=moved),
        scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=moved),
    )
    assert (await scenes.sync(uow, people=[row])).refused == 0
    clock.at += timedelta(days=15)  # Newcomers have days of their own.
    new = await o.define(uow, period, o.content(), code="NEW")
    await o.decide(uow, await o.record(uow, new, "50", actor=o.SYSTEM))

    await scenes.reviewed(uow, period)

    rows = rows_of(await scenes.evaluation_of(uow, period, LAN_ID))
    assert {each["code"]: each["actual"] for each in rows} == {"OLD": "92", "NEW": "50"}
    assert sum(Fraction(each["weight"]) for each in rows) == 100


async def test_E_I10_a_handed_over_part_holds_the_objectives_and_who_acted(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    old = await o.scorecards(uow, switches=(o.WARN,), scope_unit_id=COMMUNE)
    policies = dict.fromkeys(("staff_policy", "deputy_policy", "leader_policy"), "BSC-CASCADE")
    new = await scenes.open_period(
        uow, name="Xã mới", scope_unit_id=OTHER_COMMUNE, switches=(o.WARN,), **policies
    )
    await o.read(uow, await o.define(uow, old, code="OLD"), "92")
    moved = date(2026, 8, 15)
    row = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=moved),
        scenes.appointment_row("H32.31.08", "HO-TICH", valid_from=moved),
    )
    assert (await scenes.sync(uow, people=[row])).refused == 0
    clock.at += timedelta(days=15)  # Newcomers have days of their own.
    theirs = await o.define(uow, new, code="NEW", actor=NEIGHBOUR_HEAD)
    entered = await o.record(uow, theirs, "50", actor=o.SYSTEM)
    await o.decide(uow, entered, actor=NEIGHBOUR_HEAD)

    for period in (old, new):
        await scenes.reviewed(uow, period)
    await scenes.Pump(uow).run()

    rated = await scenes.evaluation_of(uow, new, LAN_ID)
    [part] = await uow.reading().store(HANDOVERS).select(Eq("civil_servant_id", LAN_ID))
    assert {each["code"]: each["actual"] for each in rows_of(rated)} == {"OLD": "92", "NEW": "50"}
    assert {each.subject for each in part.involved} == {"chair", "office-head", "deputy"}


BOARD_OF = {
    "set the target": CHAIR,
    "entered the figure": OFFICE_HEAD,
    "confirmed the figure": DEPUTY,
}


@pytest.mark.parametrize("who", BOARD_OF)
@pytest.mark.parametrize("how", ["by the person", "by the account"])
async def test_E_I4_whoever_acted_on_an_objective_decides_no_appeal(
    uow: MemoryUnitOfWork, who: str, how: str
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,), appeal_days=5)
    await o.read(uow, await o.define(uow, period), "92")
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    appeal = await review_scenes.file(uow, lan, actor=scenes.officer_of(LAN_ID))
    board: Actor = replace(BOARD_OF[who], roles=frozenset({Role.REVIEW_BOARD}))
    changes: dict[str, dict[str, Any]] = {
        "by the person": {"subject": "x"},
        "by the account": {"officer": "cs_other"},
    }
    board = replace(board, **changes[how])

    with pytest.raises(Forbidden) as refused:
        await review_scenes.decide(uow, appeal, verdict=AppealState.REJECTED, actor=board)

    assert refused.value.rule_id == "E-I4"


async def test_an_appeal_corrects_what_was_read_and_leaves_the_target(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow, "CN-TARGET", staff_policy="ND335-2025-STAFF", appeal_days=5)
    target = o.content(perspective=None)
    objective = await o.define(uow, period, target, of=OFFICE_HEAD_ID)
    await o.decide(uow, await o.record(uow, objective, "29", actor=o.SYSTEM))
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    head = await scenes.evaluation_of(uow, period, OFFICE_HEAD_ID)
    appeal = await review_scenes.file(uow, head, actor=scenes.officer_of(OFFICE_HEAD_ID))

    right = Correction(readings=(ReadingCorrection(code="MT-01", value=Decimal(92)),))
    await review_scenes.decide(uow, appeal, correction=right)

    after = await scenes.evaluation_of(uow, period, OFFICE_HEAD_ID)
    assert [sheet.total for sheet in after.sheets] == [29, 92]
    assert [(each["target"], each["actual"]) for each in rows_of(after)] == [("100", "92")]
    old, new = await uow.reading().store(READINGS).select(order=["entered_at"])
    assert (new.value, new.corrects_id, new.basis) == (Decimal(92), old.id, appeal.id)
    assert [each.subject for each in new.acted] == [appeal.filed_by.subject, BOARD.subject]
    assert (old.value, old.state) == (Decimal(29), ReadingState.CONFIRMED)
    [row] = rows_of(after)
    proof = {"ref": new.id, "hash": new.hash, "confirmed_by": BOARD.subject}
    assert [each["ref"].partition("@")[0] for each in row["evidence"]] == [objective.id, new.id]
    assert row["evidence"][1] == proof
    [card] = await uow.reading().store(SCORECARDS).select(Eq("civil_servant_id", OFFICE_HEAD_ID))
    assert after.objectives == card.bound


async def test_E_I15_a_post_audit_that_nobody_asked_for_corrects_no_figure(
    uow: MemoryUnitOfWork,
) -> None:
    period = await o.scorecards(uow, "CN-TARGET", staff_policy="ND335-2025-STAFF")
    objective = await o.define(uow, period, o.content(perspective=None), of=OFFICE_HEAD_ID)
    await o.decide(uow, await o.record(uow, objective, "29", actor=o.SYSTEM))
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    head = await scenes.evaluation_of(uow, period, OFFICE_HEAD_ID)
    right = Correction(readings=(ReadingCorrection(code="MT-01", value=Decimal(92)),))

    with pytest.raises(Conflict) as refused:
        await review_scenes.decide_audit(
            uow, await review_scenes.post_audit(uow, OFFICE_HEAD_ID), head, right
        )

    assert (refused.value.rule_id, refused.value.field) == ("E-I15", "input.correction.readings")
    assert len(await uow.reading().store(READINGS).select()) == 1
