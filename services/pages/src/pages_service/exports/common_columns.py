"""Columns that several kinds of export have, and what is asked with."""

from congvu_kit.tools.exports.columns import Column, Type

TEXTS, WHOLE, DECIMAL, DAY, MOMENT, FLAG = (
    Type.TEXTS,
    Type.WHOLE,
    Type.DECIMAL,
    Type.DAY,
    Type.MOMENT,
    Type.FLAG,
)

OF_PERIOD = {"period": "ID!", "unit": "ID"}
OF_UNIT = {"unit": "ID"}

PERIOD = (
    Column("period_id", "period.id"),
    Column("period_code", "period.code"),
)
UNIT = (
    Column("unit_id", "unit.id"),
    Column("unit_code", "unit.code"),
    Column("unit_name", "unit.name"),
)
