"""Weights: each inside its bounds, each group and each weighted sum exactly 100 (E-I6)."""

from fractions import Fraction

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.exact import comma, exact_text
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.base import Expression
from congvu_scoring.expressions.leaves import Literal
from congvu_scoring.expressions.location import Location, found_at
from congvu_scoring.operators.values import Constant
from congvu_scoring.operators.weighted_sum import HUNDRED, WeightedSum


def default_weights(policy: Policy) -> dict[str, Fraction]:
    return complete_weights(
        policy,
        {
            weight.name: weight.default
            for group in policy.weight_groups
            for weight in group.weights
            if weight.default is not None
        },
    )


def complete_weights(policy: Policy, chosen: dict[str, Fraction]) -> dict[str, Fraction]:
    """Every weight inside its bounds, each group exactly 100 (E-I6), the rest filled in."""
    weights = dict(chosen)
    for group in policy.weight_groups:
        given = sum((chosen.get(item.name, Fraction(0)) for item in group.weights), Fraction(0))
        here = found_at(f"weights.{group.rule.id}", group.rule.id)
        for item in group.weights:
            if item.rest:
                weights[item.name] = HUNDRED - given
            value = weights[item.name]
            if not item.low <= value <= item.high:
                low, high, got = exact_text(item.low), exact_text(item.high), exact_text(value)
                spot = here.at("items").at(item.name).of_rule(item.name)
                raise _weights_refused(
                    spot,
                    f"the weight {got} lies outside {low} to {high}",
                    f"trọng số {comma(got)} ngoài khoảng {comma(low)} đến {comma(high)}",
                )
        whole = sum((weights[item.name] for item in group.weights), Fraction(0))
        if whole != HUNDRED:
            got = exact_text(whole)
            raise _weights_refused(
                here,
                f"the weights sum to {got}, not 100",
                f"tổng trọng số là {comma(got)}, không phải 100",
            )
    return weights


def _weights_refused(here: Location, en: str, vi: str) -> Invalid:
    return here.refuse(f"{en} (E-I6)", f"{vi} (E-I6)")


def check_weights(policy: Policy, constants: dict[str, Fraction]) -> None:
    """Each weighted sum adds up to exactly 100 with these weights and numeric switches.

    Weights that depend on a snapshot are checked when it is scored.
    """
    for name, measure in policy.measures.items():
        for node in measure.value.walk():
            if not isinstance(node, WeightedSum):
                continue
            known = [_constant(part.weight, policy, constants) for part in node.parts]
            whole = sum((value for value in known if value is not None), Fraction(0))
            if None not in known and whole != HUNDRED:
                got = exact_text(whole)
                raise _weights_refused(
                    found_at(f"measures.{name}.value", name),
                    f"the weights sum to {got}, not 100",
                    f"tổng trọng số là {comma(got)}, không phải 100",
                )


def _constant(node: Expression, policy: Policy, constants: dict[str, Fraction]) -> Fraction | None:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Constant):
        found = constants.get(node.name)
        return Fraction(policy.switches[node.name].default) if found is None else found
    return None
