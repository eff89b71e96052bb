"""Time comes in from outside: UTC instants, and business dates in Vietnam."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""Legal dates and working days are local to this zone."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The current instant, UTC, in whole milliseconds (what the database keeps)."""


class SystemClock:
    def now(self) -> datetime:
        at = datetime.now(UTC)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)


def business_date(at: datetime) -> date:
    """The calendar day in Vietnam at the instant `at`."""
    return at.astimezone(VIETNAM).date()
