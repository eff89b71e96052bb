from datetime import date, datetime
from typing import Optional

from .base_model import BaseModel


class CatalogueReleases(BaseModel):
    catalogue_releases: "CatalogueReleasesCatalogueReleases"


class CatalogueReleasesCatalogueReleases(BaseModel):
    edges: list["CatalogueReleasesCatalogueReleasesEdges"]
    page_info: "CatalogueReleasesCatalogueReleasesPageInfo"


class CatalogueReleasesCatalogueReleasesEdges(BaseModel):
    node: "CatalogueReleasesCatalogueReleasesEdgesNode"


class CatalogueReleasesCatalogueReleasesEdgesNode(BaseModel):
    id: str
    decision_number: str
    effective_from: date
    version_count: int
    content_hash: str
    published_at: datetime


class CatalogueReleasesCatalogueReleasesPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


CatalogueReleases.model_rebuild()
CatalogueReleasesCatalogueReleases.model_rebuild()
CatalogueReleasesCatalogueReleasesEdges.model_rebuild()
