"""An evaluation period, as evaluation tells it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from congvu_kit.domain.aggregate import Aggregate


class PeriodState(StrEnum):
    OPEN = "OPEN"
    FROZEN = "FROZEN"


@dataclass(kw_only=True)
class Period(Aggregate):
    """An evaluation period, half-open. `minimum_answers` and `policies` are pinned when it opens
    and stay (F-I9). Once frozen, `pending` are the units whose index is still to be computed, and
    `last_seq` is the last entry of the public log that counts: later answers come too late, unless
    the period is opened again. It is None until all that was acknowledged before is in the log;
    `freeze_number` counts how often its counting was ended: news of an earlier end is old.
    `code` is as "2026-Q3"; events of before did not tell it."""

    province: str
    name: str
    unit_ids: tuple[str, ...]
    starts_on: date
    ends_on: date
    minimum_answers: int
    policies: tuple[str, ...]
    state: PeriodState = PeriodState.OPEN
    frozen_at: datetime | None = None
    last_seq: int | None = None
    pending: tuple[str, ...] = ()
    freeze_number: int = 0
    code: str | None = None

    @property
    def months(self) -> int:
        """How long it is: months are compared with months, and quarters with quarters."""
        years = self.ends_on.year - self.starts_on.year
        return years * 12 + self.ends_on.month - self.starts_on.month

    def freeze(
        self, unit_ids: tuple[str, ...], *, number: int, last_seq: int | None, at: datetime
    ) -> None:
        self.state, self.frozen_at, self.freeze_number = PeriodState.FROZEN, at, number
        self.last_seq, self.pending = last_seq, unit_ids

    def unfreeze(self, number: int) -> None:
        """Answers count again; what the log says of that freeze stays, and counts no more."""
        self.freeze_number = number
        self.state, self.frozen_at = PeriodState.OPEN, None
        self.last_seq, self.pending = None, ()

    def has_live_figure(self, unit_id: str) -> bool:
        return self.state is PeriodState.OPEN or unit_id in self.pending
