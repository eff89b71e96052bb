"""How many answers one person and one portal may send."""

from dataclasses import dataclass
from datetime import date

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import RateLimited
from congvu_kit.domain.vietnamese import vi_text


@dataclass(frozen=True, kw_only=True)
class RatingLimits:
    """Above `person_day` and `portal_minute` an answer is refused; above the others, answers about
    one unit that came one way are taken and reviewed. `burst_day` counts those that a portal says
    it collected on one earlier day, `same_run` those in a row that say exactly the same;
    a review that nobody decides in `review_days` working days ends in favour of who answered."""

    person_day: int = 30
    portal_minute: int = 6000
    burst_minute: int = 20
    burst_day: int = 200
    same_run: int = 40
    review_days: int = 10

    def require_portal_room(self, in_minute: int) -> None:
        if in_minute >= self.portal_minute:
            raise RateLimited(
                en=f"a portal passes on at most {self.portal_minute} answers a minute",
                vi=f"Mỗi cổng chuyển tối đa {vi_text(self.portal_minute)} ý kiến một phút.",
            )


@dataclass(kw_only=True)
class PersonDay(Aggregate):
    """How much one person said on one day. Its id is a commitment that holds for that day alone
    and stands nowhere else: it tells neither who it was nor what was said."""

    on: date
    count: int = 0

    def add(self, limits: RatingLimits) -> None:
        if self.count >= limits.person_day:
            raise RateLimited(
                en=f"a person answers at most {limits.person_day} times a day",
                vi=f"Mỗi người gửi tối đa {vi_text(limits.person_day)} ý kiến một ngày.",
                rule_id="F-I4",
            )
        self.count += 1
