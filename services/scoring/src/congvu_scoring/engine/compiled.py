"""A policy with its switches and weights fixed: what a period pins and every score runs on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from congvu_kit.domain.canonical import Json, fingerprint
from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.bilingual import Bilingual, Rule
from congvu_scoring.common.exact import comma, exact, exact_text, exact_vi
from congvu_scoring.engine.consequences import RATE_MAX
from congvu_scoring.engine.counted_rows import counted_rows
from congvu_scoring.engine.policy import Constraint, Policy
from congvu_scoring.engine.reads import reads_of
from congvu_scoring.engine.snapshot_checks import stated_ranges
from congvu_scoring.engine.vocabulary import Vocabulary, vocabulary_of
from congvu_scoring.engine.weights import check_weights, complete_weights
from congvu_scoring.expressions.base import Number, Range
from congvu_scoring.expressions.declarations import Switch
from congvu_scoring.expressions.environment import Environment, NotEvaluable, Value
from congvu_scoring.expressions.reads import Reads
from congvu_scoring.snapshots.snapshot import Snapshot


@dataclass(frozen=True)
class CompiledPolicy:
    """`hash` binds the policy document and every switch and weight in force."""

    policy: Policy
    constants: Mapping[str, Value]
    hash: str

    @cached_property
    def ranges(self) -> dict[str, Range]:
        """The range of every number a snapshot may state."""
        return stated_ranges(self.policy)

    @cached_property
    def reads(self) -> Reads:
        """What of a snapshot its rules read."""
        return reads_of(self.policy)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The codes that may be entered for it."""
        return vocabulary_of(self.policy)

    @cached_property
    def rated_by_others(self) -> Mapping[str, Bilingual]:
        """The elements that nobody types, with where each figure comes from."""
        rules = self.policy.rated_by_others
        if rules is None:
            return {}
        name, value = rules.lifted_by or (None, None)
        return {} if name is not None and self.constants[name] == value else rules.elements

    @cached_property
    def looks_back(self) -> bool:
        """Whether a rule or trigger reads the periods up to now."""
        return self.reads.past

    @property
    def ref(self) -> str:
        return self.policy.ref

    def settings(self) -> dict[str, Json]:
        """Every switch and weight with the value in force."""
        return dict(sorted(_settings(self.policy, self.constants).items()))

    def environment(self, snapshot: Snapshot) -> Environment:
        policy = self.policy
        rule = Rule(policy.id, policy.sources[0].id, Bilingual(policy.title.vi, policy.title.en))
        lists = counted_rows(policy, self.constants, snapshot)
        return Environment(
            snapshot, self.constants, policy.measures, policy.bands.codes, rule, lists
        )


def compile_policy(policy: Policy, switches: Mapping[str, str] | None = None) -> CompiledPolicy:
    """Fix the switches and weights; `Invalid` names what refuses."""
    given = {name: str(value) for name, value in (switches or {}).items()}
    numbers = _chosen_weights(policy, given)
    constants: dict[str, Value] = dict(numbers)
    for name, switch in policy.switches.items():
        value = _switch_value(policy, switch, given.get(name, switch.default))
        constants[name] = value
        if isinstance(value, Fraction):
            numbers[name] = value
    check_weights(policy, numbers)
    settings = _settings(policy, constants)
    compiled = CompiledPolicy(
        policy, constants, fingerprint({"policy": policy.hash, "settings": settings})
    )
    env = compiled.environment(Snapshot())
    for constraint in policy.constraints:
        if not constraint.reads_snapshot:
            require(constraint, env)
    for rule_id, where, rate, most in _rates(policy):
        _check_rate(rule_id, where, rate.evaluate(env), most)
    return compiled


