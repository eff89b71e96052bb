"""Ratings that came before their dossier: joined to it when it comes, else told to have lapsed."""

from datetime import timedelta

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Gte, Lt, Transaction, UnitOfWork
from congvu_kit.domain.errors import Transient
from feedback_service.application.collections import DOSSIERS, SUBMISSIONS
from feedback_service.application.log.entries import log
from feedback_service.domain.copies.dossier import Dossier
from feedback_service.domain.log.entry import ActorClass, EntryType, instant
from feedback_service.domain.submissions.submission import Lapse, Submission

AWAITED = timedelta(days=90)
"""How long a rating waits for its dossier: a portal tells of it within days."""

BATCH = 100


async def join_awaiting(tx: Transaction, dossier: Dossier) -> None:
    """Those of this dossier, once its applicant is told: theirs is joined, others lapse."""
    if dossier.applicant_hash is None:
        return
    submissions = tx.store(SUBMISSIONS)
    waiting = await submissions.select(
        Eq("awaits", dossier.code), Eq("lapsed", None), order=["received_at"]
    )
    for rating in waiting:
        if rating.log_sequence is None:
            raise Transient(
                en="a rating of this dossier is not in the log yet",
                vi="Một đánh giá của hồ sơ này chưa vào nhật ký.",
            )
        why = rating.lapse_for(dossier)
        if why is not None:
            await _lapse(tx, rating, why)
            continue
        rating.join(dossier, instant(tx.now))
        await submissions.save(rating)
        await tx.store(DOSSIERS).save(dossier)


async def _lapse(tx: Transaction, rating: Submission, why: Lapse) -> None:
    rating.lapsed = why
    await log(tx, rating, EntryType.RATING_LAPSED, ActorClass.PLATFORM, why=why)
    await tx.store(SUBMISSIONS).save(rating)


async def pass_awaiting_dates(uow: UnitOfWork) -> int:
    """What waited too long has lapsed, and the log says so; how many."""
    reading = uow.reading()
    over = await reading.store(SUBMISSIONS).select(
        Gte("awaits", ""),
        Eq("lapsed", None),
        Lt("received_at", instant(reading.now - AWAITED)),
        limit=BATCH,
    )
    return sum([await _pass(uow, each.id) for each in over])


@again
async def _pass(uow: UnitOfWork, id: str) -> bool:
    async with uow.begin() as tx:
        rating = await tx.store(SUBMISSIONS).get(id)
        due = rating.awaits is not None and rating.lapsed is None
        if due:
            await _lapse(tx, rating, Lapse.NO_DOSSIER)
    return due
