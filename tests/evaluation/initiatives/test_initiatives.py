"""Initiatives: proposed, decided by another, counted, and looked at later (E-I4, E-I12)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.working_days import WorkingDays
from congvu_scoring import compile_policy, read_policy
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation import initiative_scenes as i
from evaluation import scenes
from evaluation.people import BOARD, LAN, LAN_ID, person
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import count_waiting
from evaluation_service.application.results.queries import recompute
from evaluation_service.domain.initiatives.counted import counted, scale_of, with_row
from evaluation_service.domain.initiatives.initiatives import (
    CheckVerdict,
    InitiativeChecked,
    InitiativeDecided,
    InitiativeKind,
    InitiativeProposed,
    InitiativeState,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.snapshots import PersonFacts, snapshot_document
from evaluation_service.domain.transfers.handovers import EarlierPart
from support.clock import FixedClock

BUT_CREATIVE = GivenInputs(
    general=tuple(
        Rating(key=each.key, points=Decimal(0) if each.key == "III.1" else each.points)
        for each in scenes.FULL_MARKS
    )
)


async def opened(uow: MemoryUnitOfWork, **changes: object) -> EvaluationPeriod:
    """Lan has everything but the creative product."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow, **changes)
    await scenes.do_all(uow, period, LAN)
    await scenes.rate(uow, period, LAN_ID, inputs=BUT_CREATIVE)
    return period


