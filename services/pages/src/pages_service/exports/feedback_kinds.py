"""What is exported of what citizens sent and were promised."""

from collections.abc import Iterator

from congvu_kit.tools.exports.columns import Column, Kind
from pages_service.exports.common_columns import (
    DAY,
    DECIMAL,
    FLAG,
    MOMENT,
    OF_UNIT,
    TEXTS,
    UNIT,
    WHOLE,
)

COMPLAINTS = Kind(
    name="complaints",
    version=1,
    field="complaints",
    variables=OF_UNIT,
    arguments="filter: {unitId: $unit}",
    page=50,
    columns=(
        Column("complaint_id", "id"),
        *UNIT,
        Column("state", "state", words="ComplaintState"),
        Column("category", "category", words="Category"),
        Column("channel", "channel", words="Channel"),
        Column("submitter_type", "submitterType", words="SubmitterType"),
        Column("filed_on", "filedOn", DAY),
        Column("answer_by", "answerBy", DAY),
        Column("due_on", "dueOn", DAY),
        Column("provisional", "provisional", FLAG),
        Column("summary", "summary.text"),
        Column("answer", "answers.0.text"),
        Column("answered_on", "answers.0.on", DAY),
        Column("dispute_until", "disputeUntil", DAY),
        Column("disputes", "disputes", WHOLE),
        Column("reopen_until", "reopenUntil", DAY),
        Column("verdict", "decision.verdict", words="Verdict"),
        Column("remedied", "decision.remedied", FLAG),
        Column("decision_reason", "decision.reason.text"),
        Column("closed_on", "closedOn", DAY),
        Column("basis", "basis", words="ClosingBasis"),
        Column("closing_reason", "closingReason.text"),
        Column("duplicate_of", "duplicateOf"),
        Column("log_sequence", "logSequence", WHOLE),
        Column("revision", "revision", WHOLE),
    ),
)

SUBMISSIONS = Kind(
    name="submissions",
    version=1,
    field="submissions",
    variables=OF_UNIT,
    arguments="unitId: $unit",
    page=50,
    columns=(
        Column("submission_id", "id"),
        Column("kind", "kind", words="Kind"),
        *UNIT,
        Column("procedure_code", "procedureCode"),
        Column("dossier_standing", "dossier", words="DossierStanding"),
        Column("lapsed", "lapsed", words="Lapse"),
        Column("satisfaction_answer", "answer", words="Answer"),
        Column("drivers", "drivers", TEXTS, "Driver"),
        Column("channel", "channel", words="Channel"),
        Column("submitter_type", "submitterType", words="SubmitterType"),
        Column("entered_by", "enteredBy"),
        Column("round_id", "surveyRoundId"),
        Column("received_on", "receivedOn", DAY),
        Column("standing", "standing", words="ReviewState"),
        Column("comment", "comment"),
        Column("log_sequence", "logSequence", WHOLE),
    ),
)


def _ratios(*of: tuple[str, str]) -> Iterator[Column]:
    for name, path in of:
        for part, type in (("part", WHOLE), ("whole", WHOLE), ("share", DECIMAL)):
            yield Column(f"{name}_{part}", f"{path}.{part}", type)


_SERVICE = (
    Column("service_points", "serviceIndex.points", DECIMAL),
    Column("service_out_of", "serviceIndex.outOf", WHOLE),
    Column("service_missing", "serviceIndex.missing", TEXTS, "ServicePart"),
    *_ratios(
        ("service_answered_in_time", "serviceIndex.answeredInTime"),
        ("service_contented", "serviceIndex.contented"),
        ("service_satisfied", "serviceIndex.satisfied"),
        ("service_dossiers_in_time", "serviceIndex.dossiersInTime"),
    ),
)

INDEXES = Kind(
    name="indexes",
    version=2,
    field="satisfactionIndexes",
    variables={"period": "ID!"},
    arguments="periodId: $period",
    page=30,
    columns=(
        Column("period_id", "periodId"),
        *UNIT,
        Column("state", "state", words="IndexState"),
        Column("index", "index", DECIMAL),
        Column("satisfied", "satisfied", WHOLE),
        Column("answers", "answers", WHOLE),
        Column("interval_low", "intervalLow", DECIMAL),
        Column("interval_high", "intervalHigh", DECIMAL),
        Column("minimum_answers", "minimum", WHOLE),
        Column("under_review", "underReview", WHOLE),
        Column("set_aside", "setAside", WHOLE),
        Column("index_with_review", "indexWithReview", DECIMAL),
        Column("offered", "offered", WHOLE),
        *_ratios(
            ("coverage", "coverage"),
            ("answered_in_time", "answeredInTime"),
            ("confirmed", "confirmed"),
        ),
        Column("anomalies", "anomalies", TEXTS, "IndexAnomaly"),
        Column("policies", "policies", TEXTS),
        Column("computed_at", "computedAt", MOMENT),
        Column("log_sequence", "logSequence", WHOLE),
        *_SERVICE,
    ),
)

COMMITMENTS = Kind(
    name="commitments",
    version=1,
    field="commitments",
    variables=OF_UNIT,
    arguments="filter: {unitId: $unit}",
    page=50,
    columns=(
        Column("commitment_id", "id"),
        *UNIT,
        Column("kind", "kind", words="CommitmentKind"),
        Column("state", "state", words="CommitmentState"),
        Column("leader", "promisedBy.name"),
        Column("leader_office", "promisedBy.office"),
        Column("version_number", "current.number", WHOLE),
        Column("text", "current.text"),
        Column("target", "current.target"),
        Column("beneficiaries", "current.beneficiaries"),
        Column("due", "current.due", DAY),
        Column("published_on", "current.publishedOn", DAY),
        Column("found", "found", words="CommitmentOutcome"),
        Column("assessment", "assessment"),
        Column("assessed_on", "assessedOn", DAY),
        Column("ratings", "rating.count", WHOLE),
        Column("minimum_answers", "rating.minimum", WHOLE),
        Column("rating_share", "rating.share", DECIMAL),
        Column("revision", "revision", WHOLE),
    ),
)
