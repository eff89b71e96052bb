"""Ratings, suggestions and praise: every mutation and its callers."""

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import BASIS, BOARD, NOT_THE_SENDER, SENDERS, SENDING, Case, Named, nothing
from feedback.people import person
from feedback.scenes import DOSSIER, RATING_CODE, rate, rating
from feedback_service.application.needs import Needs


async def a_rating(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    return {"ownerId": (await rate(uow, needs, rating(comment="x"))).id}


BAD = {"answer": "NEUTRAL", "channel": "KIOSK"}

CASES = [
    Case(
        mutation="submitSatisfaction",
        given=nothing,
        input={
            "dossierCode": DOSSIER,
            "ratingCode": RATING_CODE,
            "answer": "NEUTRAL",
            "submitterType": "BUSINESS",
            "channel": "KIOSK",
            "drivers": ["SPEED", "COST", "SPEED"],
        },
        may=SENDING,
        right=SENDERS,
        misplaced=[people.HANOI_PORTAL, person("lan", Role.CITIZEN, officer=people.LAN_ID)],
        returns="Submission",
        shows={
            "kind": "SATISFACTION",
            "unit": {"id": people.COUNTER},
            "procedureCode": "1.001193",
            "answer": "NEUTRAL",
            "drivers": ["COST", "SPEED"],
            "channel": "KIOSK",
            "submitterType": "BUSINESS",
            "receivedOn": "2026-08-03",
        },
        entries=["SUBMISSION_RECEIVED"],
        tells={
            "kind": "SATISFACTION",
            "procedure": "1.001193",
            "answer": "NEUTRAL",
            "drivers": "COST,SPEED",
            "channel": "KIOSK",
            "on": "2026-08-03",
        },
        events=["submission.received"],
    ),
    Case(
        mutation="submitSatisfaction",
        name="submitSatisfaction before its dossier",
        given=nothing,
        input={"dossierCode": "H32.31.07-260801-9999", "ratingCode": RATING_CODE, **BAD},
        may=SENDING,
        right=SENDERS,
        misplaced=[],
        returns="Submission",
        shows={"kind": "SATISFACTION", "unit": None, "dossier": "AWAITED", "answer": "NEUTRAL"},
        entries=["RATING_AWAITED"],
        tells={"kind": "SATISFACTION", "answer": "NEUTRAL", "channel": "KIOSK", "on": "2026-08-03"},
        events=[],
    ),
    Case(
        mutation="rateService",
        given=nothing,
        input={
            "unitId": people.COUNTER,
            "kind": "PROCEDURE",
            "procedureCode": "1.001193",
            **BAD,
        },
        may=SENDING,
        right=SENDERS,
        misplaced=[people.HANOI_PORTAL],
        returns="Submission",
        shows={
            "kind": "PROCEDURE",
            "unit": {"id": people.COUNTER},
            "dossier": None,
            "procedureCode": "1.001193",
            "answer": "NEUTRAL",
        },
        entries=["SUBMISSION_RECEIVED"],
        tells={
            "kind": "PROCEDURE",
            "procedure": "1.001193",
            "answer": "NEUTRAL",
            "channel": "KIOSK",
            "on": "2026-08-03",
        },
        events=["submission.received"],
    ),
    Case(
        mutation="submitSuggestion",
        given=nothing,
        input={"unitId": people.COUNTER, "kind": "PRAISE", "text": "Rất tốt", "channel": "MEETING"},
        may=SENDING,
        right=SENDERS,
        misplaced=[people.HANOI_PORTAL],
        returns="Submission",
        shows={
            "kind": "PRAISE",
            "unit": {"id": people.COUNTER},
            "procedureCode": None,
            "answer": None,
            "drivers": [],
            "channel": "MEETING",
            "submitterType": "CITIZEN",
            "receivedOn": "2026-08-03",
        },
        entries=["SUBMISSION_RECEIVED"],
        tells={"kind": "PRAISE", "channel": "MEETING", "on": "2026-08-03"},
        events=["submission.received"],
    ),
    Case(
        mutation="submitFeedbackBulk",
        given=nothing,
        input={
            "rows": [
                {
                    "kind": "PRAISE",
                    "channel": "MEETING",
                    "unitId": people.COUNTER,
                    "text": "Rất tốt",
                    "submitterToken": people.CITIZEN.subject,
                }
            ]
        },
        may=frozenset({Role.SERVICE_PORTAL}),
        right={people.PORTAL: "SUBMITTER"},
        misplaced=[people.HANOI_PORTAL],
        returns="FeedbackReport",
        shows={"taken": 1, "refused": 0},
        entries=["SUBMISSION_RECEIVED"],
        tells={"kind": "PRAISE", "channel": "MEETING", "on": "2026-08-03"},
        events=["submission.received"],
    ),
    Case(
        mutation="erasePrivateData",
        given=a_rating,
        input=BASIS,
        may=SENDING | {Role.REVIEW_BOARD},
        right={**SENDERS, **BOARD},
        misplaced=[*NOT_THE_SENDER, people.HANOI_BOARD],
        returns="Erasure",
        shows={"erased": True},
        entries=["PRIVATE_DATA_ERASED"],
        tells={"legal_basis": "Điều 16 Nghị định 13/2023/NĐ-CP"},
    ),
]
