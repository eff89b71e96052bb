from typing import Annotated, Literal, Union

from congvu_client.unknown import UnknownMember, members
from pydantic import Field

from .base_model import BaseModel


class ListPersonnel(BaseModel):
    list_personnel: Annotated[
        Union["ListPersonnelListPersonnelPersonnelListing", UnknownMember],
        members("PersonnelListing", "Problem"),
    ] = Field()


class ListPersonnelListPersonnelPersonnelListing(BaseModel):
    typename__: Literal["PersonnelListing"] = Field(alias="__typename")
    id: str
    name: str
    units: int
    positions: int
    people: int


ListPersonnel.model_rebuild()
