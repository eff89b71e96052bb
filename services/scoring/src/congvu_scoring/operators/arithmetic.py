"""Sums, products, quotients, bounds and rounding; each explains itself additively."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from operator import add, mul

from congvu_scoring.common.exact import exact_text, round_half_up
from congvu_scoring.expressions.base import Number, adjustment
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.expressions.explanation import Explanation
from congvu_scoring.snapshots.tables import Column, Table


@dataclass(frozen=True, eq=False)
class Sum(Number):
    terms: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        return sum((term.evaluate(env) for term in self.terms), Fraction(0))

    def column(self, env: Environment, table: Table) -> Column:
        columns = [term.column(env, table) for term in self.terms]
        denominator = lcm(*(column.denominator for column in columns))
        total = columns[0].over(denominator)
        for column in columns[1:]:
            total = list(map(add, total, column.over(denominator)))
        return Column(total, denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return tuple(part for term in self.terms for part in term.explain(env, scale))


@dataclass(frozen=True, eq=False)
class Difference(Number):
    left: Number
    right: Number

    def evaluate(self, env: Environment) -> Fraction:
        return self.left.evaluate(env) - self.right.evaluate(env)

    def column(self, env: Environment, table: Table) -> Column:
        left, right = self.left.column(env, table), self.right.column(env, table)
        denominator = lcm(left.denominator, right.denominator)
        pairs = zip(left.over(denominator), right.over(denominator), strict=True)
        return Column([one - other for one, other in pairs], denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return (*self.left.explain(env, scale), *self.right.explain(env, -scale))


@dataclass(frozen=True, eq=False)
class Product(Number):
    """Explained through its first operand that is no constant, the others being factors."""

    factors: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        product = Fraction(1)
        for factor in self.factors:
            product *= factor.evaluate(env)
        return product

    def column(self, env: Environment, table: Table) -> Column:
        scale = Fraction(1)
        numerators = None
        denominator = 1
        for factor in self.factors:
            if not factor.reads_row:
                scale *= factor.evaluate(env)
                continue
            column = factor.column(env, table)
            denominator *= column.denominator
            if numerators is None:
                numerators = column.numerators
            else:
                numerators = list(map(mul, numerators, column.numerators))
        if numerators is None:
            return Column((scale.numerator,) * len(table), scale.denominator)
        if scale.numerator != 1:
            numerators = [value * scale.numerator for value in numerators]
        return Column(numerators, denominator * scale.denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        main = _content(self.factors)
        for factor in self.factors:
            if factor is not main:
                scale *= factor.evaluate(env)
        return main.explain(env, scale)


def _content(operands: tuple[Number, ...]) -> Number:
    """The operand the points are told through: one with parts, else the first non-constant."""
    varying = [operand for operand in operands if not operand.constant]
    parted = [operand for operand in varying if operand.operands()]
    return (parted or varying or list(operands))[0]


@dataclass(frozen=True, eq=False)
class Quotient(Number):
    of: Number
    by: Number
    if_zero: Number

    def evaluate(self, env: Environment) -> Fraction:
        divisor = self.by.evaluate(env)
        if divisor == 0:
            return self.if_zero.evaluate(env)
        return self.of.evaluate(env) / divisor

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        divisor = self.by.evaluate(env)
        if divisor == 0:
            return self.if_zero.explain(env, scale)
        return self.of.explain(env, scale / divisor)


@dataclass(frozen=True, eq=False)
class Lowest(Number):
    """`min`: told through its content; a bound that binds is a node of its own."""

    items: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        return min(operand.evaluate(env) for operand in self.items)

    def column(self, env: Environment, table: Table) -> Column:
        denominator, columns = _aligned(self.items, env, table)
        return Column(list(map(min, *columns)), denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return _bounded(self.items, self.evaluate(env), env, scale)


@dataclass(frozen=True, eq=False)
class Highest(Number):
    items: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        return max(operand.evaluate(env) for operand in self.items)

    def column(self, env: Environment, table: Table) -> Column:
        denominator, columns = _aligned(self.items, env, table)
        return Column(list(map(max, *columns)), denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return _bounded(self.items, self.evaluate(env), env, scale)


def _aligned(
    operands: tuple[Number, ...], env: Environment, table: Table
) -> tuple[int, list[list[int]]]:
    columns = [operand.column(env, table) for operand in operands]
    denominator = lcm(*(column.denominator for column in columns))
    return denominator, [list(column.over(denominator)) for column in columns]


def _bounded(
    operands: tuple[Number, ...], value: Fraction, env: Environment, scale: Fraction
) -> tuple[Explanation, ...]:
    main = _content(operands)
    for operand in operands:
        if not operand.constant and operand.evaluate(env) == value:
            return operand.explain(env, scale)
    gained = value - main.evaluate(env)
    bound = exact_text(value)
    parts = main.explain(env, scale)
    if gained < 0:
        return parts + adjustment(
            env, f"Không vượt mức trần {bound}", f"Capped at {bound}", scale * gained
        )
    return parts + adjustment(
        env, f"Không thấp hơn mức sàn {bound}", f"Not below the floor {bound}", scale * gained
    )


@dataclass(frozen=True, eq=False)
class Average(Number):
    items: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        total = sum((operand.evaluate(env) for operand in self.items), Fraction(0))
        return total / len(self.items)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        share = scale / len(self.items)
        return tuple(part for item in self.items for part in item.explain(env, share))


@dataclass(frozen=True, eq=False)
class Rounded(Number):
    """`mode`: HALF_UP, FLOOR or CEILING at `places` decimals."""

    value: Number
    places: int
    mode: str

    def evaluate(self, env: Environment) -> Fraction:
        value = self.value.evaluate(env)
        if self.mode == "HALF_UP":
            return round_half_up(value, self.places)
        scaled = value * 10**self.places
        whole = floor(scaled) if self.mode == "FLOOR" else ceil(scaled)
        return Fraction(whole, 10**self.places)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        gained = self.evaluate(env) - self.value.evaluate(env)
        return self.value.explain(env, scale) + adjustment(
            env, "Làm tròn", "Rounding", scale * gained
        )


@dataclass(frozen=True, eq=False)
class FirstAvailable(Number):
    """The first operand that has a value."""

    items: tuple[Number, ...]

    def _chosen(self, env: Environment) -> Number:
        for operand in self.items[:-1]:
            if evaluable(operand, env):
                return operand
        return self.items[-1]

    def evaluate(self, env: Environment) -> Fraction:
        return self._chosen(env).evaluate(env)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return self._chosen(env).explain(env, scale)


def evaluable(operand: Number, env: Environment) -> bool:
    try:
        operand.evaluate(env)
    except NotEvaluable:
        return False
    return True
