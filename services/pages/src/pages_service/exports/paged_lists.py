"""Lists that are longer than one question can give: they are read page by page."""

from dataclasses import replace

from congvu_kit.tools.exports.columns import Column, Inside, Kind
from pages_service.exports.common_columns import DAY, DECIMAL, TEXTS, WHOLE
from pages_service.exports.feedback_kinds import INDEXES
from pages_service.exports.tables import tables

INPUTS = 100


def inputs_of(explanations: Kind, one: str) -> tuple[Kind, ...]:
    """What each line of an explanation rests on; `one` gives the result of an id."""
    columns = (
        Column("line", "line", WHOLE),
        Column("rule_id", "ruleId"),
        Column("input_name", "name"),
        Column("input_value", "value"),
        Column("evidence_refs", "evidence.ref", TEXTS),
        Column("evidence_hashes", "evidence.hash", TEXTS),
        Column("evidence_confirmed_by", "evidence.confirmedBy", TEXTS),
    )
    of_result = ("inputs", "explanationInputs.edges.node", 1, columns)
    (table,) = tables(explanations, (Column("evaluation_id", "id"),), (of_result,))
    return (replace(table, inside=Inside("explanationInputs", INPUTS, one)),)


_OF_INDEX = (Column("period_id", "periodId"), Column("unit_id", "unit.id"))
_FIGURE = (
    Column("state", "state", words="IndexState"),
    Column("index", "index", DECIMAL),
    Column("satisfied", "satisfied", WHOLE),
    Column("answers", "answers", WHOLE),
    Column("interval_low", "intervalLow", DECIMAL),
    Column("interval_high", "intervalHigh", DECIMAL),
    Column("population", "population", WHOLE),
    Column("offered", "offered", WHOLE),
)


def _cut(name: str, by: str, value: Column, *, page: int, parts: int) -> Kind:
    """The index told apart by a dimension."""
    of_index = (name, "parts.edges.node", page, (value, *_FIGURE))
    (table,) = tables(INDEXES, _OF_INDEX, (of_index,))
    again = {"unitId": "unit.id", "periodId": "periodId"}
    inside = Inside("parts", parts, "satisfaction", again, f"by: {by}")
    return replace(table, inside=inside)


INDEX_TABLES = (
    _cut("procedures", "PROCEDURE", Column("procedure_code", "value"), page=10, parts=100),
    _cut("channels", "CHANNEL", Column("channel", "value", words="Channel"), page=25, parts=20),
    _cut("drivers", "DRIVER", Column("driver", "value", words="Driver"), page=25, parts=20),
    *tables(
        INDEXES,
        _OF_INDEX,
        (
            (
                "trend",
                "trend",
                25,
                (
                    Column("frozen_period_id", "periodId"),
                    Column("frozen_period_name", "periodName"),
                    Column("starts_on", "startsOn", DAY),
                    Column("ends_before", "endsOn", DAY),
                    Column("state", "state", words="IndexState"),
                    Column("index", "index", DECIMAL),
                    Column("answers", "answers", WHOLE),
                    Column("interval_low", "intervalLow", DECIMAL),
                    Column("interval_high", "intervalHigh", DECIMAL),
                ),
            ),
            (
                "service-parts",
                "serviceIndex.parts",
                50,
                (
                    Column("service_part", "part", words="ServicePart"),
                    Column("points", "points", DECIMAL),
                    Column("out_of", "outOf", WHOLE),
                ),
            ),
        ),
    ),
)
