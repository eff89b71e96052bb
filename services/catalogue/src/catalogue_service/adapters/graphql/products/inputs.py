"""What a product says, and what a listing is narrowed by."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import strawberry

from catalogue_service.application.products import commands
from catalogue_service.application.products.queries import DraftFilter
from catalogue_service.domain.common.kinds import (
    Complexity,
    DataSource,
    Group,
    KpiKind,
    Orientation,
)
from catalogue_service.domain.products.content import Draft
from catalogue_service.domain.products.search import ProductFilter
from catalogue_service.domain.products.versions import VersionState
from congvu_kit.graph import (
    REVISION,
    CommandInput,
    RevisedInput,
    ValueInput,
)


@strawberry.input(description="What a product says. Points or coefficient may be left out.")
class WorkProductContentInput(ValueInput):
    VALUE = Draft

    name_vi: str = strawberry.field(description="Name in Vietnamese, up to 2,000 characters.")
    unit_of_measure: str = strawberry.field(description="What one is.")
    complexity: Complexity = strawberry.field(description="Complexity; caps the points.")
    points: Decimal | None = strawberry.field(default=None, description="Points.")
    coefficient: Decimal | None = strawberry.field(
        default=None,
        description="Conversion coefficient; must equal points / reference points when both are "
        "given.",
    )
    name_en: str | None = strawberry.field(default=None, description="Name in English.")
    description: str | None = strawberry.field(default=None, description="What it is.")
    field: str | None = strawberry.field(default=None, description="Field of work.")
    standard_hours: Decimal | None = strawberry.field(
        default=None, description="Standard hours, for one."
    )
    lead_days: int | None = strawberry.field(default=None, description="Working days, 1 to 366.")
    quality_criteria: list[str] = strawberry.field(
        default_factory=list, description="Criteria of quality; no ; or line break inside."
    )
    evidence_required: list[str] = strawberry.field(
        default_factory=list, description="Evidence required; no ; or line break inside."
    )
    data_source: DataSource = strawberry.field(
        default=DataSource.MANUAL, description="Source of the data."
    )
    orientation: Orientation | None = strawberry.field(
        default=None, description="Service orientation of the work."
    )
    kpi_kind: KpiKind | None = strawberry.field(default=None, description="KPI kind.")
    job_positions: list[str] = strawberry.field(
        default_factory=list, description="Codes of positions."
    )
    legal_basis: str | None = strawberry.field(default=None, description="The legal basis.")
    procedure_code: str | None = strawberry.field(
        default=None, description="Code of the administrative procedure, e.g. 1.001193."
    )


@strawberry.input(description="A new product with its first draft.")
class DraftWorkProductInput(CommandInput):
    COMMAND = commands.DraftWorkProduct

    group: Group = strawberry.field(description="Group; C is one unit's own list.")
    code: str = strawberry.field(
        description="`<group>.<province>.` then A-Z 0-9 . _ -, e.g. C.56.22363.1.001193."
    )
    content: WorkProductContentInput = strawberry.field(description="What it says.")
    province: str | None = strawberry.field(default=None, description="Default: your own.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Group C only. Default: your own."
    )


@strawberry.input(description="Changes the open draft, or opens the next version.")
class ReviseWorkProductInput(RevisedInput):
    COMMAND = commands.ReviseWorkProduct

    code: str = strawberry.field(description="Which product.")
    expected_revision: int = strawberry.field(description=f"Of the newest version. {REVISION}")
    content: WorkProductContentInput = strawberry.field(description="What it says now, in full.")
    reason: str | None = strawberry.field(default=None, description="Why it changes.")


@strawberry.input(description="Everything given must hold.")
class WorkProductFilter:
    group: Group | None = strawberry.field(default=None, description="Group.")
    province: str | None = strawberry.field(
        default=None,
        description="Two digits, or a ministry's code. Brings the inherited national lists along.",
    )
    inherited: bool = strawberry.field(
        default=True, description="False leaves the national lists out."
    )
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="One unit's list C.")
    position: str | None = strawberry.field(default=None, description="A job position's code.")
    orientation: Orientation | None = strawberry.field(
        default=None, description="Service orientation."
    )
    field: str | None = strawberry.field(default=None, description="Field of work, exactly.")
    procedure_code: str | None = strawberry.field(
        default=None, description="Code of the administrative procedure."
    )
    text: str | None = strawberry.field(
        default=None,
        description="Words that all occur in names, field, code or procedure code; with or "
        "without diacritics, in any case and order. The first ten count.",
    )
    as_of: date | None = strawberry.field(
        default=None, description="In force on this day. Default: today in Vietnam."
    )

    def to_domain(self) -> ProductFilter:
        given = {each.name: getattr(self, each.name) for each in fields(ProductFilter)}
        return ProductFilter(**given)


@strawberry.input(description="Versions of your own province, whatever their state.")
class WorkProductVersionFilter(ValueInput):
    VALUE = DraftFilter

    state: VersionState | None = strawberry.field(default=None, description="State.")
    group: Group | None = strawberry.field(default=None, description="Group.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Unit.")
