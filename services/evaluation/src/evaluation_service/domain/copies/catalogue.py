"""What evaluation keeps of the catalogue: published versions and releases, from its events."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from congvu_kit.domain.aggregate import Aggregate
from evaluation_service.domain.work.reports import PinnedVersion


@dataclass(kw_only=True)
class CachedVersion(Aggregate):
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

    def pinned(self, adjustment: "CachedAdjustment | None" = None) -> PinnedVersion:
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


@dataclass(kw_only=True)
class CachedAdjustment(Aggregate):
    """A unit's own coefficient of a version (điều chỉnh theo địa bàn), in force [from, to)."""

    version_id: str
    unit_id: str
    value: Fraction
    valid_from: date
    valid_to: date | None
    expired: bool = False

    def in_force(self, on: date) -> bool:
        over = self.valid_to is not None and self.valid_to <= on
        return not self.expired and self.valid_from <= on and not over


@dataclass(kw_only=True)
class CachedRelease(Aggregate):
    """Held once as many of its versions are here as it has."""

    province: str | None
    unit_id: str | None
    decision_number: str
    effective_from: date
    version_count: int
    content_hash: str
    groups: tuple[str, ...] = field(default=())
