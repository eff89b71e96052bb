"""Assigning, reporting, checking; causes; dossier events."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.work.inputs import (
    AcceptWorkInput,
    AssignWorkInput,
    CancelAssignmentInput,
    ClaimObjectiveCauseInput,
    DecideObjectiveCauseInput,
    RecordDossierEventsInput,
    ReportWorkInput,
    ReturnWorkInput,
)
from evaluation_service.adapters.graphql.work.types import Assignment, DossierReport
from evaluation_service.application.work import causes, commands, dossiers


@strawberry.type
class WorkMutation:
    assign_work = mutation(
        commands.assign_work,
        AssignWorkInput,
        Assignment,
        description="Give work (giao việc); pins the catalogue version. Role manager or unit-head "
        "of the person's unit or one above, never for oneself.",
    )
    report_work = mutation(
        commands.report_work,
        ReportWorkInput,
        Assignment,
        description="Report own work (báo cáo kết quả). Role officer.",
    )
    accept_work = mutation(
        commands.accept_work,
        AcceptWorkInput,
        Assignment,
        description="Accept reported work (nghiệm thu). Role manager or unit-head as in "
        "assignWork.",
    )
    return_work = mutation(
        commands.return_work,
        ReturnWorkInput,
        Assignment,
        description="Send reported work back (trả lại): one quality failure. Role as in "
        "acceptWork.",
    )
    cancel_assignment = mutation(
        commands.cancel_assignment,
        CancelAssignmentInput,
        Assignment,
        description="Take back work that has not begun. Role as in assignWork.",
    )
    claim_objective_cause = mutation(
        causes.claim_objective_cause,
        ClaimObjectiveCauseInput,
        Assignment,
        description="Claim an objective cause for own work (nguyên nhân khách quan). Role officer.",
    )
    decide_objective_cause = mutation(
        causes.decide_objective_cause,
        DecideObjectiveCauseInput,
        Assignment,
        description="Confirm or refuse an objective cause; never the claimant (E-I12). Role "
        "manager or unit-head as in acceptWork.",
    )
    record_dossier_events = mutation(
        dossiers.record_dossier_events,
        RecordDossierEventsInput,
        DossierReport,
        description="Dossier events of the one-stop portal; a completed dossier adds one to the "
        "officer's open work of that procedure, and one delay when it is late. "
        "Role service-portal.",
    )
