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


class AssignWork(BaseModel):
    assign_work: Annotated[
        Union["AssignWorkAssignWorkAssignment", UnknownMember],
        members("Assignment", "Problem"),
    ] = Field()


class AssignWorkAssignWorkAssignment(Assignment):
    typename__: Literal["Assignment"] = Field(alias="__typename")


AssignWork.model_rebuild()
