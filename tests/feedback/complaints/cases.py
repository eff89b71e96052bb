"""Complaints, on the side of their senders and of the unit: every mutation and its callers."""

from dataclasses import replace

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import NOT_THE_SENDER, REASON, SENDERS, SENDING, Case, Named, nothing
from feedback.complaints.steps import assign, confirm
from feedback.scenes import DOSSIER, answered, classify, file, make_needs
from feedback_service.application.indexes.figures import officer_mark
from feedback_service.application.needs import Needs


def revised(id: str, revision: int) -> Named:
    return {"complaintId": id, "expectedRevision": revision}


async def a_filed(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    complaint = await file(uow, needs)
    return revised(complaint.id, complaint.revision)


async def a_classified(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    complaint = await classify(uow, needs, await file(uow, needs))
    return revised(complaint.id, complaint.revision)


async def an_assigned(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    complaint = await classify(uow, needs, await file(uow, needs))
    complaint = await assign(uow, needs, complaint, people.MINH_ID)
    return revised(complaint.id, complaint.revision)


async def an_answered(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    complaint = await answered(uow, needs)
    return revised(complaint.id, complaint.revision)


async def a_confirmed(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    complaint = await confirm(uow, needs, await answered(uow, needs), people.CITIZEN)
    return revised(complaint.id, complaint.revision)


STAFF = frozenset({Role.UNIT_HEAD, Role.MANAGER})
STAFF_OF_UNIT = {people.COUNTER_HEAD: "UNIT_HEAD", people.COUNTER_MANAGER: "UNIT_STAFF"}
NOT_OF_UNIT = [
    people.CHAIR,
    people.OTHER_CHAIR,
    replace(people.COUNTER_HEAD, province="01"),
    people.LAN_AS_MANAGER,
]


CASES = [
    Case(
        mutation="fileComplaint",
        given=nothing,
        input={
            "dossierCode": DOSSIER,
            "text": "Chậm trả kết quả",
            "channel": "HOTLINE",
            "submitterType": "BUSINESS",
        },
        may=SENDING,
        right=SENDERS,
        misplaced=[people.HANOI_PORTAL],
        returns="Complaint",
        shows={
            "state": "RECEIVED",
            "unit": {"id": people.COUNTER},
            "channel": "HOTLINE",
            "submitterType": "BUSINESS",
            "filedOn": "2026-08-03",
            "answerBy": "2026-08-17",
            "dueOn": "2026-08-05",
            "logSequence": 1,
        },
        entries=["COMPLAINT_FILED"],
        tells={
            "channel": "HOTLINE",
            "on": "2026-08-03",
            "answer_by": "2026-08-17",
            "officers": officer_mark(make_needs().vault, people.LAN_ID),
        },
        events=["complaint.filed"],
    ),
    Case(
        mutation="classifyComplaint",
        given=a_filed,
        input={"category": "DELAY", "summary": " Trả chậm "},
        may=STAFF,
        right=STAFF_OF_UNIT,
        misplaced=NOT_OF_UNIT,
        returns="Complaint",
        shows={
            "state": "CLASSIFIED",
            "category": "DELAY",
            "summary": {"text": "Trả chậm", "on": "2026-08-03", "logSequence": 2},
            "dueOn": "2026-08-17",
        },
        entries=["COMPLAINT_CLASSIFIED"],
        tells={"category": "DELAY", "summary": "Trả chậm"},
        events=["complaint.classified"],
    ),
    Case(
        mutation="forwardComplaint",
        given=a_classified,
        input={**REASON, "unitId": people.OTHER_WARD},
        may=STAFF,
        right=STAFF_OF_UNIT,
        misplaced=NOT_OF_UNIT,
        returns="Complaint",
        shows={
            "state": "RECEIVED",
            "unit": {"id": people.OTHER_WARD},
            "category": None,
            "summary": None,
            "answerBy": "2026-08-17",
            "dueOn": "2026-08-05",
            "forwards": [
                {
                    "fromUnit": {"id": people.COUNTER},
                    "reason": {"text": "Lý do", "on": "2026-08-03", "logSequence": 3},
                }
            ],
        },
        entries=["COMPLAINT_FORWARDED"],
        tells={"from": people.COUNTER, "answer_by": "2026-08-17", "reason": "Lý do"},
        events=["complaint.forwarded"],
    ),
    Case(
        mutation="assignComplaint",
        given=a_classified,
        input={"handlerId": people.MINH_ID},
        may=STAFF,
        right=STAFF_OF_UNIT,
        misplaced=NOT_OF_UNIT,
        returns="Complaint",
        shows={"state": "ASSIGNED", "dueOn": "2026-08-17"},
        entries=["COMPLAINT_ASSIGNED"],
    ),
    Case(
        mutation="takeUpComplaint",
        given=an_assigned,
        input={},
        may=STAFF | {Role.OFFICER},
        right={**STAFF_OF_UNIT, people.MINH: "UNIT_STAFF"},
        misplaced=[*NOT_OF_UNIT, people.HOA, people.LAN, replace(people.MINH, unit=people.WARD)],
        returns="Complaint",
        shows={"state": "IN_PROGRESS", "dueOn": "2026-08-17"},
        entries=["COMPLAINT_TAKEN_UP"],
    ),
    Case(
        mutation="answerComplaint",
        given=a_classified,
        input={"answer": "Xin lỗi"},
        may=STAFF,
        right=STAFF_OF_UNIT,
        misplaced=NOT_OF_UNIT,
        returns="Complaint",
        shows={
            "state": "ANSWERED",
            "answers": [{"text": "Xin lỗi", "on": "2026-08-03", "logSequence": 3}],
            "disputeUntil": "2026-08-17",
            "dueOn": None,
        },
        entries=["COMPLAINT_ANSWERED"],
        tells={"answer": "Xin lỗi", "on": "2026-08-03"},
        events=["complaint.answered"],
    ),
    Case(
        mutation="confirmAnswer",
        given=an_answered,
        input={},
        may=SENDING,
        right=SENDERS,
        misplaced=NOT_THE_SENDER,
        returns="Complaint",
        shows={"state": "CONFIRMED_RESOLVED", "closedOn": None},
        entries=["COMPLAINT_CONFIRMED"],
    ),
    Case(
        mutation="disputeAnswer",
        given=an_answered,
        input=REASON,
        may=SENDING,
        right=SENDERS,
        misplaced=NOT_THE_SENDER,
        returns="Complaint",
        shows={"state": "DISPUTED", "disputes": 1, "dueOn": "2026-08-24"},
        entries=["COMPLAINT_DISPUTED"],
        events=["complaint.disputed"],
    ),
    Case(
        mutation="closeComplaint",
        given=a_filed,
        input={**REASON, "outcome": "CLOSED_NOT_COMPETENT"},
        may=STAFF,
        right=STAFF_OF_UNIT,
        misplaced=NOT_OF_UNIT,
        returns="Complaint",
        shows={
            "state": "CLOSED_NOT_COMPETENT",
            "basis": "UNIT",
            "closingReason": {"text": "Lý do", "on": "2026-08-03", "logSequence": 2},
            "closedOn": "2026-08-03",
            "disputeUntil": "2026-08-17",
            "dueOn": None,
        },
        entries=["COMPLAINT_CLOSED"],
        tells={"state": "CLOSED_NOT_COMPETENT", "reason": "Lý do"},
        events=["complaint.closed"],
    ),
    Case(
        name="closeComplaint as resolved",
        mutation="closeComplaint",
        given=a_confirmed,
        input={"outcome": "CLOSED_RESOLVED"},
        may=STAFF,
        right=STAFF_OF_UNIT,
        misplaced=NOT_OF_UNIT,
        returns="Complaint",
        shows={"state": "CLOSED_RESOLVED", "basis": "CONFIRMED", "closedOn": "2026-08-03"},
        entries=["COMPLAINT_CLOSED"],
        tells={"state": "CLOSED_RESOLVED", "basis": "CONFIRMED"},
        events=["complaint.closed"],
    ),
]
