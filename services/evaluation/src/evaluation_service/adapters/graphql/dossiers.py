"""recordDossierEvents: the one-stop portal's dossiers in bulk, one result a row."""

from datetime import datetime
from typing import Annotated, Self, TypeAlias

import strawberry

from congvu_kit.domain.actor import Actor
from congvu_kit.graph import Info, Problem
from evaluation_service.adapters.graphql.asking import KEY, ExternalRefInput, id_or_ref
from evaluation_service.adapters.graphql.personnel import row_problem
from evaluation_service.application.work import dossiers


@strawberry.input(description="What the one-stop portal says of a dossier.")
class DossierEventInput:
    dossier_code: str = strawberry.field(description="E.g. H56.10.05-261122-0001.")
    procedure_code: str = strawberry.field(description="Mã thủ tục, e.g. 1.001193.")
    received_at: datetime = strawberry.field(description="Tiếp nhận.")
    due_at: datetime = strawberry.field(description="Hạn trả.")
    completed_at: datetime | None = strawberry.field(
        default=None, description="Trả kết quả; null while open."
    )
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Our id, or:")
    unit_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the unit by the personnel system's id."
    )
    officer_id: strawberry.ID | None = strawberry.field(default=None, description="Our id, or:")
    officer_ref: ExternalRefInput | None = strawberry.field(
        default=None, description="the officer by the personnel system's id."
    )

    def to_row(self) -> dossiers.DossierRow:
        return dossiers.DossierRow(
            dossier_code=self.dossier_code,
            procedure_code=self.procedure_code,
            unit_id=id_or_ref(self.unit_id, self.unit_ref, "unit", "unit"),
            servant_id=id_or_ref(self.officer_id, self.officer_ref, "cs", "officer"),
            received_at=self.received_at,
            due_at=self.due_at,
            completed_at=self.completed_at,
        )


@strawberry.input(description="Up to 200 dossier events.")
class RecordDossierEventsInput:
    idempotency_key: str = strawberry.field(description=KEY)
    events: list[DossierEventInput] = strawberry.field(description="In any order.")

    def to_command(self, actor: Actor) -> dossiers.RecordDossierEvents:
        return dossiers.RecordDossierEvents(
            actor=actor,
            idempotency_key=self.idempotency_key,
            events=tuple(event.to_row() for event in self.events),
        )


@strawberry.type(description="What happened to one dossier event.")
class DossierRowResult:
    row: str = strawberry.field(description="Its place in the input, e.g. events[3].")
    dossier_id: strawberry.ID | None = strawberry.field(description="Null when refused.")
    changed: bool = strawberry.field(description="False when it was known already.")
    assignment_id: strawberry.ID | None = strawberry.field(
        description="The assignment that the completed dossier was counted for."
    )
    problem: Problem | None = strawberry.field(description="Why it was refused.")


@strawberry.type(description="What happened to all dossier events.")
class DossierReport:
    results: list[DossierRowResult] = strawberry.field(description="One a row, in input order.")

    @classmethod
    def of(cls, report: dossiers.DossierReport, info: Info) -> Self:
        return cls(
            results=[
                DossierRowResult(
                    row=each.row,
                    dossier_id=strawberry.ID(each.dossier_id) if each.dossier_id else None,
                    changed=each.changed,
                    assignment_id=strawberry.ID(each.counted_for) if each.counted_for else None,
                    problem=row_problem(each.refusal, info),
                )
                for each in report.results
            ]
        )


RecordDossierEventsResult: TypeAlias = Annotated[
    DossierReport | Problem, strawberry.union("RecordDossierEventsResult")
]


@strawberry.type
class DossierMutation:
    @strawberry.mutation(
        description="Dossier events of the one-stop portal; a completed dossier adds one to the "
        "officer's open work of that procedure, and one delay when it is late. "
        "Role service-portal."
    )
    async def record_dossier_events(
        self, info: Info, input: RecordDossierEventsInput
    ) -> RecordDossierEventsResult:
        report = await info.context.perform(
            dossiers.record_dossier_events,
            input.to_command(info.context.actor),
            dossiers.DossierReport,
        )
        return DossierReport.of(report, info)
