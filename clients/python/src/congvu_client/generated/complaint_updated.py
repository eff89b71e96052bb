from .base_model import BaseModel
from .fragments import ChangeEvent


class ComplaintUpdated(BaseModel):
    complaint_updated: "ComplaintUpdatedComplaintUpdated"


ComplaintUpdatedComplaintUpdated = ChangeEvent
ComplaintUpdated.model_rebuild()
