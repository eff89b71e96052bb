"""What the data of a unit say: of its work and dossiers, of what citizens asked and were told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypedDict

from congvu_kit.domain.canonical import Json
from congvu_scoring import exact_text
from evaluation_service.domain.results.annexes import ServiceAnnex

STEP = Fraction(1, 4)
"""What each failure or delay takes off the unit of a product (decree-335: 25 %)."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """So many of so many."""

    good: Fraction = Fraction(0)
    of: Fraction = Fraction(0)

    @property
    def share(self) -> str | None:
        return exact_text(self.good / self.of) if self.of else None

    def plus(self, other: "Counted") -> "Counted":
        return Counted(good=self.good + other.good, of=self.of + other.of)


NOTHING = Counted()


@dataclass(frozen=True, kw_only=True)
class UnitWork:
    """In reference products: completed, of good quality, in time, each of what was assigned."""

    quantity: Counted = NOTHING
    quality: Counted = NOTHING
    progress: Counted = NOTHING

    @classmethod
    def of_lines(cls, lines: Iterable[Mapping[str, Any]]) -> "UnitWork":
        """Of a tally's lines as they are stored. What nobody checked counts as reported (E-I16)."""
        assigned = completed = good = timely = Fraction(0)
        for line in lines:
            weight = Fraction(line["coefficient"])
            done = Fraction(line["completed"]) + Fraction(line.get("unreviewed", "0"))
            late = _number(line["late"]) + _number(line.get("unreviewed_late", 0))
            assigned += weight * Fraction(line["assigned"])
            completed += weight * done
            failures = _number(line["quality_failures"]) - _number(line["quality_exempt"])
            good += weight * _left(done, failures)
            timely += weight * _left(done, late - _number(line["late_exempt"]))
        return cls(
            quantity=Counted(good=completed, of=assigned),
            quality=Counted(good=good, of=assigned),
            progress=Counted(good=timely, of=assigned),
        )

    def plus(self, other: "UnitWork") -> "UnitWork":
        return UnitWork(
            quantity=self.quantity.plus(other.quantity),
            quality=self.quality.plus(other.quality),
            progress=self.progress.plus(other.progress),
        )

    @property
    def workload(self) -> Fraction:
        return self.quantity.of


@dataclass(frozen=True, kw_only=True)
class UnitData:
    """`dossiers` are those due or completed in the period, `complaints` those due to be answered,
    `commitments` those due, `satisfied` citizens' answers. `people` are rated in the unit or below
    it, as all is of the unit with everything below it."""

    people: int = 0
    work: UnitWork = field(default_factory=UnitWork)
    dossiers: Counted = NOTHING
    complaints: Counted = NOTHING
    commitments: Counted = NOTHING
    satisfied: Counted = NOTHING

    def inputs(self) -> dict[str, Json]:
        """As the engine reads them; what there is nothing of is left out, and is no zero."""
        shares = {
            "quantity": self.work.quantity.share,
            "quality": self.work.quality.share,
            "progress": self.work.progress.share,
            "on_time": self.dossiers.share,
            "answered": self.complaints.share,
            "kept": self.commitments.share,
        }
        counts = {
            "workload": self.work.workload,
            "dossiers": self.dossiers.of,
            "complaints": self.complaints.of,
            "commitments": self.commitments.of,
        }
        return {
            "people": str(self.people),
            **{name: share for name, share in shares.items() if share is not None},
            **{name: exact_text(count) for name, count in counts.items() if count},
        }


class ServiceCounts(TypedDict):
    dossiers: Counted
    complaints: Counted
    commitments: Counted
    satisfied: Counted


def service_counts(annex: ServiceAnnex) -> ServiceCounts:
    """One promise kept in part counts half."""
    kept, said, asked = annex.commitments, annex.answers, annex.complaints
    return {
        "dossiers": _of(annex.dossiers.in_time, annex.dossiers.whole),
        "complaints": _of(asked.answered_in_time, asked.due) if asked else NOTHING,
        "commitments": _of(kept.kept + Fraction(kept.partly, 2), kept.due) if kept else NOTHING,
        "satisfied": _of(said.satisfied, said.answers) if said else NOTHING,
    }


def _of(good: int | Fraction, whole: int) -> Counted:
    return Counted(good=Fraction(good), of=Fraction(whole))


def _left(done: Fraction, faults: Fraction) -> Fraction:
    return max(Fraction(0), done - STEP * max(Fraction(0), faults))


def _number(value: object) -> Fraction:
    return Fraction(str(value))
