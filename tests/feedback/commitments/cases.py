"""Public commitments: every mutation and its callers."""

from dataclasses import replace

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from feedback import people
from feedback.callers import REASON, Case, Named, nothing
from feedback.commitments.steps import PLEDGE as DRAFTED
from feedback.commitments.steps import draft, publish, report
from feedback.people import person
from feedback_service.application.needs import Needs


def _commitment(id: str, revision: int) -> Named:
    return {"commitmentId": id, "expectedRevision": revision}


async def a_promise(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    commitment = await publish(uow, needs)
    return _commitment(commitment.id, commitment.revision)


async def a_promise_to_rate(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    return {"commitmentId": (await publish(uow, needs)).id}


async def a_draft(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    drafted = await draft(uow, needs)
    return {"draftId": drafted.id, "expectedRevision": drafted.revision}


async def a_claim(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    """Of a unit that has one above it."""
    promise = await publish(uow, needs, people.COUNTER_HEAD)
    commitment = await report(uow, needs, promise, done=True, actor=people.COUNTER_HEAD)
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
DATED = {**PLEDGE, "kind": "KEY_TASK", "milestoneDates": ["2026-10-31"]}
SHOWN = {**PLEDGE, "milestoneDates": []}
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
                **SHOWN,
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
        name="publishCommitment of a key task",
        mutation="publishCommitment",
        given=nothing,
        input={"pledge": DATED},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=[],
        returns="Commitment",
        shows={
            "kind": "KEY_TASK",
            "promisedBy": {"id": f"{people.CHAIR_ID}:{people.WARD}"},
            "milestones": [
                {"number": 1, "text": "Tháng 10: 90 %", "due": "2026-10-31", "reached": None}
            ],
        },
        entries=["COMMITMENT_PUBLISHED"],
        tells={**PROMISED, "version": "1", "kind": "KEY_TASK", "milestone_dates": "2026-10-31"},
        events=["commitment.published"],
    ),
    Case(
        mutation="draftCommitment",
        given=nothing,
        input={"pledge": DATED},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=[
            replace(people.CHAIR, province="01"),
            replace(people.CHAIR, officer=None),
            replace(people.CHAIR, unit=None),
        ],
        returns="CommitmentDraft",
        shows={"unit": {"id": people.WARD}, "pledge": DATED},
    ),
    Case(
        mutation="reviseCommitmentDraft",
        given=a_draft,
        input={"pledge": DATED},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=NOT_THE_LEADER,
        returns="CommitmentDraft",
        shows={"pledge": DATED},
    ),
    Case(
        mutation="publishCommitmentDraft",
        given=a_draft,
        input={},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=NOT_THE_LEADER,
        returns="Commitment",
        shows={"state": "PUBLISHED", "kind": "PROMISE"},
        entries=["COMMITMENT_PUBLISHED"],
        tells={
            "version": "1",
            "leader": people.CHAIR_ID,
            "text": DRAFTED.text,
            "target": DRAFTED.target,
            "due": DRAFTED.due.isoformat(),
            "beneficiaries": DRAFTED.beneficiaries,
            "milestones": DRAFTED.milestones[0],
        },
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
                **SHOWN,
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
        input={
            "note": "Đạt 97 %",
            "evidence": ["https://phuong.example/bao-cao"],
            "percent": 40,
            "milestone": 1,
        },
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
                    "percent": 40,
                    "milestone": "Tháng 8: 90 %",
                    "logSequence": 2,
                }
            ],
        },
        entries=["COMMITMENT_PROGRESSED"],
        tells={
            "note": "Đạt 97 %",
            "evidence": "https://phuong.example/bao-cao",
            "percent": "40",
            "milestone": "Tháng 8: 90 %",
        },
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
        may=frozenset({Role.REVIEW_BOARD, Role.UNIT_HEAD}),
        right={people.BOARD: "REVIEW_BOARD", people.CHAIR: "SUPERIOR"},
        misplaced=[
            people.HANOI_BOARD,
            people.OTHER_CHAIR,
            people.COUNTER_HEAD,
            replace(people.CHAIR, province="01"),
            person("noi-bo", Role.REVIEW_BOARD, unit=people.COUNTER),
            person("truong-quay", Role.REVIEW_BOARD, officer=people.COUNTER_HEAD.officer),
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
