"""How far the files of a period were opened: everybody once a day, in portions."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class StageRound(Aggregate):
    """Of a period, whose id it has. `after` is the last person looked at in a round begun."""

    after: str | None = None
    done_on: date | None = None

    def went(self, after: str | None, today: date) -> None:
        """With no one left the round is done for the day."""
        self.after = after
        if after is None:
            self.done_on = today
