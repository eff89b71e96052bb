"""Sheets of what was collected: tried first, taken once, each line told by its place."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from typer import Exit

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.sheets import UnreadableSheet
from congvu_kit.adapters.tabular import ERRORS
from congvu_kit.domain.actor import account_id
from evaluation.gateway import InProcess
from feedback import people
from feedback.scenes import DOSSIER, RATING_CODE, all_of, everything
from feedback_service.adapters.cli import collecting
from feedback_service.adapters.files.collected import COLUMNS, read_collected
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application import collections
from feedback_service.application.needs import Needs
from feedback_service.domain.submissions.submission import Answer, Channel, Driver
from support.graph import Graph
from support.import_reports import SHAPE, shape_of

HEADINGS = [each.heading for each in COLUMNS.values()]
GOOD: list[Sequence[object]] = [
    ["Đánh giá hồ sơ", "Phiếu giấy", "dan-1", "Người dân", DOSSIER, RATING_CODE, "Rất hài lòng",
     "Thời gian; thái độ", date(2026, 8, 2)],
    ["KHEN NGỢI", "hội nghị", "dan-2", "doanh nghiệp", "", "", "", "", "", people.COUNTER, "", "",
     "Cán bộ tận tình"],
]  # fmt: skip
BAD = ["Đánh giá hồ sơ", "Phiếu giấy", "dan-1", "", DOSSIER, "0" * 32, "Hài lòng"]


def sheet(folder: Path, *lines: Sequence[object], heading: list[str] = HEADINGS) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in (heading, *lines):
        page.append(list(line))
    file = folder / "ý kiến.xlsx"
    book.save(file)
    return file


@pytest.fixture
def gateway(uow: MemoryUnitOfWork, needs: Needs, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph(schema, uow, needs=needs)
    monkeypatch.setattr(collecting, "Gateway", lambda url, token: InProcess(graph, people.PORTAL))


def run(
    file: Path, *, send: bool = False, receipts: Path | None = None, as_json: bool = False
) -> None:
    collecting.import_feedback(
        file, send=send, receipts=receipts, as_json=as_json, url="", token=""
    )


@pytest.mark.usefixtures("gateway")
def test_nothing_is_kept_until_it_is_sent(
    uow: MemoryUnitOfWork,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = sheet(tmp_path, *GOOD)
    monkeypatch.setattr("sys.argv", ["congvu", "import", "feedback", str(file)])

    run(file)
    told = capsys.readouterr()
    assert "2 would be taken, 0 refused" in told.out
    assert told.err.splitlines()[-1] == (f"next, send it: congvu import feedback '{file}' --send")
    assert uow.rows(collections.SUBMISSIONS) == {}
    run(file, send=True)
    run(file, send=True)

    kept = list(uow.rows(collections.SUBMISSIONS).values())
    assert sorted(str(each["kind"]) for each in kept) == ["PRAISE", "SATISFACTION"]


@pytest.mark.usefixtures("gateway")
async def test_it_says_what_was_written_and_who_entered_it(
    uow: MemoryUnitOfWork, tmp_path: Path
) -> None:

    receipts = tmp_path / "receipts.jsonl"
    await asyncio.to_thread(run, sheet(tmp_path, *GOOD), send=True, receipts=receipts)

    kept = {each.kind.value: each for each in await all_of(uow, collections.SUBMISSIONS)}
    rated = kept["SATISFACTION"]
    assert (rated.answer, rated.channel) == (Answer.VERY_SATISFIED, Channel.PAPER)
    assert rated.drivers == (Driver.ATTITUDE, Driver.SPEED)
    assert rated.received_on == date(2026, 8, 2)
    assert {each.source for each in kept.values()} == {account_id(people.PORTAL.subject or "")}
    told = [json.loads(line) for line in receipts.read_text().splitlines()]
    assert [each["place"] for each in told] == ["ý kiến.xlsx, 2", "ý kiến.xlsx, 3"]
    assert {each["submissionId"] for each in told} == {each.id for each in kept.values()}
    assert all(each["receipt"].startswith("receipt/v2 ") for each in told)


@pytest.mark.usefixtures("gateway")
def test_a_wrong_line_is_told_by_its_place_and_the_others_are_taken(
    uow: MemoryUnitOfWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [
        ["Đánh giá hồ sơ", "Bồ câu", "dan-1"],
        ["Khen ngợi", "Phiếu giấy", ""],
        [*BAD, "", "hôm qua"],
        BAD,
    ]
    file = sheet(tmp_path, *wrong, GOOD[1])

    with pytest.raises(Exit):
        run(file, send=True)

    said = capsys.readouterr()
    with pytest.raises(Exit):
        run(file, send=True, as_json=True)
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert (shape_of(told), told["done"]) == (SHAPE, True)
    assert told["counts"] == {"CREATED": 1, "REFUSED": 4}
    assert "Mã người gửi" not in printed.err
    assert "1 taken, 4 refused" in said.out
    for place in ("2, Kênh", "3, Mã người gửi", "4, Ngày trả lời", "5 Mã đánh giá"):
        assert f"ý kiến.xlsx, {place}:" in said.err
    assert "Bồ câu" not in said.err
    assert len(uow.rows(collections.SUBMISSIONS)) == 1


@pytest.mark.usefixtures("gateway")
def test_what_is_refused_stands_beside_the_cells_of_a_copy(tmp_path: Path) -> None:
    copy = tmp_path / "lỗi.xlsx"
    wrong = ["Khen ngợi", "Bồ câu", ""]
    file = sheet(tmp_path, wrong, BAD, GOOD[1])

    with pytest.raises(Exit):
        collecting.import_feedback(file, errors=copy, url="", token="")

    page = load_workbook(copy).worksheets[0]
    assert [cell.coordinate for row in page for cell in row if cell.comment] == ["B2", "C2", "F3"]
    errors = [str(cell.value or "") for cell in page["Q"]]
    assert [each.partition(":")[0] for each in errors] == [
        ERRORS[1],
        "Kênh",
        "Mã đánh giá",
        "",
    ]


@pytest.mark.parametrize(
    "heading",
    [HEADINGS[1:], [*HEADINGS, "Khác"], [*HEADINGS, "Kênh"], []],
)
def test_headings_that_are_not_known_are_not_guessed(tmp_path: Path, heading: list[str]) -> None:
    with pytest.raises(UnreadableSheet):
        read_collected(str(sheet(tmp_path, heading=heading)))


@pytest.mark.parametrize("name", ["mau.xlsx", "mau.csv"])
def test_the_template_is_read_back(tmp_path: Path, name: str) -> None:
    file = tmp_path / name

    collecting.write_feedback_template(file)

    assert read_collected(str(file))["rows"] == []


def test_a_csv_with_semicolons_and_the_graphs_own_words(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "kind;channel;submitterToken;unitId;text\nSUGGESTION;HOTLINE;dan-3;unit_1;Thêm ghế\n",
        encoding="utf-8",
    )

    [line] = read_collected(str(file))["rows"]

    assert line["row"] == {
        "kind": "SUGGESTION",
        "channel": "HOTLINE",
        "submitterToken": "dan-3",
        "unitId": "unit_1",
        "text": "Thêm ghế",
    }


async def test_reading_writes_nothing(uow: MemoryUnitOfWork, tmp_path: Path) -> None:
    before = await everything(uow)

    read_collected(str(sheet(tmp_path, *GOOD)))

    assert await everything(uow) == before
