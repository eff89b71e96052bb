"""Time as a test sets it."""

from datetime import datetime, timedelta


class FixedClock:
    """Stands at `at` until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    async def read(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)

    def pass_seconds(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
