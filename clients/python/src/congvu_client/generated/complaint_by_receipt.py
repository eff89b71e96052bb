from typing import Optional

from .base_model import BaseModel
from .fragments import Complaint


class ComplaintByReceipt(BaseModel):
    complaint_by_receipt: Optional["ComplaintByReceiptComplaintByReceipt"]


ComplaintByReceiptComplaintByReceipt = Complaint
ComplaintByReceipt.model_rebuild()
