"""A unit of forty, and its superior's day."""

from datetime import date
from decimal import Decimal
from typing import Any

from congvu_kit.application.documents import adapter
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.people import CHAIR, COMMUNE, LAN, OFFICE
from evaluation_service.application.desk import assigning, checking, rating
from evaluation_service.application.work import commands as work
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import WorkSource

DUE = date(2026, 9, 1)


def line(version_id: str = scenes.BIRTH, quantity: str = "4") -> assigning.TemplateLine:
    return assigning.TemplateLine(
        version_id=version_id, quantity=Decimal(quantity), due_on=DUE, source=WorkSource.PLAN
    )


def everybody(
    *work: assigning.TemplateLine, unit_id: str = OFFICE, position: str | None = None
) -> assigning.Everybody:
    return assigning.Everybody(unit_id=unit_id, position_code=position, work=work or (line(),))


async def assign(
    uow: UnitOfWork, period: EvaluationPeriod, *, actor: Actor = CHAIR, **what: object
) -> assigning.AssignedReport:
    values: dict[str, Any] = {
        "actor": actor,
        "idempotency_key": scenes.key(),
        "period_id": period.id,
        "rows": (),
        "everybody": None,
        "as_in": None,
        "dry_run": False,
    }
    command = adapter(assigning.AssignWorkBulk).validate_python(values | what)
    return await perform(assigning.assign_work_bulk, command, uow)


async def report_with(
    uow: UnitOfWork, assignment: Assignment, hash: str, *, actor: Actor = LAN
) -> Assignment:
    """Reported whole, with a file of this hash."""
    proof = Evidence(uri="https://kho.example/1", hash=hash, source=None, captured_at=None)
    command = work.ReportWork(
        actor=actor,
        idempotency_key=scenes.key(),
        assignment_id=assignment.id,
        expected_revision=assignment.revision,
        quantity=assignment.quantity,
        completed_on=scenes.TODAY,
        note=None,
        evidence=(proof,),
    )
    return await perform(work.report_work, command, uow)


async def check(
    uow: UnitOfWork,
    period: EvaluationPeriod,
    *left_out: checking.LeftOut,
    actor: Actor = CHAIR,
    **what: object,
) -> checking.CheckedReport:
    values: dict[str, Any] = {
        "actor": actor,
        "idempotency_key": scenes.key(),
        "period_id": period.id,
        "unit_id": COMMUNE,
        "reported_until": scenes.NOW,
        "left_out": left_out,
    }
    command = adapter(checking.AcceptAllBut).validate_python(values | what)
    return await perform(checking.accept_all_but, command, uow)


async def rate(
    uow: UnitOfWork, period: EvaluationPeriod, *, actor: Actor = CHAIR, **what: object
) -> rating.RatedReport:
    values: dict[str, Any] = {
        "actor": actor,
        "idempotency_key": scenes.key(),
        "period_id": period.id,
        "unit_id": COMMUNE,
        "defaults": {},
        "rows": (),
    }
    command = adapter(rating.ScoreGeneralCriteriaBulk).validate_python(values | what)
    return await perform(rating.score_general_criteria_bulk, command, uow)
