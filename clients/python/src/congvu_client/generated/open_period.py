from typing import Literal

from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class OpenPeriod(BaseModel):
    open_period: "OpenPeriodOpenPeriodEvaluationPeriod" = Field()


class OpenPeriodOpenPeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


OpenPeriod.model_rebuild()
