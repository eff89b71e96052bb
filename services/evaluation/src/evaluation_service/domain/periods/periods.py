"""Evaluation periods (kỳ đánh giá): opened on pinned rules, frozen, published, closed for good."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.working_days import WorkingDays
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.periods.acts import ActKind, Cutoff, PeriodAct
from evaluation_service.domain.periods.bounds import (
    check_between,
    check_days,
    check_name,
    period_label,
    wrong_state,
)
from evaluation_service.domain.periods.imprints import Imprint, record_of
from evaluation_service.domain.periods.period_events import (
    PeriodClosed,
    PeriodEvent,
    PeriodFrozen,
    PeriodOpened,
    PeriodPublished,
    PeriodResealed,
    PeriodUnfrozen,
)
from evaluation_service.domain.periods.pins import PolicyPins
from evaluation_service.domain.periods.seals import PeriodSeal
from evaluation_service.domain.periods.states import (
    PUBLIC_STATES,
    UNPUBLISHED,
    PeriodKind,
    PeriodState,
)
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import GapKind

APPEAL_MAX_DAYS = 90


@dataclass(kw_only=True)
class EvaluationPeriod(Aggregate):
    """`unit_ids` are the scope unit and everything below it, taken anew at each of the `freezes`.

    `involved` are the people who moved the period on; none of them decides an appeal in it.
    After `objectives_until` objectives are set and changed by a numbered decision only.
    A year is made of results of the kind `made_of` for the roles `rolled_up`, and is to be
    published until `rated_until`.
    """

    name: str
    kind: PeriodKind
    province: str
    scope_unit_id: str
    unit_ids: tuple[str, ...]
    starts_on: date
    ends_on: date
    policies: PolicyPins
    release_ids: tuple[str, ...]
    minimum_answers: int
    review_sla_days: int
    appeal_days: int
    holidays: tuple[date, ...]  # Of before the common calendar: sealed, no longer read.
    state: PeriodState = PeriodState.OPEN
    frozen_at: datetime | None = None
    published_at: datetime | None = None
    appeals_end_on: date | None = None
    seal: PeriodSeal | None = None
    involved: list[Participant] = field(default_factory=list)
    freezes: int = 0
    objectives_until: date | None = None
    acts: list[PeriodAct] = field(default_factory=list)
    made_of: PeriodKind | None = None
    rolled_up: tuple[AppointmentRole, ...] = ()
    rated_until: date | None = None

    def open(self, by: Participant) -> None:
        check_name(self.name)
        check_days(self.kind, self.starts_on, self.ends_on)
        check_between("minimumAnswers", self.minimum_answers, 1, 100_000)
        check_between("reviewSlaDays", self.review_sla_days, 1, 60)
        check_between("appealDays", self.appeal_days, 0, APPEAL_MAX_DAYS)
        self.involved.append(by)
        self.record(self._told(PeriodOpened))

    def require_open(self) -> None:
        """Raise `Conflict` once the data cut-off is reached (E-I3)."""
        if self.state is not PeriodState.OPEN:
            raise Conflict(
                en=f"period {self.name!r} is {self.state}: its inputs are fixed",
                vi=f"Kỳ {vi_text(self.name)} {vi_text(self.state)}, không nhập hoặc chốt số liệu "
                "được nữa.",
                rule_id="E-I3",
            )

    def require_own_facts(self, role: AppointmentRole) -> None:
        """Raise `Conflict` where the year of this role is made of other periods: nothing that is
        entered in the year itself would count."""
        if role in self.rolled_up:
            raise Conflict(
                en=f"period {self.name!r} is made of the results of each {self.made_of}: enter it "
                "there",
                vi=f"Kỳ {vi_text(self.name)} được tổng hợp từ kết quả các kỳ "
                f"{vi_text(self.made_of)}. Vui lòng nhập ở kỳ đó.",
                field="input.periodId",
                rule_id="E-I10",
            )

    def require_objectives(
        self, decision: Decision | None, today: date, soonest: date | None = None
    ) -> None:
        """Raise `Conflict` once the last day for objectives is over, which is not before `soonest`,
        unless by a decision."""
        until = max(filter(None, (self.objectives_until, soonest)), default=None)
        if decision is not None:
            decision.check("input.decision.number")
        elif self.objectives_until is not None and until is not None and today > until:
            raise Conflict(
                en=f"objectives could be set until {until}; after it a numbered decision is needed",
                vi=f"Mục tiêu được giao đến hết ngày {vi_text(until)}. Vui lòng nêu số quyết định.",
                field="input.decision",
                rule_id="E-I15",
            )

    def require_unpublished(self) -> None:
        """Raise `Conflict` once the results are published: an appeal corrects them (E-I3)."""
        if self.is_public:
            raise Conflict(
                en=f"period {self.name!r} is {self.state}: only an appeal corrects a result",
                vi=f"Kỳ {vi_text(self.name)} {vi_text(self.state)}: chỉ điều chỉnh theo kiến nghị.",
                rule_id="E-I3",
            )

    def require_public(self, field: str) -> None:
        """Raise `Conflict` before the publication."""
        if not self.is_public:
            raise Conflict(
                en="the results of this period are not published yet",
                vi="Kết quả kỳ này chưa được công bố.",
                field=field,
            )

    def freeze(
        self, unit_ids: Collection[str], cutoff: Cutoff, by: Participant, now: datetime
    ) -> None:
        self.require_open()
        self.acts.append(cutoff.act(self.ends_on, by, now))
        self.unit_ids = tuple(sorted(unit_ids))
        self.state = PeriodState.DATA_FROZEN
        self.frozen_at = now
        self.freezes += 1
        self.involved.append(by)
        self.record(self._told(PeriodFrozen))

    def unfreeze(self, decision: Decision, by: Participant, now: datetime) -> None:
        """Inputs are taken again, until the next freeze; never once results were published."""
        self._require(*UNPUBLISHED, step="unfreeze", vi="mở lại số liệu")
        decision.check("input.decision.number")
        self.acts.append(PeriodAct(kind=ActKind.UNFROZEN, by=by, at=now, decision=decision))
        self.state = PeriodState.OPEN
        self.frozen_at = None
        self.involved.append(by)
        self.record(self._told(PeriodUnfrozen))

    def score_without(self, missing: int, reason: str, by: Participant, now: datetime) -> None:
        """Nobody waits for so many of the citizens' indexes any more."""
        self._require(*UNPUBLISHED, step="score without indexes", vi="chấm khi thiếu chỉ số")
        gaps = {str(GapKind.MISSING_INDEX): missing}
        kind = ActKind.WITHOUT_INDEXES
        self.acts.append(PeriodAct(kind=kind, by=by, at=now, accepted=reason, gaps=gaps))
        self.involved.append(by)

    def scored_again(self, by: Participant | None) -> None:
        """Some agency is to be scored once more, after a repair, or a late index (by nobody)."""
        self._require(*UNPUBLISHED, step="score again", vi="chấm lại")
        self.state = PeriodState.SCORING
        self.involved += [by] if by else []

    def scored(self, *, waiting: int) -> None:
        """One more agency is ranked; with none waiting the period goes to review."""
        if self.state in (PeriodState.DATA_FROZEN, PeriodState.SCORING):
            self.state = PeriodState.SCORING if waiting else PeriodState.REVIEW

    def publish(self, by: Participant, now: datetime) -> None:
        self._require(PeriodState.REVIEW, step="publish", vi="công bố")
        self.state = PeriodState.APPEAL_WINDOW if self.appeal_days else PeriodState.PUBLISHED
        self.published_at = now
        self.involved.append(by)
        self.record(self._told(PeriodPublished))

    def close(self, seal: PeriodSeal, by: Participant, now: datetime) -> None:
        self._require(PeriodState.PUBLISHED, PeriodState.APPEAL_WINDOW, step="close", vi="khóa")
        last_day = self.appeals_until
        if self.appeal_days and last_day and business_date(now) <= last_day:
            raise Conflict(
                en=f"appeals may be filed until {last_day}",
                vi=f"Chưa khóa được kỳ: còn thời hạn kiến nghị đến hết ngày {vi_text(last_day)}.",
                rule_id="E-I3",
            )
        self.state = PeriodState.CLOSED
        self.involved.append(by)
        self._seal(seal)
        self.record(self._told(PeriodClosed))

    def reseal(self, seal: PeriodSeal) -> None:
        """After a decision on one of its results; the seal of before is named by this one."""
        self._require(PeriodState.CLOSED, step="seal again", vi="niêm phong lại")
        self._seal(seal)
        self.record(self._told(PeriodResealed))

    def _seal(self, seal: PeriodSeal) -> None:
        self.seal = seal
        self.seal = replace(seal, imprint=Imprint.of(self.sealed_record))

    @property
    def sealed_record(self) -> dict[str, Json]:
        """What the seal binds, as it is now: the period's own fields and the seal's."""
        return record_of(self)

    @property
    def appeals_until(self) -> date | None:
        """The last day on which an appeal may be filed; none while unpublished."""
        if self.published_at is None:
            return None
        return self.appeals_end_on or business_date(self.published_at + timedelta(self.appeal_days))

    def end_appeals(self, days: WorkingDays, today: date) -> bool:
        """On no day off (Civil Code 2015, article 148); what has passed stays. Whether it moved."""
        last = self.appeals_until
        if self.state is not PeriodState.APPEAL_WINDOW or last is None or last < today:
            return False
        self.appeals_end_on = None
        self.appeals_end_on = days.or_next(max(self.appeals_until or last, today))
        return self.appeals_end_on != last

    def require_appeals(self, today: date) -> None:
        """Raise `Conflict` unless an appeal may be filed today (E-I3)."""
        last_day = self.appeals_until
        if self.state is PeriodState.CLOSED:
            en, vi = "it is closed and takes no appeals", "kỳ đã khóa, không còn nhận kiến nghị"
        elif last_day is None:
            en, vi = "it is not published yet", "kết quả chưa công bố"
        elif today > last_day:
            en = f"appeals could be filed until {last_day}"
            vi = f"thời hạn kiến nghị đã hết ngày {vi_text(last_day)}"
        else:
            return
        raise Conflict(
            en=f"period {self.name!r}: {en}", vi=f"Kỳ {vi_text(self.name)}: {vi}.", rule_id="E-I3"
        )

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    def covers(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on

    def collides(self, other: "EvaluationPeriod") -> bool:
        """Whether both would rate the same people for the same days."""
        return (
            self.kind is other.kind
            and self.starts_on < other.ends_on
            and other.starts_on < self.ends_on
            and not set(self.unit_ids).isdisjoint(other.unit_ids)
        )

    def _require(self, *states: PeriodState, step: str, vi: str) -> None:
        if self.state not in states:
            raise wrong_state(self.name, self.state, states, step=step, vi=vi)

    def _told(self, kind: type[PeriodEvent]) -> PeriodEvent:
        return kind(
            period_id=self.id,
            period_code=period_label(self.kind, self.starts_on, self.ends_on),
            name=self.name,
            kind=self.kind,
            province=self.province,
            scope_unit_id=self.scope_unit_id,
            unit_ids=self.unit_ids,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            policies=self.policies.references,
            release_ids=self.release_ids,
            minimum_answers=self.minimum_answers,
            seal_hash=self.seal.hash if self.seal else None,
            seal_root=self.seal.root if self.seal else None,
            sealed_at=self.seal.sealed_at if self.seal else None,
            freeze=self.freezes,
        )
