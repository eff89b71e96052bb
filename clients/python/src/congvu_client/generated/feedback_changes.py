from datetime import datetime
from typing import Optional

from .base_model import BaseModel


class FeedbackChanges(BaseModel):
    feedback_changes: "FeedbackChangesFeedbackChanges"


class FeedbackChangesFeedbackChanges(BaseModel):
    edges: list["FeedbackChangesFeedbackChangesEdges"]
    page_info: "FeedbackChangesFeedbackChangesPageInfo"


class FeedbackChangesFeedbackChangesEdges(BaseModel):
    node: "FeedbackChangesFeedbackChangesEdgesNode"


class FeedbackChangesFeedbackChangesEdgesNode(BaseModel):
    event_type: str
    province: str
    at: datetime
    payload: str


class FeedbackChangesFeedbackChangesPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


FeedbackChanges.model_rebuild()
FeedbackChangesFeedbackChanges.model_rebuild()
FeedbackChangesFeedbackChangesEdges.model_rebuild()
