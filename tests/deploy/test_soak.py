"""What a soak complains about: the slope of a whole run, not one bad minute."""

import pytest

from congvu_bench.figures import spread
from congvu_bench.soak import Row, complaints, slope

MINUTES = 40


def row(
    at: int,
    *,
    p99_ms: float = 50,
    resident_mb: float = 200,
    handles: int = 30,
    refused: int = 0,
) -> Row:
    return Row(
        at_s=at,
        answers=100,
        refused=refused,
        p99_ms=p99_ms,
        load=1,
        resident_mb={"evaluation": resident_mb, "database": 100 + 10 * at},
        handles={"evaluation": handles, "database": 50},
    )


def test_what_stays_flat_is_not_complained_of_whatever_one_minute_does() -> None:
    rows = [row(at, p99_ms=900 if at == MINUTES - 1 else 50) for at in range(MINUTES)]

    assert complaints(rows) == []


def test_what_grows_slowly_is_told_with_its_part() -> None:
    told = complaints([row(at, resident_mb=200 + at) for at in range(MINUTES)])

    assert told == ["evaluation: memory grew by 14%, more than 10%"]


def test_handles_that_are_never_closed_are_told() -> None:
    told = complaints([row(at, handles=30 + at) for at in range(MINUTES)])

    assert told == ["evaluation: 29 file handles more, over 10"]


def test_answers_that_become_slower_are_told() -> None:
    told = complaints([row(at, p99_ms=50 + 2 * at) for at in range(MINUTES)])

    assert told == ["p99 grew by 83%, more than 50%"]


def test_refusals_are_told_when_they_are_more_than_a_stray_one() -> None:
    assert complaints([row(at, refused=at == 0) for at in range(MINUTES)]) == []
    assert complaints([row(at, refused=1) for at in range(MINUTES)]) == [
        "1.0% refused, more than 0.1%"
    ]


def test_a_slope_is_that_of_the_line_through_all() -> None:
    assert slope([10, 11, 12, 13, 14]) == pytest.approx(0.4)
    assert slope([10, 10, 900, 10, 10]) == 0


def test_noise_is_the_middle_half_of_the_rounds() -> None:
    assert spread([1.0]) is None
    assert spread([1.0, 2.0, 3.0, 4.0, 5.0]) == pytest.approx(2 / 3)
