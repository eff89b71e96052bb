"""Budgets of units (kinh phí): entered with a source by one person, confirmed by another."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.sizes import require_room


class BudgetState(StrEnum):
    ENTERED = "ENTERED"
    CONFIRMED = "CONFIRMED"


ENTRIES_MAX = 20
"""Entries of one unit and year."""


@dataclass(frozen=True, kw_only=True)
class BudgetEntry:
    """An amount as somebody entered it, and who confirmed it."""

    amount: Decimal
    source: str
    entered_by: Participant
    entered_at: datetime
    confirmed_by: Participant | None = None
    confirmed_at: datetime | None = None


@dataclass(kw_only=True)
class UnitBudget(Aggregate):
    """Of a unit with all below it in a year, in đồng. A correction is a new entry, the ones before
    it stay in `earlier`; the last one that was confirmed stands beside a comparison."""

    province: str
    unit_id: str
    year: int
    amount: Decimal
    source: str
    entered_by: Participant
    entered_at: datetime
    state: BudgetState = BudgetState.ENTERED
    confirmed_by: Participant | None = None
    confirmed_at: datetime | None = None
    earlier: tuple[BudgetEntry, ...] = ()

    @property
    def entries(self) -> tuple[BudgetEntry, ...]:
        """Oldest first."""
        last = BudgetEntry(
            amount=self.amount,
            source=self.source,
            entered_by=self.entered_by,
            entered_at=self.entered_at,
            confirmed_by=self.confirmed_by,
            confirmed_at=self.confirmed_at,
        )
        return (*self.earlier, last)

    @property
    def counted(self) -> "UnitBudget | None":
        """As it stood with the last entry that was confirmed."""
        sure = [n for n, each in enumerate(self.entries) if each.confirmed_by]
        if not sure:
            return None
        last = self.entries[sure[-1]]
        return replace(
            self,
            amount=last.amount,
            source=last.source,
            entered_by=last.entered_by,
            entered_at=last.entered_at,
            state=BudgetState.CONFIRMED,
            confirmed_by=last.confirmed_by,
            confirmed_at=last.confirmed_at,
            earlier=self.entries[: sure[-1]],
        )

    def enter(self, amount: Decimal, source: str, by: Participant, now: datetime) -> None:
        """Anew: what stood there before stays on record."""
        require_room(self.entries, ENTRIES_MAX, en="entries of a budget", vi="lần nhập kinh phí")
        self.earlier = self.entries
        self.amount, self.source, self.entered_by, self.entered_at = amount, source, by, now
        self.state, self.confirmed_by, self.confirmed_at = BudgetState.ENTERED, None, None

    def confirm(self, by: Participant, now: datetime) -> None:
        if self.state is not BudgetState.ENTERED:
            raise Conflict(
                en="this budget is confirmed already", vi="Kinh phí này đã được xác nhận."
            )
        self.state, self.confirmed_by, self.confirmed_at = BudgetState.CONFIRMED, by, now


def budget_id(unit_id: str, year: int) -> str:
    return derived_id("budget", unit_id, str(year))
