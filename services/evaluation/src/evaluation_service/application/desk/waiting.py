"""What waits in an inbox: how each kind of thing is told there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu_kit.application.ports import Page
from congvu_kit.domain.clock import business_date
from evaluation_service.application.desk.kinds import (
    OFFICES,
    InboxKind,
)
from evaluation_service.application.desk.lacking import Lacking
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.dossiers.dossiers import Dossier
from evaluation_service.domain.objectives.readings import IndicatorReading
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.doubts import Doubt


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing to do. `subject_id` is what the step is taken on, `civil_servant_id` whom it is
    about, `due_on` the last day in time, where there is one, `since` how long it waits, where that
    is known; `doubts` are signs that the same work counts twice, `gaps` what a person or a unit
    lacks."""

    kind: InboxKind
    subject_id: str
    civil_servant_id: str | None
    period_id: str | None
    due_on: date | None = None
    since: date | None = None
    doubts: Sequence[Doubt] = ()
    gaps: Sequence[GapKind] = ()


def told(page: Page[Any], of: Callable[[Any], Waiting]) -> Page[Waiting]:
    return Page(
        items=[of(item) for item in page.items],
        has_next=page.has_next,
        cursors=page.cursors,
        end=page.end,
    )


def of_work(kind: InboxKind, assignment: Assignment) -> Waiting:
    review = assignment.review_due_on if kind is InboxKind.REPORT else None
    return Waiting(
        kind=kind,
        subject_id=assignment.id,
        civil_servant_id=assignment.civil_servant_id,
        period_id=assignment.period_id,
        due_on=assignment.due_on if kind is InboxKind.WORK else review,
        since=assignment.doubted_on if kind is InboxKind.DOUBT else None,
        doubts=assignment.doubts,
    )


def of_lacking(kind: InboxKind, found: Lacking) -> Waiting:
    return Waiting(
        kind=kind,
        subject_id=found.subject_id,
        civil_servant_id=found.civil_servant_id,
        period_id=found.period_id,
        due_on=found.due_on,
        gaps=found.gaps,
    )


def of_dossier(dossier: Dossier) -> Waiting:
    return Waiting(
        kind=InboxKind.DOSSIER,
        subject_id=dossier.id,
        civil_servant_id=dossier.facts.civil_servant_id if dossier.facts else None,
        period_id=None,
        since=dossier.done_on,
    )


def of_agreement(agreement: Agreement) -> Waiting:
    return Waiting(
        kind=InboxKind.COUNTERSIGNATURE,
        subject_id=agreement.id,
        civil_servant_id=agreement.civil_servant_id,
        period_id=agreement.period_id,
        since=business_date(agreement.latest.proposed_at),
    )


def of_reading(reading: IndicatorReading) -> Waiting:
    return Waiting(
        kind=InboxKind.READING,
        subject_id=reading.id,
        civil_servant_id=reading.civil_servant_id,
        period_id=reading.period_id,
        since=business_date(reading.entered_at),
    )


def of_file(evaluation: Evaluation) -> Waiting:
    return Waiting(
        kind=InboxKind.STAGE,
        subject_id=evaluation.id,
        civil_servant_id=evaluation.civil_servant_id,
        period_id=evaluation.period_id,
        due_on=evaluation.file.due_on if evaluation.file else None,
    )


def of_office(kind: InboxKind, case: Any) -> Waiting:
    period_id = case.id if isinstance(case, EvaluationPeriod) else getattr(case, "period_id", None)
    return Waiting(
        kind=kind,
        subject_id=case.id,
        civil_servant_id=getattr(case, "civil_servant_id", None),
        period_id=period_id,
        due_on=getattr(case, OFFICES[kind].due or "", None),
        since=OFFICES[kind].since(case),
    )
