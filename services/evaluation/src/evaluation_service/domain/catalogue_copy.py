"""What evaluation keeps of the catalogue: published versions and releases, from its events."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from congvu_kit.aggregate import Aggregate
from evaluation_service.domain.assignments import PinnedVersion


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

    def pinned(self) -> PinnedVersion:
        return PinnedVersion(
            version_id=self.id,
            code=self.code,
            number=self.number,
            release_id=self.release_id,
            coefficient=self.coefficient,
            group=self.group,
            orientation=self.orientation,
            kpi_kind=self.kpi_kind,
            procedure_code=self.procedure_code,
        )


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
