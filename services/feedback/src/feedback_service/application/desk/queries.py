"""Complaints that wait for the caller: to be answered for their unit, decided outside it, or seen
to because they were escalated to the caller by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from congvu_kit.application.ports import AnyOf, Condition, Eq, In, Lt, Not, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from feedback_service.application.collections import COMPLAINTS, RATING_REVIEWS
from feedback_service.application.complaints.parties import STAFF
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import OF_THE_UNIT, ComplaintState
from feedback_service.domain.reviews.rating_review import RatingReview, ReviewState


class ComplaintTask(StrEnum):
    ANSWER = "ANSWER"
    DECIDE = "DECIDE"
    ESCALATED = "ESCALATED"


@dataclass(frozen=True, kw_only=True)
class Count:
    """`late` of them are past their last day."""

    task: ComplaintTask
    count: int
    late: int


OVERDUE = Eq("due_on", None)
"""Of a complaint that is not at its end: its date passed, and the level above was told."""


async def find_inboxes(ids: Sequence[str], reader: Actor, _: Transaction) -> list[str | None]:
    """Everybody has one, their own: it goes by the account that is logged in."""
    return [id if id == reader.subject else None for id in ids]


async def count_waiting(reader: Actor, tx: Transaction) -> list[Count]:
    """One a task that somebody in the caller's roles has."""
    store, late = tx.store(COMPLAINTS), _late(tx)
    return [
        Count(
            task=task,
            count=await store.count(*conditions),
            late=await store.count(*conditions, late),
        )
        for task, conditions in _tasks(reader).items()
    ]


async def list_waiting(
    reader: Actor, tx: Transaction, task: ComplaintTask, *, first: int, after: str | None
) -> Page[Complaint]:
    """What is overdue comes first, then what is due first; nothing for other roles' tasks."""
    reader.require_login()
    conditions = _tasks(reader).get(task)
    if conditions is None:
        return Page(items=[], has_next=False, cursors=[])
    return await tx.store(COMPLAINTS).page(*conditions, order=["due_on"], first=first, after=after)


async def count_reviews(reader: Actor, tx: Transaction) -> int:
    """Doubted answers that the caller may decide about."""
    conditions = _reviews(reader)
    return await tx.store(RATING_REVIEWS).count(*conditions) if conditions else 0


async def list_reviews(
    reader: Actor, tx: Transaction, *, first: int, after: str | None
) -> Page[RatingReview]:
    """Those to be decided first on top; nothing for other roles."""
    reader.require_login()
    conditions = _reviews(reader)
    if not conditions:
        return Page(items=[], has_next=False, cursors=[])
    return await tx.store(RATING_REVIEWS).page(
        *conditions, order=["decide_by"], first=first, after=after
    )


def _reviews(reader: Actor) -> list[Condition]:
    """What `decide_rating_review` lets this caller do: a named officer of the board, not of the
    unit, who did not do the work."""
    if not reader.has(Role.REVIEW_BOARD) or reader.officer is None or reader.province is None:
        return []
    return [
        Eq("province", reader.province),
        Eq("state", ReviewState.PENDING),
        Not(Eq("unit_id", reader.unit)),
        Not(Eq("civil_servant_ids", reader.officer)),
    ]


def _late(tx: Transaction) -> Condition:
    return AnyOf([OVERDUE, Lt("due_on", business_date(tx.now).isoformat())])


def _tasks(reader: Actor) -> dict[ComplaintTask, list[Condition]]:
    """What `as_handler` and the verdicts let this caller do."""
    tasks: dict[ComplaintTask, list[Condition]] = {}
    if reader.province is None:
        return tasks
    if reader.unit and (reader.has(*STAFF) or (reader.has(Role.OFFICER) and reader.officer)):
        tasks[ComplaintTask.ANSWER] = [
            Eq("unit_id", reader.unit),
            Eq("province", reader.province),
            In("state", OF_THE_UNIT),
            _not_about(reader),
            *([] if reader.has(*STAFF) else [Eq("handler", reader.officer)]),
        ]
    if reader.has(Role.REVIEW_BOARD) or (reader.has(Role.UNIT_HEAD) and reader.unit):
        above = [] if reader.has(Role.REVIEW_BOARD) else [Eq("unit_path", reader.unit)]
        tasks[ComplaintTask.DECIDE] = [
            Eq("province", reader.province),
            *above,
            In("state", (*OF_THE_UNIT, ComplaintState.DISPUTED)),
            AnyOf([Eq("state", ComplaintState.DISPUTED), OVERDUE]),
            Not(Eq("unit_id", reader.unit)),
            Not(AnyOf(_acted(reader))),
            _not_about(reader),
            *([Not(Eq("escalated_to", reader.officer))] if reader.officer else []),
        ]
    if reader.officer and reader.has(*STAFF):
        tasks[ComplaintTask.ESCALATED] = [
            Eq("province", reader.province),
            Eq("escalated_to", reader.officer),
        ]
    return tasks


def _not_about(reader: Actor) -> Condition:
    """A token that names no officer may be that of whom it is about (F-I3)."""
    if reader.officer is None:
        return Eq("civil_servant_id", None)
    about = [Eq("civil_servant_id", reader.officer), Eq("other_officers", reader.officer)]
    return Not(AnyOf(about))


def _acted(reader: Actor) -> list[Condition]:
    acted: list[Condition] = [Eq("handled_by.subject", reader.subject)]
    return [*acted, Eq("handled_by.officer", reader.officer)] if reader.officer else acted
