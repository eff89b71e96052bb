from typing import Literal

from pydantic import Field

from .base_model import BaseModel


class ListPersonnel(BaseModel):
    list_personnel: "ListPersonnelListPersonnelPersonnelListing" = Field()


class ListPersonnelListPersonnelPersonnelListing(BaseModel):
    typename__: Literal["PersonnelListing"] = Field(alias="__typename")
    id: str
    name: str
    units: int
    positions: int
    people: int


ListPersonnel.model_rebuild()
