from typing import Optional

from .base_model import BaseModel
from .fragments import Submission


class SubmissionById(BaseModel):
    submission: Optional["SubmissionByIdSubmission"]


SubmissionByIdSubmission = Submission
SubmissionById.model_rebuild()
