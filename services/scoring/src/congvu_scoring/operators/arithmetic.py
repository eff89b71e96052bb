"""Sums, products and quotients; each explains itself additively."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import add, mul
from typing import ClassVar

from congvu_scoring.expressions.base import Computed, Number
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given, read_numbers
from congvu_scoring.expressions.shapes import NUMBER, Keys, ListOf
from congvu_scoring.expressions.units import Units
from congvu_scoring.snapshots.tables import Column, Table, bounded, common_denominator


@dataclass(frozen=True, eq=False)
class Sum(Computed):
    terms: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        return env.sum(term.evaluate(env) for term in self.terms)

    def column(self, env: Environment, table: Table) -> Column:
        columns = [term.column(env, table) for term in self.terms]
        denominator = common_denominator(column.denominator for column in columns)
        total = columns[0].over(denominator)
        for column in columns[1:]:
            total = list(map(add, total, column.over(denominator)))
        return Column(total, denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return tuple(part for term in self.terms for part in term.explain(env, scale))

    def unit(self, units: Units) -> str | None:
        return units.same(self.terms)


class _Listed(NumberOperator):
    """Numbers with a `sign` between them."""

    sign: ClassVar[str]

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        return cls.of(read_numbers(cls.argument, body, here))

    @classmethod
    @abstractmethod
    def of(cls, numbers: tuple[Number, ...]) -> Number: ...

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.joined(body, f" {cls.sign} ")


@operator("add")
class Add(_Listed):
    argument, sign = ListOf(NUMBER, 1), "+"
    manual = Manual("numbers", "{add: [x, y, …]}", "x + y + …")
    also = ("plus",)

    @classmethod
    def of(cls, numbers: tuple[Number, ...]) -> Number:
        return Sum(numbers)


@dataclass(frozen=True, eq=False)
class Difference(Computed):
    left: Number
    right: Number

    def evaluate(self, env: Environment) -> Fraction:
        return self.left.evaluate(env) - self.right.evaluate(env)

    def column(self, env: Environment, table: Table) -> Column:
        left, right = self.left.column(env, table), self.right.column(env, table)
        denominator = common_denominator((left.denominator, right.denominator))
        pairs = zip(left.over(denominator), right.over(denominator), strict=True)
        return Column([one - other for one, other in pairs], denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return (*self.left.explain(env, scale), *self.right.explain(env, -scale))

    def unit(self, units: Units) -> str | None:
        return units.same((self.left, self.right))


@operator("subtract")
class Subtract(_Listed):
    argument, sign = ListOf(NUMBER, 2), "−"
    manual = Manual("numbers", "{subtract: [x, y, …]}", "x − y − …")
    also = ("minus",)

    @classmethod
    def of(cls, numbers: tuple[Number, ...]) -> Number:
        first, *others = numbers
        return Difference(first, others[0] if len(others) == 1 else Sum(tuple(others)))


@dataclass(frozen=True, eq=False)
class Product(Computed):
    """Explained through its first operand that is no constant, the others being factors."""

    factors: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        product = Fraction(1)
        for factor in self.factors:
            product = env.keep(product * factor.evaluate(env))
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
                numerators = bounded(list(map(mul, numerators, column.numerators)))
        if numerators is None:
            return Column((scale.numerator,) * len(table), scale.denominator)
        if scale.numerator != 1:
            numerators = [value * scale.numerator for value in numerators]
        return Column(numerators, denominator * scale.denominator)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        main = content(self.factors)
        for factor in self.factors:
            if factor is not main:
                scale *= factor.evaluate(env)
        return main.explain(env, scale)

    def parts_by_row(
        self, env: Environment, table: Table, scales: Column
    ) -> Sequence[tuple[Explanation, ...]]:
        main = content(self.factors)
        for factor in self.factors:
            if factor is not main:
                scales = scales.times(factor.column(env, table))
        return main.parts_by_row(env, table, scales)

    def unit(self, units: Units) -> str | None:
        factors = [units.of(factor) for factor in self.factors]
        others = [unit for unit in factors if unit != "ratio"]
        return "ratio" if not others else others[0] if len(others) == 1 else None


@operator("multiply")
class Multiply(_Listed):
    argument, sign = ListOf(NUMBER, 2), "×"
    manual = Manual("numbers", "{multiply: [x, y, …]}", "x × y × …")
    also = ("times", "product")

    @classmethod
    def of(cls, numbers: tuple[Number, ...]) -> Number:
        return Product(numbers)


def content(operands: tuple[Number, ...]) -> Number:
    """The operand the points are told through: one with parts, else the first non-constant."""
    varying = [operand for operand in operands if not operand.constant]
    parted = [operand for operand in varying if operand.operands()]
    return (parted or varying or list(operands))[0]


@dataclass(frozen=True, eq=False)
class Quotient(Computed):
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

    def unit(self, units: Units) -> str | None:
        of, by = units.of(self.of), units.of(self.by)
        return "ratio" if of is not None and of == by else of if by == "ratio" else None


@operator("divide")
class Divide(NumberOperator):
    argument = Keys({"of": NUMBER, "by": NUMBER, "if_zero": NUMBER})
    manual = Manual(
        "numbers",
        "{divide: {of, by, if_zero}}",
        "`if_zero` is required: a number or `NOT_EVALUABLE`",
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        return Quotient(given.number("of"), given.number("by"), given.number("if_zero"))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        of, by = formula.write(given["of"]), formula.write(given["by"])
        return f"({of} / {by}; {formula.fallback(given['if_zero'])})"


@dataclass(frozen=True, eq=False)
class Average(Computed):
    items: tuple[Number, ...]

    def evaluate(self, env: Environment) -> Fraction:
        return env.sum(operand.evaluate(env) for operand in self.items) / len(self.items)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        share = scale / len(self.items)
        return tuple(part for item in self.items for part in item.explain(env, share))

    def unit(self, units: Units) -> str | None:
        return units.same(self.items)
