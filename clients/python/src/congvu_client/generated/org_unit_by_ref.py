from typing import Optional

from .base_model import BaseModel
from .fragments import OrgUnit


class OrgUnitByRef(BaseModel):
    org_unit_by_ref: Optional["OrgUnitByRefOrgUnitByRef"]


OrgUnitByRefOrgUnitByRef = OrgUnit
OrgUnitByRef.model_rebuild()
