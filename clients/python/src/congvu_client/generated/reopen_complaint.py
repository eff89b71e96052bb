from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    Complaint,
    ComplaintAnswers,
    ComplaintDecision,
    ComplaintUnit,
    ProblemFields,
)


class ReopenComplaint(BaseModel):
    reopen_complaint: Annotated[
        Union["ReopenComplaintReopenComplaintComplaint", UnknownMember],
        members("Complaint", "Problem"),
    ] = Field()


class ReopenComplaintReopenComplaintComplaint(Complaint):
    typename__: Literal["Complaint"] = Field(alias="__typename")


ReopenComplaint.model_rebuild()
