"""`score`: a pure function of a compiled policy and a snapshot (E-I2)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import comma, exact_text, exact_vi
from congvu_scoring.engine.compiled import CompiledPolicy, require
from congvu_scoring.engine.counted_rows import asks_board
from congvu_scoring.engine.outcome import Outcome, concluded, holds, read_band
from congvu_scoring.engine.policy import Measure, Policy
from congvu_scoring.engine.result import ScoreResult, State, unscored
from congvu_scoring.engine.snapshot_checks import check_snapshot, require_whole
from congvu_scoring.engine.snapshot_codes import check_codes
from congvu_scoring.engine.yearly import (
    is_year,
    of_periods,
    reads_the_year,
    shown_components,
    with_bands,
)
from congvu_scoring.expressions.environment import Environment, NotEvaluable
from congvu_scoring.snapshots.sections import PERIODS
from congvu_scoring.snapshots.snapshot import Snapshot

REFUSED = "REFUSED"
"""Why there is no score, where the refusal names no rule."""


def score(compiled: CompiledPolicy, snapshot: Snapshot) -> ScoreResult:
    """Compute, read the band, then apply gates, caps, vetoes and hard fails (E-I9)."""
    policy = compiled.policy
    require_whole(snapshot)
    check_snapshot(policy, compiled.ranges, snapshot)
    check_codes(policy, compiled.reads, snapshot)
    if is_year(snapshot):
        return _year(compiled, snapshot)
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
    outcome = concluded(compiled, total, raw_band, env)
    return _scored(compiled, snapshot, components, outcome)


def _year(compiled: CompiledPolicy, snapshot: Snapshot) -> ScoreResult:
    """Of the months or quarters that the snapshot names; nothing else of the year is counted, and
    vetoes of the year have their say."""
    env = compiled.environment(snapshot)
    periods = with_bands(compiled, snapshot.table(PERIODS.name))
    year = of_periods(compiled, periods, env)
    components = shown_components(year.counted)
    if year.because is not None or year.band is None:
        state: State = "NOT_EVALUABLE" if year.rated else "NOT_RATED"
        because = year.because or env.missing("Chưa có mức xếp loại", "there is no band")
        return unscored(compiled, snapshot, state, components, because)
    outcome = concluded(compiled, year.total, year.band, env, asks=reads_the_year)
    return _scored(compiled, snapshot, components, outcome)


def _scored(
    compiled: CompiledPolicy,
    snapshot: Snapshot,
    components: Mapping[str, Fraction],
    outcome: Outcome,
) -> ScoreResult:
    return ScoreResult(
        compiled=compiled,
        snapshot=snapshot,
        state="SCORED",
        components=components,
        total=outcome.total,
        counted_total=outcome.counted_total,
        raw_band=outcome.raw_band,
        band=outcome.band,
        reasons=tuple(item.rule.rule.id for item in outcome.in_force if item.changed),
        in_force=outcome.in_force,
        fired=outcome.fired,
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
    return Invalid(
        en=f"{name} is {exact_text(value)}, outside {low} to {high} (E-I5)",
        vi=f"{name} bằng {exact_vi(value)}, ngoài khoảng {comma(low)} đến {comma(high)} (E-I5)",
        field=name,
        rule_id=measure.rule.id,
    )
