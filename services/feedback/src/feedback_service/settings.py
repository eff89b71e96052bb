"""What feedback reads of the environment besides the common settings."""

from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from congvu_kit.service.settings import ServiceSettings
from feedback_service.domain.complaint_parts import Terms


class FeedbackSettings(ServiceSettings):
    PREFIX: ClassVar[str] = "FEEDBACK_"
    DEFAULT_PORT: ClassVar[int] = 4103

    keys_dir: Path | None = Field(None, alias="FEEDBACK_KEYS_DIR")
    log_origin: str = Field(
        "congvu-kpi/public-log", alias="FEEDBACK_LOG_ORIGIN", pattern=r"^[^\s+]+$"
    )
    checkpoint_every_s: int = Field(86_400, ge=60, alias="FEEDBACK_CHECKPOINT_EVERY_S")
    sweep_every_s: float = Field(60.0, gt=0, alias="FEEDBACK_SWEEP_EVERY_S")
    classify_days: int = Field(2, ge=1, alias="FEEDBACK_CLASSIFY_DAYS")
    answer_days: int = Field(10, ge=1, alias="FEEDBACK_ANSWER_DAYS")
    dispute_days: int = Field(10, ge=1, alias="FEEDBACK_DISPUTE_DAYS")
    decide_days: int = Field(15, ge=1, alias="FEEDBACK_DECIDE_DAYS")

    @property
    def terms(self) -> Terms:
        return Terms(
            classify_days=self.classify_days,
            answer_days=self.answer_days,
            dispute_days=self.dispute_days,
            decide_days=self.decide_days,
        )

    @property
    def checkpoint_every(self) -> timedelta:
        return timedelta(seconds=self.checkpoint_every_s)
