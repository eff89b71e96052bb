"""Requests about personal data, asked for."""

import strawberry

from congvu_kit.graph import found, listing
from feedback_service.adapters.graphql.data_requests.types import DataRequest
from feedback_service.application.data_requests import queries


@strawberry.type
class DataRequestQuery:
    data_requests = listing(
        queries.list_data_requests,
        DataRequest,
        description="Requests about personal data, those to be answered first on top. For the "
        "review board and the auditor of the province.",
    )

    data_request = found(
        queries.find_data_requests,
        DataRequest,
        description="One request: for who asked, the review board and the auditor; null when it is "
        "not there, or not for this caller.",
    )
