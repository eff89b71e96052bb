"""The demo's own arithmetic against the decree's public vectors."""

from dataclasses import replace
from fractions import Fraction
from functools import cached_property

import pytest

from congvu_demo.dataset import Criterion, Dataset, Dossier, Plan
from congvu_demo.oracle import staff_score

PLAN = Plan(
    officer="CB012",
    product="B.56.VB.01",
    quantity=1,
    due_on="2026-09-30",
    done=1,
    completed_on="2026-09-01",
    failures=0,
    cause="",
    cause_count=0,
    cause_reason="",
    cause_confirmed=False,
)
"""One simple document, coefficient 1, done in time."""

ALL_POINTS = [
    Criterion("CB012", f"III.{n}", "2.5", "") for n in (1, 2, 3, 4)
]  # with groups I and II met by default: 30


class OneOfficer(Dataset):
    def __init__(self, *plans: Plan, criteria: list[Criterion] = ALL_POINTS) -> None:
        self._plans, self._criteria = list(plans), criteria

    @cached_property
    def plans(self) -> list[Plan]:
        return self._plans

    @cached_property
    def criteria(self) -> list[Criterion]:
        return self._criteria

    @cached_property
    def dossiers(self) -> list[Dossier]:
        return []


@pytest.mark.parametrize(
    ("plan", "total"),
    [
        (PLAN, Fraction(100)),
        (replace(PLAN, quantity=7, done=4), Fraction(70)),
        (replace(PLAN, quantity=1, failures=2), 30 + Fraction(5, 6) * 70),
        (replace(PLAN, quantity=4, done=4, completed_on="2026-10-01"), 30 + Fraction(11, 12) * 70),
        (replace(PLAN, quantity=4, done=4, failures=20), 30 + Fraction(2, 3) * 70),
        (replace(PLAN, quantity=4, done=0, completed_on=""), Fraction(30)),
    ],
)
def test_totals_are_those_of_the_decree(plan: Plan, total: Fraction) -> None:
    assert staff_score(OneOfficer(plan), "CB012").total == total


def test_a_ratio_stops_at_one() -> None:
    score = staff_score(OneOfficer(replace(PLAN, done=3)), "CB012")

    assert {score.quantity, score.quality, score.progress} == {Fraction(1)}


def test_group_three_counts_only_with_evidence() -> None:
    assert staff_score(OneOfficer(PLAN, criteria=[]), "CB012").general == 20
