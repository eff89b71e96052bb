"""Numbers chosen by conditions, steps, points on a line, or codes."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.expressions.base import Condition, Number, Text
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line


@dataclass(frozen=True, eq=False)
class Choose(Number):
    """The value of the first case whose condition holds."""

    cases: tuple[tuple[Condition, Number], ...]
    otherwise: Number

    def _chosen(self, env: Environment) -> Number:
        for condition, value in self.cases:
            if condition.evaluate(env):
                return value
        return self.otherwise

    def evaluate(self, env: Environment) -> Fraction:
        return self._chosen(env).evaluate(env)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        chosen = self._chosen(env)
        if not chosen.constant:
            return chosen.explain(env, scale)
        value = chosen.evaluate(env)
        words = self.words(env)
        return (line(env.rule, words, value, scale * value, inputs=self.facts(env)),)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        found: dict[str, Input] = {}
        for condition, _ in self.cases:
            found.update({given.name: given for given in condition.facts(env)})
            if condition.evaluate(env):
                break
        chosen = self._chosen(env)
        if not chosen.constant:
            found.update({given.name: given for given in chosen.facts(env)})
        return tuple(found.values())


@dataclass(frozen=True, eq=False)
class Steps(Number):
    """The value beside the highest threshold reached; `below` under all of them."""

    of: Number
    steps: tuple[tuple[Fraction, bool, Number], ...]
    """Thresholds ascending; true when the value must lie strictly above."""
    below: Number

    def evaluate(self, env: Environment) -> Fraction:
        value = self.of.evaluate(env)
        chosen = self.below
        for threshold, strictly, result in self.steps:
            if value < threshold or (strictly and value == threshold):
                break
            chosen = result
        return chosen.evaluate(env)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.of.facts(env)


@dataclass(frozen=True, eq=False)
class Interpolate(Number):
    """On the straight lines between the points; flat before the first and after the last."""

    of: Number
    points: tuple[tuple[Fraction, Fraction], ...]
    """Ascending in the first coordinate."""

    def evaluate(self, env: Environment) -> Fraction:
        x = self.of.evaluate(env)
        before, after = self.points[0], self.points[0]
        for point in self.points:
            before, after = after, point
            if x <= point[0]:
                break
        if x <= before[0]:
            return before[1]
        if x >= after[0]:
            return after[1]
        slope = (after[1] - before[1]) / (after[0] - before[0])
        return before[1] + slope * (x - before[0])

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.of.facts(env)


@dataclass(frozen=True, eq=False)
class Lookup(Number):
    """The value beside a code."""

    of: Text
    table: tuple[tuple[str, Number], ...]
    otherwise: Number

    def evaluate(self, env: Environment) -> Fraction:
        code = self.of.evaluate(env)
        chosen = next((value for key, value in self.table if key == code), self.otherwise)
        return chosen.evaluate(env)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.of.facts(env)
