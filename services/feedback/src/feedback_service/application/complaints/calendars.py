"""Moves the dates of complaints and reviews when a working calendar comes or is corrected."""

from datetime import date

from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import again
from congvu_kit.application.ports import AnyOf, Condition, Eq, Gte, Transaction, UnitOfWork
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.working_days import WorkingDays
from feedback_service.application.collections import (
    CALENDARS,
    COMPLAINTS,
    DATA_REQUESTS,
    RATING_REVIEWS,
)
from feedback_service.application.copies.queries import working_days
from feedback_service.application.data_requests.commands import tell
from feedback_service.application.log.entries import PUBLIC_LOG, log
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.copies.calendar import COUNTRY, WorkingCalendar
from feedback_service.domain.data_requests.data_request import DataRequest, DataRequestState
from feedback_service.domain.log.entry import ActorClass, EntryType
from feedback_service.domain.reviews.rating_review import RatingReview, ReviewState

MOVED = ("due_on", "dispute_until", "answer_by", "reopen_until", "escalate_on")
BATCH = 50
"""Rows looked at in one transaction: each that moves writes to the public log."""


async def move_dates(uow: UnitOfWork, turns: Turns, review_days: int) -> int:
    """Of everything open, for each calendar that came; how many batches there were."""
    batches = 0
    for calendar in await uow.reading().store(CALENDARS).select(Gte("pending", "")):
        while True:
            async with turns.take(PUBLIC_LOG):
                if not await _move_batch(uow, calendar.id, review_days):
                    break
            batches += 1
    return batches


@again
async def _move_batch(uow: UnitOfWork, calendar_id: str, review_days: int) -> bool:
    async with uow.begin() as tx:
        calendar = await tx.store(CALENDARS).get(calendar_id)
        if calendar.pending is None:
            return False
        rows = await _open_rows(calendar, calendar.pending, tx)
        days: dict[str, WorkingDays] = {}
        for row in rows[:BATCH]:
            if row.province not in days:
                days[row.province] = await working_days(row.province, tx)
            if isinstance(row, Complaint):
                await _move_complaint(row, days[row.province], tx)
            elif isinstance(row, DataRequest):
                await _move_request(row, days[row.province], tx)
            else:
                await _move_review(row, review_days, days[row.province], tx)
        calendar.pending = rows[BATCH].id if len(rows) > BATCH else None
        await tx.store(CALENDARS).save(calendar)
    return True


async def _open_rows(
    calendar: WorkingCalendar, since: str, tx: Transaction
) -> list[Complaint | RatingReview | DataRequest]:
    """Complaints, reviews and requests about data, with a date that the calendar may move, by
    their ids."""
    first = (calendar.moves_from or date(calendar.year, 1, 1)).isoformat()
    where: list[Condition] = [Gte("_id", since)]
    if calendar.province != COUNTRY:
        where.append(Eq("province", calendar.province))
    dates = [Gte(name, first) for name in MOVED]
    complaints = await tx.store(COMPLAINTS).select(AnyOf(dates), *where, limit=BATCH + 1)
    reviews = await tx.store(RATING_REVIEWS).select(
        Eq("state", ReviewState.PENDING), Gte("decide_by", first), *where, limit=BATCH + 1
    )
    requests = await tx.store(DATA_REQUESTS).select(
        Eq("state", DataRequestState.RECEIVED), Gte("answer_by", first), *where, limit=BATCH + 1
    )
    return sorted([*complaints, *reviews, *requests], key=lambda row: row.id)


async def _move_complaint(complaint: Complaint, days: WorkingDays, tx: Transaction) -> None:
    provisional = complaint.provisional
    moved = complaint.reschedule(days, business_date(tx.now))
    if moved or complaint.provisional != provisional:
        dates = complaint.dates.items()
        told = {name: day.isoformat() for name, day in dates if isinstance(day, date)}
        await log(tx, complaint, EntryType.DEADLINE_MOVED, ActorClass.PLATFORM, **told)
        await tx.store(COMPLAINTS).save(complaint)


async def _move_review(
    review: RatingReview, review_days: int, days: WorkingDays, tx: Transaction
) -> None:
    if review.move(review_days, days, business_date(tx.now)):
        told = review.decide_by.isoformat()
        await log(tx, review, EntryType.DEADLINE_MOVED, ActorClass.PLATFORM, decide_by=told)
        await tx.store(RATING_REVIEWS).save(review)


async def _move_request(request: DataRequest, days: WorkingDays, tx: Transaction) -> None:
    if request.move(days, business_date(tx.now)):
        told = {"request_answer_by": request.answer_by.isoformat()}
        await tell(tx, request, EntryType.DEADLINE_MOVED, ActorClass.PLATFORM, **told)
        await tx.store(DATA_REQUESTS).save(request)
