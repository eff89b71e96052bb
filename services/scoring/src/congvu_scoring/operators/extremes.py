"""The lowest, highest, first and last value of the rows of a list, or of listed numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from congvu_scoring.expressions.base import Number
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.formula import Formula
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given, read_numbers
from congvu_scoring.expressions.shapes import NUMBER, Either, Keys, ListOf, Shape
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.bounds import Highest, Lowest
from congvu_scoring.operators.rows import NARROWED, OVER, OverRows, Rows, read_rows

Which = Literal["first", "last", "min", "max"]


@dataclass(frozen=True, eq=False)
class ExtremeOver(OverRows):
    """The lowest, highest, first or last value of the rows."""

    rows: Rows
    of: Number
    which: Which
    if_none: Number

    def evaluate(self, env: Environment) -> Fraction:
        table = self.rows.table(env)
        if not len(table):
            return self.if_none.evaluate(env)
        column = self.of.column(env, table)
        match self.which:
            case "first":
                return column.at(0)
            case "last":
                return column.at(len(table) - 1)
            case "min":
                return Fraction(min(column.numerators), column.denominator)
            case "max":
                return Fraction(max(column.numerators), column.denominator)

    def unit(self, units: Units) -> str | None:
        return None


class _Extreme(NumberOperator):
    which: ClassVar[Which]
    label: ClassVar[tuple[str, str]]
    argument: ClassVar[Shape] = Keys({**OVER, "of": NUMBER, "if_none": NUMBER}, NARROWED)

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        rows, inside = read_rows(given, here)
        of = given.number("of", inside=inside)
        return ExtremeOver(rows, of, cls.which, given.number("if_none"))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.rows(*cls.label, body)


class _Bound(_Extreme):
    """Also of listed numbers."""

    node: ClassVar[type[Lowest] | type[Highest]]
    argument = Either((ListOf(NUMBER, 2), _Extreme.argument))

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        if isinstance(body, Mapping):
            return super().read(body, here)
        return cls.node(read_numbers(cls.argument, body, here))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        if isinstance(body, Mapping):
            return super().write(body, formula)
        return f"{cls.which}({', '.join(formula.each(body))})"


@operator("min")
class Min(_Bound):
    which, label, node = "min", ("nhỏ nhất", "lowest"), Lowest
    manual = Manual("lists", ("{min: {over, of, if_none}}", "{min: [x, y, …]}"), "the lowest value")


@operator("max")
class Max(_Bound):
    which, label, node = "max", ("lớn nhất", "highest"), Highest
    manual = Manual(
        "lists", ("{max: {over, of, if_none}}", "{max: [x, y, …]}"), "the highest value"
    )


@operator("first")
class First(_Extreme):
    which, label = "first", ("đầu tiên", "first")
    manual = Manual("lists", "{first: {over, of, if_none}}", "that of the first row as written")


@operator("last")
class Last(_Extreme):
    which, label = "last", ("cuối cùng", "last")
    manual = Manual("lists", "{last: {over, of, if_none}}", "that of the last row as written")
