from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import Period


class OpenPeriod(BaseModel):
    open_period: Annotated[
        Union["OpenPeriodOpenPeriodEvaluationPeriod", UnknownMember],
        members("EvaluationPeriod", "Problem"),
    ] = Field()


class OpenPeriodOpenPeriodEvaluationPeriod(Period):
    typename__: Literal["EvaluationPeriod"] = Field(alias="__typename")


OpenPeriod.model_rebuild()
