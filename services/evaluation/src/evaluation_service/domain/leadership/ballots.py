"""Secret ballots (phiếu kín) on a leader: of those who are led, and of other units. What one
of them said is never kept, only sums, and that they said it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.sizes import require_room
from congvu_scoring import exact_text

BEST = 5
LED_MIN, AGENCIES_MIN = 5, 3
"""Ballots below which nothing of them but their number is told to anybody."""

VOTERS_MAX = 5_000


@dataclass(frozen=True, kw_only=True)
class Led:
    """What somebody who is led says, or the sum of it: 1 to 5, and whether they were trained."""

    development: int
    sharing: int
    trained: int


@dataclass(kw_only=True)
class BallotBox(Aggregate):
    """Of one leader in one period. `voters` are marks of who said something."""

    period_id: str
    province: str
    civil_servant_id: str
    voters: tuple[str, ...] = ()
    led: int = 0
    led_sums: Led = Led(development=0, sharing=0, trained=0)
    agencies: int = 0
    coordination: int = 0

    def take_led(self, said: Led, voter: str) -> None:
        _require_score(said.development, "input.development")
        _require_score(said.sharing, "input.sharing")
        self._mark("led", voter)
        self.led += 1
        self.led_sums = replace(
            self.led_sums,
            development=self.led_sums.development + said.development,
            sharing=self.led_sums.sharing + said.sharing,
            trained=self.led_sums.trained + said.trained,
        )

    def take_agency(self, coordination: int, agency_id: str) -> None:
        _require_score(coordination, "input.score")
        self._mark("agency", agency_id)
        self.agencies += 1
        self.coordination += coordination

    def section(self) -> Mapping[str, Json]:
        """As the snapshot has it; below the least number of ballots only how many there are."""
        sums = self.led_sums
        found: dict[str, Json] = {}
        if self.led:
            counted = {name: self.led for name in ("development", "sharing", "trained")}
            found |= {f"{name}_n": n for name, n in counted.items()}
        if self.led >= LED_MIN:
            found["development"] = exact_text(Fraction(sums.development, BEST * self.led))
            found["sharing"] = exact_text(Fraction(sums.sharing, BEST * self.led))
            found["trained"] = exact_text(Fraction(sums.trained, self.led))
        if self.agencies:
            found["coordination_n"] = self.agencies
        if self.agencies >= AGENCIES_MIN:
            found["coordination"] = exact_text(Fraction(self.coordination, BEST * self.agencies))
        return found

    def _mark(self, kind: str, voter: str) -> None:
        mark = derived_id("voter", self.id, kind, voter)
        if mark in self.voters:
            raise Conflict(
                en="you have said it already, and the first ballot stands",
                vi="Người này đã cho ý kiến; ý kiến đầu tiên được giữ nguyên.",
                rule_id="F-I4",
            )
        require_room(self.voters, VOTERS_MAX, en="ballots on one leader", vi="phiếu về một người")
        self.voters = tuple(sorted((*self.voters, mark)))


def box_id(period_id: str, civil_servant_id: str) -> str:
    return derived_id("ballots", period_id, civil_servant_id)


def _require_score(score: int, field: str) -> None:
    if not 1 <= score <= BEST:
        raise Invalid(en=f"must lie in 1 to {BEST}", vi=f"Phải từ 1 đến {BEST}.", field=field)