async def lan(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Evaluation:
    return await scenes.evaluation_of(uow, period, LAN_ID)


def total(evaluation: Evaluation) -> Fraction | None:
    return evaluation.require_rated().total


@pytest.mark.parametrize(
    ("points", "expected"), [((), "97.5"), (("0.5",), "98"), (("2",), "99.5"), (("2", "2"), "100")]
)
async def test_small_ones_count_and_together_at_most_the_criterion(
    uow: MemoryUnitOfWork, points: Sequence[str], expected: str
) -> None:
    period = await opened(uow)
    for each in points:
        await i.decide(uow, await i.propose(uow, period), each)
    await i.decide(uow, await i.propose(uow, period), None)

    await scenes.reviewed(uow, period)

    sheet = (await lan(uow, period)).require_rated()
    assert sheet.total == Fraction(expected)
    assert (await recompute(uow.reading(), sheet)).identical
    rows = json.loads(sheet.snapshot).get("initiatives", [])
    assert [Fraction(row["points"]) for row in rows] == [Fraction(each) for each in points]
    assert all(row["evidence"][0]["hash"] for row in rows)


@pytest.mark.parametrize(
    ("verdicts", "left"),
    [(("LASTED", "LASTED"), "2"), (("FADED", "PARTLY"), "1"), (("LASTED", "FADED"), "0")],
)
async def test_E_I3_final_points_are_a_linked_revision_of_a_closed_result(
    uow: MemoryUnitOfWork, clock: FixedClock, verdicts: Sequence[str], left: str
) -> None:
    period = await opened(uow)
    initiative = await i.decide(uow, await i.propose(uow, period))
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    sealed = (await scenes.move(uow, period, "close")).seal

    for verdict, day, who in zip(verdicts, i.CHECK_ON, (i.CHECKER, i.LAST), strict=True):
        clock.at += day - clock.at.date()
        initiative = await i.check(uow, initiative, verdict, actor=who)

    evaluation, now = await lan(uow, period), (await scenes.now_is(uow, period)).seal
    assert (initiative.state, initiative.final) == (InitiativeState.FINAL, left)
    assert total(evaluation) == Fraction("97.5") + int(left)
    assert evaluation.require_rated().basis == initiative.id
    assert now is not None
    assert sealed is not None
    assert (now.previous, now.basis) == (sealed.hash, initiative.id)
    assert (await recompute(uow.reading(), evaluation.require_rated())).identical


async def test_E_I4_nobody_decides_or_checks_twice_nor_their_own(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await opened(uow)
    proposed = await i.propose(uow, period)
    herself = person("lan-on-the-board", Role.REVIEW_BOARD, officer=LAN_ID)

    with pytest.raises(Forbidden):
        await i.decide(uow, proposed, actor=herself)
    decided = await i.decide(uow, proposed)
    clock.at += i.CHECK_ON[0] - clock.at.date()
    with pytest.raises(Forbidden, match="you acted earlier"):
        await i.check(uow, decided, "LASTED", actor=BOARD)
    checked = await i.check(uow, decided, "LASTED")
    clock.at += i.CHECK_ON[1] - clock.at.date()
    with pytest.raises(Forbidden, match="you acted earlier"):
        await i.check(uow, checked, "LASTED")

    assert checked.state is InitiativeState.PROVISIONAL


async def test_they_count_whole_for_who_moved_within_the_period(uow: MemoryUnitOfWork) -> None:
    """What an earlier unit rated counts by its days; an initiative is of no unit."""
    period = await opened(uow)
    counts = counted(
        [i.initiative(InitiativeState.PROVISIONAL).row()],
        compile_policy(shipped_policies()["ND335-2025-STAFF"]),
    )
    typed = {"general": {"III.1": "0", "III.2": "1"}}
    facts = PersonFacts(
        label="2026-Q3",
        today=scenes.TODAY,
        days=WorkingDays(),
        working_days=60,
        days_here=30,
        earlier=(EarlierPart(document=typed, days=30),),
        initiatives=counts,
    )

    document = snapshot_document(await lan(uow, period), facts, None)

    general: Any = document["general"]
    assert [Fraction(general[key]) for key in ("III.1", "III.2")] == [2, Fraction(7, 4)]


BEFORE = {"workflow": {"settings": {"initiative_criterion": "III.1"}}}
"""How policies named the criterion before they had a section for it."""


@pytest.mark.parametrize(
    ("policy", "takes", "fed"),
    [("ND335-2025-LEADER", "2.5", "III.1"), ("PETITION-57", "10", None)],
)
def test_initiatives_feed_what_the_section_says(policy: str, takes: str, fed: str | None) -> None:
    """A criterion in place of what was typed, or rows that rules read."""
    compiled = compile_policy(shipped_policies()[policy])
    found = scale_of(compiled)
    typed = {"general": {"III.1": "1", "III.2": "2.5"}} if fed else {"elements": {"PEOPLE": "1"}}

    document = with_row(typed, i.initiative(InitiativeState.PROVISIONAL).row(), compiled)

    assert found is not None
    assert (found[0], found[1].step) == (fed or "initiatives", Fraction(1, 2))
    assert [found[1].takes(Fraction(takes) + over) for over in (0, Fraction(1, 2))] == [True, False]
    marks = {"general": {"III.1": "2", "III.2": "2.5"}} if fed else typed
    assert document.pop("initiatives")
    assert document == marks


def test_a_policy_from_before_the_section_still_counts_them() -> None:
    now = shipped_policies()["ND335-2025-STAFF"]
    text = {name: part for name, part in now.document.items() if name != "initiatives"}
    before = compile_policy(read_policy({**text, **BEFORE}))
    without = compile_policy(read_policy({**text, "workflow": {}}))

    assert scale_of(before) == scale_of(compile_policy(now))
    assert scale_of(without) is None


def test_its_events_tell_the_points_that_count_now() -> None:
    told = i.initiative()
    of: dict[str, Any] = {
        "initiative_id": told.id,
        "civil_servant_id": LAN_ID,
        "unit_id": "unit_1",
        "province": "56",
        "period_id": "period_1",
        "kind": InitiativeKind.SHORTER_TIME,
    }
    told.points = None
    told.propose()
    by = Participant.of(BOARD)
    told.decide(Decimal("1.5"), (scenes.TODAY,), "Có hiệu quả", by, scenes.NOW)
    told.check(i.found(CheckVerdict.PARTLY), scenes.TODAY)

    assert list(told.pull_events()) == [
        InitiativeProposed(**of, state=InitiativeState.PROPOSED, points=None),
        InitiativeDecided(**of, state=InitiativeState.PROVISIONAL, points="3/2"),
        InitiativeChecked(**of, state=InitiativeState.FINAL, points="3/4"),
    ]


async def test_a_check_is_not_made_before_its_day(uow: MemoryUnitOfWork) -> None:
    decided = await i.decide(uow, await i.propose(uow, await opened(uow)))
    before = len(uow.outbox)

    with pytest.raises(Conflict, match="the next check is on 2026-11-10"):
        await i.check(uow, decided, "LASTED")

    assert len(uow.outbox) == before


@pytest.mark.parametrize(
    ("points", "check_on", "field"),
    [
        ("3", i.CHECK_ON, "input.points"),
        ("0.3", i.CHECK_ON, "input.points"),
        ("2", (), "input.checkOn"),
        ("2", (scenes.TODAY,), "input.checkOn"),
        ("2", i.CHECK_ON[::-1], "input.checkOn"),
        ("2", (date(2040, 1, 1),), "input.checkOn"),
    ],
)
async def test_points_lie_in_the_criterion_and_checks_in_time_to_come(
    uow: MemoryUnitOfWork, points: str, check_on: Sequence[date], field: str
) -> None:
    proposed = await i.propose(uow, await opened(uow))
    before = len(uow.outbox)

    with pytest.raises(Invalid) as refused:
        await i.decide(uow, proposed, points, check_on=check_on)

    assert refused.value.field == field
    assert len(uow.outbox) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"evidence": []}, "input.facts.evidence"),
        ({"claimed": "5"}, "input.facts.claimed"),
        ({"title": " "}, "input.facts.title"),
    ],
)
async def test_what_shows_no_effect_is_no_initiative(
    uow: MemoryUnitOfWork, changes: Mapping[str, Any], field: str
) -> None:
    period = await opened(uow)

    with pytest.raises(Invalid) as refused:
        await i.propose(uow, period, **changes)

    assert refused.value.field == field


async def test_what_was_decided_late_counts_as_a_further_sheet(uow: MemoryUnitOfWork) -> None:
    period = await opened(uow)
    proposed = await i.propose(uow, period)
    await scenes.reviewed(uow, period)
    before = total(await lan(uow, period))

    await i.decide(uow, proposed)

    evaluation = await lan(uow, period)
    assert (before, total(evaluation)) == (Fraction("97.5"), Fraction("99.5"))
    assert evaluation.require_rated().basis == proposed.id


async def test_it_waits_for_the_board_and_later_for_another(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    proposed = await i.propose(uow, await opened(uow))

    async def waiting(who: Any) -> list[int]:
        found = {each.kind: each.count for each in await count_waiting(who, uow.reading())}
        return [found[InboxKind.INITIATIVE], found[InboxKind.INITIATIVE_CHECK]]

    first = await waiting(BOARD)
    await i.decide(uow, proposed)
    decided = await waiting(i.CHECKER)
    clock.at += i.CHECK_ON[0] - clock.at.date()

    assert (first, decided) == ([1, 0], [0, 0])
    assert (await waiting(BOARD), await waiting(i.CHECKER)) == ([0, 0], [0, 1])
