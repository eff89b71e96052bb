"""The command line against a real HTTP server that answers as the gateway does."""

import asyncio
import csv
import json
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer import BadParameter, Exit

from catalogue import scenes
from catalogue.people import EDITOR
from catalogue_service.adapters.cli.catalogue import import_catalogue, write_template
from catalogue_service.adapters.cli.exports import export_catalogue
from catalogue_service.adapters.files.sheets import read, write
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.imports.rows import cells_of
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.checking import checked
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.exports.columns import Headings
from congvu_kit.tools.exports.files import Form
from congvu_kit.tools.exports.running import verify_export
from support.graph import Graph
from support.import_reports import SHAPE, shape_of

TOKEN = "the-editor"


class Gateway:
    """Hands every request to the subgraph of the test."""

    def __init__(self, graph: Graph) -> None:
        self.requests: list[dict[str, Any]] = []
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                gateway.requests.append(body)
                known = self.headers.get("authorization") == f"Bearer {TOKEN}"
                answer = graph.answer(body, EDITOR if known else ANONYMOUS)
                text = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/graphql"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def gateway(graph: Graph) -> Iterator[Gateway]:
    made = Gateway(graph)
    yield made
    made.stop()


def sheet(path: Path, products: int, **changes: str) -> Path:
    place = Catalogue(group=Group.C, province="56", unit_id="unit")
    rows = []
    for number in range(products):
        content = checked(scenes.named(f"Việc số {number}"), place, CataloguePolicy(id="56"))
        rows.append({**cells_of(Group.C, f"C.56.1.{number:05d}", content), **changes})
    with path.open("wb") as target:
        write(path.name, target, rows)
    return path


@pytest.mark.parametrize(
    ("kind", "batches"), [("xlsx", [2]), ("csv", [200, 200, 50]), ("json", [2])]
)
def test_a_sheet_is_imported_in_batches_and_again_without_effect(
    gateway: Gateway,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    batches: list[int],
) -> None:
    rows = sum(batches)
    file = sheet(tmp_path / f"a.{kind}", rows)

    import_catalogue(file, url=gateway.url, token=TOKEN)
    first = capsys.readouterr()
    import_catalogue(file, url=gateway.url, token=TOKEN)
    second = capsys.readouterr()

    assert first.out == f"check: {rows} created\nimport: {rows} created\n"
    assert first.err.splitlines()[-2:] == [
        f"importing: {rows}",
        "next, submit it: congvu catalogue submit",
    ]
    assert second.out == f"check: {rows} unchanged\nimport: {rows} unchanged\n"
    sizes = [len(each["variables"]["input"]["rows"]) for each in gateway.requests]
    assert sizes == batches * 4


