"""Rules, bands, measures and switches that nothing could ever reach or use."""

from collections.abc import Mapping

from congvu_scoring.engine.counted_rows import standing_for
from congvu_scoring.engine.policy import BandRule, Policy
from congvu_scoring.engine.reads import outcome_expressions, reads_of
from congvu_scoring.expressions.base import Expression
from congvu_scoring.expressions.leaves import Always, Literal, MeasureValue
from congvu_scoring.expressions.location import Location, found_at
from congvu_scoring.operators.choices import Choose
from congvu_scoring.operators.comparisons import Compare, Comparison


def check_reachable(policy: Policy, here: Location) -> None:
    for name, expression in outcome_expressions(policy):
        here.gather(_check_applies, name, expression, policy)
    for name, measure in policy.measures.items():
        here.gather(_check_cases, name, measure.value)
    used, constants = _used(policy)
    constants |= _named_by_language(policy)
    for name in policy.measures:
        if name not in used:
            here.gather(_refuse_unused, name)
    for name in (*policy.switches, *(w.name for g in policy.weight_groups for w in g.weights)):
        if name not in constants:
            here.gather(_refuse_constant, name, policy)
    here.gather(_check_distinct, policy)
    here.gather(_check_bands, policy)
    for index, rule in enumerate(policy.rules):
        here.gather(_check_effect, rule, policy.bands.codes)
        here.gather(_check_repeated, policy, index)


def _used(policy: Policy) -> tuple[set[str], set[str]]:
    """Measures, and switches and weights, that something reads."""
    used = {policy.total}
    constants = _named_by_structure(policy)
    for _, expression in outcome_expressions(policy):
        reads = expression.reads_in_all()
        used |= reads.measures
        constants |= reads.constants
    for name, measure in reversed(list(policy.measures.items())):
        if name in used or measure.evidence or _ranked_by(policy, name):
            reads = measure.value.reads_in_all()
            used |= {name, *reads.measures}
            constants |= reads.constants
    return used, constants


def _refuse_unused(name: str) -> None:
    raise found_at(f"measures.{name}", name).refuse(
        "no rule uses it; mark evidence: true if it is only shown",
        "không quy tắc nào dùng; ghi evidence: true nếu chỉ để công bố",
    )


def _refuse_constant(name: str, policy: Policy) -> None:
    section = "switches" if name in policy.switches else "weights"
    raise found_at(f"{section}.{name}", name).refuse("nothing uses it", "không nơi nào dùng")


def _check_applies(name: str, expression: Expression, policy: Policy) -> None:
    if isinstance(expression, Always):
        never = not expression.value
    else:
        never = isinstance(expression, Compare) and _never_holds(expression, policy)
    if never:
        raise found_at("rules", name).refuse("it can never apply", "không bao giờ được áp dụng")


def _never_holds(compare: Compare, policy: Policy) -> bool:
    """A measure compared with what lies outside its declared range."""
    left, right = compare.left, compare.right
    if isinstance(right, MeasureValue) and isinstance(left, Literal):
        turned = _TURNED[compare.comparison]
        return _never_holds(Compare(turned, right, left), policy)
    if not isinstance(left, MeasureValue) or not isinstance(right, Literal):
        return False
    measure, bound = policy.measures[left.name], right.value
    over = measure.high is not None and (
        bound > measure.high
        if compare.comparison in ("at_least", "equals")
        else bound >= measure.high and compare.comparison == "greater"
    )
    under = measure.low is not None and (
        bound < measure.low
        if compare.comparison in ("at_most", "equals")
        else bound <= measure.low and compare.comparison == "less"
    )
    return over or under


_TURNED: Mapping[Comparison, Comparison] = {
    "less": "greater",
    "greater": "less",
    "at_most": "at_least",
    "at_least": "at_most",
    "equals": "equals",
    "not_equals": "not_equals",
}


