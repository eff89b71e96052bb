"""The measures agencies use: deductions per failure, criteria, ledgers, targets, weights."""

from dataclasses import dataclass
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.bilingual import Rule, Words
from congvu_scoring.common.exact import exact_text
from congvu_scoring.expressions.base import Condition, Number, adjustment, number_input
from congvu_scoring.expressions.environment import Environment
from congvu_scoring.expressions.explanation import Explanation, Input, line
from congvu_scoring.operators.arithmetic import evaluable
from congvu_scoring.snapshots.tables import Column, Table


@dataclass(frozen=True, eq=False)
class Credit(Number):
    """`max(0, of - step x faults not exempted)`: what is left of a quantity after deductions."""

    of: Number
    faults: Number
    exempt: Number
    step: Number
    vi: str
    en: str

    def _deduction(self, env: Environment) -> Fraction:
        counted = self.faults.evaluate(env) - self.exempt.evaluate(env)
        return self.step.evaluate(env) * max(Fraction(0), counted)

    def evaluate(self, env: Environment) -> Fraction:
        return max(Fraction(0), self.of.evaluate(env) - self._deduction(env))

    def column(self, env: Environment, table: Table) -> Column:
        step = self.step.evaluate(env)
        of = self.of.column(env, table)
        faults, exempt = self.faults.column(env, table), self.exempt.column(env, table)
        scale = of.denominator * faults.denominator * exempt.denominator * step.denominator
        done = of.over(scale)
        # All three over one denominator, the fault counts already times the step.
        times = step.numerator * (scale // step.denominator)
        late = [value * (times // faults.denominator) for value in faults.numerators]
        spared = [value * (times // exempt.denominator) for value in exempt.numerators]
        return Column(
            [
                max(0, left - max(0, lost - free))
                for left, lost, free in zip(done, late, spared, strict=True)
            ],
            scale,
        )

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        gained, lost = self.of.evaluate(env), self._deduction(env)
        step = exact_text(self.step.evaluate(env))
        facts = self.faults.facts(env) + self.exempt.facts(env)
        floored = max(Fraction(0), lost - gained)
        return (
            line(env.rule, self.of.words(env), gained, scale * gained, inputs=self.of.facts(env)),
            *adjustment(
                env,
                f"{self.vi}: trừ {step} cho mỗi lần không được miễn",
                f"{self.en}: {step} off for each one not exempted",
                -scale * lost,
                facts,
            ),
            *adjustment(env, "Không trừ quá 0", "Never below zero", scale * floored),
        )


@dataclass(frozen=True, slots=True)
class Criterion:
    """`absent` is the share of the maximum that counts when it was not scored."""

    key: str
    rule: Rule
    minimum: Fraction
    maximum: Fraction
    step: Fraction | None
    absent: Number


@dataclass(frozen=True, eq=False)
class Criteria(Number):
    """Rated criteria each with a maximum; or one given total within the maximum of all."""

    source: str
    total: str | None
    criteria: tuple[Criterion, ...]

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
        return sum((self._points(item, env) for item in self.criteria), Fraction(0))

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        total = self._given_total(env)
        if total is not None and self.total is not None:
            facts = (number_input(self.total, total),)
            return (line(env.rule, env.rule.words, total, scale * total, inputs=facts),)
        lines = []
        for item in self.criteria:
            points = self._points(item, env)
            given = env.snapshot.numbers.get(f"{self.source}.{item.key}")
            inputs: tuple[Input, ...] = (number_input("maximum", item.maximum),)
            if given is not None:
                inputs = (number_input(f"{self.source}.{item.key}", given), *inputs)
            lines.append(line(item.rule, item.rule.words, points, scale * points, inputs=inputs))
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """`amount` is what the ledger moves by; at most `limit` in all, when there is a limit."""

    rule: Rule
    amount: Number
    limit: Fraction | None

    def moves(self, env: Environment) -> Fraction:
        amount = self.amount.evaluate(env)
        if self.limit is None:
            return amount
        return max(-self.limit, min(self.limit, amount))


@dataclass(frozen=True, eq=False)
class Ledger(Number):
    """Starts at a number of points; each entry adds or takes; kept within floor and ceiling."""

    start: Number
    entries: tuple[Entry, ...]
    floor: Number | None
    ceiling: Number | None

    def _raw(self, env: Environment) -> Fraction:
        moved = (entry.moves(env) for entry in self.entries)
        return self.start.evaluate(env) + sum(moved, Fraction(0))

    def evaluate(self, env: Environment) -> Fraction:
        value = self._raw(env)
        if self.ceiling is not None:
            value = min(value, self.ceiling.evaluate(env))
        if self.floor is not None:
            value = max(value, self.floor.evaluate(env))
        return value

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        bound = self.evaluate(env) - self._raw(env)
        parts: list[Explanation] = list(self.start.explain(env, scale))
        for entry in self.entries:
            moved = entry.moves(env)
            inner = entry.amount.explain(env, scale) if moved else ()
            exact_inner = sum((part.points for part in inner), Fraction(0)) == scale * moved
            parts.append(
                line(
                    entry.rule,
                    entry.rule.words,
                    moved,
                    scale * moved,
                    children=inner if exact_inner else (),
                )
            )
        words = ("Giữ trong mức sàn và mức trần", "Kept within floor and ceiling")
        return (*parts, *adjustment(env, *words, scale * bound))


_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Part:
    rule: Rule
    weight: Number
    value: Number


@dataclass(frozen=True, eq=False)
class WeightedSum(Number):
    """Weights sum to 100; the result is out of `out_of` when each value is a ratio.

    A part without a value either makes the whole missing or, with `redistribute`, hands its
    weight to the others in proportion, so that it can neither raise nor lower the score.
    """

    parts: tuple[Part, ...]
    out_of: Number
    redistribute: bool

    def _check_weights(self, env: Environment) -> None:
        """Weights that depend on the snapshot; the loader checked the constant ones."""
        if all(part.weight.constant for part in self.parts):
            return
        whole = sum((part.weight.evaluate(env) for part in self.parts), Fraction(0))
        if whole != _HUNDRED:
            got = exact_text(whole)
            raise Invalid(
                en=f"{env.rule.id}: the weights sum to {got}, not 100 (E-I6)",
                vi=f"{env.rule.id}: tổng trọng số là {got}, không phải 100 (E-I6)",
                field="snapshot",
                rule_id=env.rule.id,
            )

    def _counted(self, env: Environment) -> tuple[Part, ...]:
        self._check_weights(env)
        weighted = tuple(part for part in self.parts if part.weight.evaluate(env) != 0)
        if not self.redistribute:
            return weighted
        counted = tuple(part for part in weighted if evaluable(part.value, env))
        if not counted:
            raise env.missing("không phần nào chấm được", "no part can be scored")
        return counted

    def _factor(self, counted: tuple[Part, ...], env: Environment) -> Fraction:
        whole = sum((part.weight.evaluate(env) for part in counted), Fraction(0))
        return self.out_of.evaluate(env) / whole

    def evaluate(self, env: Environment) -> Fraction:
        counted = self._counted(env)
        total = sum(
            (part.weight.evaluate(env) * part.value.evaluate(env) for part in counted),
            Fraction(0),
        )
        return total * self._factor(counted, env)

    def explain(self, env: Environment, scale: Fraction) -> tuple[Explanation, ...]:
        counted = self._counted(env)
        factor = self._factor(counted, env)
        lines = []
        for part in self.parts:
            weight = part.weight.evaluate(env)
            inputs = (number_input("weight", weight),)
            if part not in counted:
                words = _left_out(part.rule.words)
                lines.append(line(part.rule, words, None, Fraction(0), inputs=inputs))
                continue
            value = part.value.evaluate(env)
            share = scale * factor * weight
            children = part.value.explain(env, share)
            lines.append(
                line(
                    part.rule,
                    part.rule.words,
                    value,
                    share * value,
                    inputs=inputs + part.value.facts(env) if not children else inputs,
                    children=children,
                )
            )
        return tuple(lines)


def _left_out(words: Words) -> Words:
    return Words(f"{words.vi}: không đủ căn cứ, không tính", f"{words.en}: no basis, not counted")


@dataclass(frozen=True, eq=False)
class Achievement(Number):
    """(actual - baseline) / (target - baseline) within 0 and `cap`; the sign follows the target."""

    baseline: Number
    target: Number
    actual: Number
    is_down: Condition
    cap: Number

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
        if target == baseline:
            met = actual <= target if down else actual >= target
            return min(Fraction(met), cap)
        return max(Fraction(0), min(cap, (actual - baseline) / (target - baseline)))
