"""Types that several rooms are made of."""

from datetime import datetime
from decimal import Decimal
from typing import Self

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from catalogue_service.application.products import queries
from catalogue_service.domain.common import steps
from catalogue_service.domain.common.kinds import (
    Complexity,
    DataSource,
    Group,
    KpiKind,
    LocalityType,
    Orientation,
)
from catalogue_service.domain.products import content
from catalogue_service.domain.products.versions import VersionState
from catalogue_service.domain.products.work_products import ProductState
from congvu_kit.domain.text import camel
from congvu_kit.graph import Shown, at_most, describe

describe(
    Group,
    "Catalogue group (nhóm danh mục): says who decides about an entry.",
    name="CatalogueGroup",
    A="Managers (quản lý). One list a province.",
    B="Shared professional work (chuyên môn dùng chung). One list a province.",
    C="Specialised local work (chuyên ngành). One list a unit.",
    D="Other (khác). One list a province.",
)
describe(
    Complexity,
    "Complexity group (nhóm N1-N5), each with its ceiling of points.",
    name="WorkProductComplexity",
    N1="Simple (đơn giản), up to 100 points.",
    N2="Common (phổ biến), up to 200 points.",
    N3="Advanced (nâng cao), up to 300 points.",
    N4="Complex (phức tạp), up to 400 points.",
    N5="Special (đặc biệt), up to 500 points.",
)
describe(
    DataSource,
    "Where the done quantity is read from (nguồn dữ liệu).",
    name="WorkProductDataSource",
    MANUAL="The officer's report (tự báo cáo).",
    DMS="The document management system (quản lý văn bản).",
    ONE_STOP="The one-stop system (một cửa).",
)
describe(
    Orientation,
    "Service orientation (định hướng phục vụ).",
    name="WorkProductOrientation",
    ADMIN_PROCEDURE="Inside the administration (thủ tục hành chính nội bộ).",
    PUBLIC_SERVICE="For citizens and businesses (phục vụ người dân, doanh nghiệp).",
)
describe(
    KpiKind,
    "KPI kind (loại KPI).",
    name="WorkProductKpiKind",
    SPEARHEAD="Spearhead (mũi nhọn).",
    HARD="Hard (cứng).",
    SOFT="Soft (mềm).",
)
describe(
    LocalityType,
    "What kind of place a unit works in (loại địa bàn).",
    name="CatalogueLocality",
    URBAN="Urban (đô thị).",
    RURAL="Rural (nông thôn).",
    MOUNTAIN="Mountain (miền núi).",
    DISADVANTAGED="Disadvantaged (vùng khó khăn).",
    SPECIAL="Special (đặc thù).",
)
describe(
    VersionState,
    "Where a version stands on its way (trạng thái phiên bản).",
    name="WorkProductVersionState",
    DRAFT="Being written (nháp).",
    SUBMITTED="Waits for appraisal (trình).",
    IN_REVIEW="Appraised favourably, waits for the authority (thẩm định).",
    CHANGES_REQUESTED="Sent back to be improved (yêu cầu chỉnh sửa).",
    REJECTED="Refused with a reason (từ chối).",
    APPROVED="Agreed, waits for a release (phê duyệt).",
    PUBLISHED="Issued by a decision (ban hành).",
    SUPERSEDED="Has a successor; in force until effectiveTo (thay thế).",
    RETIRED="Ended without a successor; in force until effectiveTo (bãi bỏ).",
)
describe(
    ProductState,
    "Where a product stands as a whole.",
    name="WorkProductState",
    DRAFT="Never published yet.",
    ACTIVE="Published.",
    RETIRED="Retired (bãi bỏ); its code is never used again.",
)


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="A unit (đơn vị); evaluation knows the rest of it.",
)
class OrgUnit:
    id: strawberry.ID = strawberry.field(description="Opaque id.")


def unit_stub(id: str | None) -> OrgUnit | None:
    return None if id is None else OrgUnit(id=strawberry.ID(id))


@strawberry.type(description="One step of a history: who did what, when and why.")
class HistoryStep:
    action: str = strawberry.field(
        description="DRAFTED, EDITED, SUBMITTED, WITHDRAWN, APPRAISED, CHANGES_REQUESTED, "
        "APPROVED, REJECTED, PUBLISHED, SUPERSEDED or RETIRED."
    )
    by: str | None = strawberry.field(
        description="The person's subject; null for callers from outside the province's catalogue."
    )
    at: datetime = strawberry.field(description="When, UTC.")
    reason: str | None = strawberry.field(description="Why (lý do).")
    decision_number: str | None = strawberry.field(description="By which decision (số quyết định).")

    @classmethod
    def of(cls, step: steps.Step, *, named: bool) -> Self:
        return cls(
            action=step.action,
            by=step.by if named else None,
            at=step.at,
            reason=step.reason,
            decision_number=step.decision_number,
        )


@strawberry.type(description="One field that two versions say differently.")
class FieldChange:
    field: str = strawberry.field(description="The field, as in WorkProductVersion.")
    before: str | None = strawberry.field(description="What the first version says.")
    after: str | None = strawberry.field(description="What the second version says.")

    @classmethod
    def of(cls, change: content.FieldChange) -> Self:
        return cls(field=camel(change.field), before=change.before, after=change.after)


@strawberry.type(description="A product with almost the same name (nghi trùng).")
class NearDuplicate(Shown):
    SHOWS = queries.NearDuplicate

    code: str = strawberry.field(description="Its code.")
    name_vi: str = strawberry.field(description="Its name.")
    similarity: Decimal = strawberry.field(description="How alike the names are, 0 to 1.")


@strawberry.type(description="Products of one group.")
class GroupCount:
    group: Group = strawberry.field(description="Nhóm.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Products of one field.")
class FieldCount:
    field: str | None = strawberry.field(description="Lĩnh vực; null where none is named.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Products of one unit's list.")
class UnitCount:
    unit: OrgUnit | None = strawberry.field(description="Đơn vị.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Published products that are not retired, counted three ways.")
class CatalogueFacets:
    groups: list[GroupCount] = strawberry.field(
        description="By group.", directives=at_most(len(Group))
    )
    fields: list[FieldCount] = strawberry.field(
        description="By field, most first.", directives=at_most(queries.COUNTS_MAX)
    )
    units: list[UnitCount] = strawberry.field(
        description="By unit, most first; group C only.", directives=at_most(queries.COUNTS_MAX)
    )

    other_fields: int = strawberry.field(description="Products of the fields that are not listed.")
    other_units: int = strawberry.field(description="Products of the units that are not listed.")

    @classmethod
    def of(cls, facets: queries.Facets) -> Self:
        return cls(
            groups=[GroupCount(group=g, products=n) for g, n in facets.groups.items()],
            fields=[FieldCount(field=name, products=n) for name, n in facets.fields.items()],
            units=[UnitCount(unit=unit_stub(id), products=n) for id, n in facets.units.items()],
            other_fields=facets.other_fields,
            other_units=facets.other_units,
        )
