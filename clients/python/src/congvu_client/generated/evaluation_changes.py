from datetime import datetime
from typing import Optional

from .base_model import BaseModel


class EvaluationChanges(BaseModel):
    evaluation_changes: "EvaluationChangesEvaluationChanges"


class EvaluationChangesEvaluationChanges(BaseModel):
    edges: list["EvaluationChangesEvaluationChangesEdges"]
    page_info: "EvaluationChangesEvaluationChangesPageInfo"


class EvaluationChangesEvaluationChangesEdges(BaseModel):
    node: "EvaluationChangesEvaluationChangesEdgesNode"


class EvaluationChangesEvaluationChangesEdgesNode(BaseModel):
    event_type: str
    province: str
    at: datetime
    payload: str


class EvaluationChangesEvaluationChangesPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


EvaluationChanges.model_rebuild()
EvaluationChangesEvaluationChanges.model_rebuild()
EvaluationChangesEvaluationChangesEdges.model_rebuild()
