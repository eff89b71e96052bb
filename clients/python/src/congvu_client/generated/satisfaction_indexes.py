from decimal import Decimal
from typing import Optional

from congvu_client.unknown import Growing

from .base_model import BaseModel
from .enums import IndexState


class SatisfactionIndexes(BaseModel):
    satisfaction_indexes: "SatisfactionIndexesSatisfactionIndexes"


class SatisfactionIndexesSatisfactionIndexes(BaseModel):
    edges: list["SatisfactionIndexesSatisfactionIndexesEdges"]
    page_info: "SatisfactionIndexesSatisfactionIndexesPageInfo"


class SatisfactionIndexesSatisfactionIndexesEdges(BaseModel):
    node: "SatisfactionIndexesSatisfactionIndexesEdgesNode"


class SatisfactionIndexesSatisfactionIndexesEdgesNode(BaseModel):
    unit: "SatisfactionIndexesSatisfactionIndexesEdgesNodeUnit"
    index: Optional[Decimal]
    answers: int
    minimum: int
    state: Growing[IndexState]
    interval_low: Optional[Decimal]
    interval_high: Optional[Decimal]
    under_review: int
    index_with_review: Optional[Decimal]


class SatisfactionIndexesSatisfactionIndexesEdgesNodeUnit(BaseModel):
    id: str
    name: str


class SatisfactionIndexesSatisfactionIndexesPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


SatisfactionIndexes.model_rebuild()
SatisfactionIndexesSatisfactionIndexes.model_rebuild()
SatisfactionIndexesSatisfactionIndexesEdges.model_rebuild()
SatisfactionIndexesSatisfactionIndexesEdgesNode.model_rebuild()
