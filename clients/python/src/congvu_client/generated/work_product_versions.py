from typing import Optional

from .base_model import BaseModel
from .fragments import WorkProductVersion


class WorkProductVersions(BaseModel):
    work_product_versions: "WorkProductVersionsWorkProductVersions"


class WorkProductVersionsWorkProductVersions(BaseModel):
    edges: list["WorkProductVersionsWorkProductVersionsEdges"]
    page_info: "WorkProductVersionsWorkProductVersionsPageInfo"


class WorkProductVersionsWorkProductVersionsEdges(BaseModel):
    node: "WorkProductVersionsWorkProductVersionsEdgesNode"


WorkProductVersionsWorkProductVersionsEdgesNode = WorkProductVersion


class WorkProductVersionsWorkProductVersionsPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


WorkProductVersions.model_rebuild()
WorkProductVersionsWorkProductVersions.model_rebuild()
WorkProductVersionsWorkProductVersionsEdges.model_rebuild()
