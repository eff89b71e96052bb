"""True or false: comparisons, text tests, events, and their combinations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from congvu_scoring.expressions.base import Condition, Number, Text
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.snapshots.tables import Table

Comparison = Literal["less", "at_most", "greater", "at_least", "equals", "not_equals"]


@dataclass(frozen=True, eq=False)
class Compare(Condition):
    comparison: Comparison
    left: Number
    right: Number

    def evaluate(self, env: Environment) -> bool:
        left, right = self.left.evaluate(env), self.right.evaluate(env)
        match self.comparison:
            case "less":
                return left < right
            case "at_most":
                return left <= right
            case "greater":
                return left > right
            case "at_least":
                return left >= right
            case "equals":
                return left == right
            case "not_equals":
                return left != right


@dataclass(frozen=True, eq=False)
class OneOf(Condition):
    """A text is one of the given ones."""

    value: Text
    choices: tuple[Text, ...]

    def evaluate(self, env: Environment) -> bool:
        value = self.value.evaluate(env)
        return any(value == choice.evaluate(env) for choice in self.choices)

    def mask(self, env: Environment, table: Table) -> Sequence[bool]:
        if any(choice.reads_row for choice in self.choices) or not self.reads_row:
            return super().mask(env, table)
        wanted = {choice.evaluate(env) for choice in self.choices}
        return [self.value.evaluate(env) in wanted for _ in env.each(table)]


@dataclass(frozen=True, eq=False)
class StartsWith(Condition):
    value: Text
    prefixes: tuple[str, ...]

    def evaluate(self, env: Environment) -> bool:
        return self.value.evaluate(env).startswith(self.prefixes)


@dataclass(frozen=True, eq=False)
class EndsWith(Condition):
    value: Text
    suffixes: tuple[str, ...]

    def evaluate(self, env: Environment) -> bool:
        return self.value.evaluate(env).endswith(self.suffixes)


@dataclass(frozen=True, eq=False)
class Flag(Condition):
    """A true-or-false field of the row."""

    name: str

    @property
    def reads_row(self) -> bool:
        return True

    def evaluate(self, env: Environment) -> bool:
        return bool(env.table.cells[self.name][env.index])


@dataclass(frozen=True, eq=False)
class EventInForce(Condition):
    """Any of these events is in force."""

    events: tuple[str, ...]

    def evaluate(self, env: Environment) -> bool:
        return any(event in env.snapshot.events for event in self.events)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        table = env.snapshot.table("events")
        named = zip(table.cells["event"], table.cells["decision"], strict=True)
        return tuple(
            Input("event", f"{event} ({decision})" if decision else str(event))
            for event, decision in named
            if event in self.events
        )


@dataclass(frozen=True, eq=False)
class Present(Condition):
    """The number has a value."""

    value: Number

    def evaluate(self, env: Environment) -> bool:
        try:
            self.value.evaluate(env)
        except NotEvaluable:
            return False
        return True

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.value.facts(env) if self.evaluate(env) else ()


@dataclass(frozen=True, eq=False)
class TextPresent(Condition):
    value: Text

    def evaluate(self, env: Environment) -> bool:
        return self.value.evaluate(env) != ""


@dataclass(frozen=True, eq=False)
class BandRank(Condition):
    """A band compared with another by rank: BELOW or AT_LEAST. An unknown band is neither."""

    value: Text
    comparison: Literal["BELOW", "AT_LEAST"]
    band: str

    def evaluate(self, env: Environment) -> bool:
        value = self.value.evaluate(env)
        if value not in env.bands:
            return False
        below = env.bands.index(value) > env.bands.index(self.band)
        return below == (self.comparison == "BELOW")


@dataclass(frozen=True, eq=False)
class Always(Condition):
    value: bool

    def evaluate(self, env: Environment) -> bool:
        return self.value


@dataclass(frozen=True, eq=False)
class All(Condition):
    conditions: tuple[Condition, ...]

    def evaluate(self, env: Environment) -> bool:
        return all(condition.evaluate(env) for condition in self.conditions)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return _facts_while(self.conditions, env, stop_at=False)


@dataclass(frozen=True, eq=False)
class AnyOf(Condition):
    conditions: tuple[Condition, ...]

    def evaluate(self, env: Environment) -> bool:
        return any(condition.evaluate(env) for condition in self.conditions)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return _facts_while(self.conditions, env, stop_at=True)


def _facts_while(
    conditions: tuple[Condition, ...], env: Environment, *, stop_at: bool
) -> tuple[Input, ...]:
    """The facts that were really read: later operands may have no value."""
    found: dict[str, Input] = {}
    for condition in conditions:
        found.update({given.name: given for given in condition.facts(env)})
        if condition.evaluate(env) == stop_at:
            break
    return tuple(found.values())


@dataclass(frozen=True, eq=False)
class Not(Condition):
    condition: Condition

    def evaluate(self, env: Environment) -> bool:
        return not self.condition.evaluate(env)
