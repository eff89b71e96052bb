"""Unit checks: points are not added to ratios, nor days compared with counts.

A literal takes the unit of what it stands beside; a product of two things with units has none
that could be told, so it fits anywhere.
"""

from collections.abc import Iterable, Mapping

from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.base import Expression, Number
from congvu_scoring.expressions.place import Place
from congvu_scoring.operators.arithmetic import (
    Average,
    Difference,
    FirstAvailable,
    Highest,
    Lowest,
    Product,
    Quotient,
    Rounded,
    Sum,
)
from congvu_scoring.operators.choices import Choose
from congvu_scoring.operators.conditions import Compare
from congvu_scoring.operators.measures import Achievement, Criteria, Ledger, WeightedSum
from congvu_scoring.operators.rows import CountOver, MeanOver, SumOver
from congvu_scoring.operators.values import MeasureValue, NumberInput

_INPUT_UNITS = {
    "general_total": "points",
    "working_days": "days",
    "unit.subordinates": "people",
    "unit.not_completed": "people",
    "unit.average_total": "points",
    "satisfaction.index": "ratio",
    "satisfaction.n": "count",
}
Units = Mapping[str, str]


def unit_of(node: Number, units: Units, policy: Policy, place: Place) -> str | None:
    """The unit of the value, None when it fits anywhere; refuses what cannot be mixed."""
    for below in node.operands():
        _check_below(below, units, policy, place)
    alike = _of_one_unit(node)
    if alike:
        return _same(alike, units, policy, place)
    if isinstance(node, MeasureValue):
        return units.get(node.name)
    if isinstance(node, NumberInput):
        declared = policy.inputs.get(node.path)
        return (declared.unit if declared else _INPUT_UNITS.get(node.path)) or None
    fixed = next((unit for kind, unit in _FIXED.items() if isinstance(node, kind)), None)
    return fixed or _combined(node, units, policy, place)


_FIXED: Mapping[type[Number], str] = {
    CountOver: "count",
    Achievement: "ratio",
    Criteria: "points",
}


def _of_one_unit(node: Number) -> tuple[Number, ...]:
    """Operands that must all have the unit of the value."""
    found: tuple[Number, ...] = ()
    match node:
        case Sum():
            found = node.terms
        case Difference():
            found = (node.left, node.right)
        case Lowest() | Highest() | Average() | FirstAvailable():
            found = node.items
        case Choose():
            found = (*(value for _, value in node.cases), node.otherwise)
        case Rounded():
            found = (node.value,)
        case SumOver() | MeanOver():
            found = (node.of,)
        case Ledger():
            found = (node.start,)
    return found


def _combined(node: Number, units: Units, policy: Policy, place: Place) -> str | None:
    found: str | None = None
    if isinstance(node, Quotient):
        of = unit_of(node.of, units, policy, place)
        by = unit_of(node.by, units, policy, place)
        found = "ratio" if of is not None and of == by else of if by == "ratio" else None
    elif isinstance(node, Product):
        factors = [unit_of(factor, units, policy, place) for factor in node.factors]
        others = [unit for unit in factors if unit != "ratio"]
        found = "ratio" if not others else others[0] if len(others) == 1 else None
    elif isinstance(node, WeightedSum):
        values = tuple(part.value for part in node.parts)
        found = "points" if _same(values, units, policy, place) == "ratio" else None
    return found


def _same(nodes: Iterable[Number], units: Units, policy: Policy, place: Place) -> str | None:
    found = {unit_of(node, units, policy, place) for node in nodes} - {None}
    if len(found) > 1:
        mixed = " and ".join(sorted(str(unit) for unit in found))
        raise place.refuse(f"mixes {mixed}", f"trộn đơn vị {mixed}")
    return next(iter(found), None)


def _check_below(node: Expression, units: Units, policy: Policy, place: Place) -> None:
    if isinstance(node, Compare):
        _same((node.left, node.right), units, policy, place)
    if isinstance(node, Number):
        unit_of(node, units, policy, place)
        return
    for below in node.operands():
        _check_below(below, units, policy, place)
