"""What can only be seen with the whole policy in hand: weights, units, unreachable rules."""

from congvu_scoring.engine.policy import Policy
from congvu_scoring.engine.weights import check_weights, default_weights
from congvu_scoring.expressions.place import Place, at
from congvu_scoring.language.checking.reachability import check_reachable
from congvu_scoring.language.checking.units import unit_of


def check_policy(policy: Policy, place: Place) -> None:
    """What `place` keeps goes on to the next check."""
    place.keep(_check_default_weights, policy)
    place.keep(_check_units, policy)
    check_reachable(policy, place)
    place.keep(_check_dates, policy)


def _check_default_weights(policy: Policy) -> None:
    check_weights(policy, default_weights(policy))


def _check_dates(policy: Policy) -> None:
    begins, ends = policy.effective_from, policy.effective_to
    if begins and ends and ends <= begins:
        raise at("effective_to", "policy").refuse(
            "ends before it begins", "hết hiệu lực trước khi có hiệu lực"
        )


def _check_units(policy: Policy) -> None:
    units: dict[str, str] = {}
    for name, measure in policy.measures.items():
        place = at(f"measures.{name}.value", name)
        found = unit_of(measure.value, units, policy, place)
        if found is not None and found != measure.unit:
            raise place.refuse(
                f"the value is in {found}, the measure says {measure.unit}",
                f"giá trị tính bằng {found}, chỉ số khai {measure.unit}",
            )
        units[name] = measure.unit
