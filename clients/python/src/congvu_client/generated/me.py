from typing import Optional

from .base_model import BaseModel


class Me(BaseModel):
    me: Optional["MeMe"]


class MeMe(BaseModel):
    subject: str
    roles: list[str]
    scopes: list[str]
    province: Optional[str]
    civil_servant: Optional["MeMeCivilServant"]
    unit: Optional["MeMeUnit"]


class MeMeCivilServant(BaseModel):
    id: str
    full_name: str


class MeMeUnit(BaseModel):
    id: str
    code: str
    name: str


Me.model_rebuild()
MeMe.model_rebuild()
