from typing import Optional

from .base_model import BaseModel
from .fragments import CivilServant


class CivilServants(BaseModel):
    civil_servants: "CivilServantsCivilServants"


class CivilServantsCivilServants(BaseModel):
    edges: list["CivilServantsCivilServantsEdges"]
    page_info: "CivilServantsCivilServantsPageInfo"


class CivilServantsCivilServantsEdges(BaseModel):
    node: "CivilServantsCivilServantsEdgesNode"


CivilServantsCivilServantsEdgesNode = CivilServant


class CivilServantsCivilServantsPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


CivilServants.model_rebuild()
CivilServantsCivilServants.model_rebuild()
CivilServantsCivilServantsEdges.model_rebuild()
