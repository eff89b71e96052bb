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
    `last_seq` is the last entry of the public log that counts: later answers come too late."""

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

    def freeze(self, unit_ids: tuple[str, ...], *, last_seq: int, at: datetime) -> None:
        self.state, self.frozen_at = PeriodState.FROZEN, at
        self.last_seq, self.pending = last_seq, unit_ids

    def has_live_figure(self, unit_id: str) -> bool:
        return self.state is PeriodState.OPEN or unit_id in self.pending
