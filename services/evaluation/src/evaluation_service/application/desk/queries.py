"""What waits for the caller (việc chờ xử lý), by kind: how much, and which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from congvu_kit.application.ports import Collection as Kept
from congvu_kit.application.ports import Condition, Eq, In, Lt, Not, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import (
    APPEALS,
    ASSIGNMENTS,
    CASES,
    POST_AUDITS,
    PRIOR_RESULTS,
    SERVANTS,
)
from evaluation_service.application.desk.unrated import Unrated, page_of, unrated
from evaluation_service.domain.integrity.cases import CaseState
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.post_audits import PostAuditState
from evaluation_service.domain.transfers.prior_results import PriorState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.causes import CauseState
from evaluation_service.domain.work.doubts import Doubt
from evaluation_service.domain.work.reports import UNDER_REVIEW, WORKABLE, AssignmentState


class InboxKind(StrEnum):
    REPORT = "REPORT"
    CAUSE = "CAUSE"
    PROPOSAL = "PROPOSAL"
    DOUBT = "DOUBT"
    RATING = "RATING"
    WORK = "WORK"
    APPEAL = "APPEAL"
    POST_AUDIT = "POST_AUDIT"
    CASE = "CASE"
    PRIOR_RESULT = "PRIOR_RESULT"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing to do. `subject_id` is what the step is taken on, `civil_servant_id` whom it is
    about, `due_on` the last day in time, where there is one, `since` how long it waits, where that
    is known; `doubts` are signs that the same work counts twice."""

    kind: InboxKind
    subject_id: str
    civil_servant_id: str | None
    period_id: str | None
    due_on: date | None = None
    since: date | None = None
    doubts: Sequence[Doubt] = ()


@dataclass(frozen=True, kw_only=True)
class Count:
    """`late` of them are past their last day, `doubtful` may count elsewhere as well."""

    kind: InboxKind
    count: int
    late: int
    doubtful: int = 0


OF_SUPERIORS: dict[InboxKind, Sequence[Condition]] = {
    InboxKind.REPORT: [In("state", list(UNDER_REVIEW))],
    InboxKind.CAUSE: [Eq("causes.state", CauseState.CLAIMED)],
    InboxKind.PROPOSAL: [Eq("state", AssignmentState.PROPOSED)],
    InboxKind.DOUBT: [Eq("extra.doubted", True), Not(In("state", list(UNDER_REVIEW)))],
}
OF_WORK = (*OF_SUPERIORS, InboxKind.WORK)
ORDERS = {InboxKind.WORK: ["due_on"], InboxKind.DOUBT: ["doubted_on"]}
OF_THE_BOARD: dict[InboxKind, tuple[Kept[Any], Condition]] = {
    InboxKind.APPEAL: (APPEALS, Eq("state", AppealState.FILED)),
    InboxKind.POST_AUDIT: (POST_AUDITS, Eq("state", PostAuditState.REQUESTED)),
    InboxKind.CASE: (CASES, Eq("state", CaseState.RAISED)),
    InboxKind.PRIOR_RESULT: (PRIOR_RESULTS, Eq("state", PriorState.ENTERED)),
}


async def count_waiting(reader: Actor, tx: Transaction) -> list[Count]:
    """One a kind that waits for somebody in the caller's roles, in the order of `InboxKind`."""
    reader.require_login()
    counts = []
    for kind in _kinds(reader):
        if kind is InboxKind.RATING:
            people = await unrated(reader, tx)
            late = sum(each.due_on < business_date(tx.now) for each in people)
            counts.append(Count(kind=kind, count=len(people), late=late))
        elif kind in OF_THE_BOARD:
            kept, state = OF_THE_BOARD[kind]
            found = await tx.store(kept).count(Eq("province", reader.province), state)
            counts.append(Count(kind=kind, count=found, late=0))
        else:
            counts.append(await _count_work(kind, reader, tx))
    return counts


async def list_waiting(
    reader: Actor, tx: Transaction, kind: InboxKind, *, first: int, after: str | None
) -> Page[Waiting]:
    """What is due first comes first; nothing for a kind that waits for other roles."""
    reader.require_login()
    if kind not in _kinds(reader):
        return Page(items=[], has_next=False, cursors=[])
    if kind is InboxKind.RATING:
        return _told(page_of(await unrated(reader, tx), first=first, after=after), _of_unrated)
    if kind in OF_THE_BOARD:
        kept, state = OF_THE_BOARD[kind]
        page = await tx.store(kept).page(
            Eq("province", reader.province), state, first=first, after=after
        )
        return _told(page, lambda each: _of_the_board(kind, each))
    order = ORDERS.get(kind, ["review_due_on", "due_on"])
    conditions = await _work(kind, reader, tx)
    page = await tx.store(ASSIGNMENTS).page(*conditions, order=order, first=first, after=after)
    return _told(page, lambda each: _of_work(kind, each))


def _kinds(reader: Actor) -> list[InboxKind]:
    kinds: list[InboxKind] = []
    if reader.has(*SUPERIORS) and reader.unit and reader.province:
        kinds += [*OF_SUPERIORS, InboxKind.RATING]
    if reader.has(Role.OFFICER) and reader.officer:
        kinds.append(InboxKind.WORK)
    if reader.has(Role.REVIEW_BOARD) and reader.province:
        kinds += OF_THE_BOARD
    return kinds


async def _work(kind: InboxKind, reader: Actor, tx: Transaction) -> list[Condition]:
    if kind is InboxKind.WORK:
        return [Eq("civil_servant_id", reader.officer), In("state", list(WORKABLE))]
    return [
        Eq("province", reader.province),
        Eq("unit_path", reader.unit),
        *OF_SUPERIORS[kind],
        Not(In("civil_servant_id", await _not_led(reader, tx))),
    ]


async def _count_work(kind: InboxKind, reader: Actor, tx: Transaction) -> Count:
    store, conditions = tx.store(ASSIGNMENTS), await _work(kind, reader, tx)
    today = business_date(tx.now).isoformat()
    late = Lt("due_on" if kind is InboxKind.WORK else "review_due_on", today)
    return Count(
        kind=kind,
        count=await store.count(*conditions),
        late=await store.count(*conditions, late),
        doubtful=await store.count(*conditions, Eq("extra.doubted", True)),
    )


async def _not_led(reader: Actor, tx: Transaction) -> list[str]:
    """Oneself, and the heads of one's own unit, who are led from above it."""
    found = await tx.store(SERVANTS).select(Eq("appointments.unit_id", reader.unit))
    today = business_date(tx.now)
    heads = [servant.id for servant in found if servant.heads(reader.unit or "", today)]
    return sorted({*heads, reader.officer or ""})


def _told(page: Page[Any], of: Callable[[Any], Waiting]) -> Page[Waiting]:
    return Page(
        items=[of(item) for item in page.items],
        has_next=page.has_next,
        cursors=page.cursors,
        end=page.end,
    )


def _of_work(kind: InboxKind, assignment: Assignment) -> Waiting:
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


def _of_unrated(person: Unrated) -> Waiting:
    return Waiting(
        kind=InboxKind.RATING,
        subject_id=person.civil_servant_id,
        civil_servant_id=person.civil_servant_id,
        period_id=person.period_id,
        due_on=person.due_on,
    )


def _of_the_board(kind: InboxKind, case: Any) -> Waiting:
    filed_at = getattr(case, "filed_at", None)
    return Waiting(
        kind=kind,
        subject_id=case.id,
        civil_servant_id=case.civil_servant_id,
        period_id=getattr(case, "period_id", None),
        since=business_date(filed_at) if filed_at else getattr(case, "decided_on", None),
    )
