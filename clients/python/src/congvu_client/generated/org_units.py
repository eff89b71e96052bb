from typing import Optional

from .base_model import BaseModel
from .fragments import OrgUnit


class OrgUnits(BaseModel):
    org_units: "OrgUnitsOrgUnits"


class OrgUnitsOrgUnits(BaseModel):
    edges: list["OrgUnitsOrgUnitsEdges"]
    page_info: "OrgUnitsOrgUnitsPageInfo"


class OrgUnitsOrgUnitsEdges(BaseModel):
    node: "OrgUnitsOrgUnitsEdgesNode"


OrgUnitsOrgUnitsEdgesNode = OrgUnit


class OrgUnitsOrgUnitsPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


OrgUnits.model_rebuild()
OrgUnitsOrgUnits.model_rebuild()
OrgUnitsOrgUnitsEdges.model_rebuild()
