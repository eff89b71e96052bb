"""What the final bands of subordinates give for a leader's or deputy's d (E-I11)."""

from collections.abc import Iterable
from dataclasses import dataclass

from .compiled import CompiledPolicy
from .policy import Policy


@dataclass(frozen=True, slots=True)
class SubordinateBand:
    """The final band of one person; None while there is none, or when not rated."""

    servant_id: str
    band: str | None
    field: str = ""
    """The field of work the person belongs to; a deputy answers for the fields assigned."""


@dataclass(frozen=True, slots=True)
class SubordinateCounts:
    """The numbers a snapshot of a leader carries under `unit`."""

    subordinates: int
    not_completed: int

    def unit_inputs(self) -> dict[str, str]:
        return {
            "subordinates": str(self.subordinates),
            "not_completed": str(self.not_completed),
        }


def count_subordinates(
    policy: Policy | CompiledPolicy,
    people: Iterable[SubordinateBand],
    fields: Iterable[str] | None = None,
) -> SubordinateCounts:
    """Count the rated people of the unit or, for a deputy, of the given fields.

    Not completed is the policy's lowest band. Who has no band (leave, no working time) does not
    count, so the counts change only when a band does.
    """
    lowest = (policy.policy if isinstance(policy, CompiledPolicy) else policy).bands.codes[-1]
    wanted = None if fields is None else frozenset(fields)
    rated = [
        person.band
        for person in people
        if person.band is not None and (wanted is None or person.field in wanted)
    ]
    return SubordinateCounts(len(rated), rated.count(lowest))
