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
    "Catalogue group: says who decides about an entry.",
    name="CatalogueGroup",
    A="Managers. One list a province.",
    B="Shared professional work. One list a province.",
    C="Specialised local work. One list a unit.",
    D="Other. One list a province.",
)
describe(
    Complexity,
    "Complexity group, each with its ceiling of points.",
    name="WorkProductComplexity",
    N1="Simple, up to 100 points.",
    N2="Common, up to 200 points.",
    N3="Advanced, up to 300 points.",
    N4="Complex, up to 400 points.",
    N5="Special, up to 500 points.",
)
describe(
    DataSource,
    "Where the done quantity is read from.",
    name="WorkProductDataSource",
    MANUAL="The officer's report.",
    DMS="The document management system.",
    ONE_STOP="The one-stop system.",
)
describe(
    Orientation,
    "Service orientation.",
    name="WorkProductOrientation",
    ADMIN_PROCEDURE="Administrative procedures and the other work of the office.",
    PUBLIC_SERVICE="Serving citizens and businesses outside administrative procedures.",
)
describe(
    KpiKind,
    "KPI kind.",
    name="WorkProductKpiKind",
    SPEARHEAD="Spearhead.",
    HARD="Hard.",
    SOFT="Soft.",
)
describe(
    LocalityType,
    "What kind of place a unit works in.",
    name="CatalogueLocality",
    URBAN="Urban.",
    RURAL="Rural.",
    MOUNTAIN="Mountain.",
    DISADVANTAGED="Disadvantaged.",
    SPECIAL="Special.",
)
describe(
    VersionState,
    "Where a version stands on its way.",
    name="WorkProductVersionState",
    DRAFT="Being written.",
    SUBMITTED="Waits for appraisal.",
    IN_REVIEW="Appraised favourably, waits for the authority.",
    CHANGES_REQUESTED="Sent back to be improved.",
    REJECTED="Refused with a reason.",
    APPROVED="Agreed, waits for a release.",
    PUBLISHED="Issued by a decision.",
    SUPERSEDED="Has a successor; in force until effectiveTo.",
    RETIRED="Ended without a successor; in force until effectiveTo.",
)
describe(
    ProductState,
    "Where a product stands as a whole.",
    name="WorkProductState",
    DRAFT="Never published yet.",
    ACTIVE="Published.",
    RETIRED="Retired; its code is never used again.",
)


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="A unit; evaluation knows the rest of it.",
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
    reason: str | None = strawberry.field(description="Why.")
    decision_number: str | None = strawberry.field(description="By which decision.")

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


@strawberry.type(description="A product with almost the same name.")
class NearDuplicate(Shown):
    SHOWS = queries.NearDuplicate

    code: str = strawberry.field(description="Its code.")
    name_vi: str = strawberry.field(description="Its name.")
    similarity: Decimal = strawberry.field(description="How alike the names are, 0 to 1.")


@strawberry.type(description="Products of one group.")
class GroupCount:
    group: Group = strawberry.field(description="Group.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Products of one field.")
class FieldCount:
    field: str | None = strawberry.field(description="Field of work; null where none is named.")
    products: int = strawberry.field(description="How many.")


@strawberry.type(description="Products of one unit's list.")
class UnitCount:
    unit: OrgUnit | None = strawberry.field(description="Unit.")
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
