from typing import Literal

from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class PublishPeriod(BaseModel):
    publish_period: "PublishPeriodPublishPeriodEvaluationPeriod" = Field()


class PublishPeriodPublishPeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


PublishPeriod.model_rebuild()
