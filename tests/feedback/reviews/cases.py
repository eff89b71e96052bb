"""Doubted answers: every mutation and its callers."""

from dataclasses import replace

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import BOARD, REASON, Case, Named
from feedback.reviews.steps import BURST, PORTAL_ID, burst
from feedback_service.application.needs import Needs


async def a_burst(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    review = await burst(uow, needs)
    return {"reviewId": review.id, "expectedRevision": review.revision}


CASES = [
    Case(
        mutation="decideRatingReview",
        given=a_burst,
        input={"outcome": "SET_ASIDE", **REASON},
        may=frozenset({Role.REVIEW_BOARD}),
        right=BOARD,
        misplaced=[
            people.HANOI_BOARD,
            replace(people.BOARD, province="01"),
            replace(people.BOARD, officer=None),
            replace(people.BOARD, unit=people.COUNTER),
            replace(people.BOARD, officer=people.LAN_ID),
            replace(people.BOARD, officer=people.MINH_ID),
        ],
        returns="RatingReview",
        shows={
            "unit": {"id": people.COUNTER},
            "source": PORTAL_ID,
            "doubts": ["BURST"],
            "answers": BURST + 1,
            "satisfied": BURST + 1,
            "state": "SET_ASIDE",
            "openedOn": "2026-08-03",
            "decideBy": "2026-08-17",
            "decidedOn": "2026-08-03",
            "decisionSequence": BURST + 3,
        },
        entries=["RATINGS_DECIDED"],
        tells={"outcome": "SET_ASIDE", "answers": str(BURST + 1), "reason": "Lý do"},
    ),
]