def _check_repeated(policy: Policy, index: int) -> None:
    """A rule under the same condition and with the same effect as one above does nothing."""
    written = policy.document.get("rules")
    rows = written if isinstance(written, list) else []
    same = [
        row["id"]
        for row in rows[:index]
        if (row["when"], row["then"]) == (rows[index]["when"], rows[index]["then"])
        and not {"lower_by", "raise_by"} & set(row["then"])
    ]
    if same:
        raise found_at(f"rules[{index}]", rows[index]["id"]).refuse(
            f"it does what {same[0]} does already", f"trùng với {same[0]}"
        )


def _check_bands(policy: Policy) -> None:
    """Within the declared range of the total every band can be reached."""
    total = policy.measures[policy.total]
    if policy.bands.of is not None:
        return
    for index, band in enumerate(policy.bands.table):
        here = found_at(f"bands.table[{index}]", "bands")
        least = band.threshold
        if least is None:
            continue
        if total.high is not None and (least > total.high):
            raise here.refuse(
                f"the total is at most {total.high}: {band.code} is never reached",
                f"tổng điểm tối đa {total.high}: không bao giờ đạt {band.code}",
            )
        if total.low is not None and band.when is None and least <= total.low:
            lower = policy.bands.table[index + 1].code
            raise here.refuse(
                f"the total is at least {total.low}: {lower} is never reached",
                f"tổng điểm tối thiểu {total.low}: không bao giờ đến {lower}",
            )


def _check_effect(rule: BandRule, codes: tuple[str, ...]) -> None:
    effect = rule.effect
    idle = (
        effect.band is None
        and effect.counted_total is None
        and effect.band_at_most in (None, codes[0])
        and effect.band_at_least in (None, codes[-1])
        and effect.lower_by == effect.raise_by
    )
    if idle:
        raise found_at("rules", rule.rule.id).refuse("it changes nothing", "không thay đổi điều gì")


def _check_cases(name: str, expression: Expression) -> None:
    for node in expression.walk():
        if not isinstance(node, Choose):
            continue
        settled = [isinstance(when, Always) and when.value for when, _ in node.cases]
        never = [isinstance(when, Always) and not when.value for when, _ in node.cases]
        if any(settled) or any(never):
            raise found_at(f"measures.{name}.value", name).refuse(
                "a case always or never holds, so another is never reached",
                "có trường hợp luôn đúng hoặc luôn sai, nên có nhánh không bao giờ đạt",
            )


def _ranked_by(policy: Policy, name: str) -> bool:
    return any(name in quota.order for quota in policy.quotas)


def _named_by_structure(policy: Policy) -> set[str]:
    names = {quota.base_switch for quota in policy.quotas if quota.base_switch}
    names |= {band.switch for band in policy.bands.table if band.switch}
    if policy.rated_by_others is not None and policy.rated_by_others.lifted_by:
        names.add(policy.rated_by_others.lifted_by[0])
    if policy.roll_up is not None and policy.roll_up.switch:
        names.add(policy.roll_up.switch)
    return names


def _named_by_language(policy: Policy) -> set[str]:
    """Its switches that the language itself reads: those with the language's values."""
    return {
        standing.name
        for standing in standing_for(policy, reads_of(policy).lists)
        if dict(policy.switches[standing.name].values).keys() <= dict(standing.values).keys()
    }


def _check_distinct(policy: Policy) -> None:
    ids = [state.rule.id for state in policy.states]
    ids += [rule.rule.id for rule in policy.rules]
    ids += [constraint.rule.id for constraint in policy.constraints]
    ids += [trigger.rule.id for trigger in policy.triggers]
    ids += [rule.id for rule in policy.consequences.rules]
    ids += [policy.agreement.rule.id] if policy.agreement else []
    ids += [policy.initiatives.rule.id] if policy.initiatives else []
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise found_at("rules", rule_id).refuse("two rules have this id", "trùng mã quy tắc")
