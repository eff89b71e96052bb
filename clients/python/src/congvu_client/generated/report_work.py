from typing import Literal

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
    report_work: "ReportWorkReportWorkAssignment" = Field()


class ReportWorkReportWorkAssignment(Assignment):
    typename__: Literal["Assignment"] = Field(alias="__typename")


ReportWork.model_rebuild()
