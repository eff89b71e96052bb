"""Objectives (mục tiêu): of an organisation, a unit or a person, each with its indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.canonical import fingerprint
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.sizes import require_room
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_participant
from evaluation_service.domain.objectives.content import ObjectiveContent
from evaluation_service.domain.objectives.readings import IndicatorReading
from evaluation_service.domain.periods.imprints import record_of

CODE_MAX_CHARS = 60
VERSIONS_MAX = 50


class ObjectiveLevel(StrEnum):
    ORGANISATION = "ORGANISATION"
    UNIT = "UNIT"
    PERSON = "PERSON"


class ObjectiveState(StrEnum):
    IN_FORCE = "IN_FORCE"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Why something that was set is changed, and by which decision, where one is needed."""

    reason: str
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectiveVersion:
    """`reason` says why it follows the one before, the first has none; `decision` is what one
    rests on that came after the last day for objectives."""

    number: int
    content: ObjectiveContent
    set_by: Participant
    set_at: datetime
    reason: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectiveEvent(Event):
    """`version_hash` binds what the objective says, and who set it."""

    objective_id: str
    period_id: str
    province: str
    level: ObjectiveLevel
    unit_id: str
    civil_servant_id: str | None
    parent_id: str | None
    version: int
    version_hash: str


@dataclass(frozen=True, kw_only=True)
class ObjectiveDefined(ObjectiveEvent):
    """Each version of it."""

    TYPE: ClassVar[str] = "congvu.evaluation.objective.defined.v1"


