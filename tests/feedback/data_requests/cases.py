"""Requests about personal data: every mutation and its callers."""

from dataclasses import replace

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import BOARD, NOT_THE_SENDER, SENDERS, SENDING, Case, Named
from feedback.data_requests.steps import REASON, ask
from feedback.scenes import file
from feedback_service.application.needs import Needs
from feedback_service.domain.data_requests.data_request import DataRight


async def a_complaint(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    return {"ownerId": (await file(uow, needs)).id}


async def a_request(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    complaint = await file(uow, needs)
    request = await ask(uow, needs, complaint.id, DataRight.RESTRICT)
    return {"dataRequestId": request.id, "expectedRevision": request.revision}


ANSWERED = {"right": "RESTRICT", "reason": REASON}

OUTSIDERS = [
    people.HANOI_BOARD,
    replace(people.BOARD, province="01"),
    replace(people.BOARD, officer=None),
    replace(people.BOARD, unit=people.COUNTER),
    replace(people.BOARD, officer=people.LAN_ID),
]

CASES = [
    Case(
        mutation="fileDataRequest",
        given=a_complaint,
        input={"right": "RESTRICT"},
        may=SENDING,
        right=SENDERS,
        misplaced=NOT_THE_SENDER,
        returns="DataRequest",
        shows={
            "unit": {"id": people.COUNTER},
            "right": "RESTRICT",
            "state": "RECEIVED",
            "filedOn": "2026-08-03",
            "answerBy": "2026-08-05",
            "answeredOn": None,
            "logSequence": 2,
        },
        entries=["DATA_REQUEST_FILED"],
        tells={"right": "RESTRICT", "answer_by": "2026-08-05"},
    ),
    Case(
        mutation="answerDataRequest",
        given=a_request,
        input={"reason": REASON},
        may=frozenset({Role.REVIEW_BOARD}),
        right=BOARD,
        misplaced=OUTSIDERS,
        returns="DataRequest",
        shows={"state": "GRANTED", "ground": None, "reason": REASON, "answeredOn": "2026-08-03"},
        entries=["DATA_REQUEST_ANSWERED"],
        tells={**ANSWERED, "outcome": "GRANTED"},
        name="answerDataRequest, granted",
    ),
    Case(
        mutation="answerDataRequest",
        given=a_request,
        input={"reason": REASON, "refusedBecause": "ONGOING_CASE"},
        may=frozenset({Role.REVIEW_BOARD}),
        right=BOARD,
        misplaced=OUTSIDERS,
        returns="DataRequest",
        shows={"state": "REFUSED", "ground": "ONGOING_CASE", "reason": REASON},
        entries=["DATA_REQUEST_ANSWERED"],
        tells={**ANSWERED, "outcome": "REFUSED", "ground": "ONGOING_CASE"},
        name="answerDataRequest, refused",
    ),
    Case(
        mutation="withdrawDataRequest",
        given=a_request,
        input={},
        may=SENDING,
        right=SENDERS,
        misplaced=NOT_THE_SENDER,
        returns="DataRequest",
        shows={"state": "WITHDRAWN", "answeredOn": "2026-08-03"},
        entries=["DATA_REQUEST_WITHDRAWN"],
        tells={"right": "RESTRICT"},
    ),
]
