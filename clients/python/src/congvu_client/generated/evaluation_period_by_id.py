from typing import Optional

from .base_model import BaseModel
from .fragments import Period


class EvaluationPeriodById(BaseModel):
    evaluation_period: Optional["EvaluationPeriodByIdEvaluationPeriod"]


EvaluationPeriodByIdEvaluationPeriod = Period
EvaluationPeriodById.model_rebuild()
