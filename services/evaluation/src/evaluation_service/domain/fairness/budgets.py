"""Budgets of units (kinh phí): entered with a source by one person, confirmed by another."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import derived_id


class BudgetState(StrEnum):
    ENTERED = "ENTERED"
    CONFIRMED = "CONFIRMED"


@dataclass(kw_only=True)
class UnitBudget(Aggregate):
    """Of a unit with all below it in a year, in đồng. Entered anew, it waits to be confirmed again;
    only what is confirmed stands beside a comparison."""

    province: str
    unit_id: str
    year: int
    amount: Decimal
    source: str
    entered_by: Participant
    entered_at: datetime
    state: BudgetState = BudgetState.ENTERED
    confirmed_by: Participant | None = None

    def enter(self, amount: Decimal, source: str, by: Participant, now: datetime) -> None:
        self.amount, self.source, self.entered_by, self.entered_at = amount, source, by, now
        self.state, self.confirmed_by = BudgetState.ENTERED, None

    def confirm(self, by: Participant) -> None:
        if self.state is not BudgetState.ENTERED:
            raise Conflict(
                en="this budget is confirmed already", vi="kinh phí này đã được xác nhận"
            )
        self.state, self.confirmed_by = BudgetState.CONFIRMED, by


def budget_id(unit_id: str, year: int) -> str:
    return derived_id("budget", unit_id, str(year))
