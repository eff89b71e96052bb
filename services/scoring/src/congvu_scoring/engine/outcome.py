"""From a total to what follows of it: the band, the rules in force, the triggers (E-I9)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.common.exact import round_half_up
from congvu_scoring.common.limits import PLACES_MAX, OverLimit
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.head_cap import caps_heads
from congvu_scoring.engine.policy import Band, BandRule, Bands
from congvu_scoring.expressions.base import Condition
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.expressions.explanation import Input
from congvu_scoring.snapshots.sections import HISTORY, TIMELINE
from congvu_scoring.snapshots.tables import Table
from congvu_scoring.snapshots.timeline import timeline


@dataclass(frozen=True, slots=True)
class InForce:
    """A gate, cap, veto or hard fail whose condition holds; `changed` if it moved the band."""

    rule: BandRule
    changed: bool
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class FiredTrigger:
    id: str
    clause: str
    text: Bilingual
    case: Bilingual
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    total: Fraction | None
    raw_band: str
    band: str
    counted_total: Fraction | None
    in_force: tuple[InForce, ...]
    fired: tuple[FiredTrigger, ...]


def concluded(
    compiled: CompiledPolicy,
    total: Fraction | None,
    raw_band: str,
    env: Environment,
    *,
    asks: Callable[[Condition], bool] = lambda _: True,
) -> Outcome:
    """Gates, caps, vetoes and hard fails, then triggers: those that `asks` takes."""
    known = {} if total is None else {"total": total}
    env.outcome = {**known, "raw_band": raw_band, "band": raw_band, "state": "SCORED"}
    _look_back(compiled, total, raw_band, env)
    outcome = _ruled(compiled, total, raw_band, env, asks)
    counted = {} if outcome.counted_total is None else {"counted_total": outcome.counted_total}
    env.outcome = {**env.outcome, "band": outcome.band, **counted}
    _look_back(compiled, total, outcome.band, env)
    fired = tuple(
        FiredTrigger(
            trigger.rule.id,
            trigger.rule.clause,
            trigger.rule.text,
            trigger.case,
            trigger.when.facts(env),
        )
        for trigger in compiled.policy.triggers
        if asks(trigger.when) and holds(trigger.when, env)
    )
    return replace(outcome, fired=fired)


def _look_back(
    compiled: CompiledPolicy, total: Fraction | None, band: str, env: Environment
) -> None:
    if compiled.looks_back and total is not None:
        env.lists = with_timeline(env, total, band)


def with_timeline(env: Environment, total: Fraction, band: str) -> dict[str, Table]:
    history, period = env.rows_of(HISTORY.name), env.snapshot.texts.get("period")
    return {**env.lists, TIMELINE: timeline(history, period, total, band)}


def _ruled(
    compiled: CompiledPolicy,
    total: Fraction | None,
    raw_band: str,
    env: Environment,
    asks: Callable[[Condition], bool],
) -> Outcome:
    band, counted = raw_band, total
    in_force: list[InForce] = []
    for rule in (*compiled.policy.rules, *caps_heads(compiled.policy, env)):
        if not (asks(rule.when) and holds(rule.when, env)):
            continue
        after = _band_after(rule, band, compiled.policy.bands.codes)
        if rule.effect.counted_total is not None:
            counted = rule.effect.counted_total.evaluate(env)
        in_force.append(InForce(rule, after != band, rule.when.facts(env)))
        band = after
        env.outcome = {**env.outcome, "band": band}
    return Outcome(total, raw_band, band, counted, tuple(in_force), ())


def _band_after(rule: BandRule, band: str, codes: tuple[str, ...]) -> str:
    if rule.effect.band is not None:
        return rule.effect.band
    rank = codes.index(band) + rule.effect.lower_by - rule.effect.raise_by
    rank = max(0, min(len(codes) - 1, rank))
    if rule.effect.band_at_most is not None:
        rank = max(rank, codes.index(rule.effect.band_at_most))
    if rule.effect.band_at_least is not None:
        rank = min(rank, codes.index(rule.effect.band_at_least))
    return codes[rank]


def holds(condition: Condition, env: Environment) -> bool:
    """A condition about something that has no value does not hold."""
    try:
        return condition.evaluate(env)
    except NotEvaluable:
        return False


def read_band(bands: Bands, total: Fraction, env: Environment) -> str:
    """The first band whose threshold the exact (or, if so chosen, rounded) value reaches."""
    value = total if bands.of is None else bands.of.evaluate(env)
    rounded = bands.read_on is not None and bands.read_on.evaluate(env) != "EXACT"
    if bands.places is not None and (bands.read_on is None or rounded):
        places = bands.places.evaluate(env)
        if not 0 <= places <= PLACES_MAX:
            raise OverLimit
        value = round_half_up(value, int(places))
    return next(band.code for band in bands.table if _reached(band, value, env))


def _reached(band: Band, value: Fraction, env: Environment) -> bool:
    least = band.least(env.constants)
    if least is not None and (value <= least if band.strictly else value < least):
        return False
    return band.when is None or holds(band.when, env)
