"""Sums, averages, counts and extremes over the rows of a list."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from congvu_scoring.common.bilingual import Words
from congvu_scoring.expressions.base import Condition, Expression, Number
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.operators.values import NumberField, TextField, evidence_of
from congvu_scoring.snapshots.tables import Table


@dataclass(frozen=True, eq=False)
class Rows(Expression):
    """Which rows: a list, or the groups of a list by a text field, narrowed by a condition."""

    over: str
    by: str | None = None
    where: Condition | None = None

    @cached_property
    def reads_row(self) -> bool:
        return self.over == "group" or (self.where is not None and _reaches_out(self.where))

    def table(self, env: Environment) -> Table:
        table = env.rows_of(self.over)
        if self.by is not None:
            table = table.grouped(self.by)
        if self.where is not None and len(table):
            table = table.where(self.where.mask(env, table))
        return table


def _reaches_out(expression: Expression) -> bool:
    return any(
        isinstance(node, NumberField | TextField) and node.up > 0 for node in expression.walk()
    )


class OverRows(Number):
    """A number made from rows: it changes with an outer row only if it names one."""

    rows: Rows

    @cached_property
    def reads_row(self) -> bool:
        return self.rows.reads_row or any(_reaches_out(node) for node in self.operands())

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return ()


@dataclass(frozen=True, eq=False)
class SumOver(OverRows):
    rows: Rows
    of: Number

    def evaluate(self, env: Environment) -> Fraction:
        table = self.rows.table(env)
        return self.of.column(env, table).total() if len(table) else Fraction(0)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return _by_row(self.of, self.rows.table(env), env, scale, None)


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
        whole = sum(weights, Fraction(0))
        if whole == 0:
            return self.if_none.evaluate(env)
        column = self.of.column(env, table)
        total = sum(
            (weight * column.at(index) for index, weight in enumerate(weights)), Fraction(0)
        )
        return total / whole

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        table = self.rows.table(env)
        weights = self._weights(env, table)
        whole = sum(weights, Fraction(0))
        if whole == 0:
            return self.if_none.explain(env, scale)
        return _by_row(self.of, table, env, scale / whole, weights)


def _by_row(
    of: Number,
    table: Table,
    env: Environment,
    scale: Fraction,
    weights: list[Fraction] | None,
) -> tuple[Explanation, ...]:
    """One node a row, named after the row, with what the row holds and what proves it."""
    nodes = []
    for index in env.each(table):
        share = scale if weights is None else scale * weights[index]
        parts = of.explain(env, share)
        label = table.label(index)
        value = of.evaluate(env)
        nodes.append(
            line(
                env.rule,
                Words(label, label),
                value,
                share * value,
                inputs=_row_inputs(of, env, table, index),
                children=parts if len(parts) > 1 or any(part.children for part in parts) else (),
            )
        )
    return tuple(nodes)


def _row_inputs(of: Number, env: Environment, table: Table, index: int) -> tuple[Input, ...]:
    evidence = evidence_of(table, index)
    facts = of.facts(env)
    if evidence:
        facts = (*facts, Input("evidence", table.label(index), evidence))
    return facts


@dataclass(frozen=True, eq=False)
class CountOver(OverRows):
    rows: Rows

    def evaluate(self, env: Environment) -> Fraction:
        return Fraction(len(self.rows.table(env)))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (Input(f"{self.rows.over}", str(len(self.rows.table(env)))),)


@dataclass(frozen=True, eq=False)
class ExtremeOver(OverRows):
    """The lowest, highest, first or last value of the rows."""

    rows: Rows
    of: Number
    which: str
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
            case _:
                return Fraction(max(column.numerators), column.denominator)


class OverRowsCondition(Condition):
    rows: Rows

    @cached_property
    def reads_row(self) -> bool:
        return self.rows.reads_row or any(_reaches_out(node) for node in self.operands())

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return ()


@dataclass(frozen=True, eq=False)
class Every(OverRowsCondition):
    """True also when there is no row."""

    rows: Rows
    meets: Condition

    def evaluate(self, env: Environment) -> bool:
        table = self.rows.table(env)
        return all(self.meets.evaluate(env) for _ in env.each(table))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return _failing(self, env, holding=False)


@dataclass(frozen=True, eq=False)
class Some(OverRowsCondition):
    rows: Rows
    meets: Condition

    def evaluate(self, env: Environment) -> bool:
        table = self.rows.table(env)
        return any(self.meets.evaluate(env) for _ in env.each(table))

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return _failing(self, env, holding=True)


def _failing(condition: Every | Some, env: Environment, *, holding: bool) -> tuple[Input, ...]:
    """The rows that decided it."""
    table = condition.rows.table(env)
    return tuple(
        Input(condition.rows.over, table.label(index))
        for index in env.each(table)
        if condition.meets.evaluate(env) == holding
    )
