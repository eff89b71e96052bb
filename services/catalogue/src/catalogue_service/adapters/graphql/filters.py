"""What a listing is narrowed by."""

from datetime import date

import strawberry

from catalogue_service.adapters.graphql import enums  # noqa: F401 - describes them first
from catalogue_service.application.listing import ProductFilter
from catalogue_service.application.queries import DraftFilter
from catalogue_service.domain.kinds import Group, Orientation
from catalogue_service.domain.versions import VersionState


@strawberry.input(description="Everything given must hold.")
class WorkProductFilter:
    group: Group | None = strawberry.field(default=None, description="Nhóm.")
    province: str | None = strawberry.field(
        default=None, description="Two digits. Brings the inherited national lists along."
    )
    inherited: bool = strawberry.field(
        default=True, description="False leaves the national lists out."
    )
    unit: strawberry.ID | None = strawberry.field(default=None, description="One unit's list C.")
    position: str | None = strawberry.field(default=None, description="A job position's code.")
    orientation: Orientation | None = strawberry.field(default=None, description="Định hướng.")
    field: str | None = strawberry.field(default=None, description="Lĩnh vực, exactly.")
    procedure_code: str | None = strawberry.field(default=None, description="Mã thủ tục.")
    text: str | None = strawberry.field(
        default=None,
        description="Words that all occur in names, field, code or procedure code; with or "
        "without diacritics, in any case and order. The first ten count.",
    )
    as_of: date | None = strawberry.field(
        default=None, description="In force on this day. Default: today in Vietnam."
    )

    def to_domain(self) -> ProductFilter:
        return ProductFilter(
            group=self.group,
            province=self.province,
            inherited=self.inherited,
            unit_id=None if self.unit is None else str(self.unit),
            position=self.position,
            orientation=self.orientation,
            field=self.field,
            procedure_code=self.procedure_code,
            text=self.text,
        )


@strawberry.input(description="Versions of your own province, whatever their state.")
class WorkProductVersionFilter:
    state: VersionState | None = strawberry.field(default=None, description="Trạng thái.")
    group: Group | None = strawberry.field(default=None, description="Nhóm.")
    unit: strawberry.ID | None = strawberry.field(default=None, description="Đơn vị.")

    def to_domain(self) -> DraftFilter:
        return DraftFilter(
            state=self.state,
            group=self.group,
            unit_id=None if self.unit is None else str(self.unit),
        )
