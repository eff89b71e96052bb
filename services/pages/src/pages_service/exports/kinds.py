"""What is exported: kind by kind its columns, and the question that gives them."""

from collections.abc import Mapping

from congvu_kit.tools.exports.columns import Column, Inside, Kind, Type

TEXTS, WHOLE, DECIMAL, DAY, MOMENT, FLAG = (
    Type.TEXTS,
    Type.WHOLE,
    Type.DECIMAL,
    Type.DAY,
    Type.MOMENT,
    Type.FLAG,
)

_OF_PERIOD = {"period": "ID!", "unit": "ID"}
_OF_UNIT = {"unit": "ID"}

_PERIOD = (
    Column("period_id", "period.id"),
    Column("period_code", "period.code"),
)
_UNIT = (
    Column("unit_id", "unit.id"),
    Column("unit_code", "unit.code"),
    Column("unit_name", "unit.name"),
)
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
    Column("total_exact", "totalExact"),
    Column("total_display", "totalDisplay"),
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
    variables=_OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=50,
    columns=(
        Column("evaluation_id", "id"),
        *_PERIOD,
        *_UNIT,
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
    variables=_OF_PERIOD,
    arguments="periodId: $period, filter: {unitId: $unit}",
    page=100,
    columns=(Column("evaluation_id", "id"), *_PERIOD, *_UNIT, *_SCORE),
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
    Column("points_exact", "explanationLines.pointsExact"),
    Column("facts", "explanationLines.facts"),
)

EXPLANATIONS = Kind(
    name="explanations",
    version=1,
    field="evaluations",
    variables=_OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=1,
    each="explanationLines",
    columns=(Column("evaluation_id", "id"), *_PERIOD, *_UNIT, *_PERSON, *_LINE),
)

UNIT_EXPLANATIONS = Kind(
    name="unit-explanations",
    version=1,
    field="orgEvaluations",
    variables=_OF_PERIOD,
    arguments="periodId: $period, filter: {unitId: $unit}",
    page=1,
    each="explanationLines",
    columns=(Column("evaluation_id", "id"), *_PERIOD, *_UNIT, *_LINE),
)

ASSIGNMENTS = Kind(
    name="assignments",
    version=1,
    field="assignments",
    variables=_OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=100,
    columns=(
        Column("assignment_id", "id"),
        *_PERIOD,
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
    ),
)

_AT = "readings.edges.node"

READINGS = Kind(
    name="readings",
    version=1,
    field="objectives",
    variables=_OF_PERIOD,
    arguments="filter: {periodId: $period, unitId: $unit}",
    page=5,
    each=_AT,
    inside=Inside("readings", 20, "objective"),
    columns=(
        Column("reading_id", f"{_AT}.id"),
        Column("period_id", "periodId"),
        *_UNIT,
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

COMPLAINTS = Kind(
    name="complaints",
    version=1,
    field="complaints",
    variables=_OF_UNIT,
    arguments="filter: {unitId: $unit}",
    page=50,
    columns=(
        Column("complaint_id", "id"),
        *_UNIT,
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
    variables=_OF_UNIT,
    arguments="unitId: $unit",
    page=50,
    columns=(
        Column("submission_id", "id"),
        Column("kind", "kind", words="Kind"),
        *_UNIT,
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

_RATIOS = tuple(
    Column(f"{name}_{part}", f"{field}.{part}", type)
    for name, field in (
        ("coverage", "coverage"),
        ("answered_in_time", "answeredInTime"),
        ("confirmed", "confirmed"),
    )
    for part, type in (("part", WHOLE), ("whole", WHOLE), ("share", DECIMAL))
)

INDEXES = Kind(
    name="indexes",
    version=1,
    field="satisfactionIndexes",
    variables={"period": "ID!"},
    arguments="periodId: $period",
    page=50,
    columns=(
        Column("period_id", "periodId"),
        *_UNIT,
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
        *_RATIOS,
        Column("anomalies", "anomalies", TEXTS, "IndexAnomaly"),
        Column("policies", "policies", TEXTS),
        Column("computed_at", "computedAt", MOMENT),
        Column("log_sequence", "logSequence", WHOLE),
    ),
)

COMMITMENTS = Kind(
    name="commitments",
    version=1,
    field="commitments",
    variables=_OF_UNIT,
    arguments="filter: {unitId: $unit}",
    page=50,
    columns=(
        Column("commitment_id", "id"),
        *_UNIT,
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
