"""What feedback reads of the environment besides the common settings."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from congvu_kit.service.settings import Port, ServiceSettings
from feedback_service.domain.common.private_data import Retention
from feedback_service.domain.complaints.values import Terms
from feedback_service.domain.submissions.rating_limits import RatingLimits


class FeedbackSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="FEEDBACK_")

    port: Port = 4103

    keys_dir: Path | None = Field(None)
    memory_dir: Path | None = Field(None)
    keep_submissions_days: int = Field(2 * 365, ge=1)
    keep_complaints_days: int = Field(5 * 365, ge=1)
    log_origin: str = Field("congvu-kpi/public-log", pattern=r"^[^\s+]+$")
    checkpoint_every_s: int = Field(86_400, ge=60)
    witnesses: str = ""
    sign_every_s: float = Field(10.0, gt=0, le=60)
    sweep_every_s: float = Field(60.0, gt=0)
    classify_days: int = Field(2, ge=1)
    answer_days: int = Field(10, ge=1)
    dispute_days: int = Field(10, ge=1)
    decide_days: int = Field(15, ge=1)
    reopen_days: int = Field(20, ge=1)
    escalate_days: int = Field(3, ge=1)
    person_day: int = Field(30, ge=1)
    portal_minute: int = Field(6000, ge=1)
    burst_minute: int = Field(20, ge=1)
    burst_day: int = Field(200, ge=1)
    same_run: int = Field(40, ge=2)
    review_days: int = Field(10, ge=1)

    @property
    def memory(self) -> Path:
        """What must outlive any restore of the database."""
        return self.memory_dir or Path(self.data_dir) / "feedback" / "memory"

    @property
    def terms(self) -> Terms:
        return Terms(
            classify_days=self.classify_days,
            answer_days=self.answer_days,
            dispute_days=self.dispute_days,
            decide_days=self.decide_days,
            reopen_days=self.reopen_days,
            escalate_days=self.escalate_days,
        )

    @property
    def limits(self) -> RatingLimits:
        return RatingLimits(
            person_day=self.person_day,
            portal_minute=self.portal_minute,
            burst_minute=self.burst_minute,
            burst_day=self.burst_day,
            same_run=self.same_run,
            review_days=self.review_days,
        )

    @property
    def retention(self) -> Retention:
        return Retention(
            submission_days=self.keep_submissions_days, complaint_days=self.keep_complaints_days
        )

    @property
    def checkpoint_every(self) -> timedelta:
        return timedelta(seconds=self.checkpoint_every_s)
