from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class PublishPeriod(BaseModel):
    publish_period: Annotated[
        Union["PublishPeriodPublishPeriodEvaluationPeriod", UnknownMember],
        members("EvaluationPeriod", "Problem"),
    ] = Field()


class PublishPeriodPublishPeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


PublishPeriod.model_rebuild()
