from typing import Optional

from .base_model import BaseModel
from .fragments import Evaluation


class Evaluations(BaseModel):
    evaluations: "EvaluationsEvaluations"


class EvaluationsEvaluations(BaseModel):
    edges: list["EvaluationsEvaluationsEdges"]
    page_info: "EvaluationsEvaluationsPageInfo"


class EvaluationsEvaluationsEdges(BaseModel):
    node: "EvaluationsEvaluationsEdgesNode"


EvaluationsEvaluationsEdgesNode = Evaluation


class EvaluationsEvaluationsPageInfo(BaseModel):
    has_next_page: bool
    end_cursor: Optional[str]


Evaluations.model_rebuild()
EvaluationsEvaluations.model_rebuild()
EvaluationsEvaluationsEdges.model_rebuild()
