from typing import Annotated, Literal, Optional, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import ProblemFields


class AssignWorkBulk(BaseModel):
    assign_work_bulk: Annotated[
        Union["AssignWorkBulkAssignWorkBulkAssignedReport", UnknownMember],
        members("AssignedReport", "Problem"),
    ] = Field()


class AssignWorkBulkAssignWorkBulkAssignedReport(BaseModel):
    typename__: Literal["AssignedReport"] = Field(alias="__typename")
    assigned: int
    refused: int
    dry_run: bool
    results: list["AssignWorkBulkAssignWorkBulkAssignedReportResults"]


class AssignWorkBulkAssignWorkBulkAssignedReportResults(BaseModel):
    row: str
    assignment_id: Optional[str]
    problem: Optional["AssignWorkBulkAssignWorkBulkAssignedReportResultsProblem"]


AssignWorkBulkAssignWorkBulkAssignedReportResultsProblem = ProblemFields
AssignWorkBulk.model_rebuild()
AssignWorkBulkAssignWorkBulkAssignedReport.model_rebuild()
AssignWorkBulkAssignWorkBulkAssignedReportResults.model_rebuild()
