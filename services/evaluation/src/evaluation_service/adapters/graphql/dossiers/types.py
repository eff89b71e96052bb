"""What became of dossier events, and of dossiers that count nowhere."""

from datetime import datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Info, Problem, at_most, describe
from evaluation_service.adapters.graphql.common.types import row_problem
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
)
from evaluation_service.application.collections import UNITS
from evaluation_service.application.dossiers import commands
from evaluation_service.application.dossiers.commands import EVENTS_MAX
from evaluation_service.domain.dossiers import dossiers
from evaluation_service.domain.dossiers.dossiers import DossierStanding, UnmatchedReason
from evaluation_service.domain.dossiers.facts import HANDLERS_MAX, DossierEnd

describe(
    DossierStanding,
    "Whether a dossier counts.",
    OPEN="Not completed yet.",
    COUNTED="Completed, and counted for the work of everybody who handled it.",
    UNMATCHED="Completed, and counts nowhere: `reason` says why.",
    AFTER_CUT_OFF="Completed in a period whose inputs are fixed: it counts in the next one, once "
    "there is work for it.",
    WITHDRAWN="Withdrawn by who handed it in: it counts nowhere, rightly.",
)
describe(
    UnmatchedReason,
    "Why a completed dossier counts nowhere. It is counted by itself when that is over.",
    NO_ASSIGNMENT="The officer had no open work of this procedure in an open period of that day.",
    NO_APPOINTMENT="The officer has no appointment in this unit.",
    UNKNOWN_PROCEDURE="No catalogue release has a product with this procedure code.",
    OTHER_AGENCY_SUFFIX="The code ends with the id of another agency.",
    AFTER_CUT_OFF="The period of its completion is frozen, and the next has no work for it yet.",
)
describe(
    DossierEnd,
    "How a dossier ended.",
    DONE="Handled: granted, or refused with a reason.",
    WITHDRAWN="Taken back by who handed it in.",
)


@strawberry.type(description="What happened to one dossier event.")
class DossierRowResult:
    row: str = strawberry.field(description="Its place in the input, e.g. events[3].")
    dossier_id: strawberry.ID | None = strawberry.field(description="Null when refused.")
    changed: bool = strawberry.field(description="False when it was known already.")
    standing: DossierStanding | None = strawberry.field(
        description="Whether it counts now; null when refused."
    )
    reason: UnmatchedReason | None = strawberry.field(description="Why it counts nowhere.")
    assignment_id: strawberry.ID | None = strawberry.field(
        description="The assignment that the completed dossier was counted for, the first one."
    )
    assignment_ids: list[strawberry.ID] = strawberry.field(
        description="All of them, where several officers handled it.",
        directives=at_most(HANDLERS_MAX),
    )
    problem: Problem | None = strawberry.field(description="Why it was refused.")

    @classmethod
    def of(cls, result: commands.DossierResult, info: Info) -> Self:
        ids = [strawberry.ID(each) for each in result.counted_for]
        return cls(
            row=result.row,
            dossier_id=strawberry.ID(result.dossier_id) if result.dossier_id else None,
            changed=result.changed,
            standing=result.standing,
            reason=result.reason,
            assignment_id=ids[0] if ids else None,
            assignment_ids=ids,
            problem=row_problem(result.refusal, info),
        )


@strawberry.type(description="What happened to all dossier events.")
class DossierReport:
    results: list[DossierRowResult] = strawberry.field(
        description="One a row, in input order.", directives=at_most(EVENTS_MAX)
    )

    @classmethod
    def of(cls, report: commands.DossierReport, info: Info) -> Self:
        return cls(results=[DossierRowResult.of(each, info) for each in report.results])


@strawberry.type(description="One officer's part of a dossier.")
class DossierPart:
    officer_id: strawberry.Private[str]
    part: Decimal = strawberry.field(description="1 when nobody else handled it.")
    assignment_id: strawberry.ID | None = strawberry.field(
        description="The work it was counted for; null while there is none."
    )

    @strawberry.field(description="Who handled it.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.officer_id)


@strawberry.type(description="A completed dossier that counts for nobody's work, or not for all.")
class UnmatchedDossier:
    unit_id: strawberry.Private[str]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    dossier_code: str = strawberry.field(description="As the portal sent it.")
    procedure_code: str = strawberry.field(description="Procedure code, in its one form.")
    reason: UnmatchedReason = strawberry.field(description="Why.")
    received_at: datetime = strawberry.field(description="When it was received.")
    due_at: datetime = strawberry.field(description="When the result was due.")
    completed_at: datetime = strawberry.field(description="When the result was handed over.")
    late: bool = strawberry.field(description="Completed after it was due.")
    parts: list[DossierPart] = strawberry.field(
        description="Who handled it.", directives=at_most(HANDLERS_MAX)
    )

    @classmethod
    def of(cls, dossier: dossiers.Dossier) -> Self:
        facts = dossier.facts
        if facts is None or facts.completed_at is None or dossier.reason is None:
            raise TypeError("only a completed dossier is unmatched")
        return cls(
            unit_id=facts.unit_id,
            id=strawberry.ID(dossier.id),
            dossier_code=dossier.code,
            procedure_code=facts.procedure_code,
            reason=dossier.reason,
            received_at=facts.received_at,
            due_at=facts.due_at,
            completed_at=facts.completed_at,
            late=facts.late,
            parts=[
                DossierPart(
                    officer_id=officer,
                    part=part,
                    assignment_id=_id(dossier.counted_of(officer).done_for),
                )
                for officer, part in dossier.parts.items()
            ],
        )

    @strawberry.field(description="The unit that handled it.")
    async def unit(self, info: Info) -> OrgUnit | None:
        unit = await info.context.by_id(UNITS).load(self.unit_id)
        return OrgUnit.of(unit) if unit else None


def _id(id: str | None) -> strawberry.ID | None:
    return strawberry.ID(id) if id is not None else None
