"""`score`: a pure function of a compiled policy and a snapshot (E-I2)."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import exact_text, round_half_up
from congvu_scoring.common.limits import PLACES_MAX, OverLimit
from congvu_scoring.engine.compiled import CompiledPolicy, require
from congvu_scoring.engine.counted_rows import asks_board
from congvu_scoring.engine.head_cap import caps_heads
from congvu_scoring.engine.policy import Band, BandRule, Bands, Measure, Policy
from congvu_scoring.engine.result import FiredTrigger, InForce, ScoreResult, unscored
from congvu_scoring.engine.snapshot_checks import check_snapshot, require_whole
from congvu_scoring.engine.snapshot_codes import check_codes
from congvu_scoring.expressions.base import Condition
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.snapshots.sections import HISTORY, TIMELINE
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Table
from congvu_scoring.snapshots.timeline import timeline

REFUSED = "REFUSED"
"""Why there is no score, where the refusal names no rule."""


def score(compiled: CompiledPolicy, snapshot: Snapshot) -> ScoreResult:
    """Compute, read the band, then apply gates, caps, vetoes and hard fails (E-I9)."""
    policy = compiled.policy
    require_whole(snapshot)
    check_snapshot(policy, compiled.ranges, snapshot)
    check_codes(policy, compiled.reads, snapshot)
    env = compiled.environment(snapshot)
    # Before the constraints: who has no elements breaks no weights.
    unfit = _without_score(compiled, snapshot, env)
    if unfit is not None:
        return unfit
    for constraint in policy.constraints:
        if constraint.reads_snapshot:
            require(constraint, env)
    components = _components(policy, env)
    total = env.found[policy.total]
    if isinstance(total, NotEvaluable):
        return unscored(compiled, snapshot, "NOT_EVALUABLE", components, total)
    raw_band = read_band(policy.bands, total, env)
    env.outcome = {"total": total, "raw_band": raw_band, "band": raw_band, "state": "SCORED"}
    if compiled.looks_back:
        env.lists = with_timeline(env, total, raw_band)
    band, counted, in_force = _apply_rules(policy, total, raw_band, env)
    env.outcome = {**env.outcome, "band": band, "counted_total": counted}
    if compiled.looks_back:
        env.lists = with_timeline(env, total, band)
    return ScoreResult(
        compiled=compiled,
        snapshot=snapshot,
        state="SCORED",
        components=components,
        total=total,
        counted_total=counted,
        raw_band=raw_band,
        band=band,
        reasons=tuple(item.rule.rule.id for item in in_force if item.changed),
        in_force=in_force,
        fired=_fired(policy, env),
        why_not=None,
    )


def _without_score(
    compiled: CompiledPolicy, snapshot: Snapshot, env: Environment
) -> ScoreResult | None:
    """The result of who is not to be scored: by a state of the policy, or before the board looked
    at what nobody checked."""
    policy = compiled.policy
    for rule in policy.states:
        if holds(rule.when, env):
            because = NotEvaluable(rule.rule, rule.rule.text)
            return unscored(compiled, snapshot, rule.state, _sound(policy, env), because)
    waiting = asks_board(policy, compiled.constants, snapshot)
    if waiting is None:
        return None
    return unscored(compiled, snapshot, "NOT_EVALUABLE", {}, waiting)


def score_anyway(compiled: CompiledPolicy, snapshot: Snapshot) -> ScoreResult:
    """What `score` gives; where it refuses, a result without a score that says why, so that one
    person's trouble stops nobody else's (E-I14). Pure like `score`: it recomputes the same."""
    try:
        return score(compiled, snapshot)
    except Invalid as refused:
        name = refused.rule_id or REFUSED
        rule = Rule(name, compiled.policy.sources[0].id, Bilingual(refused.vi, refused.en))
        because = NotEvaluable(rule, rule.text)
        result = unscored(compiled, snapshot, "NOT_EVALUABLE", {}, because)
        return replace(result, reasons=(name,))
    except NotEvaluable as because:  # Of a band or an effect; that of a measure is a result.
        result = unscored(compiled, snapshot, "NOT_EVALUABLE", {}, because)
        return replace(result, reasons=(because.rule.id,))


def with_timeline(env: Environment, total: Fraction, band: str) -> dict[str, Table]:
    history, period = env.rows_of(HISTORY.name), env.snapshot.texts.get("period")
    return {**env.lists, TIMELINE: timeline(history, period, total, band)}


def holds(condition: Condition, env: Environment) -> bool:
    """A condition about something that has no value does not hold."""
    try:
        return condition.evaluate(env)
    except NotEvaluable:
        return False


def _components(policy: Policy, env: Environment) -> dict[str, Fraction]:
    """Every shown measure that has a value; each lies in its declared range (E-I5)."""
    components: dict[str, Fraction] = {}
    for name, measure, value in _values(policy, env):
        if not measure.allows(value):
            raise _out_of_range(name, measure, value)
        if measure.shown:
            components[name] = value
    return components


def _sound(policy: Policy, env: Environment) -> dict[str, Fraction]:
    """Of somebody without a score: those shown measures that lie in their ranges."""
    return {
        name: value
        for name, measure, value in _values(policy, env)
        if measure.shown and measure.allows(value)
    }


def _values(policy: Policy, env: Environment) -> Iterator[tuple[str, Measure, Fraction]]:
    for name, measure in policy.measures.items():
        try:
            yield name, measure, env.measure(name)
        except NotEvaluable:
            continue


def _out_of_range(name: str, measure: Measure, value: Fraction) -> Invalid:
    low = "–" if measure.low is None else exact_text(measure.low)
    high = "–" if measure.high is None else exact_text(measure.high)
    got = exact_text(value)
    return Invalid(
        en=f"{name} is {got}, outside {low} to {high} (E-I5)",
        vi=f"{name} bằng {got}, ngoài khoảng {low} đến {high} (E-I5)",
        field=name,
        rule_id=measure.rule.id,
    )


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


def _apply_rules(
    policy: Policy, total: Fraction, raw_band: str, env: Environment
) -> tuple[str, Fraction, tuple[InForce, ...]]:
    band, counted = raw_band, total
    in_force: list[InForce] = []
    for rule in (*policy.rules, *caps_heads(policy, env)):
        if not holds(rule.when, env):
            continue
        after = _band_after(rule, band, policy.bands.codes)
        if rule.effect.counted_total is not None:
            counted = rule.effect.counted_total.evaluate(env)
        in_force.append(InForce(rule, after != band, rule.when.facts(env)))
        band = after
        env.outcome = {**env.outcome, "band": band}
    return band, counted, tuple(in_force)


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


def _fired(policy: Policy, env: Environment) -> tuple[FiredTrigger, ...]:
    return tuple(
        FiredTrigger(
            trigger.rule.id,
            trigger.rule.clause,
            trigger.rule.text,
            trigger.case,
            trigger.when.facts(env),
        )
        for trigger in policy.triggers
        if holds(trigger.when, env)
    )
