"""What is exported: kind by kind its columns, and the question that gives them."""

from collections.abc import Mapping

from congvu_kit.tools.exports.columns import Column, Inside, Kind
from pages_service.exports.common_columns import (
    DAY,
    DECIMAL,
    FLAG,
    MOMENT,
    OF_PERIOD,
    PERIOD,
    TEXTS,
    UNIT,
    WHOLE,
)
from pages_service.exports.feedback_kinds import COMMITMENTS, COMPLAINTS, INDEXES, SUBMISSIONS

_PERSON = (
    Column("civil_servant_id", "civilServant.id"),
    Column("personnel_system", "civilServant.externalRefs.0.system"),
    Column("personnel_id", "civilServant.externalRefs.0.id"),
    Column("full_name", "civilServant.fullName"),
)
_SCORE = (
    Column("state", "state", words="EvaluationState"),
    Column("outcome", "outcome", words="EvaluationOutcome"),
    Column("total", "total", DECIMAL),
    Column("total_exact", "totalExact", figure=True),
    Column("total_display", "totalDisplay", figure=True),
    Column("counted_total", "countedTotal", DECIMAL),
    Column("band", "band", words="band"),
    Column("raw_band", "rawBand", words="band"),
    Column("reasons", "reasons", TEXTS, "reason"),
    Column("triggers", "triggers", TEXTS),
    Column("trouble_rule", "trouble.ruleId"),
    Column("trouble", "trouble.textVi"),
    Column("missing_evidence", "missingEvidence", FLAG),
    Column("snapshot_hash", "snapshotHash"),
    Column("result_hash", "resultHash"),
    Column("revision", "revision", WHOLE),
)

RESULTS = Kind(
    name="results",
    version=1,
    field="evaluations",
    variables=OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=50,
    columns=(
        Column("evaluation_id", "id"),
        *PERIOD,
        *UNIT,
        *_PERSON,
        Column("role", "role", words="AppointmentRole"),
        Column("duty_group", "dutyGroup"),
        *_SCORE,
        Column("updated_at", "updatedAt", MOMENT),
    ),
)

UNIT_RESULTS = Kind(
    name="unit-results",
    version=1,
    field="orgEvaluations",
    variables=OF_PERIOD,
    arguments="periodId: $period, filter: {unitId: $unit}",
    page=100,
    columns=(Column("evaluation_id", "id"), *PERIOD, *UNIT, *_SCORE),
)

_LINE = (
    Column("line", "explanationLines.#", WHOLE),
    Column("depth", "explanationLines.depth", WHOLE),
    Column("rule_id", "explanationLines.ruleId"),
    Column("clause", "explanationLines.clause"),
    Column("text_vi", "explanationLines.textVi"),
    Column("text_en", "explanationLines.textEn"),
    Column("value", "explanationLines.value", DECIMAL),
    Column("points", "explanationLines.points", DECIMAL),
    Column("points_exact", "explanationLines.pointsExact", figure=True),
    Column("facts", "explanationLines.facts"),
)

EXPLANATIONS = Kind(
    name="explanations",
    version=1,
    field="evaluations",
    variables=OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=1,
    each="explanationLines",
    columns=(Column("evaluation_id", "id"), *PERIOD, *UNIT, *_PERSON, *_LINE),
)

UNIT_EXPLANATIONS = Kind(
    name="unit-explanations",
    version=1,
    field="orgEvaluations",
    variables=OF_PERIOD,
    arguments="periodId: $period, filter: {unitId: $unit}",
    page=1,
    each="explanationLines",
    columns=(Column("evaluation_id", "id"), *PERIOD, *UNIT, *_LINE),
)

ASSIGNMENTS = Kind(
    name="assignments",
    version=2,
    field="assignments",
    variables=OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=50,
    columns=(
        Column("assignment_id", "id"),
        *PERIOD,
        *_PERSON,
        Column("product_code", "version.code"),
        Column("product_version", "version.number", WHOLE),
        Column("name_vi", "version.nameVi"),
        Column("unit_of_measure", "version.unitOfMeasure"),
        Column("state", "state", words="AssignmentState"),
        Column("source", "source", words="WorkSource"),
        Column("assigned", "assigned", DECIMAL),
        Column("quantity_from", "quantityFrom", words="QuantityFrom"),
        Column("completed", "completed", DECIMAL),
        Column("quality_failures", "qualityFailures", DECIMAL),
        Column("quality_exempt", "qualityExempt", DECIMAL),
        Column("late_count", "late", DECIMAL),
        Column("late_exempt", "lateExempt", DECIMAL),
        Column("unreviewed", "unreviewed", DECIMAL),
        Column("coefficient", "coefficient", DECIMAL),
        Column("adjustment_id", "adjustmentId"),
        Column("share", "share", DECIMAL),
        Column("finish_by", "dueOn", DAY),
        Column("finish_by_provisional", "dueProvisional", FLAG),
        Column("review_by", "reviewDueOn", DAY),
        Column("review_by_provisional", "reviewDueProvisional", FLAG),
        Column("continues_id", "continuesId"),
        Column("continued_by_id", "continuedById"),
        Column("revision", "revision", WHOLE),
        Column("group_id", "group.id"),
        Column("group_lead_id", "group.division.members.0.assignmentId"),
    ),
)

_AT = "readings.edges.node"

READINGS = Kind(
    name="readings",
    version=1,
    field="objectives",
    variables=OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=5,
    each=_AT,
    inside=Inside("readings", 20, "objective"),
    columns=(
        Column("reading_id", f"{_AT}.id"),
        Column("period_id", "periodId"),
        *UNIT,
        Column("unit_system", "unit.externalRef.system"),
        Column("unit_ref", "unit.externalRef.id"),
        *_PERSON,
        Column("level", "level", words="ObjectiveLevel"),
        Column("objective_id", "id"),
        Column("objective_code", "code"),
        Column("objective_title", "current.content.title"),
        Column("unit_of_measure", "current.content.indicator.unitOfMeasure"),
        Column("state", f"{_AT}.state", words="ReadingState"),
        Column("reading_source", f"{_AT}.source", words="ReadingSource"),
        Column("measured_on", f"{_AT}.measuredOn", DAY),
        Column("reading", f"{_AT}.value", DECIMAL),
        Column("evidence_uris", f"{_AT}.evidence.uri", TEXTS),
        Column("evidence_hashes", f"{_AT}.evidence.hash", TEXTS),
        Column("evidence_sources", f"{_AT}.evidence.source", TEXTS),
        Column("evidence_captured_at", f"{_AT}.evidence.capturedAt", TEXTS),
        Column("basis_id", f"{_AT}.basis"),
        Column("corrects_id", f"{_AT}.correctsId"),
        Column("reason", f"{_AT}.reason"),
        Column("decision_reason", f"{_AT}.decisionReason"),
        Column("entered_by", f"{_AT}.enteredBy"),
        Column("entered_at", f"{_AT}.enteredAt", MOMENT),
        Column("confirmed_by", f"{_AT}.confirmedBy"),
        Column("decided_at", f"{_AT}.decidedAt", MOMENT),
        Column("hash", f"{_AT}.hash"),
        Column("revision", f"{_AT}.revision", WHOLE),
    ),
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        RESULTS,
        UNIT_RESULTS,
        EXPLANATIONS,
        UNIT_EXPLANATIONS,
        ASSIGNMENTS,
        READINGS,
        COMPLAINTS,
        SUBMISSIONS,
        INDEXES,
        COMMITMENTS,
    )
}
