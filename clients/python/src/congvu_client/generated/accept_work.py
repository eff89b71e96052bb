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


class AcceptWork(BaseModel):
    accept_work: Annotated[
        Union["AcceptWorkAcceptWorkAssignment", UnknownMember],
        members("Assignment", "Problem"),
    ] = Field()


class AcceptWorkAcceptWorkAssignment(Assignment):
    typename__: Literal["Assignment"] = Field(alias="__typename")


AcceptWork.model_rebuild()
