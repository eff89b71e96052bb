"""All that is known about an operator stands in its class, and nothing can be forgotten."""

import re
from collections.abc import Mapping
from types import new_class
from typing import Any

import pytest

from congvu_scoring.expressions.base import Computed, Number
from congvu_scoring.expressions.formula import Formula
from congvu_scoring.expressions.leaves import ONE
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import (
    NUMBERS,
    OPERATORS,
    Manual,
    NumberOperator,
    TextOperator,
    formula_in,
    operator,
)
from congvu_scoring.expressions.shapes import NUMBER
from congvu_scoring.pages.manual import operator_table, with_operators

NEEDED = ("argument", "manual", "read", "write")


class Whole(NumberOperator):
    """Everything an operator of numbers needs."""

    argument = NUMBER
    manual = Manual("numbers", "{whole: x}", "itself")

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        return ONE

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return "1"


def made(*bases: type, members: Mapping[str, object]) -> Any:  # a class, whatever it lacks
    return new_class("Whole", bases, {}, lambda namespace: namespace.update(members))


def without(name: str) -> Any:
    """The same class, `name` left out."""
    members = {key: vars(Whole)[key] for key in NEEDED if key != name}
    return made(NumberOperator, members=members)


@pytest.mark.parametrize("name", NEEDED)
def test_an_operator_that_forgot_something_stops_the_import(name: str) -> None:
    with pytest.raises(TypeError, match=rf"operator whole: {name}$"):
        operator("whole")(without(name))

    assert "whole" not in OPERATORS


@pytest.mark.parametrize("name", ["unit", "evaluate"])
def test_an_operator_that_is_a_number_needs_its_value_and_its_unit(name: str) -> None:
    members = {"evaluate": lambda self, env: 1, "unit": lambda self, units: None}
    del members[name]

    with pytest.raises(TypeError, match=rf"operator whole: {name}$"):
        operator("whole")(made(Computed, Whole, members=members))


def test_a_text_operator_says_how_it_is_written_as_a_text() -> None:
    members = {
        "read_text": classmethod(lambda cls, body, here: None),
        "is_text": classmethod(lambda cls, name, here: True),
        "write": classmethod(lambda cls, body, formula: ""),
        "argument": NUMBER,
        "manual": Manual("texts", "", ""),
    }

    with pytest.raises(TypeError, match="operator whole: text_argument"):
        operator("whole")(made(TextOperator, members=members))


def test_a_word_means_one_thing() -> None:
    with pytest.raises(TypeError, match="operator add: is there already"):
        operator("add")(Whole)

    assert NUMBERS["add"] is not Whole


@pytest.mark.parametrize(
    ("expression", "vi", "en"),
    [
        (
            {"first_available": ["a", "b", "c"]},
            "(a; không có thì b; không có thì c)",
            "(a; if missing: b; if missing: c)",
        ),
        (
            {"interpolate": {"of": "a", "points": [[50, 0], [100, "2.5"]]}},
            "(a → nội suy tuyến tính giữa các điểm 50: 0; 100: 2.5)",
            "(a → on straight lines between 50: 0; 100: 2.5)",
        ),
        (
            {"round": {"value": "a", "places": 2}},
            "[a; làm tròn đến 2 chữ số thập phân]",
            "[a; rounded to 2 decimals]",
        ),
        ({"floor": "a"}, "[a; làm tròn xuống số nguyên]", "[a; rounded down to a whole number]"),
        ({"ceiling": "a"}, "[a; làm tròn lên số nguyên]", "[a; rounded up to a whole number]"),
        ({"average": ["a", "b"]}, "trung bình(a, b)", "average(a, b)"),
        ({"min": ["a", "b"]}, "min(a, b)", "min(a, b)"),
    ],
)
def test_no_operator_is_printed_as_its_word(expression: object, vi: str, en: str) -> None:
    assert formula_in("vi").write(expression) == vi
    assert formula_in("en").write(expression) == en


def test_the_manual_s_tables_are_made_from_the_operators() -> None:
    text = "before\n<!-- operators: texts -->\nold\n<!-- end -->\nafter"

    assert with_operators(text) == (
        "before\n<!-- operators: texts -->\n\n| write | value |\n|---|---|\n"
        "| `{text: X}` | X itself, where a plain X would be taken for a measure |\n\n"
        "<!-- end -->\nafter"
    )


def test_every_operator_has_a_row_in_one_table() -> None:
    tables = [
        operator_table(name) for name in ("numbers", "lists", "measures", "conditions", "texts")
    ]
    words = re.findall(r"^\| `\{(\w+):", "\n".join(tables), re.MULTILINE)

    assert sorted(words) == sorted(OPERATORS)
