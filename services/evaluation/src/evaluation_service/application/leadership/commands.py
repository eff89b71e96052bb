"""Crises are entered by one and confirmed by the board; ballots on leaders are secret."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.times import PastTime
from evaluation_service.application.access import SUPERIORS, Post
from evaluation_service.application.collections import (
    BALLOTS,
    CRISES,
    PERIODS,
    SERVANTS,
    UNITS,
)
from evaluation_service.application.results.commands import posts_in
from evaluation_service.domain.common.evidence import Evidence, check_evidence
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_own_case, refuse_participant
from evaluation_service.domain.leadership.ballots import BallotBox, Led, box_id
from evaluation_service.domain.leadership.crises import (
    CRISES_MAX,
    Crisis,
    CrisisOutcome,
    Hours,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole


@dataclass(frozen=True, kw_only=True)
class RecordCrisis(Command):
    operation: ClassVar[str] = "record_crisis"

    period_id: str
    civil_servant_id: str
    title: str
    began_at: PastTime
    ended_at: PastTime
    hours_allowed: Hours
    outcome: CrisisOutcome
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class ConfirmCrisis(RevisedCommand):
    """`confirmed` false refuses it, with a reason."""

    operation: ClassVar[str] = "confirm_crisis"

    crisis_id: str
    confirmed: bool
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class RateLeader(Command):
    operation: ClassVar[str] = "rate_leader"

    period_id: str
    civil_servant_id: str
    development: int
    sharing: int
    trained: bool


@dataclass(frozen=True, kw_only=True)
class RateCoordination(Command):
    operation: ClassVar[str] = "rate_coordination"

    period_id: str
    civil_servant_id: str
    score: int


async def record_crisis(command: RecordCrisis, tx: Transaction) -> Crisis:
    """By somebody of the unit or above it; the leader too, since it counts once confirmed."""
    actor = command.actor
    actor.require(*SUPERIORS, Role.OFFICER)
    officer = actor.require_officer("E-I15")
    period, post = await _leader(command.period_id, command.civil_servant_id, actor, tx)
    if officer != post.servant.id and not await _works_there(actor, post, tx):
        raise Forbidden(
            en="crises are entered by who works in the unit, or leads there",
            vi="Sự việc do người trong đơn vị hoặc người phụ trách nhập.",
        )
    _require_within(command, period)
    check_evidence(command.evidence)
    known = await tx.store(CRISES).select(
        Eq("period_id", period.id), Eq("civil_servant_id", post.servant.id)
    )
    require_room(known, CRISES_MAX, en="crises of one person", vi="sự việc của một người")
    crisis = Crisis(
        id=new_id("crisis"),
        period_id=period.id,
        province=post.unit.province,
        unit_id=post.unit.id,
        unit_path=post.unit.path,
        civil_servant_id=post.servant.id,
        title=command.title,
        began_at=command.began_at,
        ended_at=command.ended_at,
        hours_allowed=command.hours_allowed,
        outcome=command.outcome,
        evidence=command.evidence,
        entered_by=Participant.of(actor),
        entered_at=tx.now,
    )
    crisis.check()
    await tx.store(CRISES).save(crisis)
    return crisis


def _require_within(command: RecordCrisis, period: EvaluationPeriod) -> None:
    if not period.covers(business_date(command.ended_at)):
        raise Invalid(
            en="it must have ended on a day of the period",
            vi="Sự việc phải kết thúc vào một ngày trong kỳ.",
            field="input.endedAt",
        )


async def confirm_crisis(command: ConfirmCrisis, tx: Transaction) -> Crisis:
    """By the board, which is outside the unit; never by who entered it, or whose it is."""
    actor = command.actor
    actor.require(Role.REVIEW_BOARD)
    crisis = await tx.store(CRISES).get(command.crisis_id)
    actor.require_province(crisis.province)
    refuse_own_case(actor, crisis.civil_servant_id)
    refuse_participant(actor, [crisis.entered_by], "E-I15")
    crisis.expect_revision(command.expected_revision)
    (await tx.store(PERIODS).get(crisis.period_id)).require_open()
    if not command.confirmed:
        require_reason(command.reason or "")
    crisis.decide(
        confirmed=command.confirmed,
        reason=command.reason,
        by=Participant.of(actor),
        now=tx.now,
    )
    await tx.store(CRISES).save(crisis)
    return crisis


async def rate_leader(command: RateLeader, tx: Transaction) -> BallotBox:
    """By those who are led, once each."""
    actor = command.actor
    actor.require(Role.OFFICER)
    officer = actor.require_officer("E-I4")
    period, post = await _leader(command.period_id, command.civil_servant_id, actor, tx)
    refuse_own_case(actor, post.servant.id)
    await _require_led(officer, post, period, tx)
    box = await _box(post, period, tx)
    said = Led(
        development=command.development, sharing=command.sharing, trained=int(command.trained)
    )
    box.take_led(said, officer)
    await tx.store(BALLOTS).save(box)
    return box


async def rate_coordination(command: RateCoordination, tx: Transaction) -> BallotBox:
    """By heads of other units, once a unit: none above the leader's, and none below it."""
    actor = command.actor
    actor.require(Role.UNIT_HEAD)
    actor.require_officer("E-I4")
    period, post = await _leader(command.period_id, command.civil_servant_id, actor, tx)
    refuse_own_case(actor, post.servant.id)
    rater = await tx.store(UNITS).find(actor.unit or "")
    if rater is None or rater.id in post.unit.path or post.unit.id in rater.path:
        raise Forbidden(
            en="coordination is rated by units that are neither above nor below the leader's",
            vi="Phối hợp do đơn vị khác chấm, không phải đơn vị cấp trên hoặc trực thuộc.",
            rule_id="E-I4",
        )
    box = await _box(post, period, tx)
    box.take_agency(command.score, rater.id)
    await tx.store(BALLOTS).save(box)
    return box


