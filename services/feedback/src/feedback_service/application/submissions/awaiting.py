"""Ratings that came before their dossier: joined to it when it comes, else told to have lapsed."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Gte, In, Lt, Transaction, UnitOfWork
from congvu_kit.domain.errors import Transient
from feedback_service.application.collections import SUBMISSIONS
from feedback_service.application.log.entries import log
from feedback_service.application.submissions.intake import AWAITING_MAX
from feedback_service.domain.copies.dossier import Dossier
from feedback_service.domain.log.entry import ActorClass, EntryType, instant
from feedback_service.domain.submissions.submission import Lapse, Submission

AWAITED = timedelta(days=90)
"""How long a rating waits for its dossier: a portal tells of it within days."""

BATCH = 100

AWAITING_EACH = 1_000
"""Ratings that wait for one dossier, of one transaction."""


class Awaiting:
    """Which ratings wait for the dossiers of a transaction, asked once for many of them. It keeps
    the ids, and not the rows that the transaction may change."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._ids: dict[str, list[str]] = {}

    async def ahead(self, codes: Collection[str]) -> None:
        """Of dossiers by their codes, before each of them is looked at."""
        waiting = await self._of(codes, AWAITING_MAX)
        if len(waiting) == AWAITING_MAX:  # There may be more: each is asked for by itself.
            return
        self._ids = {code: [] for code in codes}
        for each in waiting:
            self._ids[each.awaits or ""].append(each.id)

    async def ratings(self, code: str) -> Sequence[Submission]:
        """The first that came is the first."""
        if code not in self._ids:
            return await self._of([code], AWAITING_EACH)
        found = await self._tx.store(SUBMISSIONS).find_many(self._ids[code])
        return [each for each in found if each and each.awaits == code and each.lapsed is None]

    async def _of(self, codes: Collection[str], most: int) -> Sequence[Submission]:
        return await self._tx.store(SUBMISSIONS).select(
            In("awaits", sorted(codes)), Eq("lapsed", None), order=["received_at"], limit=most
        )


async def join_awaiting(tx: Transaction, dossier: Dossier, awaiting: Awaiting) -> None:
    """Those of this dossier, once its applicant is told: theirs is joined, others lapse. The caller
    saves the dossier."""
    if dossier.applicant_hash is None:
        return
    submissions = tx.store(SUBMISSIONS)
    for rating in await awaiting.ratings(dossier.code):
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
