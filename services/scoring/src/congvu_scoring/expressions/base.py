"""What every expression can do: compute, explain, and tell its operands, unit and reads."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cached_property, lru_cache, reduce, wraps
from operator import or_
from typing import Any, ClassVar

from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import exact_text
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.expressions.location import Scope
from congvu_scoring.expressions.reads import NOTHING, Reads
from congvu_scoring.expressions.sizes import Sizes
from congvu_scoring.expressions.units import Units
from congvu_scoring.snapshots.tables import Column, Table

Range = tuple[str, Fraction | None, Fraction | None]
"""The rule a stated number belongs to, its least and its greatest value."""


class Expression(ABC):
    """A node of the tree; subclasses are frozen dataclasses whose fields hold the operands."""

    COUNTED: ClassVar[Mapping[str, Callable[[Callable[..., Any]], Callable[..., Any]]]] = {}
    """What of a subclass is paid for, by the name of the method."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, counted in cls.COUNTED.items():
            own = cls.__dict__.get(name)
            if own is not None and not getattr(own, "__isabstractmethod__", False):
                setattr(cls, name, counted(own))

    def cost(self, sizes: Sizes) -> int:
        """How many values are found to find this one; at least, the most that can be needed."""
        return 1 + sum(operand.cost(sizes) for operand in self.operands())

    def operands(self) -> tuple["Expression", ...]:
        """The nodes directly below, whatever they are nested in."""
        return self._below

    @cached_property
    def _below(self) -> tuple["Expression", ...]:
        return tuple(
            found
            for item in fields(self)  # type: ignore[arg-type]  # every subclass is a dataclass
            for found in _expressions(getattr(self, item.name))
        )

    def walk(self) -> Iterator["Expression"]:
        yield self
        for operand in self.operands():
            yield from operand.walk()

    @abstractmethod
    def reads(self) -> Reads:
        """What this node reads; its operands tell their own."""

    def reads_in_all(self) -> Reads:
        return reduce(or_, (each.reads_in_all() for each in self.operands()), self.reads())

    @abstractmethod
    def check_units(self, units: Units) -> None:
        """Refuse operands whose units cannot stand beside each other."""

    @cached_property
    def reads_row(self) -> bool:
        """Whether its value changes from row to row."""
        return any(operand.reads_row for operand in self.operands())

    def facts(self, env: Environment) -> tuple[Input, ...]:
        """The inputs it read, for the explanation."""
        found: dict[str, Input] = {}
        for operand in self.operands():
            for given in operand.facts(env):
                found.setdefault(given.name, given)
        return tuple(found.values())

    def fact_columns(self, env: Environment, table: Table) -> dict[str, Sequence[Input]] | None:
        """By name, what `facts` tells at every row; None where the names change from row to row."""
        if not self.reads_row:
            return {given.name: (given,) * len(table) for given in self.facts(env)}
        if type(self).facts is not Expression.facts:
            return None
        found: dict[str, Sequence[Input]] = {}
        for operand in self.operands():
            columns = operand.fact_columns(env, table)
            if columns is None:
                return None
            for name, column in columns.items():
                found.setdefault(name, column)
        return found

    def fact_rows(self, env: Environment, table: Table) -> Sequence[tuple[Input, ...]]:
        """What `facts` tells at every row."""
        columns = self.fact_columns(env, table)
        if columns is None:
            return [self.facts(env) for _ in env.each(table)]
        return list(zip(*columns.values(), strict=True)) if columns else ((),) * len(table)


