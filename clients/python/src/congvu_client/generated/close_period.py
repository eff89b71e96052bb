from typing import Literal

from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class ClosePeriod(BaseModel):
    close_period: "ClosePeriodClosePeriodEvaluationPeriod" = Field()


class ClosePeriodClosePeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


ClosePeriod.model_rebuild()
