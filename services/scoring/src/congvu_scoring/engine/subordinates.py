"""What the final bands of subordinates give for a leader's or deputy's d (E-I11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from congvu_scoring.common.exact import exact_text
from congvu_scoring.engine.compiled import CompiledPolicy
from congvu_scoring.engine.policy import Policy


@dataclass(frozen=True, slots=True)
class SubordinateBand:
    """The final band of one person; None while there is none, or when not rated."""

    civil_servant_id: str
    band: str | None
    field: str = ""
    """The field of work the person belongs to; a deputy answers for the fields assigned."""
    total: Fraction | None = None


@dataclass(frozen=True, slots=True)
class SubordinateCounts:
    """The numbers a snapshot of a leader carries under `unit`."""

    subordinates: int
    not_completed: int
    average_total: Fraction | None = None
    """Of the rated people, when every one of them has a total."""

    def unit_inputs(self) -> dict[str, str]:
        inputs = {
            "subordinates": str(self.subordinates),
            "not_completed": str(self.not_completed),
        }
        if self.average_total is not None:
            inputs["average_total"] = exact_text(self.average_total)
        return inputs


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
        person
        for person in people
        if person.band is not None and (wanted is None or person.field in wanted)
    ]
    totals = [person.total for person in rated if person.total is not None]
    average = sum(totals, Fraction(0)) / len(totals) if totals else None
    return SubordinateCounts(
        len(rated),
        sum(person.band == lowest for person in rated),
        average if len(totals) == len(rated) else None,
    )
