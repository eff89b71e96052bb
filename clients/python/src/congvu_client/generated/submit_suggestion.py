from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import Submission


class SubmitSuggestion(BaseModel):
    submit_suggestion: Annotated[
        Union["SubmitSuggestionSubmitSuggestionSubmission", UnknownMember],
        members("Submission", "Problem"),
    ] = Field()


class SubmitSuggestionSubmitSuggestionSubmission(Submission):
    typename__: Literal["Submission"] = Field(alias="__typename")


SubmitSuggestion.model_rebuild()
