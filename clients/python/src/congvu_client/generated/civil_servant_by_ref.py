from typing import Optional

from .base_model import BaseModel
from .fragments import CivilServant


class CivilServantByRef(BaseModel):
    civil_servant_by_ref: Optional["CivilServantByRefCivilServantByRef"]


CivilServantByRefCivilServantByRef = CivilServant
CivilServantByRef.model_rebuild()
