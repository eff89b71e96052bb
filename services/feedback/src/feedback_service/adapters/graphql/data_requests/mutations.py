"""Requests about personal data: what can be done."""

import strawberry

from congvu_kit.graph import mutation
from feedback_service.adapters.graphql.data_requests.inputs import (
    AnswerDataRequestInput,
    FileDataRequestInput,
    WithdrawDataRequestInput,
)
from feedback_service.adapters.graphql.data_requests.types import DataRequest
from feedback_service.application.data_requests import commands


@strawberry.type
class DataRequestMutation:
    file_data_request = mutation(
        commands.file_data_request,
        FileDataRequestInput,
        DataRequest,
        description="Ask to see, correct or erase the private part of what one sent, to object to "
        "its use or to restrict it (Law No. 91/2025/QH15, article and clause not known). It is "
        "answered within two working days, and granted when nobody answers. Its sender; roles "
        "citizen, service-portal.",
        result="The request, or why not.",
    )
    answer_data_request = mutation(
        commands.answer_data_request,
        AnswerDataRequestInput,
        DataRequest,
        description="Grant a request, which is carried out at once, or refuse it on a ground of "
        "the law, with a public reason. Review board, by a person who is not of the unit (F-I3).",
        result="The request as it is now, or why not.",
    )
    withdraw_data_request = mutation(
        commands.withdraw_data_request,
        WithdrawDataRequestInput,
        DataRequest,
        description="Take back what is not answered yet, or let a granted restriction end. Who "
        "asked; roles citizen, service-portal.",
        result="The request as it is now, or why not.",
    )
