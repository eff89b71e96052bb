from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class FreezePeriod(BaseModel):
    freeze_period: Annotated[
        Union["FreezePeriodFreezePeriodEvaluationPeriod", UnknownMember],
        members("EvaluationPeriod", "Problem"),
    ] = Field()


class FreezePeriodFreezePeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


FreezePeriod.model_rebuild()
