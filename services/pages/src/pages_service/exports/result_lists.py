"""The lists of a result: what it is put together from."""

from congvu_kit.tools.exports.columns import Column
from pages_service.exports.common_columns import DAY, DECIMAL, FLAG, MOMENT, TEXTS, WHOLE
from pages_service.exports.tables import Of

_SCORE: tuple[Of, ...] = (
    (
        "components",
        "components",
        50,
        (
            Column("component", "name"),
            Column("value", "value", DECIMAL),
            Column("value_exact", "exact", figure=True),
        ),
    ),
    (
        "sheets",
        "sheets",
        30,
        (
            Column("sheet", "number", WHOLE),
            Column("policy", "policy.policy"),
            Column("policy_hash", "policy.hash"),
            Column("outcome", "outcome", words="EvaluationOutcome"),
            Column("total", "total", DECIMAL),
            Column("band", "band", words="band"),
            Column("snapshot_hash", "snapshotHash"),
            Column("result_hash", "resultHash"),
            Column("basis_id", "basis"),
            Column("made_at", "madeAt", MOMENT),
        ),
    ),
)
_CRITERION = (
    Column("criterion", "key"),
    Column("points", "points", DECIMAL),
    Column("reason", "reason"),
    Column("evidence", "evidence"),
)
_STAGE = (Column("stage", "/stages.id"), Column("stage_level", "/stages.level", WHOLE))
RESULTS: tuple[Of, ...] = (
    *_SCORE,
    ("general-criteria", "ratings.general", 25, _CRITERION),
    ("element-criteria", "ratings.elements", 25, _CRITERION),
    ("own-general-criteria", "selfAssessment.general", 25, _CRITERION),
    ("own-element-criteria", "selfAssessment.elements", 25, _CRITERION),
    (
        "stages",
        "stages",
        15,
        (
            Column("stage", "id"),
            Column("stage_vi", "textVi"),
            Column("stage_en", "textEn"),
            Column("stage_level", "level", WHOLE),
            Column("state", "state", words="StageState"),
            Column("last_day", "lastDay", DAY),
            Column("stages_counted", "counts", WHOLE),
            Column("shown", "shown", FLAG),
            Column("remark", "remark"),
            Column("ended_at", "endedAt", MOMENT),
            Column("waits_for_id", "waitsFor.id"),
            Column("acted_by_id", "actedBy.id"),
            Column("in_place_of_id", "inPlaceOf.id"),
            Column("late_id", "late.id"),
        ),
    ),
    ("stage-general-criteria", "stages.ratings.general", 2, (*_STAGE, *_CRITERION)),
    ("stage-element-criteria", "stages.ratings.elements", 2, (*_STAGE, *_CRITERION)),
    (
        "handed-over",
        "handedOverParts",
        20,
        (
            Column("part", "id"),
            Column("valid_from", "validFrom", DAY),
            Column("valid_to", "validTo", DAY),
            Column("days", "days", WHOLE),
            Column("hash", "hash"),
            Column("changed", "changed", FLAG),
            Column("part_period_id", "period.id"),
            Column("part_unit_id", "unit.id"),
        ),
    ),
    (
        "years",
        "yearParts",
        5,
        (
            Column("part_period", "period"),
            Column("outcome", "outcome", words="EvaluationOutcome"),
            Column("total_exact", "totalExact", figure=True),
            Column("band", "band", words="band"),
            Column("part_period_id", "periodId"),
            Column("part_period_name", "periodName"),
            Column("seal_hash", "sealHash"),
            Column("evidence_refs", "evidence.ref", TEXTS),
            Column("evidence_hashes", "evidence.hash", TEXTS),
            Column("evidence_confirmed_by", "evidence.confirmedBy", TEXTS),
        ),
    ),
)
UNIT_RESULTS: tuple[Of, ...] = (
    *_SCORE,
    ("criteria", "criteria", 25, _CRITERION),
    (
        "headcount",
        "headcount",
        50,
        (
            Column("rule_id", "rule.id"),
            Column("clause", "rule.clause"),
            Column("text_vi", "rule.textVi"),
            Column("text_en", "rule.textEn"),
            Column("value", "value", DECIMAL),
            Column("value_exact", "exact", figure=True),
        ),
    ),
)
