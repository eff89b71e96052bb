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


class AssignWork(BaseModel):
    assign_work: "AssignWorkAssignWorkAssignment" = Field()


class AssignWorkAssignWorkAssignment(Assignment):
    typename__: Literal["Assignment"] = Field(alias="__typename")


AssignWork.model_rebuild()
