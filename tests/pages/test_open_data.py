"""What others take from the site: tables, news, and entries of the log by a receipt."""

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from itertools import count
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

from congvu_kit.tools.exports.columns import Type
from pages.made_up import MadeUp, numbered, reader
from pages.test_public import LIVE, PUBLIC, Tags
from pages_service.open_data import INDEX_COLUMNS, PROMISE_COLUMNS

UNIT = "/cong-khai/tinh/56/don-vi/u1"
ONE_PAGE: dict[str, object] = {**PUBLIC, "PageInfo.hasNextPage": False}
TABLES = {
    "/cong-khai/tinh/56/chi-so.csv": INDEX_COLUMNS,
    "/cong-khai/tinh/56/cam-ket.csv": PROMISE_COLUMNS,
}
PARQUET_TYPES = {
    Type.TEXT: "string",
    Type.WHOLE: "int64",
    Type.DECIMAL: "decimal128(38, 18)",
    Type.DAY: "date32[day]",
    Type.MOMENT: "timestamp[us, tz=UTC]",
}


async def read(graph: MadeUp, path: str) -> str:
    async with reader(graph) as browser:
        response = await browser.get(path)
    assert response.status_code == 200, response.text
    return response.text


@pytest.mark.parametrize("path", TABLES)
async def test_a_table_has_every_row_and_runs_nothing(path: str) -> None:
    numbers = count()
    formula = MadeUp(text=lambda _: f"=cmd({next(numbers)})", fixed=ONE_PAGE)

    rows = list(csv.reader(io.StringIO((await read(formula, path)).removeprefix("\ufeff"))))

    assert rows[0] == [each.name for each in TABLES[path]]
    assert [len(row) for row in rows] == [len(TABLES[path])] * 3
    assert [cell for row in rows for cell in row if cell.startswith("=")] == []


async def test_an_index_that_is_not_shown_is_empty_in_the_table() -> None:
    fixed = {**ONE_PAGE, "SatisfactionIndex.index": None}

    table = await read(MadeUp(fixed=fixed), "/cong-khai/tinh/56/chi-so.csv")

    rows = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    assert [row["index"] for row in rows] == ["", ""]


@pytest.mark.parametrize("path", TABLES)
async def test_parquet_holds_what_the_csv_holds_with_its_types(path: str) -> None:
    fixed = {**ONE_PAGE, "SatisfactionIndex.index": "0.8571", "CommitmentVersion.due": "2026-09-30"}
    graph = MadeUp(fixed=fixed)
    rows = list(csv.DictReader(io.StringIO((await read(graph, path)).removeprefix("\ufeff"))))
    async with reader(graph) as browser:
        response = await browser.get(path.replace(".csv", ".parquet"))

    table = pq.read_table(io.BytesIO(response.content))

    assert table.column_names == [each.name for each in TABLES[path]]
    assert [{n: _text(c) for n, c in row.items()} for row in table.to_pylist()] == [
        {name: _text(cell) for name, cell in row.items()} for row in rows
    ]
    assert [str(each.type) for each in table.schema] == [
        PARQUET_TYPES[each.type] for each in TABLES[path]
    ]
    assert b"licence" in table.schema.metadata


def _text(cell: object) -> str:
    """As the CSV writes it; an instant and a decimal by what they are."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, datetime):
        return cell.isoformat()
    try:
        return (
            datetime.fromisoformat(str(cell)).isoformat() if "T" in str(cell) else str(cell or "")
        )
    except ValueError:
        return str(cell)


async def test_news_are_well_formed_whatever_the_texts() -> None:
    numbers = count(1)
    hostile = MadeUp(text=lambda _: f"\x00{LIVE.format(n=next(numbers))}", fixed=PUBLIC)

    channel = ET.fromstring(await read(hostile, f"{UNIT}/tin.rss")).find("channel")
    feed = json.loads(await read(hostile, f"{UNIT}/tin.json"))

    assert channel is not None
    guids = [each.findtext("guid") for each in channel.findall("item")]
    assert len(guids) == len(set(guids)) == len(feed["items"]) > 2
    assert all(
        str(each["url"]).startswith("http://127.0.0.1:4000/cong-khai/") for each in feed["items"]
    )
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


RECEIPT = "receipt/v1 log\nentry 7\nleaf x\nsubject fb_1\ntime t\nmerged-by t\n\n— log x\n"


@pytest.mark.parametrize("asked", ["7", " 7 ", RECEIPT, RECEIPT.replace("\n", "\r\n")])
async def test_a_number_or_a_receipt_finds_the_entry_and_what_became_of_it(asked: str) -> None:
    graph = MadeUp(text=numbered(), fixed={**PUBLIC, "PublicLogEntry.subject": "fb_1"})

    async with reader(graph) as browser:
        page = await browser.get("/cong-khai/nhat-ky", params={"muc": asked})

    assert page.status_code == 200
    *asked_for, status = [each["variables"] for each in graph.asked]
    assert asked_for == [{"sequence": 7}, {"subject": "fb_1", "after": None}]
    assert status["receipt"].startswith("PublicLogEntry.receipt")
    links = [str(each.get("href")) for _, each in Tags(page.text).elements]
    assert len([each for each in links if each.startswith("/bien-nhan#")]) == 1


PROMISE = "receipt/v2 log\npromise x\nsubject sub_1\ntime t\nmerged-by t\n\n— log x\n"


async def test_a_receipt_without_a_number_finds_its_entry_by_whom_it_is_about() -> None:
    graph = MadeUp(text=numbered(), fixed={**PUBLIC, "PublicLogEntry.subject": "sub_1"})

    async with reader(graph) as browser:
        page = await browser.get("/cong-khai/nhat-ky", params={"muc": PROMISE})

    assert page.status_code == 200
    assert graph.asked[0]["variables"] == {"subject": "sub_1"}


async def test_what_was_taken_and_waits_says_until_when() -> None:
    by = "2026-08-03T02:01:00.000Z"
    graph = MadeUp(fixed={**PUBLIC, "LogProof.entry": None, "LogProof.mergedBy": by})

    async with reader(graph) as browser:
        page = await browser.get("/cong-khai/nhat-ky", params={"muc": PROMISE})

    assert (page.status_code, by in page.text) == (200, True)


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 10, "entry 7 of", "7; 8"])
async def test_what_is_no_number_and_no_receipt_is_not_asked_for(asked: str) -> None:
    graph = MadeUp(fixed=PUBLIC)

    async with reader(graph) as browser:
        page = await browser.get("/cong-khai/nhat-ky", params={"muc": asked})

    assert (page.status_code, graph.asked) == (404, [])
