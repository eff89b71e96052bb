"""What a policy reads of a snapshot, told from its expressions alone."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.base import Expression
from congvu_scoring.expressions.reads import NOTHING, Reads


def reads_of(policy: Policy) -> Reads:
    expressions = (
        *(measure.value for measure in policy.measures.values()),
        *(found for _, found in outcome_expressions(policy)),
    )
    return reduce(or_, (expression.reads_in_all() for expression in expressions), NOTHING)


def outcome_expressions(policy: Policy) -> Iterator[tuple[str, Expression]]:
    """Every expression that shapes the outcome, by the rule it belongs to."""
    for state in policy.states:
        yield state.rule.id, state.when
    for constraint in policy.constraints:
        yield constraint.rule.id, constraint.require
    for rule in policy.rules:
        yield rule.rule.id, rule.when
        if rule.effect.counted_total is not None:
            yield rule.rule.id, rule.effect.counted_total
    for trigger in policy.triggers:
        yield trigger.rule.id, trigger.when
    for quota in policy.quotas:
        yield quota.rule.id, quota.rate
    yield from policy.consequences.expressions()
    bands = policy.bands
    read_on = (bands.of, bands.places, bands.read_on, *(band.when for band in bands.table))
    yield from (("bands", node) for node in read_on if node is not None)
    yield from _rolled_up(policy)


def _rolled_up(policy: Policy) -> Iterator[tuple[str, Expression]]:
    methods = () if policy.roll_up is None else policy.roll_up.methods.values()
    for method in methods:
        if method.total is not None:
            yield method.rule.id, method.total
        for when, _ in method.bands:
            yield method.rule.id, when
