"""Proposing initiatives, deciding on them, and looking later whether they lasted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.collections import EVALUATIONS, INITIATIVES, PERIODS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.commands import chosen
from evaluation_service.application.review.corrections import revise
from evaluation_service.application.work.commands import post_in, require_covered
from evaluation_service.domain.common.evidence import Evidence, check_evidence
from evaluation_service.domain.common.numbers import Measure, Points
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_own_case, refuse_participant
from evaluation_service.domain.initiatives.counted import scale_of, with_row
from evaluation_service.domain.initiatives.initiatives import (
    CHECK_LATEST_DAYS,
    CHECKS_MAX,
    CheckVerdict,
    Finding,
    Initiative,
    InitiativeFacts,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.states import RATED


@dataclass(frozen=True, kw_only=True)
class ProposeInitiative(Command):
    operation: ClassVar[str] = "propose_initiative"

    period_id: str
    facts: InitiativeFacts


@dataclass(frozen=True, kw_only=True)
class DecideInitiative(RevisedCommand):
    """Without `points` it is refused."""

    operation: ClassVar[str] = "decide_initiative"

    initiative_id: str
    points: Points | None
    check_on: tuple[ValidityDate, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class CheckInitiative(RevisedCommand):
    operation: ClassVar[str] = "check_initiative"

    initiative_id: str
    verdict: CheckVerdict
    measured: Measure
    reason: str
    evidence: tuple[Evidence, ...]


async def propose_initiative(command: ProposeInitiative, tx: Transaction) -> Initiative:
    """By its author, in a period whose policy counts initiatives for the role."""
    command.actor.require(Role.OFFICER)
    officer = command.actor.officer
    if officer is None:
        raise Forbidden(
            en="the token names no officer",
            vi="Tài khoản chưa được gắn với công chức. Vui lòng liên hệ bộ phận tổ chức cán bộ.",
        )
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    post = await post_in(period, officer, None, tx)
    require_covered(post, period)
    check_evidence(command.facts.evidence)
    await _require_scale(period, post.appointment.role, tx)
    initiative = Initiative(
        id=new_id("initiative"),
        civil_servant_id=officer,
        appointment_id=post.appointment.appointment_id,
        period_id=period.id,
        province=post.unit.province,
        unit_id=post.unit.id,
        unit_path=post.unit.path,
        facts=command.facts,
        proposed_at=tx.now,
    )
    initiative.propose()
    await tx.store(INITIATIVES).save(initiative)
    return initiative


async def _require_scale(period: EvaluationPeriod, role: AppointmentRole, tx: Transaction) -> None:
    compiled = await compiled_pin(tx, period.policies.of(role))
    if scale_of(compiled) is None:
        raise Invalid(
            en=f"{compiled.ref} counts no initiatives",
            vi=f"Quy chế {compiled.ref} không tính sáng kiến.",
            field="input.periodId",
            rule_id=compiled.policy.id,
        )


async def decide_initiative(command: DecideInitiative, tx: Transaction) -> Initiative:
    """By the board, never by the author; the points lie in what the policy takes."""
    initiative, by = await _to_move(command, tx)
    require_reason(command.reason)
    if command.points is not None:
        await _check_points(command.points, initiative, tx)
        _check_dates(command.check_on, business_date(tx.now))
    dates = () if command.points is None else command.check_on
    initiative.decide(command.points, dates, command.reason, by, tx.now)
    await tx.store(INITIATIVES).save(initiative)
    if command.points is not None:
        await _count_anew(initiative, by, tx)
    return initiative


async def check_initiative(command: CheckInitiative, tx: Transaction) -> Initiative:
    """By somebody who has not acted on it before."""
    initiative, by = await _to_move(command, tx)
    require_reason(command.reason)
    check_evidence(command.evidence)
    finding = Finding(
        verdict=command.verdict,
        measured=command.measured,
        reason=command.reason,
        evidence=command.evidence,
        by=by,
        at=tx.now,
    )
    initiative.check(finding, business_date(tx.now))
    await tx.store(INITIATIVES).save(initiative)
    if initiative.final is not None:
        await _count_anew(initiative, by, tx)
    return initiative


async def _to_move(
    command: DecideInitiative | CheckInitiative, tx: Transaction
) -> tuple[Initiative, Participant]:
    command.actor.require(Role.REVIEW_BOARD)
    initiative = await tx.store(INITIATIVES).get(command.initiative_id)
    command.actor.require_province(initiative.province)
    refuse_own_case(command.actor, initiative.civil_servant_id)
    refuse_participant(command.actor, initiative.involved, "E-I4")
    initiative.expect_revision(command.expected_revision)
    return initiative, Participant.of(command.actor)


async def _check_points(points: Points, initiative: Initiative, tx: Transaction) -> None:
    period = await tx.store(PERIODS).get(initiative.period_id)
    post = await post_in(period, initiative.civil_servant_id, initiative.appointment_id, tx)
    compiled = await compiled_pin(tx, period.policies.of(post.appointment.role))
    found = scale_of(compiled)
    if found is None or not found[1].takes(Fraction(points)):
        text = found[1].text() if found else None
        raise Invalid(
            en=f"points must lie in {text.en if text else 'nothing'}",
            vi=f"Điểm phải {text.vi if text else 'bằng 0'}.",
            field="input.points",
            rule_id=found[0] if found else compiled.policy.id,
        )


def _check_dates(days: Sequence[date], today: date) -> None:
    latest = today + timedelta(days=CHECK_LATEST_DAYS)
    in_order = all(one < other for one, other in pairwise(days))
    if not (0 < len(days) <= CHECKS_MAX and in_order and today < days[0] and days[-1] <= latest):
        raise Invalid(
            en=f"1 to {CHECKS_MAX} days to come, in their order, until {latest}",
            vi=f"Vui lòng nêu từ 1 đến {CHECKS_MAX} ngày sau hôm nay, theo thứ tự, đến hết "
            f"ngày {vi_text(latest)}.",
            field="input.checkOn",
        )


async def _count_anew(initiative: Initiative, by: Participant, tx: Transaction) -> None:
    """In a result that is there already: a further sheet that rests on the initiative (E-I3)."""
    found = await tx.store(EVALUATIONS).select(
        Eq("period_id", initiative.period_id), Eq("civil_servant_id", initiative.civil_servant_id)
    )
    evaluation = chosen(found)
    if evaluation is None or evaluation.state not in RATED:
        return
    sheet = evaluation.require_rated()
    compiled = await compiled_pin(tx, sheet.policy)
    document = with_row(json.loads(sheet.snapshot), initiative.row(), compiled)
    await revise(evaluation, document, initiative.id, by, tx)
