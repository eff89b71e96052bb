"""Public commitments: every mutation and its callers."""

from dataclasses import replace

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import BOARD, REASON, Case, Named, nothing
from feedback.commitments.steps import publish, report
from feedback.people import person
from feedback_service.application.needs import Needs


def _commitment(id: str, revision: int) -> Named:
    return {"commitmentId": id, "expectedRevision": revision}


async def a_promise(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    commitment = await publish(uow, needs)
    return _commitment(commitment.id, commitment.revision)


async def a_promise_to_rate(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    return {"commitmentId": (await publish(uow, needs)).id}


async def a_claim(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    commitment = await report(uow, needs, await publish(uow, needs), done=True)
    return _commitment(commitment.id, commitment.revision)


LEADER = {people.CHAIR: "UNIT_HEAD"}
NOT_THE_LEADER = [
    people.OTHER_CHAIR,
    replace(people.CHAIR, province="01"),
    replace(people.CHAIR, unit=people.OTHER_WARD),
    replace(people.CHAIR, officer="cs_new"),
]
TERMS = {
    "text": "Trả kết quả trong ngày",
    "target": "98 %",
    "due": "2026-12-31",
    "beneficiaries": "Người dân",
}
PLEDGE = {**TERMS, "milestones": ["Tháng 10: 90 %"]}
PROMISED = {**TERMS, "milestones": "Tháng 10: 90 %", "leader": people.CHAIR_ID}


CASES = [
    Case(
        mutation="publishCommitment",
        given=nothing,
        input={"pledge": PLEDGE},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=[
            replace(people.CHAIR, province="01"),
            replace(people.CHAIR, officer=None),
            replace(people.CHAIR, unit=None),
        ],
        returns="Commitment",
        shows={
            "state": "PUBLISHED",
            "unit": {"id": people.WARD},
            "leader": {"id": people.CHAIR_ID},
            "current": {
                **PLEDGE,
                "number": 1,
                "publishedOn": "2026-08-03",
                "reason": None,
                "logSequence": 1,
            },
            "progress": [],
            "rating": {"count": 0, "minimum": 30, "share": None, "scores": [0, 0, 0, 0, 0]},
        },
        entries=["COMMITMENT_PUBLISHED"],
        tells={**PROMISED, **{"version": "1"}},
        events=["commitment.published"],
    ),
    Case(
        mutation="amendCommitment",
        given=a_promise,
        input={**REASON, "pledge": PLEDGE},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=NOT_THE_LEADER,
        returns="Commitment",
        shows={
            "state": "PUBLISHED",
            "current": {
                **PLEDGE,
                "number": 2,
                "publishedOn": "2026-08-03",
                "reason": "Lý do",
                "logSequence": 2,
            },
        },
        entries=["COMMITMENT_AMENDED"],
        tells={**PROMISED, **{"version": "2", "why": "Lý do"}},
        events=["commitment.amended"],
    ),
    Case(
        mutation="reportCommitment",
        given=a_promise,
        input={"note": "Đạt 97 %", "evidence": ["https://phuong.example/bao-cao"]},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=NOT_THE_LEADER,
        returns="Commitment",
        shows={
            "state": "IN_PROGRESS",
            "progress": [
                {
                    "on": "2026-08-03",
                    "note": "Đạt 97 %",
                    "evidence": ["https://phuong.example/bao-cao"],
                    "logSequence": 2,
                }
            ],
        },
        entries=["COMMITMENT_PROGRESSED"],
        tells={"note": "Đạt 97 %", "evidence": "https://phuong.example/bao-cao"},
    ),
    Case(
        name="reportCommitment as done",
        mutation="reportCommitment",
        given=a_promise,
        input={"note": "Đạt 98 %", "done": True},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=NOT_THE_LEADER,
        returns="Commitment",
        shows={"state": "CLAIMED_DONE", "assessment": None, "assessedOn": None},
        entries=["COMMITMENT_CLAIMED_DONE"],
        tells={"note": "Đạt 98 %", "evidence": ""},
    ),
    Case(
        mutation="assessCommitment",
        given=a_claim,
        input={**REASON, "outcome": "PARTLY"},
        may=frozenset({Role.REVIEW_BOARD}),
        right=BOARD,
        misplaced=[
            people.HANOI_BOARD,
            person("noi-bo", Role.REVIEW_BOARD, unit=people.WARD),
            person("chu-tich", Role.REVIEW_BOARD, officer=people.CHAIR_ID),
        ],
        returns="Commitment",
        shows={"state": "PARTLY", "assessment": "Lý do", "assessedOn": "2026-08-03"},
        entries=["COMMITMENT_ASSESSED"],
        tells={"outcome": "PARTLY", "why": "Lý do"},
        events=["commitment.assessed"],
    ),
    Case(
        mutation="rateCommitment",
        given=a_promise_to_rate,
        input={"score": 4},
        may=frozenset({Role.CITIZEN}),
        right={people.CITIZEN: "SUBMITTER"},
        misplaced=[
            person("cong", Role.CITIZEN, Role.SERVICE_PORTAL),
            person("chu-tich", Role.CITIZEN, officer=people.CHAIR_ID),
        ],
        returns="Commitment",
        shows={"rating": {"count": 1, "minimum": 30, "share": None, "scores": [0, 0, 0, 1, 0]}},
        entries=["COMMITMENT_RATED"],
        tells={"score": "4", "on": "2026-08-03"},
    ),
]
