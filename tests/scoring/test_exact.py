"""Numbers in and out, and columns of them: nothing is rounded unless a rule says so."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.exact import (
    MAX_DECIMALS,
    display,
    exact,
    exact_text,
    is_exact,
    ratio_of,
    round_half_up,
)
from congvu_scoring.snapshots.tables import Column, Table

numbers = st.fractions(min_value=-50, max_value=50, max_denominator=12)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (0, Fraction(0)),
        (-3, Fraction(-3)),
        ("007", Fraction(7)),
        ("2.50", Fraction(5, 2)),
        ("-0.25", Fraction(-1, 4)),
        ("4/7", Fraction(4, 7)),
        ("-4/8", Fraction(-1, 2)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(265, 3), Fraction(265, 3)),
        ("9" * 40, Fraction(int("9" * 40))),
        ("0." + "0" * 23 + "1", Fraction(1, 10**24)),
    ],
)
def test_an_exact_number_is_itself(written: object, value: Fraction) -> None:
    assert exact(written, "x") == value
    assert is_exact(written)


@pytest.mark.parametrize(
    "written",
    [
        0.5, True, None, "", "1e3", "0,5", "25%", "1.", ".5", "+1", " 1", "1/0", "1/-2", "1.5/2",
        "9" * 41, "0." + "0" * 24 + "1", Decimal("1E+3"), Decimal("NaN"), [],
    ],
)  # fmt: skip
def test_anything_else_is_no_number(written: object) -> None:
    assert not is_exact(written)
    assert ratio_of(written) is None
    with pytest.raises(Invalid, match=r"^here: .* is not exact: a number is an integer") as refusal:
        exact(written, "here")

    assert refusal.value.field == "here"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(8), "8"),
        (Fraction(0), "0"),
        (Fraction(-8), "-8"),
        (Fraction(5, 2), "2.5"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(1, 50), "0.02"),
        (Fraction(265, 3), "265/3"),
        (Fraction(1, 2**MAX_DECIMALS), "0.000000059604644775390625"),
        (Fraction(1, 2 ** (MAX_DECIMALS + 1)), f"1/{2 ** (MAX_DECIMALS + 1)}"),
        (Fraction(1, 5 ** (MAX_DECIMALS + 1)), f"1/{5 ** (MAX_DECIMALS + 1)}"),
    ],
)
def test_the_spelling_is_the_shortest_exact_one(value: Fraction, text: str) -> None:
    assert exact_text(value) == text


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Fraction(5, 2), 0, Fraction(3)),
        (Fraction(-5, 2), 0, Fraction(-3)),
        (Fraction(249, 100), 0, Fraction(2)),
        (Fraction(2345, 1000), 2, Fraction(235, 100)),
        (Fraction(-2345, 1000), 2, Fraction(-235, 100)),
        (Fraction(1, 3), 1, Fraction(3, 10)),
        (Fraction(0), 2, Fraction(0)),
    ],
)
def test_half_goes_away_from_zero(value: Fraction, places: int, rounded: Fraction) -> None:
    assert round_half_up(value, places) == rounded


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0.00"),
        (Fraction(-1, 1000), "0.00"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(265, 3), "88.33"),
        (Fraction(-3, 2), "-1.50"),
        (Fraction(999, 10), "99.90"),
        (Fraction(7), "7.00"),
    ],
)
def test_people_see_two_decimals(value: Fraction, shown: str) -> None:
    assert display(value) == shown


@given(st.lists(numbers | st.none()))
def test_a_column_is_its_values(values: list[Fraction | None]) -> None:
    column = Column.of(values)

    there = [column.at(i) if column.has(i) else None for i in range(len(values))]

    assert there == values
    assert column.texts() == [None if value is None else exact_text(value) for value in values]
    assert (column.present is None) == (None not in values)
    assert column.total() == sum((value for value in values if value is not None), Fraction(0))


@given(st.lists(st.tuples(numbers | st.none(), st.booleans())))
def test_a_narrowed_column_is_the_values_kept(rows: list[tuple[Fraction | None, bool]]) -> None:
    column = Column.of([value for value, _ in rows]).where([keep for _, keep in rows])

    kept = [value for value, keep in rows if keep]
    assert [column.at(i) if column.has(i) else None for i in range(len(kept))] == kept


@given(st.lists(numbers, min_size=1), st.integers(1, 9))
def test_numerators_over_a_multiple_are_the_same_numbers(
    values: list[Fraction], factor: int
) -> None:
    column = Column.of(values)
    denominator = column.denominator * factor

    assert [Fraction(value, denominator) for value in column.over(denominator)] == values


def table() -> Table:
    groups = tuple(Table(1, {"n": Column((i,))}) for i in range(3))
    return Table(
        3,
        {"n": Column((1, 2, 3), 2)},
        {"kind": ("a", None, "b"), "code": ("x", "y", "x")},
        groups,
        ("one", "two", "three"),
    )


def test_a_narrowed_table_keeps_whole_rows() -> None:
    narrowed = table().where([True, False, True])

    assert len(narrowed) == 2
    assert [narrowed.numbers["n"].at(i) for i in range(2)] == [Fraction(1, 2), Fraction(3, 2)]
    assert narrowed.cells == {"kind": ("a", "b"), "code": ("x", "x")}
    assert [group.numbers["n"].at(0) for group in narrowed.groups] == [0, 2]
    assert [narrowed.label(i) for i in range(2)] == ["one", "three"]


def test_a_table_that_loses_no_row_is_itself() -> None:
    whole = table()

    assert whole.where([True, True, True]) is whole


def test_groups_are_in_order_of_appearance_and_leave_out_rows_without_a_value() -> None:
    by_code, by_kind = table().grouped("code"), table().grouped("kind")

    assert (by_code.length, by_code.labels) == (2, ("x", "y"))
    assert by_code.cells == {"code": ("x", "y")}
    assert [group.labels for group in by_code.groups] == [("one", "three"), ("two",)]
    assert (by_kind.labels, [len(group) for group in by_kind.groups]) == (("a", "b"), [1, 1])


def test_a_row_without_a_label_is_numbered_from_one() -> None:
    assert Table(2).label(1) == "2"
