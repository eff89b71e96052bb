"""Open data: what the pages show of a province, as CSV that no spreadsheet runs, and as Parquet
with types."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from congvu_kit.adapters.sheets import write_sheet
from congvu_kit.tools.exports.columns import Column, Row, Type, value_at
from congvu_kit.tools.exports.parquet import write_parquet
from pages_service import documents
from pages_service.graph import Asker
from pages_service.public import Node, Site, chosen, further, nodes
from pages_service.rendering import Page, rendered

CSV = "text/csv; charset=utf-8"
PARQUET = "application/vnd.apache.parquet"
PAGES_MAX = 100
"""Of fifty rows each: a province has some thousand units."""

_INDEX = "satisfaction"
INDEX_COLUMNS = (
    Column("unit_id", "id"),
    Column("unit", "name"),
    Column("level", "level"),
    Column("period_id", "period.id"),
    Column("period", "period.name"),
    Column("state", f"{_INDEX}.state"),
    Column("index", f"{_INDEX}.index", Type.DECIMAL),
    Column("interval_low", f"{_INDEX}.intervalLow", Type.DECIMAL),
    Column("interval_high", f"{_INDEX}.intervalHigh", Type.DECIMAL),
    Column("satisfied", f"{_INDEX}.satisfied", Type.WHOLE),
    Column("answers", f"{_INDEX}.answers", Type.WHOLE),
    Column("minimum", f"{_INDEX}.minimum", Type.WHOLE),
    Column("under_review", f"{_INDEX}.underReview", Type.WHOLE),
    Column("set_aside", f"{_INDEX}.setAside", Type.WHOLE),
    Column("dossiers", f"{_INDEX}.coverage.whole", Type.WHOLE),
    Column("complaints_answered_in_time", f"{_INDEX}.answeredInTime.part", Type.WHOLE),
    Column("complaints_due", f"{_INDEX}.answeredInTime.whole", Type.WHOLE),
    Column("answers_confirmed", f"{_INDEX}.confirmed.part", Type.WHOLE),
    Column("answers_settled", f"{_INDEX}.confirmed.whole", Type.WHOLE),
    Column("computed_at", f"{_INDEX}.computedAt", Type.MOMENT),
    Column("log_sequence", f"{_INDEX}.logSequence", Type.WHOLE),
)
PROMISE_COLUMNS = (
    Column("commitment_id", "id"),
    Column("unit_id", "unit.id"),
    Column("unit", "unit.name"),
    Column("state", "state"),
    Column("text", "current.text"),
    Column("target", "current.target"),
    Column("due", "current.due", Type.DAY),
    Column("published_on", "current.publishedOn", Type.DAY),
    Column("version", "current.number", Type.WHOLE),
    Column("assessed_on", "assessedOn", Type.DAY),
    Column("ratings", "rating.count", Type.WHOLE),
    Column("ratings_minimum", "rating.minimum", Type.WHOLE),
    Column("rating_share", "rating.share", Type.DECIMAL),
    Column("progress_reports", "progressReports", Type.WHOLE),
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """`name` is that of a file, without its ending."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]

    @classmethod
    def of(cls, name: str, columns: Sequence[Column], nodes: Iterable[Node]) -> Self:
        rows = [tuple(value_at(node, each.path) for each in columns) for node in nodes]
        return cls(name=name, columns=columns, rows=rows)


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
        index_columns=[each.name for each in INDEX_COLUMNS],
        promise_columns=[each.name for each in PROMISE_COLUMNS],
    )
    return Page.of(text)


async def indexes(site: Site, asker: Asker, code: str, period_id: str | None) -> Table:
    period = chosen(await site.periods(asker, code), period_id)
    asked = {"periodId": period["id"] if period else "", "measured": period is not None}
    units = _all(site, asker, documents.PROVINCE, "orgUnits", province=code, **asked)
    measured = [{**each, "period": period} async for each in units if each[_INDEX] and period]
    return Table.of(f"chi-so-{code}", INDEX_COLUMNS, measured)


async def commitments(site: Site, asker: Asker, code: str) -> Table:
    found = _all(site, asker, documents.COMMITMENTS, "commitments", province=code)
    counted = [{**each, "progressReports": len(each["progress"])} async for each in found]
    return Table.of(f"cam-ket-{code}", PROMISE_COLUMNS, counted)


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


def as_csv(made: Made) -> Callable[..., Awaitable[Page]]:
    async def view(site: Site, asker: Asker, *names: str | None) -> Page:
        table = await made(site, asker, *names)
        name, target = f"{table.name}.csv", io.BytesIO()
        texts = (["" if cell is None else str(cell) for cell in row] for row in table.rows)
        write_sheet(name, target, name, [each.name for each in table.columns], texts)
        return Page.of(target.getvalue().decode(), CSV, name)

    return view


def as_parquet(made: Made) -> Callable[..., Awaitable[Page]]:
    async def view(site: Site, asker: Asker, *names: str | None) -> Page:
        table = await made(site, asker, *names)
        licence = {"licence": site.settings.licence_name, "licence_url": site.settings.licence_url}
        target = io.BytesIO()
        write_parquet(
            target, [(each.name, each.type) for each in table.columns], table.rows, licence
        )
        return Page.of(target.getvalue(), PARQUET, f"{table.name}.parquet")

    return view
