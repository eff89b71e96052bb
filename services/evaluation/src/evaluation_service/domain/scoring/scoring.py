"""`score`: a pure function of a compiled policy and a snapshot (E-I2)."""

from fractions import Fraction

from congvu_kit.errors import Invalid

from .compiled import CompiledPolicy, require
from .environment import Environment, NotEvaluable
from .exact import exact_text, round_half_up
from .expressions.base import Condition
from .expressions.measures import Criteria
from .expressions.timeline import TIMELINE, timeline
from .policy import BandRule, Bands, Policy
from .result import FiredTrigger, InForce, ScoreResult, unscored
from .snapshot import Snapshot
from .tables import Table


def score(compiled: CompiledPolicy, snapshot: Snapshot) -> ScoreResult:
    """Compute, read the band, then apply gates, caps, vetoes and hard fails (E-I9)."""
    policy = compiled.policy
    check_snapshot(policy, snapshot)
    env = compiled.environment(snapshot)
    for constraint in policy.constraints:
        if constraint.reads_snapshot:
            require(constraint, env)
    for rule in policy.states:
        if _holds(rule.when, env):
            because = NotEvaluable(rule.rule, rule.rule.words)
            return unscored(compiled, snapshot, rule.state, _components(env), because)
    components = _components(env)
    total = env.found[policy.total]
    if isinstance(total, NotEvaluable):
        return unscored(compiled, snapshot, "NOT_EVALUABLE", components, total)
    raw_band = read_band(policy.bands, total, env)
    env.outcome = {"total": total, "raw_band": raw_band, "band": raw_band, "state": "SCORED"}
    env.lists = _timeline(snapshot, total, raw_band)
    band, counted, in_force = _apply_rules(policy, total, raw_band, env)
    env.outcome = {**env.outcome, "band": band, "counted_total": counted}
    env.lists = _timeline(snapshot, total, band)
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


def _timeline(snapshot: Snapshot, total: Fraction, band: str) -> dict[str, Table]:
    history = snapshot.table("history")
    return {TIMELINE: timeline(history, snapshot.texts.get("period"), total, band)}


def _holds(condition: Condition, env: Environment) -> bool:
    """A condition about something that has no value does not hold."""
    try:
        return condition.evaluate(env)
    except NotEvaluable:
        return False


def _components(env: Environment) -> dict[str, Fraction]:
    """Every shown measure that has a value; each lies in its declared range (E-I5)."""
    components: dict[str, Fraction] = {}
    for name, measure in env.measures.items():
        try:
            value = env.measure(name)
        except NotEvaluable:
            continue
        if (measure.low is not None and value < measure.low) or (
            measure.high is not None and value > measure.high
        ):
            low = "–" if measure.low is None else exact_text(measure.low)
            high = "–" if measure.high is None else exact_text(measure.high)
            got = exact_text(value)
            raise Invalid(
                en=f"{name} is {got}, outside {low} to {high} (E-I5)",
                vi=f"{name} bằng {got}, ngoài khoảng {low} đến {high} (E-I5)",
                field=name,
                rule_id=measure.rule.id,
            )
        if measure.shown:
            components[name] = value
    return components


def read_band(bands: Bands, total: Fraction, env: Environment) -> str:
    """The first band whose threshold the exact (or, if so chosen, rounded) value reaches."""
    value = total if bands.of is None else bands.of.evaluate(env)
    rounded = bands.read_on is not None and bands.read_on.evaluate(env) != "EXACT"
    if bands.places is not None and (bands.read_on is None or rounded):
        value = round_half_up(value, int(bands.places.evaluate(env)))
    for band in bands.table:
        if band.at_least is None or value >= band.at_least:
            return band.code
    raise AssertionError("the lowest band has no threshold")


def _apply_rules(
    policy: Policy, total: Fraction, raw_band: str, env: Environment
) -> tuple[str, Fraction, tuple[InForce, ...]]:
    band, counted = raw_band, total
    in_force: list[InForce] = []
    for rule in policy.rules:
        if not _holds(rule.when, env):
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
    most = rule.effect.band_at_most
    if most is not None and codes.index(band) < codes.index(most):
        return most
    return band


def _fired(policy: Policy, env: Environment) -> tuple[FiredTrigger, ...]:
    return tuple(
        FiredTrigger(
            trigger.rule.id,
            trigger.rule.clause,
            trigger.rule.words,
            trigger.case,
            trigger.when.facts(env),
        )
        for trigger in policy.triggers
        if _holds(trigger.when, env)
    )


def check_snapshot(policy: Policy, snapshot: Snapshot) -> None:
    """The subject is one the policy is for, and every declared input lies in its range."""
    kind = snapshot.texts.get("subject.kind")
    if kind is not None and kind not in policy.subjects:
        kinds = ", ".join(policy.subjects)
        raise _refuse(
            policy.id,
            "subject.kind",
            f"the policy is for {kinds}, not {kind}",
            f"quy chế áp dụng cho {kinds}, không phải {kind}",
        )
    unit = snapshot.texts.get("subject.unit")
    if policy.units and unit is not None and unit not in policy.units:
        raise _refuse(
            policy.id,
            "subject.unit",
            f"the policy is limited to named units; {unit!r} is none of them",
            f"quy chế chỉ áp dụng cho đơn vị thí điểm; {unit!r} không thuộc danh sách",
        )
    for path, declared in policy.inputs.items():
        value = snapshot.numbers.get(path)
        if value is None:
            continue
        if (declared.low is not None and value < declared.low) or (
            declared.high is not None and value > declared.high
        ):
            low = "–" if declared.low is None else exact_text(declared.low)
            high = "–" if declared.high is None else exact_text(declared.high)
            raise _refuse(
                policy.id, path, f"must lie in {low} to {high}", f"phải từ {low} đến {high}"
            )
    _check_criteria(policy, snapshot)


def _check_criteria(policy: Policy, snapshot: Snapshot) -> None:
    for measure in policy.measures.values():
        for node in measure.value.walk():
            if isinstance(node, Criteria):
                _check_rated(node, measure.rule.id, snapshot)


def _check_rated(node: Criteria, rule: str, snapshot: Snapshot) -> None:
    known = {f"{node.source}.{item.key}": item.maximum for item in node.criteria}
    if node.total is not None:
        known[node.total] = node.maximum
    for path, maximum in known.items():
        value = snapshot.numbers.get(path)
        if value is not None and not 0 <= value <= maximum:
            most = exact_text(maximum)
            raise _refuse(rule, path, f"must lie in 0 to {most}", f"phải từ 0 đến {most}")
    if node.source == "general":
        for path in snapshot.numbers:
            if path.startswith("general.") and path not in known:
                raise _refuse(
                    rule, path, "the policy has no such criterion", "quy chế không có tiêu chí này"
                )


def _refuse(rule: str, path: str, en: str, vi: str) -> Invalid:
    return Invalid(
        en=f"snapshot.{path}: {en}",
        vi=f"snapshot.{path}: {vi}",
        field=f"snapshot.{path}",
        rule_id=rule,
    )
