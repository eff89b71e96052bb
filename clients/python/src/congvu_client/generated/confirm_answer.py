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


class ConfirmAnswer(BaseModel):
    confirm_answer: Annotated[
        Union["ConfirmAnswerConfirmAnswerComplaint", UnknownMember],
        members("Complaint", "Problem"),
    ] = Field()


class ConfirmAnswerConfirmAnswerComplaint(Complaint):
    typename__: Literal["Complaint"] = Field(alias="__typename")


ConfirmAnswer.model_rebuild()
