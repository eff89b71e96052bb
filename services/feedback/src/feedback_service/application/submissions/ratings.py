"""Answers that look odd: they are taken, marked as they enter the public log, and reviewed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from congvu_kit.application.ports import Condition, Eq, Lt, Transaction
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.ids import derived_id, new_id
from feedback_service.application.collections import (
    RATING_REVIEWS,
    RATING_STREAMS,
    SUBMISSIONS,
)
from feedback_service.application.copies.queries import working_days
from feedback_service.application.log.entries import log
from feedback_service.domain.log.entry import ActorClass, EntryType
from feedback_service.domain.reviews.rating_review import RatingReview, ReviewState
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.rating_stream import Doubt, RatingStream
from feedback_service.domain.submissions.submission import (
    SATISFIED_ANSWERS,
    Kind,
    Submission,
)


async def question(tx: Transaction, entered: Sequence[Submission], limits: RatingLimits) -> None:
    """Look at answers in the order in which they entered the log. One whose dossier is awaited is
    about no unit yet: it enters again, and is looked at, when it is joined."""
    ways: dict[tuple[str, str], list[Submission]] = {}
    for each in entered:
        if each.kind is Kind.SATISFACTION and each.awaits is None:
            ways.setdefault((each.unit_id, each.source), []).append(each)
    for answers in ways.values():
        await _Way(tx, limits, answers).look()


@dataclass
class _Way:
    """New answers about one unit that came one way."""

    tx: Transaction
    limits: RatingLimits
    answers: Sequence[Submission]
    doubts: set[Doubt] = field(default_factory=set)
    odd: dict[str, Submission] = field(default_factory=dict)

    @property
    def _before(self) -> list[Condition]:
        first = self.answers[0]
        return [
            Eq("unit_id", first.unit_id),
            Eq("source", first.source),
            Eq("kind", Kind.SATISFACTION),
            Lt("log_sequence", first.log_sequence or 0),
        ]

    async def look(self) -> None:
        """Who says what in a row, then how many at a time; an entry of the log tells which answers
        are doubted from there on."""
        await self._runs()
        await self._bursts()
        doubted = [each for each in self.odd.values() if each.review_id is None]
        if doubted:
            await self._mark(sorted(doubted, key=lambda each: each.log_sequence or 0))

    async def _runs(self) -> None:
        streams, submissions = self.tx.store(RATING_STREAMS), self.tx.store(SUBMISSIONS)
        id = stream_id(self.answers[0].unit_id, self.answers[0].source)
        stream, ahead = await streams.find(id) or RatingStream(id=id), 0
        for number, answer in enumerate(self.answers, start=1):
            satisfied = answer.answer in SATISFIED_ANSWERS
            found = stream.take(answer.said, satisfied=satisfied, same_run=self.limits.same_run)
            newest = max(found.values(), default=0)
            self._doubt(found, self.answers[max(0, number - newest) : number] if newest else ())
            ahead = max(ahead, newest - number)
        await streams.save(stream)
        if ahead:
            order = ["-log_sequence"]
            self._doubt((), await submissions.select(*self._before, order=order, limit=ahead))

    async def _bursts(self) -> None:
        submissions, limits = self.tx.store(SUBMISSIONS), self.limits
        for given, count in Counter(each.given for each in self.answers).items():
            now = [each for each in self.answers if each.given == given]
            most = limits.burst_minute if given == now[0].arrived else limits.burst_day
            together = [*self._before, Eq("given", given)]
            if await submissions.count(*together) + count > most:
                earlier = await submissions.select(*together, Eq("review_id", None))
                self._doubt((Doubt.BURST,), [*earlier, *now])

    def _doubt(self, doubts: Iterable[Doubt], answers: Iterable[Submission]) -> None:
        self.doubts |= set(doubts)
        new = {each.id: each for each in self.answers}
        self.odd |= {each.id: new.get(each.id, each) for each in answers}

    async def _mark(self, doubted: Sequence[Submission]) -> None:
        review = await _open_review(self.tx, self.answers[0], self.limits)
        review.doubt(self.doubts)
        fields = {
            "through": review.source,
            "doubts": ",".join(review.doubts),
            "decide_by": review.decide_by.isoformat(),
            "entries": ",".join(str(each.log_sequence) for each in doubted),
        }
        type, by = EntryType.RATINGS_QUESTIONED, ActorClass.PLATFORM
        sequence = await log(self.tx, review, type, by, **fields)
        for each in doubted:
            review.take(each, sequence)
        new = {each.id for each in self.answers}
        earlier = [each for each in doubted if each.id not in new]
        await self.tx.store(SUBMISSIONS).save_many(earlier)
        await self.tx.store(RATING_REVIEWS).save(review)


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
