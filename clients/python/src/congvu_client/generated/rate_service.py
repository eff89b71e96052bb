from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel
from .fragments import Submission


class RateService(BaseModel):
    rate_service: Annotated[
        Union["RateServiceRateServiceSubmission", UnknownMember],
        members("Submission", "Problem"),
    ] = Field()


class RateServiceRateServiceSubmission(Submission):
    typename__: Literal["Submission"] = Field(alias="__typename")


RateService.model_rebuild()
