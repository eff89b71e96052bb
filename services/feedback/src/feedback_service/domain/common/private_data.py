"""Personal data, kept apart: sealed under a key of its own for each submission (F-I2)."""

from dataclasses import dataclass
from datetime import date, datetime

from congvu_kit.domain.aggregate import Aggregate
from feedback_service.domain.log.entry import ActorClass


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Days for which the private part is kept: of what was said, and of a complaint."""

    submission_days: int = 2 * 365
    complaint_days: int = 5 * 365


@dataclass(kw_only=True)
class PrivateRecord(Aggregate):
    """`sealed` can be read only with the key of the same id."""

    sealed: str


@dataclass(frozen=True, kw_only=True)
class RememberedErasure:
    """That a key was destroyed, for whom, on which ground: it holds after any restore."""

    owner_id: str
    province: str
    by: ActorClass
    legal_basis: str


@dataclass(kw_only=True)
class PrivateKey(Aggregate):
    """`wrapped` is the key under the service's own; None once it was erased, for ever. `held_by`
    are the requests of the sender for which nobody else reads what it opens; it is kept from
    `made_on` as long as the retention says."""

    wrapped: str | None
    erased_at: datetime | None = None
    held_by: tuple[str, ...] = ()
    made_on: date | None = None

    def erase(self, at: datetime) -> bool:
        """True when there was something to erase."""
        if self.wrapped is None:
            return False
        self.wrapped = self.made_on = None
        self.erased_at = at
        return True
