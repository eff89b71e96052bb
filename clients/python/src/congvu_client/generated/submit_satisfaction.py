from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import Submission


class SubmitSatisfaction(BaseModel):
    submit_satisfaction: Annotated[
        Union["SubmitSatisfactionSubmitSatisfactionSubmission", UnknownMember],
        members("Submission", "Problem"),
    ] = Field()


class SubmitSatisfactionSubmitSatisfactionSubmission(Submission):
    typename__: Literal["Submission"] = Field(alias="__typename")


SubmitSatisfaction.model_rebuild()
