"""Parts with weights that sum to exactly 100 (E-I6)."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import exact_text, exact_vi
from congvu_scoring.expressions.base import Computed, Number, number_input
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, line
from congvu_scoring.expressions.formula import Formula, items, mapping
from congvu_scoring.expressions.leaves import Literal
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    NAME,
    NUMBER,
    RULED,
    Choice,
    Keys,
    ListOf,
)
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.bounds import evaluable

_WHEN_MISSING = ("NOT_EVALUABLE", "REDISTRIBUTE")
_PART = Keys(
    {"id": NAME, "weight": NUMBER, "value": NUMBER, **RULED},
    {"when_missing": Choice(_WHEN_MISSING)},
)
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Part:
    rule: Rule
    weight: Number
    value: Number
    redistributes: bool


@operator("weighted_sum")
@dataclass(frozen=True, eq=False)
class WeightedSum(Computed, NumberOperator):
    """Weights sum to 100; the result is out of `out_of` when each value is a ratio.

    A part without a value either makes the whole missing or, where it `redistributes`, hands its
    weight to the others in proportion, so that it can neither raise nor lower the score.
    """

    parts: tuple[Part, ...]
    out_of: Number
    argument = Keys(
        {"parts": ListOf(_PART, 1)}, {"out_of": NUMBER, "when_missing": Choice(_WHEN_MISSING)}
    )
    manual = Manual(
        "measures",
        "{weighted_sum: {parts: [{id, weight, value, clause, text}], out_of, when_missing}}",
        "Σ weight × value × out_of/100; weights sum to exactly 100: literals, `{weight: …}` and "
        "switches are checked by the loader, other expressions for each snapshot. The values are "
        "usually ratios and `out_of` is what full marks are worth: 100 if left out; write "
        "`out_of: 1` when the values are levels or points already and the result is their weighted "
        "average. With `when_missing: REDISTRIBUTE` a part without a value hands its weight to the "
        "others, so it neither raises nor lowers the score; a part that says `when_missing: "
        "NOT_EVALUABLE` itself must be there, as what somebody did must be (E-I20)",
    )

    def _check_weights(self, env: Environment) -> None:
        """Weights that depend on the snapshot; the loader checked the constant ones."""
        if all(part.weight.constant for part in self.parts):
            return
        whole = env.sum(part.weight.evaluate(env) for part in self.parts)
        if whole != HUNDRED:
            raise Invalid(
                en=f"{env.rule.id}: the weights sum to {exact_text(whole)}, not 100 (E-I6)",
                vi=f"{env.rule.id}: tổng trọng số là {exact_vi(whole)}, không phải 100 (E-I6)",
                field="snapshot",
                rule_id=env.rule.id,
            )

    def _counted(self, env: Environment) -> tuple[Part, ...]:
        self._check_weights(env)
        weighted = tuple(part for part in self.parts if part.weight.evaluate(env) != 0)
        counted = tuple(
            part for part in weighted if not part.redistributes or evaluable(part.value, env)
        )
        if not counted:
            raise env.missing("không phần nào chấm được", "no part can be scored")
        return counted

    def _factor(self, counted: tuple[Part, ...], env: Environment) -> Fraction:
        whole = env.sum(part.weight.evaluate(env) for part in counted)
        return self.out_of.evaluate(env) / whole

    def evaluate(self, env: Environment) -> Fraction:
        counted = self._counted(env)
        total = env.sum(part.weight.evaluate(env) * part.value.evaluate(env) for part in counted)
        return total * self._factor(counted, env)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        counted = self._counted(env)
        factor = self._factor(counted, env)
        lines = []
        for part in self.parts:
            weight = part.weight.evaluate(env)
            inputs = (number_input("weight", weight),)
            if part not in counted:
                text = _left_out(part.rule.text)
                lines.append(line(part.rule, text, None, Fraction(0), inputs=inputs))
                continue
            value = part.value.evaluate(env)
            share = scale * factor * weight
            children = part.value.explain(env, share)
            lines.append(
                line(
                    part.rule,
                    part.rule.text,
                    value,
                    share * value,
                    inputs=inputs + part.value.facts(env) if not children else inputs,
                    children=children,
                )
            )
        return tuple(lines)

    def unit(self, units: Units) -> str | None:
        of_ratios = units.same(part.value for part in self.parts) == "ratio"
        return "points" if of_ratios and not _averages(self.out_of) else None

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        missing = given.choice("when_missing", _WHEN_MISSING, "choice", _WHEN_MISSING[0])
        found = [spot.gather(_part, value, spot, missing) for value, spot in given.items("parts")]
        parts = tuple(part for part in found if part is not None)
        return cls(parts, given.number("out_of", 100))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        rows = " + ".join(
            f"{formula.write(part['weight'])} × {formula.write(part['value'])}"
            for part in map(mapping, items(given["parts"]))
        )
        scale = f" × {formula.write(given['out_of'])}/100" if "out_of" in given else ""
        if given.get("when_missing") != _WHEN_MISSING[1]:
            return f"({rows}){scale}"
        shared = formula.say("phần thiếu nhường trọng số", "missing parts hand over their weight")
        held = [
            str(part["id"])
            for part in map(mapping, items(given["parts"]))
            if part.get("when_missing") == _WHEN_MISSING[0]
        ]
        but = formula.say(", trừ phần phải có: ", ", except what must be there: ") if held else ""
        return f"({rows}){scale}; {shared}{but}{', '.join(held)}"


def _averages(out_of: Number) -> bool:
    """Out of 1 it is the weighted average of its parts, and stays what they are."""
    return isinstance(out_of, Literal) and out_of.value == 1


def _part(value: object, here: Location, missing: str) -> Part:
    given = Given.read(_PART, value, here)
    missing = given.choice("when_missing", _WHEN_MISSING, "choice", missing)
    rule, weight = given.rule(given.name("id")), given.number("weight")
    return Part(rule, weight, given.number("value"), missing == _WHEN_MISSING[1])


def _left_out(text: Bilingual) -> Bilingual:
    return Bilingual(f"{text.vi}: không đủ căn cứ, không tính", f"{text.en}: no basis, not counted")