def _rates(policy: Policy) -> Iterator[tuple[str, str, Number, int]]:
    """Every number that switches decide for everybody, and the most it may be."""
    for quota in policy.quotas:
        yield quota.rule.id, "quota.rate", quota.rate, 1
    for pay in policy.consequences.pay:
        for band, rate in pay.rates.items():
            yield pay.rule.id, f"consequences.pay.rates.{band}", rate, RATE_MAX
    training = policy.consequences.training
    if training is not None:
        yield training.rule.id, "consequences.training.weak_below", training.weak_below, 1


def _check_rate(rule_id: str, where: str, value: Fraction, most: int) -> None:
    if not 0 <= value <= most:
        raise Invalid(
            en=f"rule {rule_id}: the rate is {exact_text(value)}, outside 0 to {most}",
            vi=f"quy tắc {rule_id}: tỷ lệ bằng {exact_vi(value)}, ngoài khoảng 0 đến {most}",
            field=where,
            rule_id=rule_id,
        )


def _settings(policy: Policy, constants: Mapping[str, Value]) -> dict[str, Json]:
    """Without the language's own switches at their defaults, which policies had before them."""
    return {
        name: exact_text(value) if isinstance(value, Fraction) else value
        for name, value in constants.items()
        if name not in policy.standing or value != policy.switches[name].default
    }


def _chosen_weights(policy: Policy, given: Mapping[str, str]) -> dict[str, Fraction]:
    """Every weight, the chosen ones as given; refuses names that are no switch or free weight."""
    weights = {weight.name: weight for group in policy.weight_groups for weight in group.weights}
    for name in given:
        if name not in policy.switches and name not in weights:
            known = ", ".join((*policy.switches, *weights)) or "–"
            raise _refuse(
                policy,
                name,
                f"no switch {name!r}; the policy has: {known}",
                f"không có công tắc {name!r}; quy chế có: {known}",
            )
        if name in weights and weights[name].rest:
            raise _refuse(policy, name, "it takes the rest to 100", "nhận phần còn lại của 100")
    chosen = {
        name: exact(given[name], f"switches.{name}") if name in given else weight.default
        for name, weight in weights.items()
    }
    return complete_weights(
        policy, {name: value for name, value in chosen.items() if value is not None}
    )


def require(constraint: Constraint, env: Environment) -> None:
    """Refuse when the constraint does not hold; one that cannot be told holds."""
    try:
        holds = constraint.require.evaluate(env)
    except NotEvaluable:
        return
    if not holds:
        facts, rule = constraint.require.facts(env), constraint.rule
        en = ", ".join(f"{fact.name} = {fact.value}" for fact in facts)
        vi = ", ".join(f"{fact.name} = {comma(fact.value)}" for fact in facts)
        raise Invalid(
            en=f"rule {rule.id}: {rule.text.en}{f' ({en})' if en else ''}",
            vi=f"quy tắc {rule.id}: {rule.text.vi}{f' ({vi})' if vi else ''}",
            field=f"constraints.{rule.id}",
            rule_id=rule.id,
        )


def _switch_value(policy: Policy, switch: Switch, given: str) -> Value:
    if not switch.numeric:
        names = [name for name, _ in switch.values]
        if given not in names:
            known = ", ".join(names)
            raise _refuse(
                policy,
                switch.name,
                f"{given!r} is none of {known}",
                f"{given!r} không thuộc {known}",
            )
        return given
    value = exact(given, f"switches.{switch.name}")
    if (switch.low is not None and value < switch.low) or (
        switch.high is not None and value > switch.high
    ):
        low = "–" if switch.low is None else exact_text(switch.low)
        high = "–" if switch.high is None else exact_text(switch.high)
        raise _refuse(
            policy,
            switch.name,
            f"{given} lies outside {low} to {high}",
            f"{comma(given)} ngoài khoảng {comma(low)} đến {comma(high)}",
        )
    return value


def _refuse(policy: Policy, name: str, en: str, vi: str) -> Invalid:
    return Invalid(
        en=f"{policy.ref}: switches.{name}: {en}",
        vi=f"{policy.ref}: switches.{name}: {vi}",
        field=f"switches.{name}",
        rule_id=name,
    )
