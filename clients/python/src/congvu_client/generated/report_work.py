from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    Assignment,
    AssignmentCivilServant,
    AssignmentPeriod,
    AssignmentVersion,
    ProblemFields,
)


class ReportWork(BaseModel):
    report_work: Annotated[
        Union["ReportWorkReportWorkAssignment", UnknownMember],
        members("Assignment", "Problem"),
    ] = Field()


class ReportWorkReportWorkAssignment(Assignment):
    typename__: Literal["Assignment"] = Field(alias="__typename")


ReportWork.model_rebuild()
