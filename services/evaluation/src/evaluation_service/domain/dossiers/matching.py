"""Whose dossiers wait for what: where those who bring it meet those who leave one waiting."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.ids import derived_id


@dataclass(frozen=True, kw_only=True)
class MatchingRequested(Event):
    """Our own message: the dossiers that wait are looked through, some at a time, from `after`."""

    TYPE: ClassVar[str] = "congvu.evaluation.matching.requested.v1"

    matching_id: str
    province: str
    civil_servant_id: str | None
    procedure: str | None
    unit_id: str | None
    after: str | None


@dataclass(kw_only=True)
class DossierMatching(Aggregate):
    """The dossiers of an officer, of a procedure, in a unit and below it, or of several of these.
    It is saved by whoever leaves one waiting and by whoever brings what it waits for, so that of
    two at the same time one runs again and sees the other (E-I17)."""

    province: str
    civil_servant_id: str | None = None
    procedure: str | None = None
    unit_id: str | None = None

    def request(self, after: str | None = None) -> None:
        self.record(
            MatchingRequested(
                matching_id=self.id,
                province=self.province,
                civil_servant_id=self.civil_servant_id,
                procedure=self.procedure,
                unit_id=self.unit_id,
                after=after,
            )
        )


def matching_of(
    province: str,
    civil_servant_id: str | None = None,
    procedure: str | None = None,
    unit_id: str | None = None,
) -> DossierMatching:
    id = derived_id("match", province, civil_servant_id or "", procedure or "", unit_id or "")
    return DossierMatching(
        id=id,
        province=province,
        civil_servant_id=civil_servant_id,
        procedure=procedure,
        unit_id=unit_id,
    )
