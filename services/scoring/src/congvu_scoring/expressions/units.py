"""Unit checks: points are not added to ratios, nor days compared with counts.

A literal takes the unit of what it stands beside; a product of two things with units has none
that could be told, so it fits anywhere.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from congvu_scoring.expressions.declarations import DeclaredInput
from congvu_scoring.expressions.location import Location
from congvu_scoring.snapshots.sections import (
    CITIZENS,
    OPINION_COUNTS,
    OPINIONS,
    PROMISES,
    UNIT_RATIOS,
)

_INPUT_UNITS = {
    "general_total": "points",
    "working_days": "days",
    "unit.subordinates": "people",
    "unit.not_completed": "people",
    "unit.average_total": "points",
    "satisfaction.index": "ratio",
    "satisfaction.n": "count",
    "unit.workload": "products",
    "unit.people": "people",
    **dict.fromkeys(UNIT_RATIOS, "ratio"),
    **dict.fromkeys(("unit.dossiers", "unit.complaints", "unit.commitments"), "count"),
    **dict.fromkeys((*CITIZENS, *PROMISES), "count"),
    **dict.fromkeys(OPINIONS, "ratio"),
    **dict.fromkeys(OPINION_COUNTS, "people"),
}


class Checked(Protocol):
    def operands(self) -> "tuple[Checked, ...]": ...

    def check_units(self, units: "Units") -> None: ...


class Measured(Checked, Protocol):
    def unit(self, units: "Units") -> str | None: ...


class Units:
    """The units of the measures above, for the checks of one expression at `here`."""

    def __init__(
        self,
        measures: Mapping[str, str],
        inputs: Mapping[str, DeclaredInput],
        here: Location,
    ) -> None:
        self.measures = measures
        self._inputs = inputs
        self._here = here
        self._found: dict[int, str | None] = {}

    def of(self, node: Measured) -> str | None:
        """The unit of the value, None when it fits anywhere; refuses what cannot be mixed."""
        if id(node) not in self._found:
            self.check_below(node)
            self._found[id(node)] = node.unit(self)
        return self._found[id(node)]

    def check_below(self, node: Checked) -> None:
        for operand in node.operands():
            operand.check_units(self)

    def of_input(self, path: str) -> str | None:
        declared = self._inputs.get(path)
        return (declared.unit if declared else _INPUT_UNITS.get(path)) or None

    def same(self, nodes: Iterable[Measured]) -> str | None:
        found = {self.of(node) for node in nodes} - {None}
        if len(found) > 1:
            mixed = " and ".join(sorted(str(unit) for unit in found))
            raise self._here.refuse(f"mixes {mixed}", f"trộn đơn vị {mixed}")
        return next(iter(found), None)
