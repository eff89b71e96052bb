"""Opening, freezing, publishing and closing a period: the administrator's four steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Gte, In, Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid, NotFound
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    APPEALS,
    PERIODS,
    RUNS,
    UNITS,
)
from evaluation_service.application.periods.foundations import (
    UNITS_MAX,
    held_releases,
    opened_before,
    pinned_policies,
    units_below,
)
from evaluation_service.application.periods.repairs import require_reopened
from evaluation_service.application.periods.sealing import make_seal, runs_of
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.readiness.counts import gap_counts
from evaluation_service.application.stages.watch import move_before_freeze
from evaluation_service.application.work.deadlines import charge_overdue
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.periods.acts import Cutoff
from evaluation_service.domain.periods.bounds import (
    GRACE_DAYS,
    last_day_for_objectives,
    middle_of,
    period_id,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import PolicyPins, SwitchChoice
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.periods.years import YearRules, year_rules
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.results.runs import RankingRun, RunState, run_id
from evaluation_service.domain.review.appeals import AppealState


@dataclass(frozen=True, kw_only=True)
class OpenPeriod(Command):
    """Policies are named by id (the newest published version) or by id@version."""

    operation: ClassVar[str] = "open_period"

    name: str
    kind: PeriodKind
    scope_unit_id: str
    starts_on: ValidityDate
    ends_on: ValidityDate
    staff_policy: str
    deputy_policy: str
    leader_policy: str
    unit_policy: str | None = None
    objectives_until: ValidityDate | None = None
    made_of: PeriodKind | None = None
    special_cycle: bool = False
    switches: tuple[SwitchChoice, ...]
    release_ids: tuple[str, ...]
    minimum_answers: int
    review_sla_days: int
    appeal_days: int

    @property
    def policies(self) -> Mapping[str, str]:
        """By whom they rate."""
        named = {
            "STAFF": self.staff_policy,
            "DEPUTY": self.deputy_policy,
            "LEADER": self.leader_policy,
        }
        return named if self.unit_policy is None else {**named, "UNIT": self.unit_policy}


@dataclass(frozen=True, kw_only=True)
class PeriodStep(RevisedCommand):
    period_id: str


@dataclass(frozen=True, kw_only=True)
class AcceptGaps:
    reason: str


@dataclass(frozen=True, kw_only=True)
class FreezePeriod(PeriodStep):
    """`early` is the reason for a freeze before the period's end."""

    operation: ClassVar[str] = "freeze_period"

    early: str | None = None
    accept_gaps: AcceptGaps | None = None


@dataclass(frozen=True, kw_only=True)
class PublishPeriod(PeriodStep):
    operation: ClassVar[str] = "publish_period"


@dataclass(frozen=True, kw_only=True)
class ClosePeriod(PeriodStep):
    operation: ClassVar[str] = "close_period"


async def open_period(command: OpenPeriod, tx: Transaction) -> EvaluationPeriod:
    """Asked for again with the same values, the period that is there, as it is now."""
    command.actor.require(Role.PERIOD_ADMIN)
    scope = await tx.store(UNITS).find(command.scope_unit_id)
    if scope is None:
        raise NotFound(
            en="there is no unit with this id",
            vi="Không tìm thấy đơn vị này.",
            field="input.scopeUnitId",
        )
    command.actor.require_province(scope.province)
    _refuse_outside_its_life(scope, command)
    pins = await _policies(command, scope.province, tx)
    year = await _year(command, pins, tx)
    period = EvaluationPeriod(
        id=period_id(scope.id, command.kind, command.starts_on),
        name=command.name,
        kind=command.kind,
        province=scope.province,
        scope_unit_id=scope.id,
        unit_ids=await units_below(scope.id, tx),
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        policies=pins,
        release_ids=await held_releases(command.release_ids, scope.province, tx),
        minimum_answers=command.minimum_answers,
        review_sla_days=command.review_sla_days,
        appeal_days=command.appeal_days,
        holidays=(),
        objectives_until=await _objectives_until(command, scope.province, tx),
        made_of=year.made_of,
        rolled_up=year.rolled_up,
        rated_until=year.rated_until,
    )
    if there := await opened_before(period, command.policies, command.objectives_until, tx):
        return there
    period.open(Participant.of(command.actor))
    await _refuse_collision(period, tx)
    await tx.store(PERIODS).save(period)
    return period


async def _objectives_until(command: OpenPeriod, province: str, tx: Transaction) -> date:
    days = await working_days(province, tx)
    soonest = days.after(business_date(tx.now), GRACE_DAYS)
    given = command.objectives_until
    return last_day_for_objectives(given, command.starts_on, command.ends_on, soonest)


async def _policies(command: OpenPeriod, province: str, tx: Transaction) -> PolicyPins:
    named = command.policies
    return await pinned_policies(named, command.switches, province, command.starts_on, tx)


async def _year(command: OpenPeriod, pins: PolicyPins, tx: Transaction) -> YearRules:
    policies = {role: (await compiled_pin(tx, pins.of(role))).policy for role in AppointmentRole}
    year = middle_of(command.starts_on, command.ends_on).year
    return year_rules(command.kind, command.made_of, command.special_cycle, year, policies)


