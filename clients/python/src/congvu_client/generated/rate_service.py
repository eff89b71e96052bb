from typing import Literal

from pydantic import Field

from .base_model import BaseModel
from .fragments import Submission


class RateService(BaseModel):
    rate_service: "RateServiceRateServiceSubmission" = Field()


class RateServiceRateServiceSubmission(Submission):
    typename__: Literal["Submission"] = Field(alias="__typename")


RateService.model_rebuild()
