"""Numbers chosen by conditions, steps, points on a line, or codes."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.exact import exact
from congvu_scoring.expressions.base import Computed, Condition, Number, Text
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.expressions.formula import Formula, items, mapping
from congvu_scoring.expressions.leaves import Missing, TextLiteral
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given, check_texts, read_number
from congvu_scoring.expressions.shapes import CONDITION, EXACT, NUMBER, TEXT, Keys, ListOf, MapOf
from congvu_scoring.expressions.units import Units


@operator("choose")
@dataclass(frozen=True, eq=False)
class Choose(Computed, NumberOperator):
    """The value of the first case whose condition holds."""

    cases: tuple[tuple[Condition, Number], ...]
    otherwise: Number
    argument = Keys(
        {"cases": ListOf(Keys({"when": CONDITION, "value": NUMBER}), 1), "otherwise": NUMBER}
    )
    manual = Manual(
        "numbers", "{choose: {cases: [{when, value}, …], otherwise}}", "the first case that holds"
    )
    also = ("case",)

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
        return (line(env.rule, self.title(env), value, scale * value, inputs=self.facts(env)),)

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

    def unit(self, units: Units) -> str | None:
        return units.same((*(value for _, value in self.cases), self.otherwise))

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        shape = cls.argument.required["cases"].listed().item
        cases = []
        for item, spot in given.items("cases"):
            case = Given.read(shape, item, spot)
            cases.append((case.condition("when"), case.number("value")))
        return cls(tuple(cases), given.number("otherwise"))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        cases = "; ".join(
            _when(case["when"], case["value"], formula)
            for case in map(mapping, items(given["cases"]))
        )
        return f"({cases}; {_else(given['otherwise'], formula)})"


def _when(when: object, value: object, formula: Formula) -> str:
    then = f"{formula.say('thì', 'then')} {formula.write(value)}"
    return f"{formula.say('nếu', 'if')} {formula.write(when)} {then}"


def _else(value: object, formula: Formula) -> str:
    return f"{formula.say('ngược lại', 'otherwise')} {formula.write(value)}"


@operator("if")
class If(NumberOperator):
    argument = Keys({"when": CONDITION, "then": NUMBER, "else": NUMBER})
    manual = Manual(
        "numbers", "{if: {when: CONDITION, then: x, else: y}}", "x where it holds, else y"
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        return Choose(((given.condition("when"), given.number("then")),), given.number("else"))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        when = _when(given["when"], given["then"], formula)
        return f"({when}, {_else(given['else'], formula)})"


THRESHOLD = {"at_least": EXACT, "above": EXACT}


def read_threshold(given: Given) -> tuple[Fraction, bool]:
    """`at_least: x` (from x on) or `above: x` (more than x)."""
    if ("at_least" in given) == ("above" in given):
        raise given.here.refuse("give at_least or above", "cần at_least hoặc above")
    name = "above" if "above" in given else "at_least"
    return given.exact(name), name == "above"


@operator("steps")
@dataclass(frozen=True, eq=False)
class Steps(Computed, NumberOperator):
    """The value beside the highest threshold reached; `below` under all of them."""

    of: Number
    steps: tuple[tuple[Fraction, bool, Number], ...]
    """Thresholds ascending; true when the value must lie strictly above."""
    below: Number
    argument = Keys(
        {"of": NUMBER, "table": ListOf(Keys({"value": NUMBER}, THRESHOLD), 1), "below": NUMBER}
    )
    manual = Manual(
        "numbers",
        "{steps: {of, below, table: [{at_least: 50, value: 1}, {above: 80, value: 2}]}}",
        "the highest step reached; `below` under all; steps ascend",
    )

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

    def unit(self, units: Units) -> str | None:
        return None

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        shape = cls.argument.required["table"].listed().item
        table: list[tuple[Fraction, bool, Number]] = []
        for item, spot in given.items("table"):
            step = Given.read(shape, item, spot)
            threshold, strictly = read_threshold(step)
            if table and (threshold, strictly) <= table[-1][:2]:
                raise spot.refuse(
                    "thresholds must ascend; this step is never reached",
                    "các ngưỡng phải tăng dần; bậc này không bao giờ đạt",
                )
            table.append((threshold, strictly, step.number("value")))
        return cls(given.number("of"), tuple(table), given.number("below"))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        rows = "; ".join(
            f"{formula.say('từ', 'from') if 'at_least' in step else formula.say('trên', 'above')} "
            f"{step.get('at_least', step.get('above'))}: {formula.write(step['value'])}"
            for step in map(mapping, items(given["table"]))
        )
        return f"({formula.write(given['of'])} → {rows}; {_else(given['below'], formula)})"


@operator("interpolate")
@dataclass(frozen=True, eq=False)
class Interpolate(Computed, NumberOperator):
    """On the straight lines between the points; flat before the first and after the last."""

    of: Number
    points: tuple[tuple[Fraction, Fraction], ...]
    """Ascending in the first coordinate."""
    argument = Keys({"of": NUMBER, "points": ListOf(ListOf(EXACT, 2, 2), 2)})
    manual = Manual(
        "numbers",
        "{interpolate: {of, points: [[50, 0], [100, 10]]}}",
        "on the straight line between points; flat outside",
    )

    def evaluate(self, env: Environment) -> Fraction:
        x = self.of.evaluate(env)
        before = after = self.points[0]
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

    def unit(self, units: Units) -> str | None:
        return None

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        points: list[tuple[Fraction, Fraction]] = []
        for point, spot in given.items("points", 2):
            x, y = (exact(item, spot.path) for item in spot.items(point, 2)[:2])
            if points and x <= points[-1][0]:
                raise spot.refuse("points must ascend", "các điểm phải tăng dần")
            points.append((x, y))
        return cls(given.number("of"), tuple(points))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        points = "; ".join(f"{x}: {y}" for x, y in map(items, items(given["points"])))
        along = formula.say("nội suy tuyến tính giữa các điểm", "on straight lines between")
        return f"({formula.write(given['of'])} → {along} {points})"


@operator("lookup")
@dataclass(frozen=True, eq=False)
class Lookup(Computed, NumberOperator):
    """The value beside a code."""

    of: Text
    table: tuple[tuple[str, Number], ...]
    otherwise: Number
    argument = Keys({"of": TEXT, "table": MapOf(NUMBER)}, {"otherwise": NUMBER})
    manual = Manual(
        "numbers",
        "{lookup: {of: TEXT, table: {A: 10, B: 5}, otherwise}}",
        "by a code; `otherwise` is `NOT_EVALUABLE` if left out",
    )

    def evaluate(self, env: Environment) -> Fraction:
        code = self.of.evaluate(env)
        chosen = next((value for key, value in self.table if key == code), self.otherwise)
        return chosen.evaluate(env)

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return self.of.facts(env)

    def unit(self, units: Units) -> str | None:
        return None

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        of, table = given.text("of"), given.entries("table")
        check_texts(of, tuple(TextLiteral(code) for code, _, _ in table), given.at("table"))
        return cls(
            of,
            tuple((code, read_number(value, spot)) for code, value, spot in table),
            given.number("otherwise") if given.has("otherwise") else Missing(),
        )

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        rows = "; ".join(
            f"{key}: {formula.write(value)}" for key, value in mapping(given["table"]).items()
        )
        other = _else(given.get("otherwise", "NOT_EVALUABLE"), formula)
        return f"({formula.write(given['of'])} → {rows}; {other})"
