"""What feedback promises: its schema and its events, each with an example."""

from datetime import date
from typing import TypedDict

from congvu_kit.tools.contracts import Contracts, Published
from feedback_service.adapters.graphql.schema import schema
from feedback_service.adapters.subscriptions import SUBSCRIPTIONS
from feedback_service.application import collections
from feedback_service.application.feed.queries import TOLD
from feedback_service.domain.commitments import events as commitment_events
from feedback_service.domain.complaints import events as complaint_events
from feedback_service.domain.complaints.values import (
    Category,
    ClosingBasis,
    ComplaintState,
    Verdict,
)
from feedback_service.domain.indexes.figures import (
    ComplaintFigures,
    LeaderPromises,
    LeaderPublished,
    OfficerComplaints,
    ProcedureAnswers,
)
from feedback_service.domain.indexes.satisfaction_index import (
    IndexComputed,
    IndexState,
    LeaderRating,
)
from feedback_service.domain.log.checkpoint import LogCheckpointed
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Driver,
    Kind,
    SubmissionReceived,
    SubmitterType,
)
from feedback_service.domain.verdicts.post_audit import PostAuditRequested

UNIT, COMPLAINT, LEADER = "unit_0a1b", "cpl_3c4d", "cs_5e6f"
DAY = date(2026, 8, 17)

SUBMISSION = SubmissionReceived(
    submission_id="sub_7a8b",
    kind=Kind.SATISFACTION,
    province="56",
    unit_id=UNIT,
    procedure_code="1.001193",
    channel=Channel.KIOSK,
    submitter_type=SubmitterType.CITIZEN,
    answer=Answer.VERY_SATISFIED,
    drivers=(Driver.ATTITUDE, Driver.SPEED),
    received_on=DAY,
    log_sequence=41,
)
INDEX = IndexComputed(
    index_id="index_9c0d",
    unit_id=UNIT,
    period_id="period_1e2f",
    period_code="2026-Q3",
    province="56",
    satisfied=120,
    answers=130,
    index="0.9231",
    minimum_answers=30,
    state=IndexState.MEASURED,
    ci_low="0.8642",
    ci_high="0.9577",
    log_sequence=512,
    complaints=ComplaintFigures(received=7, due=6, answered_in_time=5, decided=2, upheld=1),
    officers=(
        OfficerComplaints(
            civil_servant_id=LEADER, received=2, due=1, answered_in_time=1, decided=1, upheld=1
        ),
    ),
    procedures=(ProcedureAnswers(procedure_code="1.004194", satisfied=38, answers=40),),
    leaders=(
        LeaderRating(
            leader_id=LEADER,
            ratings=40,
            score_sum=166,
            satisfied=32,
            ci_low="0.6523",
            ci_high="0.8952",
        ),
    ),
    published=(LeaderPublished(leader_id=LEADER, count=2),),
    promises=(LeaderPromises(leader_id=LEADER, due=3, kept=1, partly=1, missed=0),),
)
CHECKPOINT = LogCheckpointed(
    checkpoint_id="chk_2a3b",
    size=1,
    root="2b" * 32,
    at="2026-08-17T17:00:00.000Z",
    note="congvu-kpi/public-log\n1\nKysrKysrKysrKysrKysrKysrKysrKysrKysrKysrKys=\n"
    "time 2026-08-17T17:00:00.000Z\n\n— congvu-kpi/public-log AAAA\n",
)
POST_AUDIT = PostAuditRequested(
    post_audit_id="audit_4c5d",
    complaint_id=COMPLAINT,
    province="56",
    unit_id=UNIT,
    civil_servant_id=LEADER,
    dossier_code="H32.31.07-260817-0042",
    verdict=Verdict.UPHELD,
    decided_on=DAY,
    reason="Hồ sơ bị trả lại hai lần không có văn bản nêu lý do.",
    decider_id="cs_5e6f",
    decider_account="account_2f6d",
)


class _Where(TypedDict):
    province: str
    unit_id: str


class _About(_Where):
    complaint_id: str


_COMPLAINT = _About(complaint_id=COMPLAINT, province="56", unit_id=UNIT)


class _Promise(_Where):
    commitment_id: str
    leader_id: str


_COMMITMENT = _Promise(commitment_id="cmt_6e7f", province="56", unit_id=UNIT, leader_id=LEADER)
COMPLAINTS = [
    complaint_events.ComplaintFiled(**_COMPLAINT, on=DAY, answer_by=date(2026, 8, 31)),
    complaint_events.ComplaintClassified(**_COMPLAINT, on=DAY, category=Category.DELAY),
    complaint_events.ComplaintAnswered(
        **_COMPLAINT, on=DAY, late=False, dispute_until=date(2026, 8, 31)
    ),
    complaint_events.ComplaintDisputed(**_COMPLAINT, on=DAY),
    complaint_events.ComplaintReopened(**_COMPLAINT, on=DAY),
    complaint_events.ComplaintRescheduled(
        **_COMPLAINT,
        on=DAY,
        answer_by=date(2026, 9, 3),
        due_on=date(2026, 9, 3),
        dispute_until=None,
    ),
    complaint_events.ComplaintForwarded(
        **_COMPLAINT, on=DAY, from_unit_id="unit_7b8c", answer_by=date(2026, 8, 31)
    ),
    complaint_events.ComplaintEscalated(
        **_COMPLAINT,
        on=DAY,
        overdue_state=ComplaintState.IN_PROGRESS,
        to_unit_id="unit_8c9d",
        civil_servant_id=LEADER,
    ),
    complaint_events.ComplaintAnswerOverdue(
        **_COMPLAINT,
        on=DAY,
        civil_servant_id=LEADER,
        since=date(2026, 8, 3),
        due_on=date(2026, 8, 14),
        term_days=10,
        round=0,
    ),
    complaint_events.ComplaintClosed(
        **_COMPLAINT, on=DAY, state=ComplaintState.CLOSED_RESOLVED, basis=ClosingBasis.DECISION
    ),
    complaint_events.ComplaintUpheld(
        **_COMPLAINT,
        on=DAY,
        verdict=Verdict.UPHELD,
        civil_servant_id=LEADER,
        dossier_code="H32.31.07-260817-0042",
    ),
]
COMMITMENTS = [
    commitment_events.CommitmentPublished(
        **_COMMITMENT,
        number=1,
        due=date(2026, 12, 31),
        text="Trả kết quả đăng ký khai sinh trong ngày",
        target="98 % hồ sơ trong ngày",
        on=DAY,
    ),
    commitment_events.CommitmentAmended(
        **_COMMITMENT,
        number=2,
        due=date(2027, 1, 31),
        text="Trả kết quả đăng ký khai sinh trong ngày",
        target="95 % hồ sơ trong ngày",
        reason="Phần mềm liên thông nâng cấp chậm một tháng",
    ),
    commitment_events.CommitmentAssessed(
        **_COMMITMENT,
        number=2,
        due=date(2027, 1, 31),
        outcome="PARTLY",
        found="VERIFIED_MET",
        citizens="PARTLY",
        contented=24,
        ratings=40,
    ),
]

CONTRACTS = Contracts(
    service="feedback",
    schema=schema,
    subscriptions=SUBSCRIPTIONS,
    collections=collections.ALL,
    feed=collections.FEED,
    told=TOLD,
    events=[
        Published(type(example), example=example)
        for example in (SUBMISSION, INDEX, CHECKPOINT, POST_AUDIT, *COMPLAINTS, *COMMITMENTS)
    ],
)
