"""Bounds, rounding, and the first number that has a value."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from typing import ClassVar

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.exact import exact_text, exact_vi, round_half_up
from congvu_scoring.common.limits import PLACES_MAX
from congvu_scoring.expressions.base import Computed, Number, adjustment
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.expressions.explanation import Explanation
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given, read_number, read_numbers
from congvu_scoring.expressions.reads import Reads
from congvu_scoring.expressions.shapes import NUMBER, WHOLE, Keys, ListOf
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.arithmetic import content
from congvu_scoring.snapshots.tables import Column, Table


@dataclass(frozen=True, eq=False)
class _Bound(Computed):
    """Told through its content; a bound that binds is a node of its own."""

    items: tuple[Number, ...]

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return _bounded(self.items, self.evaluate(env), env, scale)

    def unit(self, units: Units) -> str | None:
        return units.same(self.items)


class Lowest(_Bound):
    def evaluate(self, env: Environment) -> Fraction:
        return min(operand.evaluate(env) for operand in self.items)

    def column(self, env: Environment, table: Table) -> Column:
        denominator, columns = _aligned(self.items, env, table)
        return Column(list(map(min, *columns)), denominator)


class Highest(_Bound):
    def evaluate(self, env: Environment) -> Fraction:
        return max(operand.evaluate(env) for operand in self.items)

    def column(self, env: Environment, table: Table) -> Column:
        denominator, columns = _aligned(self.items, env, table)
        return Column(list(map(max, *columns)), denominator)


def _aligned(
    operands: tuple[Number, ...], env: Environment, table: Table
) -> tuple[int, list[list[int]]]:
    columns = [operand.column(env, table) for operand in operands]
    denominator = lcm(*(column.denominator for column in columns))
    return denominator, [list(column.over(denominator)) for column in columns]


def _bounded(
    operands: tuple[Number, ...], value: Fraction, env: Environment, scale: Fraction
) -> tuple[Explanation, ...]:
    main = content(operands)
    for operand in operands:
        if not operand.constant and operand.evaluate(env) == value:
            return operand.explain(env, scale)
    gained = value - main.evaluate(env)
    vi, en = exact_vi(value), exact_text(value)
    nodes = main.explain(env, scale)
    if gained < 0:
        text = Bilingual(f"Không vượt mức trần {vi}", f"Capped at {en}")
    else:
        text = Bilingual(f"Không thấp hơn mức sàn {vi}", f"Not below the floor {en}")
    return nodes + adjustment(env, text, scale * gained)


@operator("clamp")
class Clamp(NumberOperator):
    argument = Keys({"value": NUMBER}, {"low": NUMBER, "high": NUMBER})
    manual = Manual(
        "numbers",
        "{clamp: {value, low, high}}",
        "kept within low and high (either may be left out)",
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        value = given.number("value")
        if "low" not in given and "high" not in given:
            raise here.refuse("give low, high or both", "cần low, high hoặc cả hai")
        if "high" in given:
            value = Lowest((value, given.number("high")))
        if "low" in given:
            value = Highest((value, given.number("low")))
        return value

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        low = f"; ≥ {formula.write(given['low'])}" if "low" in given else ""
        high = f"; ≤ {formula.write(given['high'])}" if "high" in given else ""
        return f"[{formula.write(given['value'])}{low}{high}]"


@dataclass(frozen=True, eq=False)
class Rounded(Computed):
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
        text = Bilingual("Làm tròn", "Rounding")
        return self.value.explain(env, scale) + adjustment(env, text, scale * gained)

    def unit(self, units: Units) -> str | None:
        return units.of(self.value)


@operator("round")
class Round(NumberOperator):
    argument = Keys({"value": NUMBER, "places": WHOLE})
    manual = Manual("numbers", "{round: {value, places}}", "half up")

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        places = given.whole("places")
        if places > PLACES_MAX:
            raise given.at("places").refuse(
                f"rounds to at most {PLACES_MAX} decimals",
                f"chỉ làm tròn tối đa {PLACES_MAX} chữ số thập phân",
            )
        return Rounded(given.number("value"), places, "HALF_UP")

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        vi = f"làm tròn đến {given['places']} chữ số thập phân"
        en = f"rounded to {given['places']} decimals"
        return f"[{formula.write(given['value'])}; {formula.say(vi, en)}]"


class _ToWhole(NumberOperator):
    mode: ClassVar[str]
    way: ClassVar[tuple[str, str]]
    argument = NUMBER

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        return Rounded(read_number(body, here), 0, cls.mode)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return f"[{formula.write(body)}; {formula.say(*cls.way)}]"


@operator("floor")
class Floor(_ToWhole):
    mode, way = "FLOOR", ("làm tròn xuống số nguyên", "rounded down to a whole number")
    manual = Manual("numbers", "{floor: x}", "the next whole number below, or itself")


@operator("ceiling")
class Ceiling(_ToWhole):
    mode, way = "CEILING", ("làm tròn lên số nguyên", "rounded up to a whole number")
    manual = Manual("numbers", "{ceiling: x}", "the next whole number above, or itself")


@operator("first_available")
@dataclass(frozen=True, eq=False)
class FirstAvailable(Computed, NumberOperator):
    """The first operand that has a value."""

    items: tuple[Number, ...]
    argument = ListOf(NUMBER, 2)
    manual = Manual("numbers", "{first_available: [x, y, …]}", "the first that has a value")

    def reads_in_all(self) -> Reads:
        return super().reads_in_all().by_choice

    def _chosen(self, env: Environment) -> Number:
        for operand in self.items[:-1]:
            if evaluable(operand, env):
                return operand
        return self.items[-1]

    def evaluate(self, env: Environment) -> Fraction:
        return self._chosen(env).evaluate(env)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        return self._chosen(env).explain(env, scale)

    def unit(self, units: Units) -> str | None:
        return units.same(self.items)

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        return cls(read_numbers(cls.argument, body, here))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        return formula.joined(body, f"; {formula.say('không có thì', 'if missing:')} ")


def evaluable(operand: Number, env: Environment) -> bool:
    try:
        operand.evaluate(env)
    except NotEvaluable:
        return False
    return True
