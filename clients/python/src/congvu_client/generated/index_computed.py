from .base_model import BaseModel
from .fragments import ChangeEvent


class IndexComputed(BaseModel):
    index_computed: "IndexComputedIndexComputed"


IndexComputedIndexComputed = ChangeEvent
IndexComputed.model_rebuild()
