from typing import Literal

from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class FreezePeriod(BaseModel):
    freeze_period: "FreezePeriodFreezePeriodEvaluationPeriod" = Field()


class FreezePeriodFreezePeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


FreezePeriod.model_rebuild()
