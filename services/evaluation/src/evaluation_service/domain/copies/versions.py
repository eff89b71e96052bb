"""Work product versions, as the catalogue published them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congvu_kit.domain.aggregate import Aggregate
from evaluation_service.domain.copies.adjustments import LocalAdjustment
from evaluation_service.domain.work.reports import PinnedVersion


@dataclass(kw_only=True)
class WorkProductVersion(Aggregate):
    """`id` is code@n; immutable once published, so the first copy stays."""

    code: str
    number: int
    group: str
    province: str | None
    unit_id: str | None
    name_vi: str
    coefficient: Fraction
    orientation: str | None
    kpi_kind: str | None
    procedure_code: str | None
    release_id: str
    effective_from: date
    effective_to: date | None
    lead_days: int | None = None

    def pinned(self, adjustment: LocalAdjustment | None = None) -> PinnedVersion:
        """As it is assigned now, with the unit's own coefficient when one is in force."""
        return PinnedVersion(
            version_id=self.id,
            code=self.code,
            number=self.number,
            release_id=self.release_id,
            coefficient=adjustment.value if adjustment else self.coefficient,
            adjustment_id=adjustment.id if adjustment else None,
            group=self.group,
            orientation=self.orientation,
            kpi_kind=self.kpi_kind,
            procedure_code=self.procedure_code,
        )
