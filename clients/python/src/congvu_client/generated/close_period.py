from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class ClosePeriod(BaseModel):
    close_period: Annotated[
        Union["ClosePeriodClosePeriodEvaluationPeriod", UnknownMember],
        members("EvaluationPeriod", "Problem"),
    ] = Field()


class ClosePeriodClosePeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


ClosePeriod.model_rebuild()
