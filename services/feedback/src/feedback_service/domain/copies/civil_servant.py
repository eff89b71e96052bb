"""A civil servant, as evaluation tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate

HEAD = "HEAD"
"""The role of an appointment whose holder heads the unit, as evaluation tells it."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Half-open, open where it has no end."""

    unit_id: str
    role: str
    valid_from: date
    valid_to: date | None = None

    def heads(self, unit_id: str, on: date) -> bool:
        held = self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
        return held and self.unit_id == unit_id and self.role == HEAD


@dataclass(kw_only=True)
class CivilServant(Aggregate):
    """A civil servant, without a name: where they are or were appointed, and as what; copies of
    before know of no roles."""

    province: str
    unit_ids: tuple[str, ...]
    told_revision: int
    appointments: tuple[Appointment, ...] = ()


def head_among(servants: Sequence[CivilServant], unit_id: str, on: date) -> str | None:
    """Who heads the unit on that day; of several the first by id."""
    heads = [each.id for each in servants if any(at.heads(unit_id, on) for at in each.appointments)]
    return min(heads, default=None)
