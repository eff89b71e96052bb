"""What feedback keeps, and the indexes its queries need."""

from typing import Any

from congvu_kit.application.feeds import Feed
from congvu_kit.application.ports import Collection, Kept
from congvu_kit.application.reads import READS
from congvu_kit.application.shards import ByKey, Unsharded
from congvu_kit.application.webhooks import WEBHOOK_COLLECTIONS
from congvu_kit.domain.log_entries import KEY_ANNOUNCED, KEY_WITHDRAWN
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.draft import CommitmentDraft
from feedback_service.domain.commitments.rating import CommitmentRating
from feedback_service.domain.common.private_data import PrivateKey, PrivateRecord
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.copies.calendar import WorkingCalendar
from feedback_service.domain.copies.civil_servant import CivilServant
from feedback_service.domain.copies.dossier import Dossier, DossierCode
from feedback_service.domain.copies.period import Period
from feedback_service.domain.copies.unit import Unit
from feedback_service.domain.data_requests.data_request import DataRequest
from feedback_service.domain.indexes.satisfaction_index import SatisfactionIndex
from feedback_service.domain.log.checkpoint import Checkpoint
from feedback_service.domain.log.entry import LogEntry
from feedback_service.domain.log.head import LogHead, LogNode
from feedback_service.domain.reviews.rating_review import RatingReview
from feedback_service.domain.submissions.rating_limits import PersonDay
from feedback_service.domain.submissions.rating_stream import RatingStream
from feedback_service.domain.submissions.submission import SATISFIED_ANSWERS, Submission
from feedback_service.domain.surveys.survey_round import SurveyRound
from feedback_service.domain.verdicts.post_audit import PostAudit

FEW = Unsharded("a few hundred rows for the whole country")
THE_LOG = Unsharded("one log for the whole country, and one sequencer that writes it")

UNITS = Collection("units", Unit)
CIVIL_SERVANTS = Collection("servants", CivilServant, indexes=[("unit_ids",)])
DOSSIERS = Collection("dossiers", Dossier, indexes=[("code",), ("unit_path", "completed_on")])
DOSSIER_CODES = Collection("dossier_codes", DossierCode, shard=ByKey())
PERIODS = Collection("periods", Period, indexes=[("pending",)], shard=FEW)
CALENDARS = Collection(
    "calendars", WorkingCalendar, indexes=[("province", "year"), ("pending",)], shard=FEW
)

SUBMISSIONS = Collection(
    "submissions",
    Submission,
    extra=lambda submission: {"satisfied": submission.answer in SATISFIED_ANSWERS},
    traced=True,
    indexes=[
        ("unit_path", "kind", "received_on", "review_id"),
        ("unit_path", "kind", "extra.satisfied", "received_on", "review_id"),
        ("unit_path", "-received_on", "_id"),
        ("province", "-received_on", "_id"),
        ("source", "arrived"),
        ("unit_id", "source", "kind", "given", "review_id"),
        ("unit_id", "source", "kind", "-log_sequence"),
        ("review_id", "log_sequence", "_id"),
        ("log_sequence", "received_at", "_id"),
        ("awaits", "lapsed", "received_at"),
        ("round_id", "channel"),
    ],
    unique=[("province", "target")],
)
SURVEY_ROUNDS = Collection(
    "survey_rounds",
    SurveyRound,
    indexes=[("unit_path", "-starts_on", "_id"), ("province", "-starts_on", "_id")],
)
PERSON_DAYS = Collection(
    "person_days",
    PersonDay,
    indexes=[("on",)],
    kept=Kept(path="on", days=400),
    shard=ByKey(),
)
RATING_STREAMS = Collection("rating_streams", RatingStream, shard=ByKey())
RATING_REVIEWS = Collection(
    "rating_reviews",
    RatingReview,
    indexes=[
        ("province", "decide_by", "_id"),
        ("province", "state", "decide_by", "_id"),
        ("state", "decide_by"),
        ("unit_id", "source", "state"),
    ],
)
INDEXES = Collection(
    "satisfaction_indexes",
    SatisfactionIndex,
    indexes=[("period_id",), ("unit_id", "-computed_at", "_id")],
)

