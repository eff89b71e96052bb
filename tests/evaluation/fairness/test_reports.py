"""Each report finds the case that is put into a clean period, and leaves clean ones alone."""

from collections import Counter
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from evaluation.fairness.worlds import SEEDS, clean
from evaluation_service.domain.fairness.findings import DECLARED, Finding, ReportKind
from evaluation_service.domain.fairness.reports import REPORTS
from evaluation_service.domain.fairness.rows import FrozenRows
from evaluation_service.domain.fairness.statistics import (
    CHANCE_MAX,
    at_least,
    median,
    upper_fence,
)

CLEAN_WORLDS, SEEDED_WORLDS = 50, 10
FALSE_ALARMS = 3
"""Of 50 periods at a chance of 1 % each: more come twice in 1,000 runs, and the seed is fixed."""


def subject(found: Finding) -> str:
    return found.civil_servant_id or found.unit_id


def test_every_report_declares_what_it_rests_on_and_is_seeded() -> None:
    assert set(DECLARED) == set(REPORTS) == set(SEEDS) == set(ReportKind)
    for each in DECLARED.values():
        assert all((each.statistic.vi, each.threshold.vi, each.source.vi))


def test_clean_periods_are_left_alone_within_the_declared_rate() -> None:
    random, alarms = Random(335), Counter[ReportKind]()
    for _ in range(CLEAN_WORLDS):
        world = clean(random)
        alarms.update(kind for kind, report in REPORTS.items() if report(world))

    assert CLEAN_WORLDS * CHANCE_MAX < FALSE_ALARMS
    assert {kind: count for kind, count in alarms.items() if count > FALSE_ALARMS} == {}
    assert alarms[ReportKind.TINY_SAMPLE] == alarms[ReportKind.SAME_EVIDENCE] == 0


@pytest.mark.parametrize("kind", ReportKind)
def test_a_seeded_case_is_found_in_every_period(kind: ReportKind) -> None:
    random = Random(57)
    who, seed = SEEDS[kind]
    for _ in range(SEEDED_WORLDS):
        world = clean(random)
        before = {subject(each) for each in REPORTS[kind](world)}

        found = REPORTS[kind](seed(world))

        assert who in {subject(each) for each in found}
        assert {subject(each) for each in found} <= {who, *before}
        assert all(each.kind is kind for each in found)
        assert all(each.chance is None or each.chance < CHANCE_MAX for each in found)


@pytest.mark.parametrize("kind", ReportKind)
def test_nothing_is_found_where_there_is_nothing(kind: ReportKind) -> None:
    assert REPORTS[kind](FrozenRows()) == []


def test_the_chance_is_that_of_counting_every_hand() -> None:
    """All draws of 3 of 7 of which 4 are marked, one by one."""
    deck = [True] * 4 + [False] * 3
    hands = [
        sum(deck[each] for each in hand)
        for hand in product(range(7), repeat=3)
        if hand[0] < hand[1] < hand[2]
    ]

    for seen in range(5):
        counted = sum(each >= seen for each in hands) / len(hands)
        assert at_least(7, 4, 3, seen) == pytest.approx(counted)


def test_a_fence_stands_three_ranges_above_the_upper_quartile() -> None:
    values = [Fraction(each) for each in (1, 2, 3, 4, 5)]

    assert median(values) == 3
    assert upper_fence(values) == 4 + 3 * 2
