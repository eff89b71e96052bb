"""What follows from a result: pay by the final band, proposals, and what to train."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from congvu_scoring.common.bilingual import Rule
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.consequences import Proposal
from congvu_scoring.engine.outcome import holds, with_timeline
from congvu_scoring.engine.result import ScoreResult
from congvu_scoring.snapshots.sections import ELEMENTS, GENERAL, WORK
from congvu_scoring.snapshots.snapshot import Snapshot

_ALL = Fraction(1)
_COUNTED = (
    "assigned",
    "completed",
    "quality_failures",
    "quality_exempt",
    "late",
    "late_exempt",
)


@dataclass(frozen=True, slots=True)
class PayRate:
    """`rate` is None for who has no band: people decide."""

    rule: Rule
    kind: str
    rate: Fraction | None


@dataclass(frozen=True, slots=True)
class HeadcountEvidence:
    """A measure that the policy shows as evidence beside the score."""

    rule: Rule
    unit: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Reached:
    """How much of a criterion, an element or a product was reached: 0 to 1."""

    kind: Literal["CRITERION", "ELEMENT", "PRODUCT"]
    code: str
    share: Fraction


def pay_rates(compiled: CompiledPolicy, band: str | None, period: str) -> tuple[PayRate, ...]:
    """By the final band, after the quota. `period` is the kind of the period."""
    env = compiled.environment(Snapshot())
    return tuple(
        PayRate(pay.rule, pay.kind, None if band is None else pay.rates[band].evaluate(env))
        for pay in compiled.policy.consequences.pay
        if period in pay.periods and (band is None or band in pay.rates)
    )


def proposals(result: ScoreResult, band: str | None, period: str) -> tuple[Proposal, ...]:
    """What the result proposes once its band is final."""
    if result.total is None or result.counted_total is None or band is None:
        return ()
    compiled = result.compiled
    env = compiled.environment(result.snapshot)
    env.outcome = {
        "total": result.total,
        "counted_total": result.counted_total,
        "raw_band": result.raw_band or band,
        "band": band,
        "state": result.state,
    }
    if compiled.looks_back:
        env.lists = with_timeline(env, result.total, band)
    return tuple(
        each
        for each in compiled.policy.consequences.proposals
        if period in each.periods and holds(each.when, env)
    )


def evidence_of(
    compiled: CompiledPolicy, components: Mapping[str, Fraction]
) -> tuple[HeadcountEvidence, ...]:
    return tuple(
        HeadcountEvidence(measure.rule, measure.unit, components[name])
        for name, measure in compiled.policy.measures.items()
        if measure.evidence and measure.unit == "people" and name in components
    )


def weak_below(compiled: CompiledPolicy) -> Fraction | None:
    """The share under which something calls for training; None where the policy has no such
    rule."""
    training = compiled.policy.consequences.training
    if training is None:
        return None
    return training.weak_below.evaluate(compiled.environment(Snapshot()))


def reached_shares(compiled: CompiledPolicy, snapshot: Snapshot) -> Iterator[Reached]:
    """Of each criterion and element that was rated, of its maximum; of each product, the lowest of
    how much was completed, to quality, and in time."""
    known = compiled.vocabulary
    for code, scale in known.criteria.items():
        points = snapshot.numbers.get(f"{GENERAL.name}.{code}")
        if points is not None and scale.high:
            yield Reached("CRITERION", code, points / scale.high)
    for code, scale in known.scales.items():
        points = snapshot.numbers.get(f"{ELEMENTS.name}.{code}")
        if points is not None and scale.high:
            yield Reached("ELEMENT", code, points / scale.high)
    yield from _products(snapshot)


def weak_codes(result: ScoreResult) -> frozenset[str]:
    """Of one person."""
    least = weak_below(result.compiled)
    shares = reached_shares(result.compiled, result.snapshot)
    return frozenset(each.code for each in shares if least is not None and each.share < least)


def _products(snapshot: Snapshot) -> Iterator[Reached]:
    work = snapshot.table(WORK.name)
    if not len(work):
        return
    quantities = [work.numbers[name].fractions() for name in _COUNTED]
    by_code: dict[str, tuple[Fraction, ...]] = {}
    for item, *row in zip(work.cells["item"], *quantities, strict=True):
        code = str(item).partition("@")[0]
        known = by_code.get(code, (Fraction(0),) * len(_COUNTED))
        by_code[code] = tuple(one + more for one, more in zip(known, row, strict=True))
    for code, (assigned, completed, failed, excused, late, exempt) in by_code.items():
        if assigned > 0:
            sound, timely = _kept(completed, failed - excused), _kept(completed, late - exempt)
            yield Reached("PRODUCT", code, min(_ALL, completed / assigned, sound, timely))


def _kept(completed: Fraction, lost: Fraction) -> Fraction:
    """What is left of the completed, as a share."""
    return max(Fraction(0), 1 - max(lost, Fraction(0)) / completed) if completed else Fraction(0)