COMPLAINTS = Collection(
    "complaints",
    Complaint,
    extra=lambda complaint: {"answered_in_time": complaint.answered_in_time},
    indexes=[
        ("unit_path", "-filed_on", "_id"),
        ("unit_path", "state"),
        ("unit_path", "answer_by"),
        ("unit_path", "extra.answered_in_time", "answer_by"),
        ("unit_path", "basis", "closed_on"),
        ("province", "-filed_on", "_id"),
        ("due_on",),
        ("escalate_on",),
        ("province", "escalated_to", "due_on", "_id"),
        ("unit_id", "state", "due_on", "_id"),
        ("province", "state", "due_on", "_id"),
        ("state", "dispute_until"),
    ],
)
POST_AUDITS = Collection("post_audits", PostAudit, indexes=[("complaint_id",)])

COMMITMENTS = Collection(
    "commitments",
    Commitment,
    indexes=[
        ("unit_id", "due", "_id"),
        ("province", "due", "_id"),
        ("state", "due"),
        ("due", "_id"),
        ("leader_id", "due", "_id"),
        ("unit_id", "-due", "_id"),
        ("leader_id", "-due", "_id"),
    ],
)
COMMITMENT_RATINGS = Collection(
    "commitment_ratings",
    CommitmentRating,
    indexes=[("commitment_id", "score", "on")],
    unique=[("commitment_id", "person")],
    shard=ByKey("commitment_id"),
)

COMMITMENT_DRAFTS = Collection(
    "commitment_drafts",
    CommitmentDraft,
    indexes=[("leader_id", "province", "commitment_id", "_id")],
)

LOG_HEAD = Collection("log_head", LogHead, shard=THE_LOG)
LOG_ENTRIES = Collection(
    "log_entries",
    LogEntry,
    indexes=[("subject", "_id"), ("type", "number")],
    unique=[("number",)],
    shard=THE_LOG,
    by_operators=frozenset({KEY_ANNOUNCED, KEY_WITHDRAWN}),
)
LOG_NODES = Collection("log_nodes", LogNode, shard=THE_LOG)
CHECKPOINTS = Collection(
    "checkpoints",
    Checkpoint,
    indexes=[("-size", "-at", "_id"), ("kept", "-at")],
    shard=THE_LOG,
)

DATA_REQUESTS = Collection(
    "data_requests",
    DataRequest,
    indexes=[
        ("owner_id", "_id"),
        ("province", "answer_by", "_id"),
        ("state", "answer_by"),
    ],
)

PRIVATE_RECORDS = Collection("private_records", PrivateRecord, shard=ByKey())
PRIVATE_KEYS = Collection(
    "private_keys",
    PrivateKey,
    apart="keys",
    indexes=[("made_on", "_id"), ("wrapped",)],
    shard=ByKey(),
)

FEED = Feed(
    hidden=frozenset(
        {"civil_servant_id", "officers", "leaders", "published", "promises", "dossier_code"}
    )
)

ALL: list[Collection[Any]] = [
    UNITS,
    CIVIL_SERVANTS,
    DOSSIERS,
    DOSSIER_CODES,
    PERIODS,
    CALENDARS,
    SUBMISSIONS,
    SURVEY_ROUNDS,
    PERSON_DAYS,
    RATING_STREAMS,
    RATING_REVIEWS,
    INDEXES,
    COMPLAINTS,
    POST_AUDITS,
    COMMITMENTS,
    COMMITMENT_RATINGS,
    COMMITMENT_DRAFTS,
    LOG_HEAD,
    LOG_ENTRIES,
    LOG_NODES,
    CHECKPOINTS,
    DATA_REQUESTS,
    PRIVATE_RECORDS,
    PRIVATE_KEYS,
    *FEED.collections,
    *WEBHOOK_COLLECTIONS,
    *READS,
]
