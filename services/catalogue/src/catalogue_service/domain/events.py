"""What the catalogue tells the world. Fields are only ever added within a version (`.v1`)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from catalogue_service.domain.kinds import Complexity, Group, KpiKind, Orientation
from congvu_kit.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class OfVersion(Event):
    """What every event about a version carries; `unit_id` only in group C."""

    version_id: str
    code: str
    number: int
    group: Group
    province: str
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class VersionSubmitted(OfVersion):
    """A draft asks to be appraised (trình)."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.submitted.v1"


@dataclass(frozen=True, kw_only=True)
class VersionApproved(OfVersion):
    """The competent authority agreed (phê duyệt); not in force before a release."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.approved.v1"


@dataclass(frozen=True, kw_only=True)
class VersionRejected(OfVersion):
    """The draft was refused (từ chối); the version in force stays."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.rejected.v1"

    reason: str


@dataclass(frozen=True, kw_only=True)
class VersionPublished(OfVersion):
    """A version was issued (ban hành) and takes effect on `effective_from`."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.published.v1"

    name_vi: str
    name_en: str | None
    field: str | None
    unit_of_measure: str
    points: Decimal
    coefficient: Decimal
    complexity: Complexity
    standard_hours: Decimal | None
    lead_days: int | None
    orientation: Orientation | None
    kpi_kind: KpiKind | None
    procedure_code: str | None
    job_positions: tuple[str, ...]
    release_id: str
    effective_from: date
    effective_to: date | None
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class VersionSuperseded(OfVersion):
    """A newer version takes over on `effective_to` (thay thế)."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.superseded.v1"

    effective_to: date
    replaced_by: str


@dataclass(frozen=True, kw_only=True)
class ProductRetired(OfVersion):
    """Nothing is assigned of it from `effective_to` on (bãi bỏ); its last version is named."""

    TYPE: ClassVar[str] = "congvu.catalogue.work_product.retired.v1"

    effective_to: date
    replacement_code: str | None
    decision_number: str


@dataclass(frozen=True, kw_only=True)
class ReleasePublished(Event):
    """A set of versions was issued by one decision."""

    TYPE: ClassVar[str] = "congvu.catalogue.release.published.v1"

    release_id: str
    province: str
    unit_id: str | None
    groups: tuple[Group, ...]
    decision_number: str
    effective_from: date
    version_count: int
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class OfAdjustment(Event):
    """A local norm for one unit, inside `[valid_from, valid_to)`."""

    adjustment_id: str
    version_id: str
    code: str
    province: str
    unit_id: str
    norm: str
    value: Decimal
    valid_from: date
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class AdjustmentApproved(OfAdjustment):
    """The superior unit agreed to a local norm."""

    TYPE: ClassVar[str] = "congvu.catalogue.adjustment.approved.v1"


@dataclass(frozen=True, kw_only=True)
class AdjustmentExpired(OfAdjustment):
    """A local norm came to its end; the common norm holds again."""

    TYPE: ClassVar[str] = "congvu.catalogue.adjustment.expired.v1"


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(Event):
    """The owner of a list answered a proposal to add, change or remove an entry."""

    TYPE: ClassVar[str] = "congvu.catalogue.proposal.decided.v1"

    proposal_id: str
    province: str
    group: Group
    code: str
    accepted: bool
    reason: str
