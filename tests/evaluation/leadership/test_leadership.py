"""Crises and ballots: who says what of a leader, and what of it reaches the snapshot."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_scoring import compile_policy
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation import leadership_scenes as led
from evaluation import scenes
from evaluation.people import CHAIR, CHAIR_ID, DEPUTY, DEPUTY_ID, LAN, LAN_ID, MINH, OFFICE_HEAD
from evaluation_service.application.leadership.queries import said_of_leaders
from evaluation_service.domain.copies.unit_indexes import read_by
from evaluation_service.domain.leadership.ballots import AGENCIES_MIN, LED_MIN, BallotBox, Led
from evaluation_service.domain.leadership.crises import CrisisOutcome

AS_OFFICER = frozenset({Role.OFFICER})
BOX = BallotBox(id="box", period_id="p", province="56", civil_servant_id=CHAIR_ID)


async def test_E_I15_a_crisis_counts_once_another_confirmed_it(uow: MemoryUnitOfWork) -> None:
    period = await led.opened(uow)
    crisis = await led.record(uow, period)
    await led.confirm(uow, await led.record(uow, period, title="Cháy rừng"), confirmed=False)
    before = await said_of_leaders([CHAIR_ID], period.id, uow.reading())

    confirmed = await led.confirm(uow, crisis)

    found = (await said_of_leaders([CHAIR_ID], period.id, uow.reading()))[CHAIR_ID]
    assert "crises" not in before.get(CHAIR_ID, {})
    assert found["crises"] == [
        {
            "crisis": crisis.id,
            "outcome": "RESOLVED",
            "hours": "4.5",
            "hours_allowed": "4",
            "evidence": [{"ref": crisis.id, "confirmed_by": "board"}],
        }
    ]
    with pytest.raises(Conflict):
        await led.confirm(uow, confirmed)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "input.title"),
        ({"title": "x" * 201}, "input.title"),
        ({"began_at": led.ENDED, "ended_at": led.BEGAN}, "input.beganAt"),
        ({"ended_at": led.ENDED.replace(month=6), "began_at": led.BEGAN.replace(month=6)},
         "input.endedAt"),
        ({"civil_servant_id": LAN_ID, "outcome": CrisisOutcome.FAILED}, "input.civilServantId"),
    ],
)  # fmt: skip
async def test_a_crisis_that_cannot_be_is_refused(
    uow: MemoryUnitOfWork, changes: dict[str, Any], field: str
) -> None:
    period = await led.opened(uow)

    with pytest.raises(Invalid) as refused:
        await led.record(uow, period, **changes)

    assert refused.value.field == field
    assert await said_of_leaders([CHAIR_ID], period.id, uow.reading()) == {}


async def test_F_I4_those_who_are_led_say_it_once(uow: MemoryUnitOfWork) -> None:
    period = await led.opened(uow)
    heads = [replace(each, roles=AS_OFFICER) for each in (OFFICE_HEAD, DEPUTY)]
    for voter in (LAN, MINH, *heads):
        box = await led.rate_leader(uow, period, voter)

    with pytest.raises(Conflict) as twice:
        await led.rate_leader(uow, period, LAN, development=1)

    assert twice.value.rule_id == "F-I4"
    assert (box.led, box.led_sums) == (4, Led(development=16, sharing=12, trained=4))


async def test_nobody_rates_who_does_not_lead_them(uow: MemoryUnitOfWork) -> None:
    period = await led.opened(uow)
    chair = replace(CHAIR, roles=AS_OFFICER)
    for voter, leader in ((chair, CHAIR_ID), (chair, DEPUTY_ID)):
        with pytest.raises(Forbidden) as refused:
            await led.rate_leader(uow, period, voter, of=leader)
        assert refused.value.rule_id == "E-I4"
    with pytest.raises(Invalid):
        await led.rate_leader(uow, period, MINH, of=LAN_ID)


async def test_no_ballot_comes_after_the_freeze(uow: MemoryUnitOfWork) -> None:
    period = await led.opened(uow)
    await scenes.move(uow, period, "freeze")

    with pytest.raises(Conflict):
        await led.rate_leader(uow, period, LAN)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.booleans()), max_size=12))
def test_below_the_minimum_only_the_number_of_ballots_is_told(
    said: list[tuple[int, int, bool]],
) -> None:
    box = replace(BOX)
    for number, (development, sharing, trained) in enumerate(said):
        each = Led(development=development, sharing=sharing, trained=int(trained))
        box.take_led(each, f"voter-{number}")
        box.take_agency(development, f"unit-{number}")

    section = box.section()

    assert {name: n for name, n in section.items() if name.endswith("_n")} == (
        {f"{name}_n": len(said) for name in ("development", "sharing", "trained", "coordination")}
        if said
        else {}
    )
    told = {name: Fraction(str(n)) for name, n in section.items() if not name.endswith("_n")}
    means = {
        "development": (LED_MIN, Fraction(sum(d for d, _, _ in said), 5 * max(1, len(said)))),
        "sharing": (LED_MIN, Fraction(sum(s for _, s, _ in said), 5 * max(1, len(said)))),
        "trained": (LED_MIN, Fraction(sum(t for _, _, t in said), max(1, len(said)))),
        "coordination": (AGENCIES_MIN, Fraction(sum(d for d, _, _ in said), 5 * max(1, len(said)))),
    }
    assert told == {name: mean for name, (least, mean) in means.items() if len(said) >= least}


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_one_to_five_is_refused(score: int) -> None:
    steps: list[Callable[[BallotBox], None]] = [
        lambda box: box.take_led(Led(development=score, sharing=3, trained=1), "a"),
        lambda box: box.take_led(Led(development=3, sharing=score, trained=1), "a"),
        lambda box: box.take_agency(score, "u"),
    ]
    for take in steps:
        box = replace(BOX)
        with pytest.raises(Invalid):
            take(box)
        assert box == BOX


def test_what_is_kept_of_a_ballot_tells_no_voter() -> None:
    box = replace(BOX)
    box.take_led(Led(development=1, sharing=5, trained=0), LAN_ID)

    assert LAN_ID not in repr(box)


@pytest.mark.parametrize("policy", sorted(shipped_policies()))
def test_a_snapshot_holds_what_the_policy_reads_alone(policy: str) -> None:
    rules = compile_policy(shipped_policies()[policy])

    found = read_by(rules, {"colleagues": {"trained_n": 1}, "crises": [{"crisis": "c"}]})

    assert set(found) == ({"colleagues", "crises"} if policy == "PETITION-57" else set())