async def _works_there(actor: Actor, leader: Post, tx: Transaction) -> bool:
    unit = await tx.store(UNITS).find(actor.unit or "")
    return unit is not None and (unit.id in leader.unit.path or leader.unit.id in unit.path)


async def _leader(
    period_id: str, civil_servant_id: str, actor: Actor, tx: Transaction
) -> tuple[EvaluationPeriod, Post]:
    """In the appointment that is rated in the open period."""
    period = await tx.store(PERIODS).get(period_id)
    actor.require_province(period.province)
    servant = await tx.store(SERVANTS).get(civil_servant_id)
    post, *_ = await posts_in(servant, period, tx)
    actor.require_province(post.unit.province)
    period.require_open()
    if post.appointment.role is AppointmentRole.STAFF:
        raise Invalid(
            en="this is asked of heads and deputies only",
            vi="Chỉ áp dụng cho người đứng đầu và cấp phó.",
            field="input.civilServantId",
        )
    return period, post


_RANKS = (AppointmentRole.STAFF, AppointmentRole.DEPUTY, AppointmentRole.HEAD)


async def _require_led(
    officer: str, leader: Post, period: EvaluationPeriod, tx: Transaction
) -> None:
    """In a unit below the leader's, or in the same one under them, on some day of the period."""
    servant = await tx.store(SERVANTS).find(officer)
    held = servant.during(period.starts_on, period.ends_on, period.unit_ids) if servant else []
    units = await tx.store(UNITS).find_many([each.unit_id for each in held])
    rank = _RANKS.index(leader.appointment.role)
    for appointment, unit in zip(held, units, strict=True):
        inside = unit is not None and leader.unit.id in unit.path
        if inside and (unit != leader.unit or _RANKS.index(appointment.role) < rank):
            return
    raise Forbidden(
        en="only those whom this person leads say how they are led",
        vi="Chỉ công chức do người này phụ trách được đánh giá.",
        rule_id="E-I4",
    )


async def _box(post: Post, period: EvaluationPeriod, tx: Transaction) -> BallotBox:
    id = box_id(period.id, post.servant.id)
    return await tx.store(BALLOTS).find(id) or BallotBox(
        id=id,
        period_id=period.id,
        province=post.unit.province,
        civil_servant_id=post.servant.id,
    )
