"""Conditions over several periods, the current one included."""

from dataclasses import dataclass

from congvu_scoring.expressions.base import Combined, Condition
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import ConditionOperator, Manual, operator
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.reads import Reads
from congvu_scoring.expressions.shapes import CONDITION, WHOLE, Keys
from congvu_scoring.snapshots.sections import HISTORY, TIMELINE, Section

_UNITS = {"periods": "kỳ", "years": "năm"}
_TIMELINE = Section(TIMELINE, "period", HISTORY.fields)


@operator("times_within")
@dataclass(frozen=True, eq=False)
class TimesWithin(Combined, ConditionOperator):
    """At least `times` of the latest `periods` (or of the latest `years`) meet the condition.

    A period that is not in the timeline breaks a run: it does not meet anything.
    """

    times: int
    periods: int | None
    years: int | None
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
        name, width = ("year", self.years) if self.years else ("position", self.periods)
        column = table.numbers[name]
        oldest = column.at(len(table) - 1) - (width or 0)
        return [
            table.label(index)
            for index in env.each(table)
            if column.at(index) > oldest and self.meets.evaluate(env)
        ]

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
        times = given.whole("times")
        unit = "periods" if "periods" in given else "years"
        width = given.whole(unit)
        if not times > 0 or (unit == "periods" and times > width):
            raise here.refuse(
                f"{times} times within {width} {unit} can never hold",
                f"{times} lần trong {width} {_UNITS[unit]} không bao giờ xảy ra",
            )
        meets = _meets(given)
        if unit == "years":
            return cls(times, None, width, meets)
        return cls(times, width, None, meets)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        name = "years" if "years" in given else "periods"
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
        return TimesWithin(periods, periods, None, _meets(given))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        run = f"{given['periods']} {formula.say('kỳ liên tiếp', 'periods in a row')}"
        return f"{run}: {formula.write(given['meets'])}"


def _meets(given: Given) -> Condition:
    scope = given.here.scope
    if not scope.outcome or scope.rollup:
        raise given.here.refuse(
            "periods up to now are known only in rules and triggers",
            "chỉ dùng được trong quy tắc và hồ sơ xử lý",
        )
    return given.condition("meets", given.here.within(_TIMELINE))
