"""How far a target was reached, and how satisfied citizens were."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_scoring.expressions.base import Computed, Condition, Number, Text
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.leaves import ZERO, Missing, TextLiteral
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    NUMBER,
    Choice,
    Keys,
)
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.choices import Choose
from congvu_scoring.operators.comparisons import Compare, OneOf
from congvu_scoring.operators.fields import NumberField, TextField
from congvu_scoring.operators.values import NumberInput
from congvu_scoring.snapshots.sections import INDICATORS

_STATED = ("baseline", "target", "actual")
_DIRECTIONS = ("UP", "DOWN")


def reached(
    baseline: Fraction,
    target: Fraction,
    actual: Fraction,
    *,
    down: bool,
    cap: Fraction = Fraction(1),
) -> Fraction:
    """How far a target was reached; one that only has to be kept is reached or not."""
    if target == baseline:
        met = actual <= target if down else actual >= target
        return min(Fraction(met), cap)
    return max(Fraction(0), min(cap, (actual - baseline) / (target - baseline)))


@operator("achievement")
@dataclass(frozen=True, eq=False)
class Achievement(Computed, NumberOperator):
    """(actual - baseline) / (target - baseline) within 0 and `cap`; the sign follows the target."""

    baseline: Number
    target: Number
    actual: Number
    is_down: Condition
    cap: Number
    argument = Keys(
        {}, {**dict.fromkeys(_STATED, NUMBER), "direction": Choice(_DIRECTIONS), "cap": NUMBER}
    )
    manual = Manual(
        "measures",
        "{achievement: {baseline, target, actual, direction, cap}}",
        "(actual − baseline)/(target − baseline), within 0 and `cap` (1). Inside `indicators` the "
        "fields are the row's: write `{achievement: {}}`. A DOWN target must lie below its "
        "baseline",
    )

    def evaluate(self, env: Environment) -> Fraction:
        baseline, target = self.baseline.evaluate(env), self.target.evaluate(env)
        actual, cap = self.actual.evaluate(env), self.cap.evaluate(env)
        down = self.is_down.evaluate(env)
        if target != baseline and down != (target < baseline):
            label = env.table.label(env.index) if len(env.table) else env.rule.id
            raise Invalid(
                en=f"{label}: the target lies on the wrong side of the baseline",
                vi=f"{label}: chỉ tiêu ngược hướng so với mức nền",
                field="snapshot.indicators",
                rule_id=env.rule.id,
            )
        return reached(baseline, target, actual, down=down, cap=cap)

    def unit(self, units: Units) -> str | None:
        return "ratio"

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        in_rows = bool(here.scope.rows) and here.scope.rows[-1].name == INDICATORS.name
        if not in_rows and any(name not in given for name in _STATED):
            raise here.refuse(
                "outside the list of indicators give baseline, target and actual",
                "ngoài danh sách chỉ tiêu phải ghi baseline, target và actual",
            )
        baseline, target, actual = (
            given.number(name) if name in given else NumberField(name) for name in _STATED
        )
        direction: Text = TextField("direction") if in_rows else TextLiteral("UP")
        if "direction" in given:
            direction = TextLiteral(given.choice("direction", _DIRECTIONS, "direction"))
        is_down = OneOf(direction, (TextLiteral("DOWN"),))
        return cls(baseline, target, actual, is_down, given.number("cap", 1))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        toward = formula.say(
            "(thực hiện − nền) / (chỉ tiêu − nền), từ 0 đến",
            "(actual − baseline) / (target − baseline), 0 to",
        )
        return f"{toward} {formula.write(mapping(body).get('cap', 1))}"


@operator("satisfaction")
class Satisfaction(NumberOperator):
    """The index once there are enough answers; below the minimum it has no value (F-I5)."""

    argument = Keys({"minimum": NUMBER})
    manual = Manual(
        "measures",
        "{satisfaction: {minimum: 30}}",
        "the index once there are that many answers, else no value",
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        minimum = Given.read(cls.argument, body, here).number("minimum")
        enough = Compare("at_least", NumberInput("satisfaction.n", ZERO), minimum)
        few = Missing("chưa đủ số phiếu tối thiểu", "fewer answers than the minimum")
        return Choose(((enough, NumberInput("satisfaction.index")),), few)

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        least = formula.write(mapping(body)["minimum"])
        index = formula.say("chỉ số hài lòng khi có từ", "satisfaction index from")
        return f"{index} {least} {formula.say('phiếu', 'answers')}"