def _refuse_outside_its_life(scope: OrgUnit, command: OpenPeriod) -> None:
    since, until = scope.facts.valid_from, scope.facts.valid_to
    if command.ends_on <= since or (until is not None and until <= command.starts_on):
        raise Invalid(
            en=f"the unit is there from {since} until before {until or 'further notice'}",
            vi=f"Đơn vị hoạt động từ ngày {vi_text(since)} đến trước "
            f"{vi_text(until) if until else 'khi có quyết định khác'}.",
            field="input.scopeUnitId",
            rule_id="E-I21",
        )


async def _refuse_collision(period: EvaluationPeriod, tx: Transaction) -> None:
    others = await tx.store(PERIODS).select(
        Eq("province", period.province),
        Eq("kind", period.kind),
        Gte("ends_on", period.starts_on.isoformat()),
    )
    for other in others:
        if period.collides(other):
            raise Conflict(
                en=f"period {other.name!r} already rates some of these units in these days",
                vi=f"Kỳ {vi_text(other.name)} đã đánh giá một số đơn vị trong thời gian này.",
                field="input.startsOn",
                rule_id="E-I10",
            )


async def period_to_move(command: PeriodStep, tx: Transaction) -> EvaluationPeriod:
    command.actor.require(Role.PERIOD_ADMIN)
    period = await own_period(command.actor, command.period_id, tx)
    period.expect_revision(command.expected_revision)
    return period


async def own_period(actor: Actor, period_id: str, tx: Transaction) -> EvaluationPeriod:
    """Raise `Forbidden` for a period of another province."""
    period = await tx.store(PERIODS).get(period_id)
    actor.require_province(period.province)
    return period


async def freeze_period(command: FreezePeriod, tx: Transaction) -> EvaluationPeriod:
    """Fix the inputs and ask for one scoring run an agency, once the citizens' indexes are in."""
    period = await period_to_move(command, tx)
    period.require_open()
    accepted = command.accept_gaps.reason if command.accept_gaps else None
    for reason, field in ((command.early, "early"), (accepted, "acceptGaps.reason")):
        if reason is not None:
            require_reason(reason, f"input.{field}")
    await require_reopened(period, tx)
    await charge_overdue(period, tx)
    await move_before_freeze(period, tx)
    gaps = await gap_counts(period, tx)
    units = await tx.store(UNITS).select(Eq("path", period.scope_unit_id), limit=UNITS_MAX)
    cutoff = Cutoff(gaps=gaps.total, early=command.early, accepted=accepted)
    period.freeze([unit.id for unit in units], cutoff, Participant.of(command.actor), tx.now)
    await tx.store(PERIODS).save(period)
    agencies: dict[str, list[str]] = {}
    for unit in units:
        agencies.setdefault(unit.agency_id, []).append(unit.id)
    for agency_id, unit_ids in sorted(agencies.items()):
        await _wait(period, agency_id, tuple(sorted(unit_ids)), tx)
    return period


async def _wait(
    period: EvaluationPeriod, agency_id: str, unit_ids: tuple[str, ...], tx: Transaction
) -> None:
    run = await tx.store(RUNS).find(run_id(period.id, agency_id))
    if run is None:
        run = RankingRun(
            id=run_id(period.id, agency_id),
            period_id=period.id,
            agency_id=agency_id,
            province=period.province,
            unit_ids=unit_ids,
            frozen_at=tx.now,
            freeze=period.freezes,
        )
    else:
        run.wait_again(unit_ids, tx.now, period.freezes)
    await tx.store(RUNS).save(run)


async def publish_period(command: PublishPeriod, tx: Transaction) -> EvaluationPeriod:
    period = await period_to_move(command, tx)
    period.publish(Participant.of(command.actor), tx.now)
    period.end_appeals(await working_days(period.province, tx), business_date(tx.now))
    await tx.store(PERIODS).save(period)
    for run in await runs_of(period.id, tx):
        if run.state is not RunState.WITHDRAWN:
            run.publish()
            await tx.store(RUNS).save(run)
    return period


async def close_period(command: ClosePeriod, tx: Transaction) -> EvaluationPeriod:
    """Seal it: from now on results change by new sheets after a decision only (E-I3)."""
    period = await period_to_move(command, tx)
    waiting = await tx.store(APPEALS).count(
        Eq("period_id", period.id), Eq("state", AppealState.FILED)
    )
    if waiting:
        raise Conflict(
            en=f"{waiting} appeals wait for a decision",
            vi=f"Chưa khóa được kỳ: còn {waiting} kiến nghị chưa được giải quyết.",
            rule_id="E-I3",
        )
    by = Participant.of(command.actor)
    seal = await make_seal(period, by, tx)
    period.close(seal, by, tx.now)
    await tx.store(PERIODS).save(period)
    return period


async def runs_waiting(tx: Transaction, period_id: str) -> int:
    return await tx.store(RUNS).count(
        Eq("period_id", period_id), In("state", [RunState.WAITING, RunState.REQUESTED])
    )
