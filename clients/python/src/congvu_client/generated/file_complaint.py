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


class FileComplaint(BaseModel):
    file_complaint: Annotated[
        Union["FileComplaintFileComplaintComplaint", UnknownMember],
        members("Complaint", "Problem"),
    ] = Field()


class FileComplaintFileComplaintComplaint(Complaint):
    typename__: Literal["Complaint"] = Field(alias="__typename")


FileComplaint.model_rebuild()
