"""Open data: what the pages show of a province, as CSV that no spreadsheet runs."""

import io
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from congvu_kit.adapters.sheets import write_sheet
from pages_service import documents
from pages_service.graph import Asker
from pages_service.public import Node, Site, chosen, further, nodes
from pages_service.rendering import Page, rendered

CSV = "text/csv; charset=utf-8"
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


async def indexes(site: Site, asker: Asker, code: str, period_id: str | None) -> Page:
    period = chosen(await site.periods(asker, code), period_id)
    asked = {"periodId": period["id"] if period else "", "measured": period is not None}
    units = _all(site, asker, documents.PROVINCE, "orgUnits", province=code, **asked)
    rows = [
        _index_row(each, period, each["satisfaction"])
        async for each in units
        if period and each["satisfaction"]
    ]
    return _csv(f"chi-so-{code}.csv", INDEX_COLUMNS, rows)


async def commitments(site: Site, asker: Asker, code: str) -> Page:
    found = _all(site, asker, documents.COMMITMENTS, "commitments", province=code)
    rows = [_promise_row(each) async for each in found]
    return _csv(f"cam-ket-{code}.csv", PROMISE_COLUMNS, rows)


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


def _csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Page:
    target = io.BytesIO()
    texts = (["" if cell is None else str(cell) for cell in row] for row in rows)
    write_sheet(name, target, name, columns, texts)
    return Page.of(target.getvalue().decode(), CSV, name)
