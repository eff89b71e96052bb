"""Conditions over several periods, the current one included."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from congvu_scoring.expressions.base import Combined, Condition
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import ConditionOperator, Manual, operator
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.reads import Reads
from congvu_scoring.expressions.shapes import CONDITION, WHOLE, Keys
from congvu_scoring.expressions.sizes import Sizes
from congvu_scoring.snapshots.sections import HISTORY, TIMELINE, Section

Unit = Literal["periods", "years"]
_UNITS: Mapping[Unit, str] = {"periods": "kỳ", "years": "năm"}
_TIMELINE = Section(TIMELINE, "period", HISTORY.fields)


@operator("times_within")
@dataclass(frozen=True, eq=False)
class TimesWithin(Combined, ConditionOperator):
    """At least `times` of the latest `width` periods (or calendar years) meet the condition.

    A period that is not in the timeline breaks a run: it does not meet anything.
    """

    times: int
    width: int
    unit: Unit
    meets: Condition
    argument = Keys({"times": WHOLE, "meets": CONDITION}, {"periods": WHOLE, "years": WHOLE})
    manual = Manual(
        "conditions",
        "{times_within: {times: 2, periods: 3, meets: CONDITION}}",
        "at least 2 of the latest 3 periods do; `years: 3` instead of `periods` counts calendar "
        "years",
    )

    def _met(self, env: Environment) -> list[str]:
        table = env.rows_of(TIMELINE)
        column = table.numbers["year" if self.unit == "years" else "position"]
        oldest = column.at(len(table) - 1) - self.width
        return [
            table.label(index)
            for index in env.each(table)
            if column.at(index) > oldest and self.meets.evaluate(env)
        ]

    def cost(self, sizes: Sizes) -> int:
        return 1 + (1 + sizes.rows(HISTORY.name)) * (1 + self.meets.cost(sizes))

    def evaluate(self, env: Environment) -> bool:
        return len(self._met(env)) >= self.times

    def facts(self, env: Environment) -> tuple[Input, ...]:
        return tuple(Input("period", label) for label in self._met(env))

    def reads(self) -> Reads:
        return Reads(lists=frozenset({HISTORY.name}), past=True)

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        given = Given.read(cls.argument, body, here)
        if ("periods" in given) == ("years" in given):
            raise here.refuse("give either periods or years", "chọn một: periods hoặc years")
        unit: Unit = "periods" if "periods" in given else "years"
        return _within(given.whole("times"), given.whole(unit), unit, given)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        name: Unit = "years" if "years" in given else "periods"
        unit = formula.say(_UNITS[name], name)
        width = given.get("years", given.get("periods"))
        times = f"{given['times']} {formula.say('lần trong', 'times within')} {width} {unit}"
        return f"{times}: {formula.write(given['meets'])}"


@operator("consecutive")
class Consecutive(ConditionOperator):
    argument = Keys({"periods": WHOLE, "meets": CONDITION})
    manual = Manual(
        "conditions",
        "{consecutive: {periods: 2, meets: CONDITION}}",
        "the latest 2 periods, the current one included, all meet it (rules and triggers only)",
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Condition:
        given = Given.read(cls.argument, body, here)
        periods = given.whole("periods")
        return _within(periods, periods, "periods", given)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        run = f"{given['periods']} {formula.say('kỳ liên tiếp', 'periods in a row')}"
        return f"{run}: {formula.write(given['meets'])}"


def _within(times: int, width: int, unit: Unit, given: Given) -> Condition:
    here = given.here
    if times == 0 or width == 0 or (unit == "periods" and times > width):
        raise here.refuse(
            f"{times} times within {width} {unit} can never hold",
            f"{times} lần trong {width} {_UNITS[unit]} không bao giờ xảy ra",
        )
    if not here.scope.outcome or here.scope.rollup:
        raise here.refuse(
            "periods up to now are known only in rules and triggers",
            "chỉ dùng được trong quy tắc và hồ sơ xử lý",
        )
    return TimesWithin(times, width, unit, given.condition("meets", here.within(_TIMELINE)))
