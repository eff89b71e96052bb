"""What a row has lists of: each list a table of its own, an element a row, with the id of the row
that it is of and its number in the list, in the order of the graph."""

from collections.abc import Mapping

from congvu_kit.tools.exports.columns import Column, Kind
from pages_service.exports import kinds
from pages_service.exports.common_columns import DAY, DECIMAL, MOMENT, TEXTS, WHOLE
from pages_service.exports.feedback_kinds import COMMITMENTS, COMPLAINTS
from pages_service.exports.paged_lists import INDEX_TABLES, inputs_of
from pages_service.exports.result_lists import RESULTS, UNIT_RESULTS
from pages_service.exports.tables import Of, tables

_EVIDENCE = (
    Column("evidence_uris", "evidence.uri", TEXTS),
    Column("evidence_hashes", "evidence.hash", TEXTS),
    Column("evidence_sources", "evidence.source", TEXTS),
    Column("evidence_captured_at", "evidence.capturedAt", TEXTS),
)
_ASSIGNMENTS: tuple[Of, ...] = (
    (
        "reports",
        "reports",
        25,
        (
            Column("quantity", "quantity", DECIMAL),
            Column("completed_on", "completedOn", DAY),
            Column("note", "note"),
            Column("reported_at", "reportedAt", MOMENT),
        ),
    ),
    ("report-evidence", "reports", 1, _EVIDENCE),
    (
        "checks",
        "checks",
        25,
        (
            Column("check_id", "id"),
            Column("accepted", "accepted", DECIMAL),
            Column("failures", "failures", WHOLE),
            Column("reason", "reason"),
            Column("checked_by", "checkedBy"),
            Column("checked_at", "checkedAt", MOMENT),
        ),
    ),
    (
        "causes",
        "objectiveCauses",
        5,
        (
            Column("cause_id", "id"),
            Column("kind", "kind", words="CauseKind"),
            Column("count", "count", WHOLE),
            Column("reason", "reason"),
            Column("state", "state", words="CauseState"),
            Column("claimed_by", "claimedBy"),
            Column("decided_by", "decidedBy"),
            Column("decision_reason", "decisionReason"),
            *_EVIDENCE,
        ),
    ),
    (
        "quantity-changes",
        "quantityChanges",
        50,
        (
            Column("kind", "kind", words="ChangeKind"),
            Column("quantity_before", "before", DECIMAL),
            Column("quantity_after", "after", DECIMAL),
            Column("reason", "reason"),
            Column("decision_number", "decision.number"),
            Column("decided_on", "decision.decidedOn", DAY),
            Column("decision_uri", "decision.uri"),
            Column("changed_by", "changedBy"),
            Column("changed_at", "changedAt", MOMENT),
        ),
    ),
    (
        "doubts",
        "doubts",
        50,
        (
            Column("kind", "kind", words="DoubtKind"),
            Column("doubted_with_id", "assignmentId"),
            Column("evidence", "evidence"),
        ),
    ),
    (
        "doubt-decisions",
        "doubtDecisions",
        50,
        (
            Column("withdrawn", "withdrawn", DECIMAL),
            Column("reason", "reason"),
            Column("decided_by", "decidedBy"),
            Column("decided_at", "decidedAt", MOMENT),
        ),
    ),
)
_COMPLAINTS: tuple[Of, ...] = (
    (
        "answers",
        "answers",
        50,
        (
            Column("answer_text", "text"),
            Column("answered_on", "on", DAY),
            Column("log_sequence", "logSequence", WHOLE),
        ),
    ),
    (
        "escalations",
        "escalations",
        12,
        (
            Column("state", "state", words="ComplaintState"),
            Column("escalated_on", "on", DAY),
            Column("to_unit_id", "unit.id"),
            Column("to_civil_servant_id", "civilServant.id"),
        ),
    ),
    (
        "forwards",
        "forwards",
        50,
        (
            Column("from_unit_id", "fromUnit.id"),
            Column("reason", "reason.text"),
            Column("forwarded_on", "reason.on", DAY),
            Column("log_sequence", "reason.logSequence", WHOLE),
        ),
    ),
)
_COMMITMENTS: tuple[Of, ...] = (
    (
        "versions",
        "versions",
        25,
        (
            Column("version_number", "number", WHOLE),
            Column("text", "text"),
            Column("target", "target"),
            Column("version_due", "due", DAY),
            Column("beneficiaries", "beneficiaries"),
            Column("milestones", "milestones", TEXTS),
            Column("milestone_dates", "milestoneDates", TEXTS),
            Column("published_on", "publishedOn", DAY),
            Column("reason", "reason"),
            Column("log_sequence", "logSequence", WHOLE),
        ),
    ),
    (
        "progress",
        "progress",
        20,
        (
            Column("reported_on", "on", DAY),
            Column("note", "note"),
            Column("evidence_uris", "evidence", TEXTS),
            Column("percent", "percent", WHOLE),
            Column("milestone", "milestone"),
            Column("log_sequence", "logSequence", WHOLE),
        ),
    ),
    (
        "milestones",
        "milestones",
        50,
        (
            Column("milestone_number", "number", WHOLE),
            Column("milestone", "text"),
            Column("milestone_due", "due", DAY),
            Column("reached_on", "reached.on", DAY),
            Column("note", "reached.note"),
            Column("percent", "reached.percent", WHOLE),
        ),
    ),
)


_FILED, _DUE = Column("filed_on", "filedOn", DAY), Column("due", "current.due", DAY)

LISTS: Mapping[str, tuple[Kind, ...]] = {
    "results": tables(kinds.RESULTS, (Column("evaluation_id", "id"),), RESULTS),
    "unit-results": tables(kinds.UNIT_RESULTS, (Column("evaluation_id", "id"),), UNIT_RESULTS),
    "explanations": inputs_of(kinds.EXPLANATIONS, "evaluation"),
    "unit-explanations": inputs_of(kinds.UNIT_EXPLANATIONS, "orgEvaluation"),
    "assignments": tables(kinds.ASSIGNMENTS, (Column("assignment_id", "id"),), _ASSIGNMENTS),
    "complaints": tables(COMPLAINTS, (Column("complaint_id", "id"), _FILED), _COMPLAINTS),
    "indexes": INDEX_TABLES,
    "commitments": tables(COMMITMENTS, (Column("commitment_id", "id"), _DUE), _COMMITMENTS),
}
"""By the kind whose rows have them."""