@dataclass(frozen=True, kw_only=True)
class ObjectiveWithdrawn(ObjectiveEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.objective.withdrawn.v1"


@dataclass(kw_only=True)
class Objective(Aggregate):
    """Of one period. `unit_id` is the unit it is of, or in which the person is rated."""

    period_id: str
    province: str
    level: ObjectiveLevel
    unit_id: str
    unit_path: tuple[str, ...]
    code: str
    civil_servant_id: str | None = None
    appointment_id: str | None = None
    versions: tuple[ObjectiveVersion, ...] = ()
    state: ObjectiveState = ObjectiveState.IN_FORCE
    withdrawn_by: Participant | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None
    withdrawn_decision: Decision | None = None

    @property
    def current(self) -> ObjectiveVersion:
        return self.versions[-1]

    @property
    def content(self) -> ObjectiveContent:
        return self.current.content

    @property
    def parent_id(self) -> str | None:
        return self.content.parent_id if self.versions else None

    @property
    def set_by(self) -> tuple[Participant, ...]:
        return tuple(version.set_by for version in self.versions)

    @property
    def version_hash(self) -> str:
        return fingerprint({"objective_id": self.id, "code": self.code, **record_of(self.current)})

    def define(
        self,
        content: ObjectiveContent,
        by: Participant,
        now: datetime,
        decision: Decision | None = None,
    ) -> None:
        if not 0 < len(self.code.strip()) <= CODE_MAX_CHARS:
            raise Invalid(
                en=f"a code has 1 to {CODE_MAX_CHARS} characters",
                vi=f"Mã có 1 đến {CODE_MAX_CHARS} ký tự.",
                field="input.code",
            )
        content.check()
        first = ObjectiveVersion(
            number=1, content=content, set_by=by, set_at=now, decision=decision
        )
        self._add(first)

    def revise(
        self,
        content: ObjectiveContent,
        basis: Basis,
        by: Actor,
        now: datetime,
        readings: Sequence[IndicatorReading],
    ) -> None:
        """The next version; the ones before stay. What moves a score is changed by another person
        than set it, who entered no figure of it, and never so that a figure counts for more."""
        self.require_in_force()
        require_reason(basis.reason)
        content.check()
        if content == self.content:
            raise Conflict(
                en="this changes nothing",
                vi="Nội dung gửi lên không thay đổi gì.",
                field="input.content",
            )
        if content.measured != self.content.measured:
            refuse_participant(by, [self.current.set_by], "E-I15")
            self.refuse_reporter(by, readings)
            self._refuse_easier(content, readings)
        require_room(self.versions, VERSIONS_MAX, en="versions", vi="phiên bản")
        self._add(
            ObjectiveVersion(
                number=self.current.number + 1,
                content=content,
                set_by=Participant.of(by),
                set_at=now,
                reason=basis.reason,
                decision=basis.decision,
            )
        )

    def withdraw(self, basis: Basis, by: Actor, now: datetime, *, in_use: bool) -> None:
        """By another person than set it, and before there is a figure or an objective below."""
        self.require_in_force()
        require_reason(basis.reason)
        refuse_participant(by, [self.current.set_by], "E-I15")
        if in_use:
            raise Conflict(
                en="it has readings, a signature, or objectives below it: it stays",
                vi="Mục tiêu đã có số liệu, đã ký hoặc có mục tiêu cấp dưới nên không rút được.",
                rule_id="E-I13",
            )
        self.state = ObjectiveState.WITHDRAWN
        self.withdrawn_by, self.withdrawn_at = Participant.of(by), now
        self.withdrawn_reason, self.withdrawn_decision = basis.reason, basis.decision
        self.record(self._told(ObjectiveWithdrawn))

    def require_in_force(self) -> None:
        if self.state is not ObjectiveState.IN_FORCE:
            raise Conflict(en="the objective is withdrawn", vi="Mục tiêu đã rút.", rule_id="E-I13")

    def refuse_setter(self, by: Actor) -> None:
        """Raise `Forbidden` for whoever set the target, in any version (E-I15)."""
        caller = Participant.of(by)
        if any(caller.same_person(each) for each in self.set_by):
            raise Forbidden(
                en="whoever set the target enters no figure of it; another person reports",
                vi="Người đặt chỉ tiêu không nhập số liệu thực hiện. Đề nghị người khác báo cáo.",
                rule_id="E-I15",
            )

    def refuse_reporter(self, by: Actor, readings: Sequence[IndicatorReading]) -> None:
        """Raise `Forbidden` for whoever entered a figure of it (E-I15)."""
        refuse_participant(by, [each.entered_by for each in readings], "E-I15")

    def _refuse_easier(
        self, content: ObjectiveContent, readings: Sequence[IndicatorReading]
    ) -> None:
        before, after = self.content.indicator, content.indicator
        if any(after.reached_by(each.value) > before.reached_by(each.value) for each in readings):
            raise Conflict(
                en="a figure is known that would count for more; the target stays, an appeal or "
                "the next period is the way",
                vi="Đã có số liệu được tính cao hơn nên chỉ tiêu giữ nguyên. Vui lòng gửi "
                "kiến nghị hoặc điều chỉnh cho kỳ sau.",
                field="input.content.indicator.target",
                rule_id="E-I15",
            )

    def _add(self, version: ObjectiveVersion) -> None:
        self.versions = (*self.versions, version)
        self.record(self._told(ObjectiveDefined))

    def _told(self, kind: type[ObjectiveEvent]) -> ObjectiveEvent:
        return kind(
            objective_id=self.id,
            period_id=self.period_id,
            province=self.province,
            level=self.level,
            unit_id=self.unit_id,
            civil_servant_id=self.civil_servant_id,
            parent_id=self.parent_id,
            version=self.current.number,
            version_hash=self.version_hash,
        )


def require_parent(
    parent: Objective | None, objective: Objective, agency_id: str, field: str
) -> None:
    """Raise `Invalid` unless `parent` is there, in force, of the same period and of the level above
    (E-I13): a person's is of the unit, a unit's of the organisation."""
    if parent is None or parent.period_id != objective.period_id:
        en, vi = "there is no such objective in this period", "Kỳ này không có mục tiêu đó."
    elif parent.state is not ObjectiveState.IN_FORCE:
        en, vi = "the parent objective is withdrawn", "Mục tiêu cấp trên đã rút."
    elif not _is_above(parent, objective, agency_id):
        en = "the parent is not of the level above: a person's unit, or a unit's organisation"
        vi = "Mục tiêu cấp trên phải thuộc cấp ngay trên: đơn vị của cá nhân, tổ chức của đơn vị."
    else:
        return
    raise Invalid(en=en, vi=vi, field=field, rule_id="E-I13")


def _is_above(parent: Objective, objective: Objective, agency_id: str) -> bool:
    match objective.level:
        case ObjectiveLevel.PERSON:
            of_unit = parent.level is not ObjectiveLevel.PERSON
            return of_unit and parent.unit_id == objective.unit_id
        case ObjectiveLevel.UNIT:
            of_agency = parent.level is ObjectiveLevel.ORGANISATION
            return of_agency and parent.unit_id == agency_id
        case ObjectiveLevel.ORGANISATION:
            return False
