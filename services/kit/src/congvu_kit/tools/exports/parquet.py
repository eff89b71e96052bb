"""Parquet with types, written as the rows come: the one writer of exports and of open data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any, Final

from congvu_kit.domain.errors import Invalid
from congvu_kit.tools.exports.columns import Row, Type

BATCH_ROWS: Final = 5_000
"""A row group, which is in memory until it is whole."""

PRECISION, SCALE = 38, 18
"""Digits of a decimal, and those after the point."""


def write_parquet(
    target: IO[bytes],
    columns: Sequence[tuple[str, Type]],
    rows: Iterable[Row],
    about: Mapping[str, str],
) -> None:
    """`about` stands in the file beside its schema. Raise `Invalid` for a number that would be
    rounded, `ModuleNotFoundError` where pyarrow is not installed."""
    # It is large, and nothing else of an export needs it.
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        Type.TEXTS: pa.list_(pa.string()),
        Type.WHOLE: pa.int64(),
        Type.DECIMAL: pa.decimal128(PRECISION, SCALE),
        Type.DAY: pa.date32(),
        Type.MOMENT: pa.timestamp("us", tz="UTC"),
        Type.FLAG: pa.bool_(),
    }
    fields = [(name, types.get(type, pa.string())) for name, type in columns]
    schema = pa.schema(fields, metadata=dict(about))
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            arrays = [
                pa.array([_typed(name, type, row[at]) for row in batch], schema.types[at])
                for at, (name, type) in enumerate(columns)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _batches(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH_ROWS)):
        yield batch


def _typed(name: str, type: Type, value: Any) -> object:
    """Any: a value as the graph gives it."""
    if value is None:
        return None
    match type:
        case Type.DECIMAL:
            return _fitting(name, Decimal(value))
        case Type.DAY:
            return date.fromisoformat(value)
        case Type.MOMENT:
            return datetime.fromisoformat(value)
    return value


def _fitting(name: str, value: Decimal) -> Decimal:
    """Never a rounded one: whoever reads the file could not know."""
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    if -exponent > SCALE or len(digits) + exponent > PRECISION - SCALE:
        raise Invalid(
            vi=f"Cột {name} có số dài hơn kiểu số của Parquet. Vui lòng chọn khuôn dạng khác.",
            en=f"column {name} has a number longer than Parquet's decimals: choose another format",
        )
    return value
