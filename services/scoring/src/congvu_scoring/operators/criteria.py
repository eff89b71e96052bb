"""Rated criteria, each with a maximum."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.bilingual import Rule
from congvu_scoring.expressions.base import (
    Number,
    Range,
    number_input,
)
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.leaves import Missing
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.reads import Reads
from congvu_scoring.expressions.shapes import (
    EXACT,
    NUMBER,
    RULED,
    Choice,
    Keys,
    MapOf,
    Plain,
)
from congvu_scoring.expressions.units import Units

_SOURCES = ("general", "elements")
_TOTAL = "general_total"
_CRITERION = Keys({"max": EXACT, **RULED}, {"min": EXACT, "step": EXACT, "absent": NUMBER})


@dataclass(frozen=True, slots=True)
class Criterion:
    """`absent` is the share of the maximum that counts when it was not scored."""

    key: str
    rule: Rule
    minimum: Fraction
    maximum: Fraction
    step: Fraction | None
    absent: Number


@operator("criteria")
@dataclass(frozen=True, eq=False)
class Criteria(Number, NumberOperator):
    """Rated criteria each with a maximum; or one given total within the maximum of all."""

    source: str
    total: str | None
    criteria: tuple[Criterion, ...]
    argument = Keys(
        {"from": Choice(_SOURCES), "items": MapOf(_CRITERION)},
        {"total": Plain({"const": _TOTAL})},
    )
    manual = Manual(
        "measures",
        "{criteria: {from: general, total: general_total, items: {KEY: {max, min, step, absent, "
        "clause, text}}}}",
        "sum of rated criteria, each within `min` (0) and `max`; `absent` is the share of `max` "
        "that counts when it was not scored (left out: not evaluable); with `total`, that input "
        "replaces the items when it is given. `from` is `general` or `elements`",
    )

    @property
    def minimum(self) -> Fraction:
        return sum((criterion.minimum for criterion in self.criteria), Fraction(0))

    @property
    def maximum(self) -> Fraction:
        return sum((criterion.maximum for criterion in self.criteria), Fraction(0))

    def _points(self, criterion: Criterion, env: Environment) -> Fraction:
        given = env.snapshot.numbers.get(f"{self.source}.{criterion.key}")
        return criterion.absent.evaluate(env) * criterion.maximum if given is None else given

    def _given_total(self, env: Environment) -> Fraction | None:
        return None if self.total is None else env.snapshot.numbers.get(self.total)

    def evaluate(self, env: Environment) -> Fraction:
        total = self._given_total(env)
        if total is not None:
            return total
        return env.sum(self._points(item, env) for item in self.criteria)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        total = self._given_total(env)
        if total is not None and self.total is not None:
            facts = (number_input(self.total, total),)
            return (line(env.rule, env.rule.text, total, scale * total, inputs=facts),)
        lines = []
        for item in self.criteria:
            points = self._points(item, env)
            given = env.snapshot.numbers.get(f"{self.source}.{item.key}")
            inputs: tuple[Input, ...] = (number_input("maximum", item.maximum),)
            if given is not None:
                inputs = (number_input(f"{self.source}.{item.key}", given), *inputs)
            lines.append(line(item.rule, item.rule.text, points, scale * points, inputs=inputs))
        return tuple(lines)

    def reads(self) -> Reads:
        """A criterion that counts nothing while it is not scored is needed."""
        needed = [item for item in self.criteria if isinstance(item.absent, Missing)]
        return Reads(
            inputs=frozenset(f"{self.source}.{item.key}" for item in self.criteria),
            needed=frozenset(f"{self.source}.{item.key}" for item in needed),
        )

    def stated_ranges(self, rule: Rule) -> Mapping[str, Range]:
        ranges: dict[str, Range] = {
            f"{self.source}.{item.key}": (item.key, item.minimum, item.maximum)
            for item in self.criteria
        }
        if self.total is not None:
            ranges[self.total] = (rule.id, self.minimum, self.maximum)
        return ranges

    def unit(self, units: Units) -> str | None:
        return "points"

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        source = given.choice("from", _SOURCES, "source")
        criteria = tuple(
            _criterion(key, Given.read(_CRITERION, value, spot.of_rule(key)), source, here.rule)
            for key, value, spot in given.entries("items")
        )
        total = given.choice("total", (_TOTAL,), "input") if given.has("total") else None
        return cls(source, total, criteria)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        limit = formula.say("tối đa", "up to")
        rows = "; ".join(
            f"{key} {limit} {mapping(item)['max']}"
            for key, item in mapping(mapping(body)["items"]).items()
        )
        return f"{formula.say('các tiêu chí', 'criteria')} ({rows})"


def _criterion(key: str, given: Given, source: str, owner: str) -> Criterion:
    rule = given.rule(f"{owner}.{key}" if source == "elements" else key)
    least, most = given.exact("min", 0), given.exact("max")
    absent: Number = Missing(f"chưa chấm {key}", f"{key} is not scored")
    step = given.exact_or_none("step")
    if given.has("absent"):
        absent = given.number("absent")
    return Criterion(key, rule, least, most, step, absent)
