from .base_model import BaseModel
from .fragments import ChangeEvent


class ResultPublished(BaseModel):
    result_published: "ResultPublishedResultPublished"


ResultPublishedResultPublished = ChangeEvent
ResultPublished.model_rebuild()
