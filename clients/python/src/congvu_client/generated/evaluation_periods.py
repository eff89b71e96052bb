from typing import Optional

from .base_model import BaseModel
from .fragments import Period


class EvaluationPeriods(BaseModel):
    evaluation_periods: "EvaluationPeriodsEvaluationPeriods"


class EvaluationPeriodsEvaluationPeriods(BaseModel):
    edges: list["EvaluationPeriodsEvaluationPeriodsEdges"]
    page_info: "EvaluationPeriodsEvaluationPeriodsPageInfo"


class EvaluationPeriodsEvaluationPeriodsEdges(BaseModel):
    node: "EvaluationPeriodsEvaluationPeriodsEdgesNode"


EvaluationPeriodsEvaluationPeriodsEdgesNode = Period


class EvaluationPeriodsEvaluationPeriodsPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


EvaluationPeriods.model_rebuild()
EvaluationPeriodsEvaluationPeriods.model_rebuild()
EvaluationPeriodsEvaluationPeriodsEdges.model_rebuild()
