"""Completed work, less for each failure and delay."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.exact import exact_text, exact_vi
from congvu_scoring.expressions.base import Computed, Number, adjustment
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, line
from congvu_scoring.expressions.formula import Formula, mapping
from congvu_scoring.expressions.leaves import ZERO
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.operator import Manual, NumberOperator, operator
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    CONDITION,
    FLAG,
    NUMBER,
    Choice,
    Keys,
)
from congvu_scoring.expressions.units import Units
from congvu_scoring.operators.arithmetic import Product, Quotient
from congvu_scoring.operators.bounds import Lowest
from congvu_scoring.operators.fields import NumberField
from congvu_scoring.operators.rows import read_rows
from congvu_scoring.operators.totals import SumOver
from congvu_scoring.snapshots.sections import WORK
from congvu_scoring.snapshots.tables import Column, Table, ratio

_FAULT_NAMES = {
    "quality_failures": ("Không đạt chất lượng", "Quality failures"),
    "late": ("Chậm tiến độ", "Delays"),
}
_FLOORED = Bilingual("Không trừ quá 0", "Never below zero")
_EXEMPTIONS = {"quality_failures": "quality_exempt", "late": "late_exempt"}


@operator("credit")
@dataclass(frozen=True, eq=False)
class Credit(Computed, NumberOperator):
    """`max(0, of - step x faults not exempted)`: what is left of a quantity after deductions."""

    of: Number
    faults: Number
    exempt: Number
    step: Number
    vi: str
    en: str
    argument = Keys({"of": NUMBER, "faults": NUMBER, "step": NUMBER}, {"exempt": NUMBER})
    manual = Manual(
        "measures",
        "{credit: {of, faults, exempt, step}}",
        "max(0, of − step × max(0, faults − exempt)); for own sums over `work`",
    )

    def _deduction(self, env: Environment) -> Fraction:
        counted = self.faults.evaluate(env) - self.exempt.evaluate(env)
        return self.step.evaluate(env) * max(Fraction(0), counted)

    def evaluate(self, env: Environment) -> Fraction:
        return max(Fraction(0), self.of.evaluate(env) - self._deduction(env))

    def _counted(self, env: Environment, table: Table) -> tuple[int, Sequence[int], Sequence[int]]:
        """A denominator, and over it what was done and what is taken off at every row."""
        of, step = self.of.column(env, table), self.step.column(env, table)
        faults, exempt = self.faults.column(env, table), self.exempt.column(env, table)
        scale = of.denominator * faults.denominator * exempt.denominator * step.denominator
        # All three over one denominator; the step brings its own.
        times = scale // step.denominator
        late = faults.over(times)
        spared = exempt.over(times)
        taken = [
            max(0, lost - free) * each
            for lost, free, each in zip(late, spared, step.numerators, strict=True)
        ]
        return scale, of.over(scale), taken

    def column(self, env: Environment, table: Table) -> Column:
        scale, done, taken = self._counted(env, table)
        return Column([max(0, left - off) for left, off in zip(done, taken, strict=True)], scale)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        gained, lost = self.of.evaluate(env), self._deduction(env)
        facts = self.faults.facts(env) + self.exempt.facts(env)
        floored = max(Fraction(0), lost - gained)
        return (
            line(env.rule, self.of.title(env), gained, scale * gained, inputs=self.of.facts(env)),
            *adjustment(env, self._taken_off(env), -scale * lost, facts),
            *adjustment(env, _FLOORED, scale * floored),
        )

    def parts_by_row(
        self, env: Environment, table: Table, scales: Column
    ) -> Sequence[tuple[Explanation, ...]]:
        """Rows that count as they stand have no parts."""
        denominator, done, taken = self._counted(env, table)
        if not any(taken) and min(done, default=0) >= 0:
            return ((),) * len(table)
        facts = self.of.fact_rows(env, table)
        faults, exempt = self.faults.fact_rows(env, table), self.exempt.fact_rows(env, table)
        same = None if self.step.reads_row else self._taken_off(env)
        whole = denominator * scales.denominator
        found: list[tuple[Explanation, ...]] = []
        for row in env.each(table):
            scale, gained, lost = scales.numerators[row], done[row], taken[row]
            if not scale or (not lost and gained >= 0):
                found.append(())
                continue
            value, points = ratio(gained, denominator), Fraction(scale * gained, whole)
            nodes = (
                line(env.rule, self.of.title(env), value, points, inputs=facts[row]),
                *adjustment(
                    env,
                    same or self._taken_off(env),
                    Fraction(-scale * lost, whole),
                    faults[row] + exempt[row],
                ),
            )
            if lost > gained:
                nodes += adjustment(env, _FLOORED, Fraction(scale * (lost - gained), whole))
            found.append(nodes)
        return found

    def _taken_off(self, env: Environment) -> Bilingual:
        step = self.step.evaluate(env)
        return Bilingual(
            f"{self.vi}: trừ {exact_vi(step)} cho mỗi lần không được miễn",
            f"{self.en}: {exact_text(step)} off for each one not exempted",
        )

    def unit(self, units: Units) -> str | None:
        return None

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        faults = given.number("faults")
        exempt = given.number("exempt") if given.has("exempt") else ZERO
        step = given.number("step")
        of = given.number("of")
        return cls.of_faults(of, faults, exempt, step)

    @classmethod
    def of_faults(cls, of: Number, faults: Number, exempt: Number, step: Number) -> Number:
        name = faults.name if isinstance(faults, NumberField) else ""
        return cls(of, faults, exempt, step, *_FAULT_NAMES.get(name, ("Lỗi", "Faults")))

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        exempt = f" − {formula.write(given['exempt'])}" if "exempt" in given else ""
        faults = f"({formula.write(given['faults'])}{exempt})"
        return f"max(0, {formula.write(given['of'])} − {formula.write(given['step'])} × {faults})"


@operator("converted_ratio")
class ConvertedRatio(NumberOperator):
    """Σ coefficient x credited / Σ coefficient x assigned, over the work items."""

    argument = Keys(
        {"if_nothing_assigned": NUMBER},
        {
            "faults": Choice(tuple(_EXEMPTIONS)),
            "step": NUMBER,
            "exempt": FLAG,
            "cap": NUMBER,
            "where": CONDITION,
        },
    )
    manual = Manual(
        "measures",
        "{converted_ratio: {faults, step, cap, where, if_nothing_assigned}}",
        "over `work`: Σ coefficient × completed / Σ coefficient × assigned. With `faults: "
        "quality_failures` or `faults: late`, completed is first reduced by `step` for each fault "
        "not exempted, never below 0 (`exempt: false` ignores exemptions). `cap` is optional, "
        "`if_nothing_assigned` required",
    )

    @classmethod
    def read(cls, body: object, here: Location) -> Number:
        given = Given.read(cls.argument, body, here)
        rows, _ = read_rows({"over": WORK.name, "where": given.get("where")}, here)
        coefficient, done = NumberField("coefficient"), _done(given)
        ratio: Number = Quotient(
            SumOver(rows, Product((coefficient, done))),
            SumOver(rows, Product((coefficient, NumberField("assigned")))),
            given.number("if_nothing_assigned"),
        )
        return Lowest((ratio, given.number("cap"))) if given.has("cap") else ratio

    @classmethod
    def write(cls, body: object, formula: Formula) -> str:
        given = mapping(body)
        done = formula.say("hoàn thành", "completed")
        if "faults" in given:
            done = f"max(0, {done} − {formula.write(given['step'])} × {given['faults']})"
        ratio = formula.say(
            f"Σ hệ số × {done} / Σ hệ số × được giao",
            f"Σ coefficient × {done} / Σ coefficient × assigned",
        )
        where = f"; {formula.where(given)}" if "where" in given else ""
        cap = f"; ≤ {formula.write(given['cap'])}" if "cap" in given else ""
        return f"{ratio}{where}{cap}; {formula.fallback(given['if_nothing_assigned'])}"


def _done(given: Given) -> Number:
    """What was completed, after deductions when the policy names a fault."""
    done = NumberField("completed")
    if not given.has("faults"):
        return done
    name = given.choice("faults", tuple(_EXEMPTIONS), "fault field")
    if not given.has("step"):
        raise given.here.refuse("faults need a step", "thiếu mức trừ cho mỗi lỗi")
    exempt = NumberField(_EXEMPTIONS[name]) if given.get("exempt", True) else ZERO
    return Credit.of_faults(done, NumberField(name), exempt, given.number("step"))
