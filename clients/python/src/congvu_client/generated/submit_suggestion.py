from typing import Literal

from pydantic import Field

from .base_model import BaseModel
from .fragments import Submission


class SubmitSuggestion(BaseModel):
    submit_suggestion: "SubmitSuggestionSubmitSuggestionSubmission" = Field()


class SubmitSuggestionSubmitSuggestionSubmission(Submission):
    typename__: Literal["Submission"] = Field(alias="__typename")


SubmitSuggestion.model_rebuild()
