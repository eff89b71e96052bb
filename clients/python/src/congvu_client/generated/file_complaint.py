from typing import Literal

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
    file_complaint: "FileComplaintFileComplaintComplaint" = Field()


class FileComplaintFileComplaintComplaint(Complaint):
    typename__: Literal["Complaint"] = Field(alias="__typename")


FileComplaint.model_rebuild()
