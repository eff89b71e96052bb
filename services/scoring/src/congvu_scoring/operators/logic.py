"""Conditions joined and turned around, and whether something is there at all."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from congvu_scoring.expressions.base import Combined, Condition, Number, Text
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.expressions.formula import Formula, items, mapping
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import ConditionOperator, Manual, operator
from congvu_scoring.expressions.reading import (
    Given,
    is_text,
    read_condition,
    read_number,
    read_text,
)
from congvu_scoring.expressions.reads import Reads
from congvu_scoring.expressions.shapes import CONDITION, NAME, OPERAND, TEXT, Either, Keys, ListOf
from congvu_scoring.snapshots.sections import EVENTS


@dataclass(frozen=True, eq=False)
class _Joined(Combined, ConditionOperator):
    conditions: tuple[Condition, ...]
    settled: ClassVar[bool]
    """What one condition has to be for the others not to matter."""
    joint: ClassVar[tuple[str, str]]
    argument = ListOf(CONDITION, 1)

    def evaluate(self, env: Environment) -> bool:
        found = any(each.evaluate(env) is self.settled for each in self.conditions)
        return found is self.settled

    def facts(self, env: Environment) -> tuple[Input, ...]:
        """The facts that were really read: later operands may have no value."""
        found: dict[str, Input] = {}
        for condition in self.conditions:
            found.update({given.name: given for given in condition.facts(env)})
            if condition.evaluate(env) is self.settled:
                break
        return tuple(found.values())

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        listed = enumerate(here.items(body))
        return cls(tuple(read_condition(item, here.at(index)) for index, item in listed))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.joined(body, f" {formula.say(*cls.joint)} ")


@operator("all")
class All(_Joined):
    settled, joint = False, ("và", "and")
    manual = Manual("conditions", "{all: […]}", "each of them holds")
    also = ("and",)


@operator("any")
class AnyOf(_Joined):
    settled, joint = True, ("hoặc", "or")
    manual = Manual("conditions", "{any: […]}", "at least one of them holds")
    also = ("or",)


@operator("not")
@dataclass(frozen=True, eq=False)
class Not(Combined, ConditionOperator):
    condition: Condition
    argument = CONDITION
    manual = Manual("conditions", "{not: …}", "it does not hold")

    def evaluate(self, env: Environment) -> bool:
        return not self.condition.evaluate(env)

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        return cls(read_condition(body, here))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return f"{formula.say('không', 'not')} ({formula.write(body)})"


@operator("event")
@dataclass(frozen=True, eq=False)
class EventInForce(Combined, ConditionOperator):
    """Any of these events is in force."""

    events: tuple[str, ...]
    argument = Either((NAME, ListOf(NAME, 1)))
    manual = Manual(
        "conditions", ("{event: NAME}", "{event: [A, B]}"), "it, or any of them, is in force"
    )

    def evaluate(self, env: Environment) -> bool:
        return any(event in env.snapshot.events for event in self.events)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        table = env.snapshot.table(EVENTS.name)
        named = zip(table.cells["event"], table.cells["decision"], strict=True)
        return tuple(
            Input("event", f"{event} ({decision})" if decision else str(event))
            for event, decision in named
            if event in self.events
        )

    def reads(self) -> Reads:
        return Reads(events=frozenset(self.events))

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        names = [body] if isinstance(body, str) else here.items(body)
        return cls(tuple(here.text(name) for name in names))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        names = ", ".join(str(item) for item in items(body))
        return f"{formula.say('có sự kiện', 'event')} {names}"


@dataclass(frozen=True, eq=False)
class NumberPresent(Combined):
    """The number has a value."""

    value: Number

    def reads_in_all(self) -> Reads:
        return super().reads_in_all().by_choice

    def evaluate(self, env: Environment) -> bool:
        try:
            self.value.evaluate(env)
        except NotEvaluable:
            return False
        return True

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.value.facts(env) if self.evaluate(env) else ()


@dataclass(frozen=True, eq=False)
class TextPresent(Combined):
    value: Text

    def evaluate(self, env: Environment) -> bool:
        return self.value.evaluate(env) != ""


@operator("present")
class Present(ConditionOperator):
    argument = OPERAND
    manual = Manual("conditions", "{present: NUMBER or TEXT}", "it has a value")

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        if is_text(body, here):
            return TextPresent(read_text(body, here))
        return NumberPresent(read_number(body, here))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return f"{formula.say('có', 'given')} {formula.write(body)}"


@dataclass(frozen=True, eq=False)
class BandRank(Combined):
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


class _Ranked(ConditionOperator):
    comparison: ClassVar[Literal["BELOW", "AT_LEAST"]]
    label: ClassVar[tuple[str, str]]
    argument = Keys({"of": TEXT, "band": NAME})

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        given = Given.read(cls.argument, body, here)
        band = given.choice("band", here.scope.bands, "band")
        return BandRank(given.text("of"), cls.comparison, band)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        return f"{formula.write(given['of'])} {formula.say(*cls.label)} {given['band']}"


@operator("band_below")
class BandBelow(_Ranked):
    comparison, label = "BELOW", ("dưới mức", "below band")
    manual = Manual("conditions", "{band_below: {of: TEXT, band: HT}}", "a worse band than HT")


@operator("band_at_least")
class BandAtLeast(_Ranked):
    comparison, label = "AT_LEAST", ("từ mức", "band at least")
    manual = Manual("conditions", "{band_at_least: {of: TEXT, band: HT}}", "HT or a better band")
