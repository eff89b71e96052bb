"""What can only be seen with the whole policy in hand: weights, units, unreachable rules."""

from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.reads import reads_of
from congvu_scoring.engine.vocabulary import vocabulary_of
from congvu_scoring.engine.weights import check_weights, default_weights
from congvu_scoring.expressions.location import Location, found_at
from congvu_scoring.expressions.units import Units
from congvu_scoring.language.checking.cost import check_cost
from congvu_scoring.language.checking.reachability import check_reachable
from congvu_scoring.snapshots.sections import ELEMENTS, INITIATIVES


def check_policy(policy: Policy, here: Location) -> None:
    """Where `here` gathers errors, each check goes on to the next."""
    here.gather(_check_default_weights, policy)
    here.gather(_check_units, policy)
    here.gather(check_cost, policy)
    check_reachable(policy, here)
    here.gather(_check_dates, policy)
    here.gather(_check_initiatives, policy)
    here.gather(_check_others, policy)


def _check_default_weights(policy: Policy) -> None:
    check_weights(policy, default_weights(policy))


def _check_dates(policy: Policy) -> None:
    begins, ends = policy.effective_from, policy.effective_to
    if begins and ends and ends <= begins:
        raise found_at("effective_to", "policy").refuse(
            "ends before it begins", "hết hiệu lực trước khi có hiệu lực"
        )


def _check_initiatives(policy: Policy) -> None:
    """Points go where something counts them, and rules read no rows that nobody points."""
    rules, here = policy.initiatives, found_at("initiatives", INITIATIVES.name)
    read = INITIATIVES.name in reads_of(policy).lists
    if rules is None and read:
        raise here.refuse(
            "rules read initiatives; say what their points are",
            "quy tắc đọc sáng kiến; cần nêu thang điểm của sáng kiến",
        )
    if rules is not None and rules.criterion is None and not read:
        raise here.refuse("no rule reads these points", "không quy tắc nào đọc điểm này")
    known = vocabulary_of(policy).criteria
    if rules is not None and rules.criterion is not None and rules.criterion not in known:
        raise here.at("criterion").unknown("criterion", rules.criterion, sorted(known))


def _check_others(policy: Policy) -> None:
    """What nobody types is an element that some rule reads, and can do without."""
    rules = policy.rated_by_others
    known, needed = vocabulary_of(policy).elements, reads_of(policy).needed
    for key in rules.elements if rules else ():
        here = found_at("rated_by_others.elements", "rated_by_others")
        if known is not None and key not in known:
            raise here.unknown("element", key, sorted(known))
        if f"{ELEMENTS.name}.{key}" in needed or ELEMENTS.name in needed:
            raise here.at(key).refuse(
                "rules need it typed: nothing else is read where it is missing",
                "quy tắc cần nhập yếu tố này: khi thiếu thì không đọc số liệu nào khác",
            )


def _check_units(policy: Policy) -> None:
    units: dict[str, str] = {}
    for name, measure in policy.measures.items():
        here = found_at(f"measures.{name}.value", name)
        found = Units(units, policy.inputs, here).of(measure.value)
        if found is not None and found != measure.unit:
            raise here.refuse(
                f"the value is in {found}, the measure says {measure.unit}",
                f"giá trị tính bằng {found}, chỉ số khai {measure.unit}",
            )
        units[name] = measure.unit
