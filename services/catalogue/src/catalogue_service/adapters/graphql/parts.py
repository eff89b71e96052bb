"""Small types that several others are made of."""

from datetime import datetime
from decimal import Decimal
from typing import Self

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from catalogue_service.domain import content, steps


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
        return cls(field=content.camel(change.field), before=change.before, after=change.after)


@strawberry.type(description="A product with almost the same name (nghi trùng).")
class NearDuplicate:
    code: str = strawberry.field(description="Its code.")
    name_vi: str = strawberry.field(description="Its name.")
    similarity: Decimal = strawberry.field(description="How alike the names are, 0 to 1.")
