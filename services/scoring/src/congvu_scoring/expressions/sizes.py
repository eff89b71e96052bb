"""What the cost of an expression hangs on: rows of lists, and what measures cost to tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from congvu_scoring.common.limits import OTHER_ROWS, WORK_ROWS
from congvu_scoring.snapshots.sections import WORK


@dataclass(frozen=True)
class Sizes:
    """A person with the planned rows. `measures` tell what it takes to write one out where it is
    named; empty where their values are known."""

    measures: Mapping[str, int] = field(default_factory=dict)

    def rows(self, name: str) -> int:
        """Of a list; the rows of all its groups together are as many."""
        return WORK_ROWS if name == WORK.name else OTHER_ROWS