def _expressions(value: object) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _expressions(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _expressions(getattr(value, part.name))


def _kept(evaluate: Callable[..., Fraction]) -> Callable[..., Fraction]:
    @wraps(evaluate)
    def kept(self: Expression, env: Environment) -> Fraction:
        if env.known is None or self.reads_row:
            return env.keep(evaluate(self, env))
        found: Fraction | None = env.known.get(self)
        if found is None:
            found = env.known[self] = env.keep(evaluate(self, env))
        return found

    return kept


def _paid(evaluate: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(evaluate)
    def paid(self: Expression, env: Environment) -> bool:
        env.spend(1)
        return evaluate(self, env)

    return paid


def _by_row(found: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(found)
    def by_row(self: Expression, env: Environment, table: Table) -> Any:
        return env.of_table(self, table, lambda: paid(self, env, table))

    def paid(self: Expression, env: Environment, table: Table) -> Any:
        values = found(self, env, table)
        dear = (values.denominator.bit_length() >> 9) ** 2 if isinstance(values, Column) else 0
        env.spend(len(table) * (1 + dear))
        return values

    return by_row


class Number(Expression):
    """An expression with an exact number as its value."""

    COUNTED: ClassVar = {"evaluate": _kept, "column": _by_row}
    constant = False
    """True for literals, switches and weights: bounds and factors rather than content."""

    @abstractmethod
    def evaluate(self, env: Environment) -> Fraction:
        """The value at the current row; raises `NotEvaluable` when there is none."""

    @abstractmethod
    def unit(self, units: Units) -> str | None:
        """The unit of the value, None when it fits anywhere; refuses what cannot be mixed."""

    def check_units(self, units: Units) -> None:
        units.of(self)

    def column(self, env: Environment, table: Table) -> Column:
        """The value at every row."""
        if not self.reads_row:
            return Column.same(self.evaluate(env), len(table))
        return Column.of([self.evaluate(env) for _ in env.each(table)])

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        """Nodes whose points sum to exactly `scale` times the value."""
        value = self.evaluate(env)
        return (line(env.rule, self.title(env), value, scale * value, inputs=self.facts(env)),)

    def parts_by_row(
        self, env: Environment, table: Table, scales: Column
    ) -> Sequence[tuple[Explanation, ...]]:
        """What `explain` tells at every row, by the scale of each; none where that is one node
        without others below it, which says no more than the row."""
        if type(self).explain is Number.explain:
            return ((),) * len(table)
        return [parted(self.explain(env, scales.at(index))) for index in env.each(table)]

    def title(self, env: Environment) -> Bilingual:
        """What a leaf made of this node is called."""
        return env.rule.text

    def stated_ranges(self, rule: Rule) -> Mapping[str, Range]:
        """By path, the range of each number a snapshot states for it."""
        return {}


class Condition(Expression):
    """An expression that is true or false."""

    COUNTED: ClassVar = {"evaluate": _paid, "mask": _by_row}

    @abstractmethod
    def evaluate(self, env: Environment) -> bool:
        """Raises `NotEvaluable` when an operand has no value."""

    def mask(self, env: Environment, table: Table) -> Sequence[bool]:
        if not self.reads_row:
            return (self.evaluate(env),) * len(table)
        return [self.evaluate(env) for _ in env.each(table)]


class Text(Expression):
    """An expression with a code or name as its value; empty when the snapshot has none."""

    @abstractmethod
    def evaluate(self, env: Environment) -> str: ...

    @abstractmethod
    def known_values(self, scope: Scope) -> tuple[str, tuple[str, ...]] | None:
        """What is named, and every value it can have; None when anything may stand there."""

    def check_units(self, units: Units) -> None:
        """A text has no unit."""


class Computed(Number):
    """A number made from its operands alone."""

    def reads(self) -> Reads:
        return NOTHING


class Combined(Condition):
    """A condition made from its operands alone, comparing no numbers itself."""

    def reads(self) -> Reads:
        return NOTHING

    def check_units(self, units: Units) -> None:
        units.check_below(self)


def parted(nodes: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """The nodes, unless they are one that says it all."""
    return nodes if len(nodes) > 1 or any(node.children for node in nodes) else ()


def adjustment(
    env: Environment, text: Bilingual, points: Fraction, inputs: tuple[Input, ...] = ()
) -> tuple[Explanation, ...]:
    """A leaf for what a bound added or took; none when the bound did not bind."""
    if points == 0:
        return ()
    return (line(env.rule, text, None, points, inputs=inputs),)


def number_input(name: str, value: Fraction) -> Input:
    return stated(name, exact_text(value))


@lru_cache(maxsize=4096)
def stated(name: str, value: str) -> Input:
    """A number as it is stated: of everybody the same few."""
    return Input(name, value)
