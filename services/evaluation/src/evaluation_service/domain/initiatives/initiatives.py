"""Initiatives (sáng kiến): an improvement with its baseline and claimed effect, decided by another
than its author, and looked at later, whether it lasted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.canonical import Json, fingerprint
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.common.numbers import Measure, Points
from evaluation_service.domain.periods.imprints import record_of

CHECKS_MAX = 4
"""Dates on which it is looked at."""

CHECK_LATEST_DAYS = 1_100
"""Three years: what lasts so long stays."""

TEXT_MAX_CHARS = 4_000


class InitiativeKind(StrEnum):
    SIMPLER_PROCEDURE = "SIMPLER_PROCEDURE"
    INFORMATION_TECHNOLOGY = "INFORMATION_TECHNOLOGY"
    PUBLIC_SERVICE = "PUBLIC_SERVICE"
    TRANSPARENCY = "TRANSPARENCY"
    SHORTER_TIME = "SHORTER_TIME"
    EXPERIENCE = "EXPERIENCE"


class InitiativeState(StrEnum):
    PROPOSED = "PROPOSED"
    PROVISIONAL = "PROVISIONAL"
    FINAL = "FINAL"
    REFUSED = "REFUSED"


class CheckVerdict(StrEnum):
    LASTED = "LASTED"
    PARTLY = "PARTLY"
    FADED = "FADED"


LEFT: dict[CheckVerdict, Fraction] = {
    CheckVerdict.LASTED: Fraction(1),
    CheckVerdict.PARTLY: Fraction(1, 2),
    CheckVerdict.FADED: Fraction(0),
}
"""What is left of the provisional points by the last check."""


@dataclass(frozen=True, kw_only=True)
class InitiativeFacts:
    """What the author says: before it, and what it makes of that."""

    kind: InitiativeKind
    title: str
    description: str
    unit_of_measure: str
    baseline: Measure
    claimed: Measure
    evidence: tuple[Evidence, ...]

    def check(self) -> None:
        for name, text in (
            ("title", self.title),
            ("description", self.description),
            ("unitOfMeasure", self.unit_of_measure),
        ):
            if not 0 < len(text.strip()) <= TEXT_MAX_CHARS:
                raise Invalid(
                    en=f"{name} must be 1 to {TEXT_MAX_CHARS} characters",
                    vi=f"Phải có từ 1 đến {TEXT_MAX_CHARS} ký tự.",
                    field=f"input.facts.{name}",
                )
        if self.baseline == self.claimed:
            raise Invalid(
                en="the claimed effect is the baseline itself",
                vi="Hiệu quả nêu ra bằng đúng hiện trạng.",
                field="input.facts.claimed",
            )
        if not self.evidence:
            raise Invalid(
                en="an initiative has evidence",
                vi="Sáng kiến phải có minh chứng.",
                field="input.facts.evidence",
            )


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What somebody found on looking again."""

    verdict: CheckVerdict
    measured: Measure
    reason: str
    evidence: tuple[Evidence, ...]
    by: Participant
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EffectCheck:
    due_on: date
    finding: Finding | None = None


@dataclass(frozen=True, kw_only=True)
class InitiativeEvent(Event):
    """`points` count now: provisional ones, or after the last check final ones."""

    initiative_id: str
    civil_servant_id: str
    unit_id: str
    province: str
    period_id: str
    kind: InitiativeKind
    state: InitiativeState
    points: str | None


@dataclass(frozen=True, kw_only=True)
class InitiativeProposed(InitiativeEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.initiative.proposed.v1"


@dataclass(frozen=True, kw_only=True)
class InitiativeDecided(InitiativeEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.initiative.decided.v1"


@dataclass(frozen=True, kw_only=True)
class InitiativeChecked(InitiativeEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.initiative.checked.v1"


@dataclass(kw_only=True)
class Initiative(Aggregate):
    """`points` are provisional until `final` are known; `involved` decided or checked it."""

    civil_servant_id: str
    appointment_id: str
    period_id: str
    province: str
    unit_id: str
    unit_path: tuple[str, ...]
    facts: InitiativeFacts
    proposed_at: datetime
    state: InitiativeState = InitiativeState.PROPOSED
    points: Points | None = None
    final: str | None = None
    checks: tuple[EffectCheck, ...] = ()
    reason: str | None = None
    decided_at: datetime | None = None
    involved: list[Participant] = field(default_factory=list)

    def propose(self) -> None:
        self.facts.check()
        self.record(self._told(InitiativeProposed))

    def decide(
        self,
        points: Points | None,
        check_on: Sequence[date],
        reason: str,
        by: Participant,
        now: datetime,
    ) -> None:
        """Provisional points and when it is looked at again; without points it is refused."""
        self._require(InitiativeState.PROPOSED)
        self.points, self.reason, self.decided_at = points, reason, now
        self.state = InitiativeState.REFUSED if points is None else InitiativeState.PROVISIONAL
        self.checks = tuple(EffectCheck(due_on=day) for day in check_on)
        self.involved.append(by)
        self.record(self._told(InitiativeDecided))

    def check(self, finding: Finding, today: date) -> None:
        """The next of its checks; the last one makes the points final."""
        self._require(InitiativeState.PROVISIONAL)
        due = self.next_check
        if due is None or today < due:
            raise Conflict(
                en=f"the next check is on {due}",
                vi=f"Đến ngày {vi_text(due)} mới kiểm tra lại.",
                rule_id="E-I12",
            )
        index = next(n for n, each in enumerate(self.checks) if each.finding is None)
        self.checks = tuple(
            replace(each, finding=finding) if n == index else each
            for n, each in enumerate(self.checks)
        )
        if self.next_check is None:
            self.state = InitiativeState.FINAL
            self.final = str(LEFT[finding.verdict] * Fraction(self.points or 0))
        self.involved.append(finding.by)
        self.record(self._told(InitiativeChecked))

    @property
    def kind(self) -> InitiativeKind:
        return self.facts.kind

    @property
    def next_check(self) -> date | None:
        return next((each.due_on for each in self.checks if each.finding is None), None)

    @property
    def counted(self) -> Fraction:
        """The points that count now."""
        known = self.final if self.final is not None else self.points
        return Fraction(known or 0)

    @property
    def hash(self) -> str:
        """Binds all that is known of it; the snapshot carries it."""
        return fingerprint(record_of(self))

    def row(self) -> dict[str, Json]:
        """As the snapshot has it."""
        return {
            "initiative": self.id,
            "kind": str(self.facts.kind),
            "points": str(self.counted),
            "state": str(self.state),
            "evidence": [{"ref": self.id, "hash": self.hash}],
        }

    def _require(self, state: InitiativeState) -> None:
        if self.state is not state:
            raise Conflict(
                en=f"the initiative is {self.state}, not {state}",
                vi=f"Sáng kiến này {vi_text(self.state)}; thao tác này chỉ thực hiện khi sáng "
                f"kiến {vi_text(state)}.",
                rule_id="E-I12",
            )

    def _told(self, kind: type[InitiativeEvent]) -> InitiativeEvent:
        return kind(
            initiative_id=self.id,
            civil_servant_id=self.civil_servant_id,
            unit_id=self.unit_id,
            province=self.province,
            period_id=self.period_id,
            kind=self.facts.kind,
            state=self.state,
            points=None if self.points is None else str(self.counted),
        )
