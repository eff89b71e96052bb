from .base_model import BaseModel
from .fragments import ChangeEvent


class ReleasePublished(BaseModel):
    release_published: "ReleasePublishedReleasePublished"


ReleasePublishedReleasePublished = ChangeEvent
ReleasePublished.model_rebuild()
