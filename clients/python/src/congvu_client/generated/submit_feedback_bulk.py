from typing import Annotated, Literal, Optional, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import ProblemFields


class SubmitFeedbackBulk(BaseModel):
    submit_feedback_bulk: Annotated[
        Union["SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReport", UnknownMember],
        members("FeedbackReport", "Problem"),
    ] = Field()


class SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReport(BaseModel):
    typename__: Literal["FeedbackReport"] = Field(alias="__typename")
    taken: int
    refused: int
    dry_run: bool
    results: list["SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReportResults"]


class SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReportResults(BaseModel):
    row: int
    submission_id: Optional[str]
    complaint_id: Optional[str]
    receipt: Optional[str]
    problem: Optional[
        "SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReportResultsProblem"
    ]


SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReportResultsProblem = ProblemFields
SubmitFeedbackBulk.model_rebuild()
SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReport.model_rebuild()
SubmitFeedbackBulkSubmitFeedbackBulkFeedbackReportResults.model_rebuild()
