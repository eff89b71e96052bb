"""Ranking runs (xếp loại): one agency of a frozen period, scored and ranked in one go."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import derived_id
from evaluation_service.domain.periods.imprints import Imprint, record_of
from evaluation_service.domain.periods.seals import (
    SealedResult,
    SealedRun,
    count_bands,
    results_hash,
)

ATTEMPTS_MAX = 6
"""Times an agency may be scored in one period: what is left of the sheets is for decisions."""


class RunState(StrEnum):
    WAITING = "WAITING"
    REQUESTED = "REQUESTED"
    RANKED = "RANKED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, kw_only=True)
class ScoringRequested(Event):
    """The message by which an agency is scored; any replica may take it."""

    TYPE: ClassVar[str] = "congvu.evaluation.scoring.requested.v1"

    run_id: str
    period_id: str
    agency_id: str
    province: str


@dataclass(frozen=True, kw_only=True)
class RankingCompleted(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.ranking.completed.v1"

    run_id: str
    period_id: str
    agency_id: str
    province: str
    bands: dict[str, int]
    ties: tuple[str, ...]
    run_hash: str


@dataclass(frozen=True, kw_only=True)
class RankingPublished(Event):
    """The message by which an agency's results are announced one by one."""

    TYPE: ClassVar[str] = "congvu.evaluation.ranking.published.v1"

    run_id: str
    period_id: str
    agency_id: str
    province: str


@dataclass(frozen=True, kw_only=True)
class QuotaUse:
    """How much of the quota of `policy` a scope (the agency, or one duty group in it) uses."""

    scope: str
    people: int
    allowed: int
    kept: int
    policy: str | None = None


@dataclass(kw_only=True)
class RankingRun(Aggregate):
    """`missing_unit_ids` had no index of citizens' satisfaction in time: missing evidence, no zero.

    `ties` wait for the board; `tie_kept` are those whom it left in the top band. Each `attempt` is
    a scoring of the whole agency, dated `requested_at` however often it is begun; `scored` of its
    `people` have their result so far, and `trouble` is why it was given up.
    """

    period_id: str
    agency_id: str
    province: str
    unit_ids: tuple[str, ...]
    frozen_at: datetime
    state: RunState = RunState.WAITING
    attempt: int = 1
    requested_at: datetime | None = None
    people: int = 0
    scored: int = 0
    trouble: str | None = None
    missing_unit_ids: tuple[str, ...] = ()
    results: tuple[SealedResult, ...] = ()
    ties: tuple[str, ...] = ()
    tie_kept: tuple[str, ...] | None = None
    quota: tuple[QuotaUse, ...] = ()
    involved: list[Participant] = field(default_factory=list)
    imprint: Imprint | None = None

    def request(self, now: datetime, missing_unit_ids: tuple[str, ...] = ()) -> None:
        """Ask for the scoring, once."""
        if self.state is RunState.WAITING:
            self._ask(now, missing_unit_ids)

    def again(self, now: datetime, missing_unit_ids: tuple[str, ...] = ()) -> None:
        """Ask for one more attempt, after a repair: everybody is scored anew."""
        self._require(RunState.REQUESTED, RunState.RANKED)
        self._begin_anew()
        self._ask(now, missing_unit_ids)

    def withdraw(self) -> None:
        """The inputs are open again; whoever is scoring stops at the next step."""
        self.state = RunState.WITHDRAWN

    def wait_again(self, unit_ids: tuple[str, ...], frozen_at: datetime) -> None:
        """The inputs are fixed again."""
        self._require(RunState.WITHDRAWN)
        self._begin_anew()
        self.state = RunState.WAITING
        self.unit_ids, self.frozen_at = unit_ids, frozen_at
        self.missing_unit_ids = ()

    def _begin_anew(self) -> None:
        if self.attempt == ATTEMPTS_MAX:
            raise Conflict(
                en=f"an agency is scored at most {ATTEMPTS_MAX} times in a period",
                vi=f"mỗi cơ quan được chấm tối đa {ATTEMPTS_MAX} lần trong một kỳ",
            )
        self.attempt += 1
        self.people = self.scored = 0
        self.results, self.ties, self.tie_kept, self.quota = (), (), None, ()
        self.trouble = None

    def _ask(self, now: datetime, missing_unit_ids: tuple[str, ...]) -> None:
        self.state = RunState.REQUESTED
        self.requested_at = now
        self.missing_unit_ids = missing_unit_ids
        self.record(ScoringRequested(**self._where()))

    def progress(self, *, people: int, scored: int) -> None:
        self._require(RunState.REQUESTED)
        self.people, self.scored, self.trouble = people, scored, None

    def failed(self, reason: str) -> None:
        """Nobody tries any more; `again` does."""
        if self.state is RunState.REQUESTED:
            self.trouble = reason

    def ranked(
        self,
        results: tuple[SealedResult, ...],
        ties: tuple[str, ...],
        quota: tuple[QuotaUse, ...],
    ) -> None:
        """For the first time, or again after ties were decided or a result corrected."""
        self._require(RunState.REQUESTED, RunState.RANKED)
        self.results = tuple(sorted(results, key=lambda each: each.evaluation_id))
        self.ties, self.quota = ties, quota
        self.state = RunState.RANKED
        self.people = self.scored = len(results)
        self.trouble = None
        bands = count_bands(results)
        del bands["evaluations"]
        self.record(RankingCompleted(**self._where(), bands=bands, ties=ties, run_hash=self.hash))

    def require_ranked(self) -> None:
        self._require(RunState.RANKED)

    def publish(self) -> None:
        self.require_ranked()
        self.record(RankingPublished(**self._where()))

    @property
    def hash(self) -> str:
        return results_hash(self.agency_id, self.results)

    @property
    def sealed_record(self) -> dict[str, Json]:
        """What a seal binds, as it is now; the results by their hash."""
        return record_of(self) | {"results": self.hash}

    def sealed(self) -> SealedRun:
        self.imprint = Imprint.of(self.sealed_record)
        return SealedRun(
            agency_id=self.agency_id, hash=self.imprint.hash, results=len(self.results)
        )

    def corrected(self, result: SealedResult) -> None:
        """A decision after the closing: the one result is another, the ranking stays (E-I3)."""
        others = [each for each in self.results if each.evaluation_id != result.evaluation_id]
        self.results = tuple(sorted([*others, result], key=lambda each: each.evaluation_id))

    def _require(self, *states: RunState) -> None:
        if self.state not in states:
            wanted = ", ".join(states)
            raise Conflict(
                en=f"the run is {self.state}, not {wanted}",
                vi=f"lượt xếp loại đang là {self.state}, chưa phải {wanted}",
            )

    def _where(self) -> dict[str, str]:
        return {
            "run_id": self.id,
            "period_id": self.period_id,
            "agency_id": self.agency_id,
            "province": self.province,
        }


def run_id(period_id: str, agency_id: str) -> str:
    return derived_id("run", period_id, agency_id)
