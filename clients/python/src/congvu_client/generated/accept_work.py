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


class AcceptWork(BaseModel):
    accept_work: "AcceptWorkAcceptWorkAssignment" = Field()


class AcceptWorkAcceptWorkAssignment(Assignment):
    typename__: Literal["Assignment"] = Field(alias="__typename")


AcceptWork.model_rebuild()
