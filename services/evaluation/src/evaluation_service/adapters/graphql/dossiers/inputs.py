"""Dossier events of the portal, and which dossiers are looked for."""

from datetime import datetime
from decimal import Decimal

import strawberry

from congvu_kit.domain.errors import Invalid
from congvu_kit.graph import ROW, CommandInput, ValueInput
from evaluation_service.adapters.graphql.common.inputs import ExternalRefInput
from evaluation_service.application.dossiers import commands, queries
from evaluation_service.domain.dossiers.dossiers import UnmatchedReason
from evaluation_service.domain.dossiers.facts import DossierEnd, Handler


def id_or_ref(
    id: strawberry.ID | None, ref: ExternalRefInput | None, prefix: str, field: str
) -> str:
    """Our id, given itself or by another system's; raise `Invalid` unless exactly one is."""
    if (id is None) == (ref is None):
        raise Invalid(
            en=f"give either {field}Id or {field}Ref",
            vi="Vui lòng nêu đúng một trong hai: mã của nền tảng, hoặc mã của hệ thống nguồn.",
            field=f"{field}Id",
        )
    return str(id) if ref is None else ref.to_domain().ours(prefix)


@strawberry.input(description="One of several officers who handled a dossier.")
class DossierHandlerInput(ValueInput):
    VALUE = Handler

    part: Decimal = strawberry.field(
        description="Their part of it, such as 0.5; the parts sum to exactly 1."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Our id, or:"
    )
    civil_servant_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the officer by the personnel system's id."
    )

    def to_domain(self) -> Handler:
        officer = id_or_ref(self.civil_servant_id, self.civil_servant_ref, "cs", "civilServant")
        return Handler(civil_servant_id=officer, part=self.part)


@strawberry.input(description="What the one-stop portal says of a dossier.", directives=ROW)
class DossierEventInput(ValueInput):
    VALUE = commands.DossierRow

    dossier_code: str = strawberry.field(
        description="The code of an agency, a day and a number: H32.10.05-261122-0001, or "
        "000.00.18.G12-261122-0001."
    )
    procedure_code: str = strawberry.field(
        description="Code of the procedure, e.g. 1.001193, or with its agency 1.001193.H32; "
        "capitals and blanks make no difference."
    )
    received_at: datetime = strawberry.field(description="When it was received.")
    due_at: datetime = strawberry.field(description="When the result was due.")
    completed_at: datetime | None = strawberry.field(
        default=None,
        description="When the result was handed over, or the dossier withdrawn; null while open.",
    )
    ended_as: DossierEnd = strawberry.field(
        default=DossierEnd.DONE, description="How it ended, when it did."
    )
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Our id, or:")
    unit_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the unit by the personnel system's id."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Our id, or:"
    )
    civil_servant_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the officer by the personnel system's id."
    )
    handlers: list[DossierHandlerInput] = strawberry.field(
        default_factory=list,
        description="Instead of one officer: up to 10 who handled it together.",
    )
    applicant_hash: str | None = strawberry.field(
        default=None,
        description="Who may rate it (F-I10), told without saying who: the SHA-256, in 64 lower-"
        "case hexadecimal digits, of `congvu-applicant-v1`, the dossier's code, its "
        "rating code and the applicant's subject in lower case, one a line. Without "
        "one nobody can rate it; it may be told later, once.",
    )

    def to_domain(self) -> commands.DossierRow:
        return commands.DossierRow(
            dossier_code=self.dossier_code,
            procedure_code=self.procedure_code,
            unit_id=id_or_ref(self.unit_id, self.unit_ref, "unit", "unit"),
            civil_servant_id=self._officer(),
            handlers=tuple(each.to_domain() for each in self.handlers),
            ended_as=self.ended_as,
            received_at=self.received_at,
            due_at=self.due_at,
            completed_at=self.completed_at,
            applicant_hash=self.applicant_hash,
        )

    def _officer(self) -> str | None:
        """None where several are named instead."""
        if self.handlers and self.civil_servant_id is None and self.civil_servant_ref is None:
            return None
        return id_or_ref(self.civil_servant_id, self.civil_servant_ref, "cs", "civilServant")


@strawberry.input(description="Up to 200 dossier events.")
class RecordDossierEventsInput(CommandInput):
    COMMAND = commands.RecordDossierEvents

    events: list[DossierEventInput] = strawberry.field(description="In any order.")


@strawberry.input(description="Which dossiers; every condition must hold.")
class UnmatchedDossierFilter(ValueInput):
    VALUE = queries.UnmatchedFilter

    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One officer's."
    )
    procedure_code: str | None = strawberry.field(
        default=None, description="Procedure code, with or without its agency."
    )
    reason: UnmatchedReason | None = strawberry.field(default=None, description="Why.")
