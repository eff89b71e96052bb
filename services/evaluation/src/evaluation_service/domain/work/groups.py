"""Group work (việc nhóm): one quantity, divided among several officers by shares of exactly 100."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.sizes import require_room
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.numbers import DONE
from evaluation_service.domain.work.changes import CHANGES_MAX

MEMBERS_MAX = 20
"""Officers of one group; more are several pieces of work."""

MEMBERS_MIN = 2

WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class GroupShare:
    """What one assignment is of a group's: `share` percent of every product of it."""

    group_id: str
    share: Decimal

    @property
    def unit(self) -> Decimal:
        """What one product of the group counts here."""
        return self.share / WHOLE


@dataclass(frozen=True, kw_only=True)
class GroupMember:
    civil_servant_id: str
    assignment_id: str
    share: Decimal


@dataclass(frozen=True, kw_only=True)
class Division:
    """How the group was divided by somebody at some time; the last one holds."""

    quantity: Decimal
    members: tuple[GroupMember, ...]
    reason: str | None
    decision: Decision | None
    divided_by: Participant
    divided_at: datetime


@dataclass(kw_only=True)
class WorkGroup(Aggregate):
    """The first member leads: a report of the lead may speak for all."""

    period_id: str
    province: str
    version_id: str
    divisions: list[Division] = field(default_factory=list)

    @property
    def division(self) -> Division:
        """The one in force."""
        return self.divisions[-1]

    @property
    def lead(self) -> GroupMember:
        return self.division.members[0]

    def divide(self, division: Division, *, begun: bool) -> None:
        """Once anybody has begun, a recorded decision is needed."""
        if begun and division.decision is None:
            raise Invalid(
                en="the work has begun: its shares change by a decision only",
                vi="Việc đã bắt đầu nên chỉ chia lại tỷ lệ theo quyết định. Vui lòng nêu số "
                "quyết định.",
                field="input.decision",
                rule_id="E-I6",
            )
        require_room(self.divisions, CHANGES_MAX, en="divisions of a group", vi="lần chia tỷ lệ")
        self.divisions.append(division)


def check_shares(people: Sequence[str], shares: Iterable[Decimal]) -> None:
    """Raise `Invalid` unless it is a group of different people whose shares are exactly 100."""
    if not MEMBERS_MIN <= len(people) <= MEMBERS_MAX or len(set(people)) < len(people):
        raise Invalid(
            en=f"a group has {MEMBERS_MIN} to {MEMBERS_MAX} different people",
            vi=f"Nhóm có {MEMBERS_MIN} đến {MEMBERS_MAX} người khác nhau.",
            field="input.members",
        )
    if sum(shares, Decimal(0)) != WHOLE:
        raise Invalid(
            en="the shares must sum to exactly 100",
            vi="Tổng tỷ lệ phải đúng bằng 100.",
            field="input.members",
            rule_id="E-I6",
        )


def part_of(quantity: Decimal, share: Decimal) -> Decimal:
    """A member's part, exact; raise `Invalid` where it has more places than quantities have."""
    part = (quantity * share / WHOLE).normalize()
    whole = int(part.as_tuple().exponent) > 0
    return DONE.check(part.quantize(Decimal(1)) if whole else part, "input.members")
