"""Ranking runs (xếp loại): one agency of a frozen period, scored and ranked in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.periods.imprints import Imprint, record_of
from evaluation_service.domain.periods.seals import (
    SealedResult,
    SealedRun,
    count_bands,
    results_hash,
)

ATTEMPTS_MAX = 6
"""Times an agency may be scored in one period: what is left of the sheets is for decisions."""


LATE_ATTEMPT_MAX = ATTEMPTS_MAX - 2
"""Up to this one a late index asks for one more by itself: the last are for people's repairs."""

PLATFORM = Participant(subject="congvu.evaluation")
"""Stands where a person would, when what came late is taken by itself."""

ASKS_MAX = 6
"""Messages for one attempt; after them somebody has to look, and rescore."""


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


@dataclass(frozen=True, kw_only=True)
class Rescoring:
    """Why an agency was scored once more, before the publication."""

    attempt: int
    reason: str
    by: Participant
    at: datetime


@dataclass(kw_only=True)
class RankingRun(Aggregate):
    """`missing_unit_ids` had no index of citizens' satisfaction in time: missing evidence, no zero.

    `ties` wait for the board; `tie_kept` are those whom it left in the top band. Each `attempt` is
    a scoring of the whole agency, dated `requested_at` however often it is begun; `scored` of its
    `people` have their result so far, and `trouble` is why it was given up. It was asked for
    `asks` times in this attempt, last at `asked_at`. `freeze` is the period's freeze it is of;
    `unscored` says by how many people each rule kept from a score. `units` are the results of the
    agency and of its parts, where units are rated.
    """

    period_id: str
    agency_id: str
    province: str
    unit_ids: tuple[str, ...]
    frozen_at: datetime
    freeze: int = 1
    state: RunState = RunState.WAITING
    attempt: int = 1
    requested_at: datetime | None = None
    people: int = 0
    scored: int = 0
    trouble: str | None = None
    missing_unit_ids: tuple[str, ...] = ()
    results: tuple[SealedResult, ...] = ()
    units: tuple[SealedResult, ...] = ()
    unit_quota: tuple[QuotaUse, ...] = ()
    ties: tuple[str, ...] = ()
    tie_kept: tuple[str, ...] | None = None
    quota: tuple[QuotaUse, ...] = ()
    unscored: dict[str, int] = field(default_factory=dict)
    involved: list[Participant] = field(default_factory=list)
    rescorings: tuple[Rescoring, ...] = ()
    asked_at: datetime | None = None
    asks: int = 0
    imprint: Imprint | None = None

    def request(self, now: datetime, missing_unit_ids: tuple[str, ...] = ()) -> None:
        """Ask for the scoring, once."""
        if self.state is RunState.WAITING:
            self._ask(now, missing_unit_ids)

    def again(
        self, reason: str, by: Participant, now: datetime, missing_unit_ids: tuple[str, ...] = ()
    ) -> None:
        """Ask for one more attempt, after a repair: everybody is scored anew."""
        self._require(RunState.REQUESTED, RunState.RANKED)
        self._begin_anew()
        self.rescorings += (Rescoring(attempt=self.attempt, reason=reason, by=by, at=now),)
        self._ask(now, missing_unit_ids)

    def asked_before(self, now: datetime, wait_s: float) -> bool:
        """Whether the last message, which is waited for twice as long as the one before it, should
        have been answered."""
        if self.state is not RunState.REQUESTED or self.asked_at is None or self.asks >= ASKS_MAX:
            return False
        return now >= self.asked_at + timedelta(seconds=wait_s * 2 ** (self.asks - 1))

    def ask_again(self, now: datetime) -> None:
        """The message of this attempt was lost, or given up: another one."""
        self._require(RunState.REQUESTED)
        self.asked_at, self.asks = now, self.asks + 1
        self.record(ScoringRequested(**self._where()))

    def withdraw(self) -> None:
        """The inputs are open again; whoever is scoring stops at the next step."""
        if self.state is not RunState.WITHDRAWN:
            self._refuse_last_attempt()
        self.state = RunState.WITHDRAWN
        self._empty()

    def wait_again(self, unit_ids: tuple[str, ...], frozen_at: datetime, freeze: int) -> None:
        """The inputs are fixed again."""
        self._require(RunState.WITHDRAWN)
        self._begin_anew()
        self.state = RunState.WAITING
        self.unit_ids, self.frozen_at, self.freeze = unit_ids, frozen_at, freeze
        self.missing_unit_ids = ()

    def _begin_anew(self) -> None:
        self._refuse_last_attempt()
        self.attempt += 1
        self._empty()

    def _refuse_last_attempt(self) -> None:
        """What is opened again can be scored again, so that it always ends (E-I14)."""
        if self.attempt == ATTEMPTS_MAX:
            raise Conflict(
                en=f"an agency is scored at most {ATTEMPTS_MAX} times in a period",
                vi=f"Mỗi cơ quan được chấm tối đa {ATTEMPTS_MAX} lần trong một kỳ.",
                rule_id="E-I14",
            )

    def _empty(self) -> None:
        self.people = self.scored = 0
        self.results, self.ties, self.tie_kept, self.quota = (), (), None, ()
        self.units = self.unit_quota = ()
        self.unscored = {}
        self.trouble = None

    def _ask(self, now: datetime, missing_unit_ids: tuple[str, ...]) -> None:
        self.state = RunState.REQUESTED
        self.requested_at = self.asked_at = now
        self.asks = 1
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
        unscored: Mapping[str, int] | None = None,
    ) -> None:
        """For the first time, or again after ties were decided or a result corrected."""
        self._require(RunState.REQUESTED, RunState.RANKED)
        self.results = tuple(sorted(results, key=lambda each: each.evaluation_id))
        self.ties, self.quota, self.unscored = ties, quota, dict(unscored or {})
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
    def waiting_since(self) -> datetime | None:
        """While it waits: for the indexes, or for the answer to its message."""
        return {RunState.WAITING: self.frozen_at, RunState.REQUESTED: self.asked_at}.get(self.state)

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
        self.results = _with(self.results, result)

    def rated_units(
        self, results: Iterable[SealedResult], quota: tuple[QuotaUse, ...] | None = None
    ) -> None:
        """Also of some of them: the others stay."""
        for result in results:
            self.units = _with(self.units, result)
        if quota is not None:
            self.unit_quota = quota

    def _require(self, *states: RunState) -> None:
        if self.state not in states:
            wanted = ", ".join(states)
            raise Conflict(
                en=f"the run is {self.state}, not {wanted}",
                vi=f"Lượt xếp loại {vi_text(self.state)}, chưa thực hiện được.",
            )

    def _where(self) -> dict[str, str]:
        return {
            "run_id": self.id,
            "period_id": self.period_id,
            "agency_id": self.agency_id,
            "province": self.province,
        }


def _with(results: Sequence[SealedResult], result: SealedResult) -> tuple[SealedResult, ...]:
    others = [each for each in results if each.evaluation_id != result.evaluation_id]
    return tuple(sorted([*others, result], key=lambda each: each.evaluation_id))


def run_id(period_id: str, agency_id: str) -> str:
    return derived_id("run", period_id, agency_id)
