"""Open data: what the pages show of a province, as CSV that no spreadsheet runs, and as Parquet
with types."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from congvu_kit.adapters.sheets import write_sheet
from pages_service import documents
from pages_service.graph import Asker
from pages_service.public import Node, Site, chosen, further, nodes
from pages_service.rendering import Page, rendered

CSV = "text/csv; charset=utf-8"
PARQUET = "application/vnd.apache.parquet"
PAGES_MAX = 100
"""Of fifty rows each: a province has some thousand units."""

INDEX_COLUMNS = (
    *("unit_id", "unit", "level", "period_id", "period", "state", "index", "interval_low"),
    *("interval_high", "satisfied", "answers", "minimum", "under_review", "set_aside"),
    *("dossiers", "complaints_answered_in_time", "complaints_due", "answers_confirmed"),
    *("answers_settled", "computed_at", "log_sequence"),
)
PROMISE_COLUMNS = (
    *("commitment_id", "unit_id", "unit", "state", "text", "target", "due", "published_on"),
    *("version", "assessed_on", "ratings", "ratings_minimum", "rating_share", "progress_reports"),
)

SHARE, COUNT = pa.decimal128(5, 4), pa.int64()
TYPES: Mapping[str, pa.DataType] = {
    **dict.fromkeys(("index", "interval_low", "interval_high", "rating_share"), SHARE),
    **dict.fromkeys(("satisfied", "answers", "minimum", "under_review", "set_aside"), COUNT),
    **dict.fromkeys(("dossiers", "complaints_answered_in_time", "complaints_due"), COUNT),
    **dict.fromkeys(("answers_confirmed", "answers_settled", "log_sequence", "version"), COUNT),
    **dict.fromkeys(("ratings", "ratings_minimum", "progress_reports"), COUNT),
    **dict.fromkeys(("due", "published_on", "assessed_on"), pa.date32()),
    "computed_at": pa.timestamp("ms", tz="UTC"),
}
"""What is no text, by its column."""

READ: Mapping[pa.DataType, Callable[[str], object]] = {
    SHARE: Decimal,
    COUNT: int,
    pa.date32(): date.fromisoformat,
    pa.timestamp("ms", tz="UTC"): datetime.fromisoformat,
}
"""How what the graph writes as text is read."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """`name` is that of a file, without its ending."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


Made = Callable[..., Awaitable[Table]]
"""From the site, who asks, and the names that the address holds."""


async def about(site: Site, asker: Asker, code: str) -> Page:
    text = rendered(
        "data.html",
        lang=asker.language,
        here=f"/cong-khai/tinh/{code}/du-lieu",
        code=code,
        periods=await site.periods(asker, code),
        licence_name=site.settings.licence_name,
        licence_url=site.settings.licence_url,
        index_columns=INDEX_COLUMNS,
        promise_columns=PROMISE_COLUMNS,
    )
    return Page.of(text)


async def indexes(site: Site, asker: Asker, code: str, period_id: str | None) -> Table:
    period = chosen(await site.periods(asker, code), period_id)
    asked = {"periodId": period["id"] if period else "", "measured": period is not None}
    units = _all(site, asker, documents.PROVINCE, "orgUnits", province=code, **asked)
    rows = [
        _index_row(each, period, each["satisfaction"])
        async for each in units
        if period and each["satisfaction"]
    ]
    return Table(name=f"chi-so-{code}", columns=INDEX_COLUMNS, rows=rows)


async def commitments(site: Site, asker: Asker, code: str) -> Table:
    found = _all(site, asker, documents.COMMITMENTS, "commitments", province=code)
    rows = [_promise_row(each) async for each in found]
    return Table(name=f"cam-ket-{code}", columns=PROMISE_COLUMNS, rows=rows)


async def _all(
    site: Site, asker: Asker, document: str, name: str, **asked: object
) -> AsyncIterator[Node]:
    after: str | None = None
    for _ in range(PAGES_MAX):
        data = await site.graph.ask(asker, document, after=after, **asked)
        for each in nodes(data, name):
            yield each
        after = further(data, name)
        if after is None:
            return


def _index_row(unit: Node, period: Node, index: Node) -> Sequence[Any]:
    return (
        *(unit["id"], unit["name"], unit["level"], period["id"], period["name"], index["state"]),
        *(index["index"], index["intervalLow"], index["intervalHigh"], index["satisfied"]),
        *(index["answers"], index["minimum"], index["underReview"], index["setAside"]),
        *(index["coverage"]["whole"], index["answeredInTime"]["part"]),
        *(index["answeredInTime"]["whole"], index["confirmed"]["part"]),
        *(index["confirmed"]["whole"], index["computedAt"], index["logSequence"]),
    )


def _promise_row(each: Node) -> Sequence[Any]:
    now, rating = each["current"], each["rating"]
    return (
        *(each["id"], each["unit"]["id"], each["unit"]["name"], each["state"], now["text"]),
        *(now["target"], now["due"], now["publishedOn"], now["number"], each["assessedOn"]),
        *(rating["count"], rating["minimum"], rating["share"], len(each["progress"])),
    )


def as_csv(made: Made) -> Callable[..., Awaitable[Page]]:
    async def view(site: Site, asker: Asker, *names: str | None) -> Page:
        table = await made(site, asker, *names)
        name, target = f"{table.name}.csv", io.BytesIO()
        texts = (["" if cell is None else str(cell) for cell in row] for row in table.rows)
        write_sheet(name, target, name, table.columns, texts)
        return Page.of(target.getvalue().decode(), CSV, name)

    return view


def as_parquet(made: Made) -> Callable[..., Awaitable[Page]]:
    async def view(site: Site, asker: Asker, *names: str | None) -> Page:
        table = await made(site, asker, *names)
        licence = {"licence": site.settings.licence_name, "licence_url": site.settings.licence_url}
        fields = [(name, TYPES.get(name, pa.string())) for name in table.columns]
        columns = [
            pa.array([_typed(row[at], type) for row in table.rows], type)
            for at, (_, type) in enumerate(fields)
        ]
        arrow = pa.table(columns, schema=pa.schema(fields, metadata=licence))
        target = io.BytesIO()
        pq.write_table(arrow, target, compression="zstd")
        return Page.of(target.getvalue(), PARQUET, f"{table.name}.parquet")

    return view


def _typed(cell: Any, type: pa.DataType) -> object:
    read = READ.get(type)
    return read(cell) if read and isinstance(cell, str) else cell
