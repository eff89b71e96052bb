"""Counting what an index is made of, by procedure, channel and driver."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, Gte, In, Transaction
from feedback_service.application.collections import DOSSIERS, SUBMISSIONS
from feedback_service.application.indexes.evidence import (
    SATISFIED,
    answers_within,
    by_state,
    until,
    within,
)
from feedback_service.domain.copies.period import Period
from feedback_service.domain.indexes.details import AnswersOf, IndexDetails, Served
from feedback_service.domain.indexes.figures import ProcedureAnswers
from feedback_service.domain.indexes.satisfaction_index import SatisfactionIndex
from feedback_service.domain.reviews.rating_review import ReviewState
from feedback_service.domain.submissions.submission import Driver

TOLD = Gte("applicant_hash", "")
"""The portal told who handed the dossier in, so that they can rate it."""


async def count_details(
    tx: Transaction, index: SatisfactionIndex, period: Period, contented: int
) -> None:
    """Of the unit and the units below it."""
    counted = await Counted.of(tx, index.unit_id, period)
    answers, pleased = (
        await counted.by("procedure_code"),
        await counted.by("procedure_code", SATISFIED),
    )
    index.procedures = tuple(
        ProcedureAnswers(procedure_code=code, satisfied=pleased[code], answers=answers[code])
        for code in sorted(answers)
    )
    done, dossiers = within(index.unit_id, period, "completed_on"), tx.store(DOSSIERS)
    index.details = IndexDetails(
        in_time=await dossiers.count(*done, Eq("late", False)),
        late=await dossiers.count(*done, Eq("late", True)),
        contented=contented,
        channels=await counted.channels(),
        drivers=await counted.drivers(),
        served=await _served(tx, done),
    )


async def _served(tx: Transaction, done: Sequence[Condition]) -> tuple[Served, ...]:
    completed = await tx.store(DOSSIERS).count_by("procedure_code", *done)
    offered = await tx.store(DOSSIERS).count_by("procedure_code", *done, TOLD)
    return tuple(
        Served(procedure_code=code, completed=completed[code], offered=offered.get(code, 0))
        for code in sorted(completed)
    )


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Answers of a unit and period, less those of the `doubted` reviews."""

    tx: Transaction
    answers: Sequence[Condition]
    doubted: Sequence[Condition]

    @classmethod
    async def of(cls, tx: Transaction, unit_id: str, period: Period) -> "Counted":
        answers, questioned = answers_within(unit_id, period), until(period, "questioned_sequence")
        reviews = await tx.store(SUBMISSIONS).count_by("review_id", *answers, *questioned)
        of_state = await by_state(tx, sorted(reviews), period)
        doubted = [*of_state[ReviewState.PENDING], *of_state[ReviewState.SET_ASIDE]]
        aside = [*answers, In("review_id", doubted), *questioned] if doubted else []
        return cls(tx=tx, answers=answers, doubted=aside)

    async def by(self, path: str, *more: Condition) -> Counter[str]:
        """How many there are for each text at `path`, where there are any."""
        submissions = self.tx.store(SUBMISSIONS)
        counts = Counter(await submissions.count_by(path, *self.answers, *more))
        if self.doubted:
            counts.subtract(await submissions.count_by(path, *self.doubted, *more))
        return +counts

    async def count(self, *more: Condition) -> int:
        submissions = self.tx.store(SUBMISSIONS)
        aside = await submissions.count(*self.doubted, *more) if self.doubted else 0
        return await submissions.count(*self.answers, *more) - aside

    async def channels(self) -> tuple[AnswersOf, ...]:
        answers, pleased = await self.by("channel"), await self.by("channel", SATISFIED)
        return tuple(
            AnswersOf(value=name, satisfied=pleased[name], answers=answers[name])
            for name in sorted(answers)
        )

    async def drivers(self) -> tuple[AnswersOf, ...]:
        """An answer may name several."""
        found = [
            AnswersOf(
                value=each.value,
                satisfied=await self.count(Eq("drivers", each), SATISFIED),
                answers=await self.count(Eq("drivers", each)),
            )
            for each in sorted(Driver)
        ]
        return tuple(each for each in found if each.answers)
