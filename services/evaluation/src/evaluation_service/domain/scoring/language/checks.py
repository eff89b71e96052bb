"""What can only be seen with the whole policy in hand: weights, units, unreachable rules."""

from collections.abc import Iterator
from fractions import Fraction

from congvu_kit.errors import Invalid

from ..exact import exact_text
from ..expressions.base import Expression
from ..expressions.conditions import Always
from ..expressions.measures import WeightedSum
from ..expressions.values import Constant, Literal, MeasureValue, TextConstant
from ..policy import Policy
from .place import Place, Scope
from .units import unit_of

_HUNDRED = Fraction(100)


def check_policy(policy: Policy) -> None:
    check_weights(policy, default_weights(policy))
    _check_units(policy)
    _check_reachable(policy)
    begins, ends = policy.effective_from, policy.effective_to
    if begins and ends and ends <= begins:
        raise _at("effective_to", "policy").refuse(
            "ends before it begins", "hết hiệu lực trước khi có hiệu lực"
        )


def _at(path: str, rule: str) -> Place:
    return Place(path, rule, Scope())


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
        place = _at(f"weights.{group.rule.id}", group.rule.id)
        for item in group.weights:
            if item.rest:
                weights[item.name] = _HUNDRED - given
            value = weights[item.name]
            if not item.low <= value <= item.high:
                low, high, got = exact_text(item.low), exact_text(item.high), exact_text(value)
                spot = place.at("items").at(item.name).of_rule(item.name)
                raise _weights_refused(
                    spot,
                    f"the weight {got} lies outside {low} to {high}",
                    f"trọng số {got} ngoài khoảng {low} đến {high}",
                )
        whole = sum((weights[item.name] for item in group.weights), Fraction(0))
        if whole != _HUNDRED:
            got = exact_text(whole)
            raise _weights_refused(
                place,
                f"the weights sum to {got}, not 100",
                f"tổng trọng số là {got}, không phải 100",
            )
    return weights


def _weights_refused(place: Place, en: str, vi: str) -> Invalid:
    return place.refuse(f"{en} (E-I6)", f"{vi} (E-I6)")


def check_weights(policy: Policy, constants: dict[str, Fraction]) -> None:
    """Each weighted sum adds up to exactly 100 with these weights and numeric switches."""
    for name, measure in policy.measures.items():
        for node in measure.value.walk():
            if not isinstance(node, WeightedSum):
                continue
            whole = Fraction(0)
            for part in node.parts:
                value = _constant(part.weight, policy, constants)
                if value is None:
                    place = _at(f"measures.{name}.value", part.rule.id)
                    raise place.refuse(
                        "a weight is a literal, a weight or a switch", "trọng số phải là hằng số"
                    )
                whole += value
            if whole != _HUNDRED:
                got = exact_text(whole)
                raise _weights_refused(
                    _at(f"measures.{name}.value", name),
                    f"the weights sum to {got}, not 100",
                    f"tổng trọng số là {got}, không phải 100",
                )


def _constant(node: Expression, policy: Policy, constants: dict[str, Fraction]) -> Fraction | None:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Constant):
        found = constants.get(node.name)
        return Fraction(policy.switches[node.name].default) if found is None else found
    return None


def _check_units(policy: Policy) -> None:
    units: dict[str, str] = {}
    for name, measure in policy.measures.items():
        place = _at(f"measures.{name}.value", name)
        found = unit_of(measure.value, units, policy, place)
        if found is not None and found != measure.unit:
            raise place.refuse(
                f"the value is in {found}, the measure says {measure.unit}",
                f"giá trị tính bằng {found}, chỉ số khai {measure.unit}",
            )
        units[name] = measure.unit


def _expressions(policy: Policy) -> Iterator[tuple[str, Expression]]:
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


def _check_reachable(policy: Policy) -> None:
    used = {policy.total}
    constants = _named_by_structure(policy)
    reached = [(name, node) for name, node in _expressions(policy)]
    for name, expression in reached:
        if isinstance(expression, Always) and not expression.value:
            raise _at("rules", name).refuse("it can never apply", "không bao giờ được áp dụng")
        used |= _measures_in(expression)
        constants |= _constants_in(expression)
    for name, measure in reversed(list(policy.measures.items())):
        if name in used or measure.evidence or _ranked_by(policy, name):
            used |= _measures_in(measure.value)
            constants |= _constants_in(measure.value)
            continue
        raise _at(f"measures.{name}", name).refuse(
            "no rule uses it; mark evidence: true if it is only shown",
            "không quy tắc nào dùng; ghi evidence: true nếu chỉ để công bố",
        )
    for name in (*policy.switches, *(w.name for g in policy.weight_groups for w in g.weights)):
        if name not in constants:
            section = "switches" if name in policy.switches else "weights"
            raise _at(f"{section}.{name}", name).refuse("nothing uses it", "không nơi nào dùng")
    _check_distinct(policy)


def _ranked_by(policy: Policy, name: str) -> bool:
    return any(name in quota.order for quota in policy.quotas)


def _named_by_structure(policy: Policy) -> set[str]:
    names = {quota.base_switch for quota in policy.quotas if quota.base_switch}
    if policy.roll_up is not None and policy.roll_up.switch:
        names.add(policy.roll_up.switch)
    return names


def _check_distinct(policy: Policy) -> None:
    ids = [state.rule.id for state in policy.states]
    ids += [rule.rule.id for rule in policy.rules]
    ids += [constraint.rule.id for constraint in policy.constraints]
    ids += [trigger.rule.id for trigger in policy.triggers]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise _at("rules", rule_id).refuse("two rules have this id", "trùng mã quy tắc")


def _measures_in(expression: Expression) -> set[str]:
    return {node.name for node in expression.walk() if isinstance(node, MeasureValue)}


def _constants_in(expression: Expression) -> set[str]:
    return {node.name for node in expression.walk() if isinstance(node, Constant | TextConstant)}
