from typing import Literal

from pydantic import Field

from .base_model import BaseModel
from .fragments import Submission


class SubmitSatisfaction(BaseModel):
    submit_satisfaction: "SubmitSatisfactionSubmitSatisfactionSubmission" = Field()


class SubmitSatisfactionSubmitSatisfactionSubmission(Submission):
    typename__: Literal["Submission"] = Field(alias="__typename")


SubmitSatisfaction.model_rebuild()
