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


class ConfirmAnswer(BaseModel):
    confirm_answer: "ConfirmAnswerConfirmAnswerComplaint" = Field()


class ConfirmAnswerConfirmAnswerComplaint(Complaint):
    typename__: Literal["Complaint"] = Field(alias="__typename")


ConfirmAnswer.model_rebuild()
