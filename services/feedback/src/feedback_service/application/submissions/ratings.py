"""How often people answer, and answers that look odd: they are taken, marked, and reviewed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Role, account_id
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.ids import derived_id, new_id
from feedback_service.application.collections import (
    PERSON_DAYS,
    RATING_REVIEWS,
    RATING_STREAMS,
    SUBMISSIONS,
)
from feedback_service.application.copies.queries import working_days
from feedback_service.application.log.entries import log
from feedback_service.application.needs import Vault
from feedback_service.domain.log.entry import ActorClass, EntryType, instant
from feedback_service.domain.reviews.rating_review import RatingReview, ReviewState
from feedback_service.domain.submissions.rating_limits import PersonDay, RatingLimits
from feedback_service.domain.submissions.rating_stream import Doubt, RatingStream
from feedback_service.domain.submissions.submission import (
    CITIZENS,
    SATISFIED_ANSWERS,
    Kind,
    Submission,
)

MINUTE_CHARS = len("2026-08-03T02:00")


def minute_of(tx: Transaction) -> str:
    return instant(tx.now)[:MINUTE_CHARS]


async def within_limits(
    tx: Transaction, vault: Vault, limits: RatingLimits, *, actor: Actor, person: str, on: date
) -> str:
    """Count one answer of this person on this day; return the way it came. Kept in the database,
    so it holds however many gateways and services there are."""
    source = await _source(tx, limits, actor)
    days, id = tx.store(PERSON_DAYS), vault.person(f"day/{on}", person)
    day = await days.find(id) or PersonDay(id=id, on=on)
    day.add(limits)
    await days.save(day)
    return source


async def _source(tx: Transaction, limits: RatingLimits, actor: Actor) -> str:
    """The way it comes, with room for one more this minute."""
    if not actor.has(Role.SERVICE_PORTAL):
        return CITIZENS
    portal, minute = account_id(actor.require_login()), minute_of(tx)
    passed = await tx.store(SUBMISSIONS).count(Eq("source", portal), Eq("arrived", minute))
    limits.require_portal_room(passed)
    return portal


@dataclass(frozen=True, kw_only=True)
class Questioned:
    """`earlier` are answers that the new one makes look odd, and that nobody doubted yet."""

    review: RatingReview
    doubts: Iterable[Doubt]
    earlier: Sequence[Submission]

    async def mark(self, tx: Transaction, answer: Submission) -> None:
        """The new answer, which its own entry of the log says, and the earlier ones, which an
        entry about them says."""
        self.review.take(answer, answer.log_sequence)
        if self.review.doubt(self.doubts) or self.earlier:
            await self._tell(tx)
        await tx.store(RATING_REVIEWS).save(self.review)

    async def _tell(self, tx: Transaction) -> None:
        fields = {
            "through": self.review.source,
            "doubts": ",".join(self.review.doubts),
            "decide_by": self.review.decide_by.isoformat(),
            "entries": ",".join(map(str, sorted(each.log_sequence for each in self.earlier))),
        }
        type, by = EntryType.RATINGS_QUESTIONED, ActorClass.PLATFORM
        given = {name: value for name, value in fields.items() if value}
        sequence = await log(tx, self.review, type, by, **given)
        for each in self.earlier:
            self.review.take(each, sequence)
            await tx.store(SUBMISSIONS).save(each)


async def question(tx: Transaction, answer: Submission, limits: RatingLimits) -> Questioned | None:
    """None when nothing is odd about it."""
    submissions, streams = tx.store(SUBMISSIONS), tx.store(RATING_STREAMS)
    id = stream_id(answer.unit_id, answer.source)
    stream = await streams.find(id) or RatingStream(id=id)
    satisfied = answer.answer in SATISFIED_ANSWERS
    doubts = stream.take(answer.said, satisfied=satisfied, same_run=limits.same_run)
    await streams.save(stream)
    way = [
        Eq("unit_id", answer.unit_id),
        Eq("source", answer.source),
        Eq("kind", Kind.SATISFACTION),
    ]
    earlier: list[Submission] = []
    if newest := max(doubts.values(), default=1) - 1:
        earlier += await submissions.select(*way, order=["-log_sequence"], limit=newest)
    together = [*way, Eq("given", answer.given)]
    most = limits.burst_minute if answer.given == answer.arrived else limits.burst_day
    if await submissions.count(*together) >= most:
        doubts[Doubt.BURST] = most
        earlier += await submissions.select(*together, Eq("review_id", None))
    if not doubts:
        return None
    review = await _open_review(tx, answer, limits)
    answer.review_id = review.id
    undoubted = {each.id: each for each in earlier if each.review_id is None}
    return Questioned(review=review, doubts=doubts, earlier=list(undoubted.values()))


def stream_id(unit_id: str, source: str) -> str:
    return derived_id("stream", unit_id, source)


async def _open_review(tx: Transaction, answer: Submission, limits: RatingLimits) -> RatingReview:
    """One at a time for a unit and a way."""
    pending = await tx.store(RATING_REVIEWS).first(
        Eq("unit_id", answer.unit_id), Eq("source", answer.source), Eq("state", ReviewState.PENDING)
    )
    today, days = business_date(tx.now), await working_days(answer.province, tx)
    return pending or RatingReview(
        id=new_id("rev"),
        province=answer.province,
        unit_id=answer.unit_id,
        unit_path=answer.unit_path,
        source=answer.source,
        opened_on=today,
        decide_by=days.after(today, limits.review_days),
    )
