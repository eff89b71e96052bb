"""What the reports look at, as it was frozen: of people, and of units."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of work of a snapshot; `proofs` are the hashes of its evidence."""

    assignment_id: str
    group: str
    coefficient: Fraction
    completed: Fraction
    proofs: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One rated person: `general` and `result` as shares of what there is to reach, `top` when the
    final band is the best one. `raters` took part in the result."""

    evaluation_id: str
    civil_servant_id: str
    unit_id: str
    duty_group: str
    unit_path: tuple[str, ...] = ()
    raters: frozenset[str] = frozenset()
    general: Fraction | None = None
    result: Fraction | None = None
    total: Fraction | None = None
    top: bool = False
    work: tuple[Piece, ...] = ()

    @property
    def load(self) -> Fraction:
        """Converted work that is counted as done."""
        return sum((each.coefficient * each.completed for each in self.work), Fraction(0))


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """One unit: reports of work in all and in the last days before the cut-off, and what citizens
    answered."""

    unit_id: str
    reports: int = 0
    late_reports: int = 0
    satisfied: int = 0
    answers: int = 0


@dataclass(frozen=True)
class FrozenRows:
    """Of one frozen period."""

    people: tuple[PersonRow, ...] = ()
    units: tuple[UnitRow, ...] = field(default=())
