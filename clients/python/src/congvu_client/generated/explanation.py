from decimal import Decimal
from typing import Optional

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    Evaluation,
    EvaluationCivilServant,
    EvaluationPeriod,
    EvaluationUnit,
)


class Explanation(BaseModel):
    evaluation: Optional["ExplanationEvaluation"]


class ExplanationEvaluation(Evaluation):
    explanation_lines: list["ExplanationEvaluationExplanationLines"]


class ExplanationEvaluationExplanationLines(BaseModel):
    depth: int
    rule_id: str
    clause: str
    text_vi: str
    text_en: str
    points: Optional[Decimal]
    points_exact: str


Explanation.model_rebuild()
ExplanationEvaluation.model_rebuild()
