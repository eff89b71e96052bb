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


class DisputeAnswer(BaseModel):
    dispute_answer: Annotated[
        Union["DisputeAnswerDisputeAnswerComplaint", UnknownMember],
        members("Complaint", "Problem"),
    ] = Field()


class DisputeAnswerDisputeAnswerComplaint(Complaint):
    typename__: Literal["Complaint"] = Field(alias="__typename")


DisputeAnswer.model_rebuild()