def test_a_clerk_whose_locale_is_vietnamese_is_told_in_vietnamese(
    gateway: Gateway,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")

    import_catalogue(sheet(tmp_path / "a.csv", 2), url=gateway.url, token=TOKEN)

    assert capsys.readouterr().out == "Kiểm tra: 2 tạo mới\nNhập: 2 tạo mới\n"


def test_bad_rows_stop_everything_and_are_told(
    gateway: Gateway, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "a.csv", 2, points="500", coefficient="")

    with pytest.raises(Exit) as stop:
        import_catalogue(file, url=gateway.url, token=TOKEN)

    told = capsys.readouterr()
    assert stop.value.exit_code == 1
    assert told.out == "check: 2 refused\n"
    assert "row 2 Điểm: " in told.err
    assert "[C-I7]" in told.err
    with pytest.raises(Exit):
        import_catalogue(file, url=gateway.url, token=TOKEN, as_json=True)
    report = json.loads(capsys.readouterr().out)
    assert (shape_of(report), report["done"]) == (SHAPE, False)
    assert report["counts"] == {"REFUSED": 2}
    assert {(each["line"], each["sheet"]) for each in report["lines"]} == {(2, None), (3, None)}
    assert {each["column"] for each in report["lines"][0]["problems"] if each["refuses"]} == {
        "Điểm"
    }
    assert all(each["variables"]["input"]["dryRun"] for each in gateway.requests)


@pytest.mark.parametrize("points", ["70", "500"])
def test_a_check_tells_the_command_that_follows(
    gateway: Gateway,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    points: str,
) -> None:
    file = sheet(tmp_path / "a.csv", 1, points=points, coefficient="")
    typed = ["congvu", "import", "catalogue", str(file), "--dry-run"]
    monkeypatch.setattr("sys.argv", typed)

    with nullcontext() if points == "70" else pytest.raises(Exit):
        import_catalogue(file, dry_run=True, url=gateway.url, token=TOKEN)

    assert capsys.readouterr().err.splitlines()[-1] == (
        f"next, import it: congvu import catalogue {file}"
        if points == "70"
        else f"next, correct {file} and check it again: congvu import catalogue {file} --dry-run"
    )


def test_a_sheet_that_changes_nothing_has_no_next_command(
    gateway: Gateway, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "a.csv", 1)
    import_catalogue(file, url=gateway.url, token=TOKEN)
    capsys.readouterr()

    import_catalogue(file, dry_run=True, url=gateway.url, token=TOKEN)

    assert capsys.readouterr() == ("check: 1 unchanged\n", "checking: 1\n")


def test_what_a_submission_will_ask_for_is_told_by_the_check(
    gateway: Gateway, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "a.csv", 2, orientation="", quality_criteria="")

    import_catalogue(file, dry_run=True, url=gateway.url, token=TOKEN)

    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if "submission" in line] == [
        "row 2: a submission will ask for orientation, quality criteria",
        "row 3: a submission will ask for orientation, quality criteria",
    ]
    import_catalogue(file, dry_run=True, url=gateway.url, token=TOKEN, as_json=True)
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"CREATED": 2}
    assert [[each["refuses"] for each in line["problems"]] for line in report["lines"]] == [
        [False]
    ] * 2


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_errors_are_written_into_a_copy_that_is_imported_once_it_is_corrected(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    file, copy = sheet(tmp_path / f"a.{kind}", 2, lead_days="năm ngày"), tmp_path / f"lỗi.{kind}"

    with pytest.raises(Exit):
        import_catalogue(file, errors=copy, url=gateway.url, token=TOKEN)
    lines = lines_of(copy)
    corrected(copy, "năm ngày", "5")
    import_catalogue(copy, errors=tmp_path / f"none.{kind}", url=gateway.url, token=TOKEN)

    assert lines[0][-1] == "Lỗi cần sửa"
    assert [line[-1].partition(":")[0] for line in lines[1:]] == ["Thời hạn (ngày làm việc)"] * 2
    assert not (tmp_path / f"none.{kind}").exists()


def lines_of(file: Path) -> list[list[str]]:
    if file.suffix == ".csv":
        return list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    [page] = load_workbook(file).worksheets
    return [[str(cell.value or "") for cell in row] for row in page]


def corrected(file: Path, old: str, new: str) -> None:
    if file.suffix == ".csv":
        file.write_text(file.read_text("utf-8-sig").replace(old, new), "utf-8")
        return
    book = load_workbook(file)
    for cell in (cell for row in book.worksheets[0] for cell in row if cell.value == old):
        cell.value = new
    book.save(file)


def test_what_is_exported_comes_back_unchanged(
    uow: MemoryUnitOfWork, gateway: Gateway, tmp_path: Path
) -> None:
    async def stock() -> None:
        await scenes.published(uow)
        await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch\tnăm", name_en=None))

    asyncio.run(stock())
    target = tmp_path / "danh-muc.xlsx"

    export_catalogue(target, url=gateway.url, as_of="2026-07-01")

    with target.open("rb") as content:
        codes = [row.cells["code"] for row in read(target.name, content)]
    assert codes == [scenes.PLAN, scenes.BIRTH]
    import_catalogue(target, url=gateway.url, token=TOKEN)
    last = gateway.requests[-1]["variables"]["input"]["rows"]
    assert [row["code"] for row in last] == codes


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", Form)
def test_an_export_with_a_manifest_says_its_release_and_comes_back_unchanged(
    uow: MemoryUnitOfWork, gateway: Gateway, tmp_path: Path, form: Form, headings: Headings
) -> None:
    asyncio.run(scenes.published(uow))

    export_catalogue(
        out=tmp_path,
        form=form,
        headings=headings,
        province="56",
        url=gateway.url,
        as_of="2026-07-01",
    )

    verify_export(tmp_path)
    told = json.loads((tmp_path / "catalogue-2026-07-01.manifest.json").read_text())
    assert (told["kind"], told["asOf"], told["rows"]) == ("catalogue", "2026-07-01", 1)
    assert told["latestRelease"]["decisionNumber"]
    if (form, headings) == (Form.XLSX, Headings.VI):
        file = tmp_path / told["files"][0]["name"]
        import_catalogue(file, url=gateway.url, token=TOKEN)
        assert [row["code"] for row in gateway.requests[-1]["variables"]["input"]["rows"]] == [
            scenes.BIRTH
        ]


def test_an_export_goes_to_a_file_or_to_a_folder(gateway: Gateway, tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="FILE, or --out"):
        export_catalogue(url=gateway.url)
    with pytest.raises(BadParameter, match="FILE, or --out"):
        export_catalogue(tmp_path / "a.csv", out=tmp_path, url=gateway.url)


def test_an_export_of_nothing_is_an_error_and_no_empty_sheet(
    gateway: Gateway, tmp_path: Path
) -> None:
    target = tmp_path / "danh-muc.csv"

    with pytest.raises(Failure, match="there is nothing with this id"):
        export_catalogue(target, url=gateway.url, unit=f"unit_{0:032x}")

    assert not target.exists()


def test_a_caller_without_a_token_hears_one_clear_line(gateway: Gateway, tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.csv", 1)

    with pytest.raises(Failure, match="UNAUTHENTICATED"):
        import_catalogue(file, url=gateway.url)


def test_a_gateway_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.csv", 1)

    with pytest.raises(Failure, match=r"cannot reach http://127\.0\.0\.1:9/graphql"):
        import_catalogue(file, url="http://127.0.0.1:9/graphql", token=TOKEN)


def test_a_template_has_every_heading(tmp_path: Path) -> None:
    write_template(tmp_path / "mau.csv")

    text = (tmp_path / "mau.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("STT,Nhóm,Mã,Tên sản phẩm/công việc,")
    with pytest.raises(Failure, match="none of"):
        write_template(tmp_path / "mau.pdf")
