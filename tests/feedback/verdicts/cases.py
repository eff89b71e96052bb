"""Complaints, from outside the unit: every mutation and its callers."""

from dataclasses import replace

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import BOARD, NOT_THE_SENDER, REASON, SENDERS, SENDING, Case, Named
from feedback.complaints.cases import an_answered, revised
from feedback.complaints.steps import close, confirm
from feedback.people import person
from feedback.scenes import answered, disputed
from feedback_service.application.needs import Needs


async def a_disputed(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    complaint = await disputed(uow, needs)
    return revised(complaint.id, complaint.revision)


async def a_closed(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    """On the complainant's own word."""
    confirmed = await confirm(uow, needs, await answered(uow, needs), people.CITIZEN)
    complaint = await close(uow, needs, confirmed)
    return revised(complaint.id, complaint.revision)


OUTSIDE = frozenset({Role.UNIT_HEAD, Role.REVIEW_BOARD})
OUTSIDERS = {people.CHAIR: "SUPERIOR", people.BOARD: "REVIEW_BOARD"}
INSIDERS = [
    people.COUNTER_BOARD,
    people.HANOI_BOARD,
    person("quan-ly", Role.REVIEW_BOARD),
    person("truong-quay", Role.REVIEW_BOARD),
    person("lan", Role.REVIEW_BOARD, officer=people.LAN_ID),
]
"""Members of the review board who are of the unit, of another province, or took part before."""
NOT_OUTSIDE = [
    *INSIDERS,
    people.OTHER_CHAIR,
    people.COUNTER_HEAD,
    replace(people.CHAIR, province="01"),
]


CASES = [
    Case(
        mutation="reopenComplaint",
        given=a_disputed,
        input=REASON,
        may=OUTSIDE | SENDING,
        right=OUTSIDERS,
        misplaced=NOT_OUTSIDE,
        returns="Complaint",
        shows={"state": "REOPENED", "disputes": 1, "dueOn": "2026-08-17"},
        entries=["COMPLAINT_REOPENED"],
        tells={"reason": "Lý do"},
        events=["complaint.reopened"],
    ),
    Case(
        name="reopenComplaint by who complained",
        mutation="reopenComplaint",
        given=a_closed,
        input=REASON,
        may=SENDING | OUTSIDE,
        right=SENDERS,
        misplaced=NOT_THE_SENDER,
        returns="Complaint",
        shows={
            "state": "REOPENED",
            "disputes": 1,
            "dueOn": "2026-08-17",
            "closedOn": None,
            "basis": None,
        },
        entries=["COMPLAINT_REOPENED"],
        events=["complaint.reopened"],
    ),
    Case(
        mutation="decideComplaint",
        given=a_disputed,
        input={**REASON, "verdict": "PARTLY"},
        may=OUTSIDE,
        right=OUTSIDERS,
        misplaced=NOT_OUTSIDE,
        returns="Complaint",
        shows={
            "state": "CLOSED_UNRESOLVED",
            "decision": {
                "verdict": "PARTLY",
                "remedied": False,
                "reason": {"text": "Lý do", "on": "2026-08-03", "logSequence": 5},
            },
            "closedOn": "2026-08-03",
            "basis": "DECISION",
            "dueOn": None,
        },
        entries=["COMPLAINT_DECIDED"],
        tells={
            "verdict": "PARTLY",
            "remedied": "false",
            "on": "2026-08-03",
            "reason": "Lý do",
        },
        events=["complaint.closed", "complaint.upheld", "post_audit.requested"],
    ),
    Case(
        mutation="discloseSubmitter",
        given=an_answered,
        input=REASON,
        may=frozenset({Role.REVIEW_BOARD}),
        right=BOARD,
        misplaced=INSIDERS,
        returns="Complaint",
        shows={"state": "ANSWERED"},
        entries=["SUBMITTER_DISCLOSED"],
        tells={"reason": "Lý do"},
    ),
]
