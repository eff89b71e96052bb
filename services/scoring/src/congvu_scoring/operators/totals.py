"""Sums, averages, shares and counts: over the rows of a list, or of listed numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.expressions.base import Number
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input
from congvu_scoring.expressions.formula import Formula
from congvu_scoring.expressions.leaves import ONE, ZERO
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given, read_numbers
from congvu_scoring.expressions.shapes import CONDITION, NUMBER, Either, Keys, ListOf
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.arithmetic import Average, Sum
from congvu_scoring.operators.choices import Choose
from congvu_scoring.operators.rows import NARROWED, OVER, OverRows, Rows, read_rows
from congvu_scoring.snapshots.tables import Column, Table


@dataclass(frozen=True, eq=False)
class SumOver(OverRows):
    rows: Rows
    of: Number

    def evaluate(self, env: Environment) -> Fraction:
        table = self.rows.table(env)
        return self.of.column(env, table).total() if len(table) else Fraction(0)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        table = self.rows.table(env)
        return _by_row(self.of, table, env, Column.same(scale, len(table)))

    def unit(self, units: Units) -> str | None:
        return units.of(self.of)


@dataclass(frozen=True, eq=False)
class MeanOver(OverRows):
    """The average by weight; equal weights unless given. `if_none`: no row, or no weight."""

    rows: Rows
    of: Number
    weight: Number | None
    if_none: Number

    def _weights(self, env: Environment, table: Table) -> list[Fraction]:
        if self.weight is None:
            return [Fraction(1)] * len(table)
        column = self.weight.column(env, table)
        return [column.at(index) for index in range(len(table))]

    def evaluate(self, env: Environment) -> Fraction:
        table = self.rows.table(env)
        weights = self._weights(env, table)
        whole = env.sum(weights)
        if whole == 0:
            return self.if_none.evaluate(env)
        column = self.of.column(env, table)
        total = env.sum(weight * column.at(index) for index, weight in enumerate(weights))
        return total / whole

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        table = self.rows.table(env)
        weights = self._weights(env, table)
        whole = env.sum(weights)
        if whole == 0:
            return self.if_none.explain(env, scale)
        scale /= whole
        return _by_row(self.of, table, env, Column.of([scale * weight for weight in weights]))

    def unit(self, units: Units) -> str | None:
        return units.of(self.of)


def _by_row(of: Number, table: Table, env: Environment, scales: Column) -> tuple[Explanation, ...]:
    """One node a row, named after the row, with what the row holds and what proves it."""
    if not len(table):
        return ()
    values = of.column(env, table)
    inputs = zip(
        of.fact_rows(env, table),
        env.of_table(_evidence, table, lambda: _evidence(table)),
        strict=True,
    )
    points = scales.times(values)
    rule = env.rule
    return tuple(
        Explanation(
            rule.id, rule.clause, title.vi, title.en, facts + proof, values.at(index), gained, below
        )
        for index, (title, (facts, proof), gained, below) in enumerate(
            zip(
                env.of_table(Table.titles, table, table.titles),
                inputs,
                points.fractions(),
                of.parts_by_row(env, table, scales),
                strict=True,
            )
        )
    )


def _evidence(table: Table) -> Sequence[tuple[Input, ...]]:
    """What proves each row."""
    cells = table.cells.get("evidence")
    if not cells:
        return ((),) * len(table)
    return [
        (Input("evidence", table.label(index), found),)
        if found and isinstance(found, tuple)
        else ()
        for index, found in enumerate(cells)
    ]


@operator("sum")
class SumOf(NumberOperator):
    argument = Either((ListOf(NUMBER, 1), Keys({**OVER, "of": NUMBER}, NARROWED)))
    manual = Manual("lists", "{sum: {over, where, of}}", "0 when there is no row; or like `add`")

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        if not isinstance(body, Mapping):
            return Sum(read_numbers(cls.argument, body, here))
        given = Given.read(cls.argument, body, here)
        rows, inside = read_rows(given, here)
        return SumOver(rows, given.number("of", inside=inside))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        if not isinstance(body, Mapping):
            return formula.joined(body, " + ")
        return formula.rows("tổng", "sum", body)


_MEAN = {**NARROWED, "weight": NUMBER}


@operator("average")
class AverageOf(NumberOperator):
    argument = Either((ListOf(NUMBER, 1), Keys({**OVER, "of": NUMBER, "if_none": NUMBER}, _MEAN)))
    manual = Manual(
        "lists",
        ("{average: {over, where, of, weight, if_none}}", "{average: [x, y, …]}"),
        "by `weight` if given, `if_none` is required; or of the listed numbers",
    )
    also = ("mean", "avg")

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        if not isinstance(body, Mapping):
            return Average(read_numbers(cls.argument, body, here))
        given = Given.read(cls.argument, body, here)
        rows, inside = read_rows(given, here)
        of = given.number("of", inside=inside)
        return _mean(rows, of, given, inside)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        if not isinstance(body, Mapping):
            return f"{formula.say('trung bình', 'average')}({', '.join(formula.each(body))})"
        return formula.rows("trung bình", "average", body)


def _mean(rows: Rows, of: Number, given: Given, inside: Location) -> Number:
    weight = given.number("weight", inside=inside) if given.has("weight") else None
    return MeanOver(rows, of, weight, given.number("if_none"))


@operator("share")
class Share(NumberOperator):
    argument = Keys({**OVER, "meets": CONDITION, "if_none": NUMBER}, _MEAN)
    manual = Manual(
        "lists",
        "{share: {over, where, meets: CONDITION, weight, if_none}}",
        "share of rows that meet the condition",
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        rows, inside = read_rows(given, here)
        meets = given.condition("meets", inside)
        return _mean(rows, Choose(((meets, ONE),), ZERO), given, inside)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.rows("tỷ lệ", "share", body)


@operator("count")
@dataclass(frozen=True, eq=False)
class CountOver(OverRows, NumberOperator):
    rows: Rows
    argument = Keys(OVER, NARROWED)
    manual = Manual("lists", "{count: {over, where}}", "how many rows")

    def evaluate(self, env: Environment) -> Fraction:
        return Fraction(len(self.rows.table(env)))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(f"{self.rows.over}", str(len(self.rows.table(env)))),)

    def unit(self, units: Units) -> str | None:
        return "count"

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        return cls(read_rows(Given.read(cls.argument, body, here), here)[0])

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.rows("số lượng", "count", body)
