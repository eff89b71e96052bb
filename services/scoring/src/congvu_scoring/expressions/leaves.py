"""What is written without an operator: literals, names of measures, true and false."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.expressions.base import Combined, Computed, Number, Text, number_input
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.expressions.location import Scope
from congvu_scoring.expressions.reads import NOTHING, Reads
from congvu_scoring.expressions.sizes import Sizes
from congvu_scoring.expressions.units import Units


@dataclass(frozen=True, eq=False)
class Literal(Computed):
    value: Fraction
    constant = True

    def evaluate(self, env: Environment) -> Fraction:
        return self.value

    def unit(self, units: Units) -> str | None:
        return None


ZERO = Literal(Fraction(0))
ONE = Literal(Fraction(1))


@dataclass(frozen=True, eq=False)
class Missing(Computed):
    """Written NOT_EVALUABLE: this branch has no value."""

    vi: str = "không đủ căn cứ chấm điểm"
    en: str = "there is no basis for a score"
    constant = True

    def evaluate(self, env: Environment) -> Fraction:
        raise env.missing(self.vi, self.en)

    def unit(self, units: Units) -> str | None:
        return None


@dataclass(frozen=True, eq=False)
class MeasureValue(Number):
    """Another measure of the policy, by name."""

    name: str

    def evaluate(self, env: Environment) -> Fraction:
        return env.measure(self.name)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        env.spend(1)
        measure = env.measures[self.name]
        value = env.measure(self.name)
        before = env.rule, env.outer
        env.rule, env.outer = measure.rule, ()
        nodes = measure.value.explain(env, scale)
        env.rule, env.outer = before
        if len(nodes) == 1 and nodes[0].text_vi == measure.rule.text.vi:
            return nodes
        return (line(measure.rule, measure.rule.text, value, scale * value, children=nodes),)

    def cost(self, sizes: Sizes) -> int:
        return 1 + sizes.measures.get(self.name, 0)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return (number_input(self.name, env.measure(self.name)),)

    def reads(self) -> Reads:
        return Reads(measures=frozenset({self.name}))

    def unit(self, units: Units) -> str | None:
        return units.measures.get(self.name)


@dataclass(frozen=True, eq=False)
class TextLiteral(Text):
    value: str

    def evaluate(self, env: Environment) -> str:
        return self.value

    def reads(self) -> Reads:
        return NOTHING

    def known_values(self, scope: Scope) -> None:
        return None


@dataclass(frozen=True, eq=False)
class Always(Combined):
    value: bool

    def evaluate(self, env: Environment) -> bool:
        return self.value
