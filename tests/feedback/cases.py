"""Every mutation of feedback: what it is about, who may and who may not, what it leaves behind."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from feedback import people
from feedback.commitment_steps import publish, report
from feedback.complaint_steps import assign, confirm
from feedback.people import person
from feedback.scenes import DOSSIER, answered, classify, disputed, file, rate, rating
from feedback_service.application.office import Office

Named = dict[str, object]
"""The part of an input that says what the mutation is about."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """`given` brings the world so far and names what it is about; `may` are the roles that the
    rule allows, `right` one caller for each way to be allowed, with the capacity that the public
    log tells, `misplaced` callers of an allowed role who may not all the same. `shows` is what
    the answer and the store say afterwards, `entries` and `events` what was written, `tells` what
    the public reads in the entry besides province and unit."""

    mutation: str
    given: Callable[[MemoryUnitOfWork, Office], Awaitable[Named]]
    input: Mapping[str, object]
    may: frozenset[Role]
    right: Mapping[Actor, str]
    misplaced: Sequence[Actor]
    returns: str
    shows: Mapping[str, object]
    entries: Sequence[str] = ()
    tells: Mapping[str, str] = field(default_factory=dict)
    events: Sequence[str] = ()
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.mutation


async def nothing(uow: MemoryUnitOfWork, office: Office) -> Named:
    return {}


async def a_rating(uow: MemoryUnitOfWork, office: Office) -> Named:
    return {"ownerId": (await rate(uow, office, rating(comment="x"))).id}


def _complaint(id: str, revision: int) -> Named:
    return {"complaintId": id, "expectedRevision": revision}


async def a_filed(uow: MemoryUnitOfWork, office: Office) -> Named:
    complaint = await file(uow, office)
    return _complaint(complaint.id, complaint.rev)


async def a_classified(uow: MemoryUnitOfWork, office: Office) -> Named:
    complaint = await classify(uow, office, await file(uow, office))
    return _complaint(complaint.id, complaint.rev)


async def an_assigned(uow: MemoryUnitOfWork, office: Office) -> Named:
    complaint = await classify(uow, office, await file(uow, office))
    complaint = await assign(uow, office, complaint, people.MINH_ID)
    return _complaint(complaint.id, complaint.rev)


async def an_answered(uow: MemoryUnitOfWork, office: Office) -> Named:
    complaint = await answered(uow, office)
    return _complaint(complaint.id, complaint.rev)


async def a_confirmed(uow: MemoryUnitOfWork, office: Office) -> Named:
    complaint = await confirm(uow, office, await answered(uow, office), people.CITIZEN)
    return _complaint(complaint.id, complaint.rev)


async def a_disputed(uow: MemoryUnitOfWork, office: Office) -> Named:
    complaint = await disputed(uow, office)
    return _complaint(complaint.id, complaint.rev)


async def an_answer_in_the_log(uow: MemoryUnitOfWork, office: Office) -> Named:
    await answered(uow, office)
    return {"seq": 3}


def _commitment(id: str, revision: int) -> Named:
    return {"commitmentId": id, "expectedRevision": revision}


async def a_promise(uow: MemoryUnitOfWork, office: Office) -> Named:
    commitment = await publish(uow, office)
    return _commitment(commitment.id, commitment.rev)


async def a_promise_to_rate(uow: MemoryUnitOfWork, office: Office) -> Named:
    return {"commitmentId": (await publish(uow, office)).id}


async def a_claim(uow: MemoryUnitOfWork, office: Office) -> Named:
    commitment = await report(uow, office, await publish(uow, office), done=True)
    return _commitment(commitment.id, commitment.rev)


SENDING = frozenset({Role.CITIZEN, Role.SERVICE_PORTAL})
STAFF = frozenset({Role.UNIT_HEAD, Role.MANAGER})
OUTSIDE = frozenset({Role.UNIT_HEAD, Role.REVIEW_BOARD})

SENDERS = {people.CITIZEN: "SUBMITTER", people.PORTAL: "SUBMITTER"}
STAFF_OF_UNIT = {people.COUNTER_HEAD: "UNIT_HEAD", people.COUNTER_MANAGER: "UNIT_STAFF"}
OUTSIDERS = {people.CHAIR: "SUPERIOR", people.BOARD: "REVIEW_BOARD"}
BOARD = {people.BOARD: "REVIEW_BOARD"}
LEADER = {people.CHAIR: "UNIT_HEAD"}

NOT_OF_UNIT = [
    people.CHAIR,
    people.OTHER_CHAIR,
    replace(people.COUNTER_HEAD, province="01"),
    people.LAN_AS_MANAGER,
]
NOT_THE_SENDER = [people.OTHER_CITIZEN, people.HANOI_PORTAL]
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
NOT_THE_LEADER = [
    people.OTHER_CHAIR,
    replace(people.CHAIR, province="01"),
    replace(people.CHAIR, unit=people.OTHER_WARD),
    replace(people.CHAIR, officer="cs_new"),
]

REASON = {"reason": "Lý do"}
BASIS = {"legalBasis": "Điều 16 Nghị định 13/2023/NĐ-CP"}
WORDS = {
    "text": "Trả kết quả trong ngày",
    "target": "98 %",
    "due": "2026-12-31",
    "beneficiaries": "Người dân",
}
PROMISE = {**WORDS, "milestones": ["Tháng 10: 90 %"]}
PROMISED = {**WORDS, "milestones": "Tháng 10: 90 %"}

CASES = [
    Case(
        mutation="submitSatisfaction",
        given=nothing,
        input={
            "dossierCode": DOSSIER,
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
            "logSeq": 1,
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
            "logSeq": 1,
        },
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
            "logSeq": 1,
        },
        entries=["COMPLAINT_FILED"],
        tells={"channel": "HOTLINE", "on": "2026-08-03", "answer_by": "2026-08-17"},
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
            "summary": {"text": "Trả chậm", "on": "2026-08-03", "logSeq": 2},
            "dueOn": "2026-08-17",
        },
        entries=["COMPLAINT_CLASSIFIED"],
        tells={"category": "DELAY", "summary": "Trả chậm"},
        events=["complaint.classified"],
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
            "answers": [{"text": "Xin lỗi", "on": "2026-08-03", "logSeq": 3}],
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
        mutation="reopenComplaint",
        given=a_disputed,
        input=REASON,
        may=OUTSIDE,
        right=OUTSIDERS,
        misplaced=NOT_OUTSIDE,
        returns="Complaint",
        shows={"state": "REOPENED", "disputes": 1, "dueOn": "2026-08-17"},
        entries=["COMPLAINT_REOPENED"],
        tells={"reason": "Lý do"},
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
                "reason": {"text": "Lý do", "on": "2026-08-03", "logSeq": 5},
            },
            "closedOn": "2026-08-03",
            "basis": "DECISION",
            "dueOn": None,
        },
        entries=["COMPLAINT_DECIDED"],
        tells={"verdict": "PARTLY", "remedied": "false", "reason": "Lý do"},
        events=["complaint.closed", "complaint.upheld", "post_audit.requested"],
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
            "closingReason": {"text": "Lý do", "on": "2026-08-03", "logSeq": 2},
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
    Case(
        mutation="publishCommitment",
        given=nothing,
        input={"promise": PROMISE},
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
                **PROMISE,
                "number": 1,
                "publishedOn": "2026-08-03",
                "reason": None,
                "logSeq": 1,
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
        input={**REASON, "promise": PROMISE},
        may=frozenset({Role.UNIT_HEAD}),
        right=LEADER,
        misplaced=NOT_THE_LEADER,
        returns="Commitment",
        shows={
            "state": "PUBLISHED",
            "current": {
                **PROMISE,
                "number": 2,
                "publishedOn": "2026-08-03",
                "reason": "Lý do",
                "logSeq": 2,
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
                    "logSeq": 2,
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
        may=SENDING,
        right=SENDERS,
        misplaced=[
            people.HANOI_PORTAL,
            person("chu-tich", Role.CITIZEN, officer=people.CHAIR_ID),
        ],
        returns="Commitment",
        shows={"rating": {"count": 1, "minimum": 30, "share": None, "scores": [0, 0, 0, 1, 0]}},
        entries=["COMMITMENT_RATED"],
        tells={"score": "4"},
    ),
    Case(
        mutation="redactLogEntry",
        given=an_answer_in_the_log,
        input={**BASIS, "fields": ["answer"], "reason": "COURT_ORDER"},
        may=frozenset({Role.REVIEW_BOARD}),
        right=BOARD,
        misplaced=[people.HANOI_BOARD],
        returns="PublicLogEntry",
        shows={"seq": 3, "type": "COMPLAINT_ANSWERED"},
        entries=["REDACTED"],
        tells={
            "entry": "3",
            "hidden": "answer",
            "cause": "COURT_ORDER",
            "legal_basis": "Điều 16 Nghị định 13/2023/NĐ-CP",
        },
    ),
    Case(
        mutation="publishCheckpoint",
        given=nothing,
        input={},
        may=frozenset({Role.REVIEW_BOARD, Role.PERIOD_ADMIN}),
        right={**BOARD, people.PERIOD_ADMIN: ""},
        misplaced=[],
        returns="LogCheckpoint",
        shows={"size": 0, "at": "2026-08-03T02:00:00+00:00"},
        events=["log.checkpointed"],
    ),
]
