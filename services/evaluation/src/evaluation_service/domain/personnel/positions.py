"""Job positions (vị trí việc làm), as the personnel systems report them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.ids import derived_id
from evaluation_service.domain.personnel.lives import EVER, Life, SourceMark, differing, new_life_id


@dataclass(frozen=True, kw_only=True)
class PositionFacts:
    """What the source system says of a position."""

    title: str
    family: str | None
    duty_group: str
    leadership: bool
    valid_from: date | None
    valid_to: date | None

    @property
    def life(self) -> Life:
        return Life(self.valid_from or EVER, self.valid_to)


@dataclass(kw_only=True)
class JobPosition(Aggregate):
    """`duty_group` (nhóm nhiệm vụ tương đồng) is whom its holders are compared with."""

    province: str
    code: str
    title: str
    family: str | None
    duty_group: str
    leadership: bool
    valid_from: date | None = None
    valid_to: date | None = None
    source: SourceMark | None = None

    @property
    def facts(self) -> PositionFacts:
        return PositionFacts(
            title=self.title,
            family=self.family,
            duty_group=self.duty_group,
            leadership=self.leadership,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )

    @property
    def life(self) -> Life:
        return self.facts.life

    def sync(self, facts: PositionFacts) -> tuple[str, ...]:
        """Take over what the source says; the names of what changed."""
        facts.life.require_order("validTo", "POSITION-LIFE")
        changed = differing(self.facts, facts)
        if changed or not self.revision:
            self.title, self.family, self.duty_group = facts.title, facts.family, facts.duty_group
            self.leadership = facts.leadership
            self.valid_from, self.valid_to = facts.valid_from, facts.valid_to
        return changed


def new_position(
    province: str, code: str, facts: PositionFacts, lives: Sequence[JobPosition] = ()
) -> JobPosition:
    return JobPosition(
        id=new_life_id("pos", lives, facts.life.starts_on, province, code),
        province=province,
        code=code,
        title=facts.title,
        family=facts.family,
        duty_group=facts.duty_group,
        leadership=facts.leadership,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
    )


def position_id(province: str, code: str) -> str:
    """Of the first one with this code."""
    return derived_id("pos", province, code)


def position_key(province: str, code: str) -> str:
    return chr(31).join((province, code))
