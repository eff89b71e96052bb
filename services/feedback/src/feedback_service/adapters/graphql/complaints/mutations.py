"""Complaints: what their senders and the unit complained of can do."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.complaints.inputs import (
    AnswerComplaintInput,
    AssignComplaintInput,
    ClassifyComplaintInput,
    CloseComplaintInput,
    ConfirmAnswerInput,
    DisputeAnswerInput,
    FileComplaintInput,
    ForwardComplaintInput,
    TakeUpComplaintInput,
)
from feedback_service.adapters.graphql.complaints.types import Complaint
from feedback_service.application.complaints import commands, filing

AS_IT_IS_NOW = "The complaint as it is now, or why not."


@strawberry.type
class ComplaintMutation:
    file_complaint = mutation(
        filing.file_complaint,
        FileComplaintInput,
        Complaint,
        description="Complain about a dossier or unit; roles citizen, service-portal.",
        result=AS_IT_IS_NOW,
    )
    classify_complaint = mutation(
        commands.classify_complaint,
        ClassifyComplaintInput,
        Complaint,
        description="Say what it is about, with a public summary; management of the unit.",
        result=AS_IT_IS_NOW,
    )
    forward_complaint = mutation(
        commands.forward_complaint,
        ForwardComplaintInput,
        Complaint,
        description="Pass it on to the unit whose business it is, which has the whole term from "
        "that day on; management of the unit, before the answer is overdue.",
        result=AS_IT_IS_NOW,
    )
    assign_complaint = mutation(
        commands.assign_complaint,
        AssignComplaintInput,
        Complaint,
        description="Make somebody of the unit responsible; management of the unit.",
        result=AS_IT_IS_NOW,
    )
    take_up_complaint = mutation(
        commands.take_up_complaint,
        TakeUpComplaintInput,
        Complaint,
        description="Begin work; management of the unit, or who it was assigned to.",
        result=AS_IT_IS_NOW,
    )
    answer_complaint = mutation(
        commands.answer_complaint,
        AnswerComplaintInput,
        Complaint,
        description="Answer in public; management of the unit, never the person complained of.",
        result=AS_IT_IS_NOW,
    )
    confirm_answer = mutation(
        commands.confirm_answer,
        ConfirmAnswerInput,
        Complaint,
        description="It is resolved, says who complained.",
        result=AS_IT_IS_NOW,
    )
    dispute_answer = mutation(
        commands.dispute_answer,
        DisputeAnswerInput,
        Complaint,
        description="It is not, says who complained, within the window.",
        result=AS_IT_IS_NOW,
    )
    close_complaint = mutation(
        commands.close_complaint,
        CloseComplaintInput,
        Complaint,
        description="End it; management of the unit. Never as resolved against a standing "
        "dispute (F-I6).",
        result=AS_IT_IS_NOW,
    )
