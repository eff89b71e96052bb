"""What a file says of personnel is all that the graph can say, and comes back as it went."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer import Exit

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.exports.columns import Headings
from congvu_kit.tools.exports.files import Form
from congvu_kit.tools.exports.running import verify_export
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import HRM, LAN_ID, ref
from evaluation_service.adapters.cli import personnel as cli
from evaluation_service.adapters.cli import personnel_exports
from evaluation_service.adapters.cli.personnel_exports import export_personnel
from evaluation_service.adapters.files.columns import COLUMNS, SHEETS
from evaluation_service.adapters.files.personnel import KINDS, read_personnel
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.domain.personnel.lives import ExternalRef, Identity
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel
from support.graph import Graph

CASES = Path(__file__).parent / "bad-values"
GUEST = ExternalRef(system="hrm.dang", id="D|1; x")


@pytest.fixture
def gateway(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for module in (cli, personnel_exports):
        monkeypatch.setattr(module, "Gateway", lambda url, token: InProcess(graph, HRM))
    return graph


async def organised(uow: MemoryUnitOfWork) -> None:
    """Whatever a row can say is said by one of these."""
    back = replace(
        scenes.unit_row("H32.31.08", "H32", UnitLevel.COMMUNE), valid_from=scenes.OCTOBER
    )
    units = [
        *scenes.UNITS[:3],
        replace(
            scenes.UNITS[3],
            locality_type=LocalityType.MOUNTAIN,
            valid_to=scenes.OCTOBER,
            successor_refs=(ref("H32.31.08"), ref("H32.31.99")),
        ),
        back,
        replace(scenes.UNITS[2], external_ref=GUEST, code="D1", parent_ref=ref("H32.31.07")),
    ]
    positions = [
        replace(scenes.POSITIONS[0], family="Lãnh đạo", leadership=True),
        *scenes.POSITIONS[1:],
        replace(scenes.position_row("CU", "cu"), valid_from=scenes.SINCE, valid_to=scenes.JULY),
        replace(scenes.position_row("CU", "moi"), title="Mới", valid_from=scenes.OCTOBER),
    ]
    acting = replace(
        scenes.appointment_row("H32.31.07", "LANH-DAO", AppointmentRole.DEPUTY),
        duty_group="rieng",
        acting_for="=cấp trưởng",
        field_unit_refs=(GUEST, ref("H32.31.07.1")),
        valid_to=scenes.OCTOBER,
    )
    leaves = (Leave(kind="thai sản", valid_from=scenes.JULY, valid_to=scenes.OCTOBER),)
    lan = replace(scenes.PEOPLE[3], appointments=(scenes.LANS_POST, acting), leaves=leaves)
    gone = replace(
        scenes.PEOPLE[4],
        appointments=(replace(scenes.LANS_POST, valid_to=date(2026, 1, 1)),),
        source_revision=3,
        source_time=datetime(2026, 8, 1, tzinfo=UTC),
    )
    again = replace(
        scenes.PEOPLE[4],
        full_name="Người Khác",
        appointments=(replace(scenes.LANS_POST, valid_from=scenes.JULY),),
        identity=Identity.NEW,
    )
    nowhere = scenes.person_row("cb-014", "Chưa Bố Trí")
    people = [lan, gone, again, nowhere]
    report = await scenes.sync(uow, units=units, positions=positions, people=people)
    assert report.refused == 0, report


async def everything(uow: MemoryUnitOfWork) -> list[Any]:
    tx = uow.reading()
    return [
        [replace(each, revision=0, sequence=0) for each in await tx.store(UNITS).select()],
        [replace(each, revision=0, sequence=0) for each in await tx.store(POSITIONS).select()],
        [replace(each, revision=0, sequence=0) for each in await tx.store(SERVANTS).select()],
    ]


def files(folder: Path, form: str) -> list[Path]:
    """Of a CSV, one each kind, in an order that rests on nothing later."""
    if form != "csv":
        return [folder / f"all.{form}"]
    return [folder / f"{kind}.csv" for kind in COLUMNS]


def export(folder: Path, form: str) -> list[Path]:
    for file in files(folder, form):
        export_personnel(file, province="56", kind=file.stem, url="", token="")
    return files(folder, form)


@pytest.mark.parametrize("form", ["xlsx", "json", "csv"])
def test_an_export_imported_again_changes_nothing(
    uow: MemoryUnitOfWork, gateway: Graph, tmp_path: Path, form: str
) -> None:
    asyncio.run(organised(uow))
    before, told = asyncio.run(everything(uow)), len(uow.outbox)

    for file in export(tmp_path, form):
        if file.stem not in ("appointments", "leaves"):
            cli.import_personnel(file, url="", token="")

    assert asyncio.run(everything(uow)) == before
    assert len(uow.outbox) == told


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", [Form.CSV, Form.XLSX])
def test_files_with_a_manifest_imported_again_change_nothing(
    uow: MemoryUnitOfWork, gateway: Graph, tmp_path: Path, form: Form, headings: Headings
) -> None:
    asyncio.run(organised(uow))
    before, told = asyncio.run(everything(uow)), len(uow.outbox)

    export_personnel(province="56", out=tmp_path, form=form, headings=headings)

    verify_export(tmp_path)
    for kind in COLUMNS:
        if kind not in ("appointments", "leaves"):
            cli.import_personnel(tmp_path / f"personnel-56-{kind}.{form}", url="", token="")
    assert asyncio.run(everything(uow)) == before
    assert len(uow.outbox) == told


@pytest.mark.parametrize("headings", Headings)
@pytest.mark.parametrize("form", [Form.CSV, Form.XLSX])
def test_lines_of_a_file_with_a_manifest_are_read_as_those_of_one_book(
    uow: MemoryUnitOfWork, gateway: Graph, tmp_path: Path, form: Form, headings: Headings
) -> None:
    """Every kind, also those that say nothing without the people."""
    asyncio.run(organised(uow))
    export_personnel(province="56", out=tmp_path, form=form, headings=headings)

    for kind in COLUMNS:
        export_personnel(tmp_path / f"{kind}.csv", province="56", kind=kind)
        one, other = (
            read_personnel(str(tmp_path / name))
            for name in (f"personnel-56-{kind}.{form}", f"{kind}.csv")
        )
        assert (one["faults"], other["faults"]) == ([], [])
        for each in (*KINDS,):
            rows = [[row["row"] for row in found["rows"][each]] for found in (one, other)]
            assert rows[0] == rows[1], (kind, each)


@pytest.mark.parametrize("form", [Form.NDJSON, Form.PARQUET])
def test_machines_get_lines_of_every_kind(
    uow: MemoryUnitOfWork, gateway: Graph, tmp_path: Path, form: Form
) -> None:
    asyncio.run(organised(uow))

    export_personnel(province="56", out=tmp_path, form=form)

    told = json.loads((tmp_path / "personnel-56.manifest.json").read_text())
    assert [each["name"] for each in told["tables"]] == list(COLUMNS)
    assert all(each["rows"] for each in told["tables"])
    found = {each["name"]: [c["name"] for c in each["columns"]] for each in told["tables"]}
    assert found == {kind: [c.name for c in columns] for kind, columns in COLUMNS.items()}


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_an_export_makes_the_same_somewhere_else(
    uow: MemoryUnitOfWork, gateway: Graph, tmp_path: Path, form: str
) -> None:
    asyncio.run(organised(uow))
    before = asyncio.run(everything(uow))
    (file,) = export(tmp_path, form)

    for collection in (UNITS, POSITIONS, SERVANTS):
        uow.rows(collection).clear()
    cli.import_personnel(file, url="", token="")

    assert asyncio.run(everything(uow)) == before


def test_a_workbook_has_vietnamese_headings_and_a_guide(gateway: Graph, tmp_path: Path) -> None:
    file = tmp_path / "mau.xlsx"

    export_personnel(file, province="56", url="", token="")

    book = load_workbook(file)
    assert book.sheetnames == [*SHEETS.values(), "Hướng dẫn"]
    for kind, title in SHEETS.items():
        (heading,) = book[title].iter_rows(values_only=True)
        assert list(heading) == [each.heading for each in COLUMNS[kind]]
    assert book["Hướng dẫn"].max_row == 1 + sum(map(len, COLUMNS.values()))
    assert read_personnel(str(file))["rows"] == {"units": [], "positions": [], "people": []}


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_csv_is_told_by_its_headings_in_either_language(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "mau.csv"
    cli.write_template(file, kind=kind)
    file.write_text(file.read_text("utf-8-sig").partition("\n")[0], encoding="utf-8")
    by_vi = read_personnel(str(file))
    file.write_text(",".join(each.name for each in COLUMNS[kind]) + "\n", encoding="utf-8")

    by_en = read_personnel(str(file))
    assert (by_en["rows"], by_en["faults"]) == (by_vi["rows"], by_vi["faults"])
    file.unlink()
    with pytest.raises(Exception, match="--kind"):
        cli.write_template(tmp_path / "mau-moi.csv")


def test_a_file_without_a_column_leaves_what_is_known(
    uow: MemoryUnitOfWork, gateway: Graph, tmp_path: Path
) -> None:
    """A list of names wipes no appointment, leave, acting post or successor."""
    asyncio.run(organised(uow))
    before = asyncio.run(uow.reading().store(SERVANTS).get(LAN_ID))
    file = tmp_path / "names.csv"
    file.write_text("Hệ thống,Mã công chức,Họ và tên\nhrm.khanhhoa,cb-011,Lan Anh\n", "utf-8")

    cli.import_personnel(file, url="", token="")

    after = asyncio.run(uow.reading().store(SERVANTS).get(LAN_ID))
    assert after == replace(before, full_name="Lan Anh", revision=2, sequence=2)


def test_an_empty_cell_says_null(uow: MemoryUnitOfWork, gateway: Graph, tmp_path: Path) -> None:
    asyncio.run(organised(uow))
    file = tmp_path / "units.csv"
    file.write_text("system,id,code,parent_id\nhrm.khanhhoa,H32.31.07.1,H32.31.07.1,\n", "utf-8")

    cli.import_personnel(file, url="", token="")

    office = asyncio.run(uow.reading().store(UNITS).get(ref("H32.31.07.1").ours("unit")))
    assert (office.facts.parent_id, office.name) == (None, "Văn phòng")


def test_codes_that_a_sheet_keeps_as_numbers_show_their_digits_or_are_refused(
    tmp_path: Path,
) -> None:
    file = Path(__file__).parents[2] / "catalogue" / "imports" / "cases" / "ma-xa.xlsx"
    bare = read_personnel(str(file))
    book = load_workbook(file)
    for line in (2, 3):
        book.worksheets[0].cell(line, 6).number_format = "00"
    book.save(tmp_path / "ma-xa.xlsx")
    shown = read_personnel(str(tmp_path / "ma-xa.xlsx"))

    assert [each["cell"]["title"] for each in bare["faults"]] == ["province", "province"]
    units = [each["row"] for each in shown["rows"]["units"]]
    assert [(each["externalRef"]["id"], each["code"]) for each in units] == [
        ("06970", "06970"),
        ("00004", "00004"),
    ]
    assert {each["province"] for each in units} == {"56"}


BAD: dict[str, tuple[list[str], int]] = {
    "units.csv": (["units.csv, line 3, valid_from"], 2),
    "level.csv": (["level.csv, line 3, level"], 2),
    "people.csv": (
        [
            "people.csv, line 3, valid_from",
            "people.csv, line 4, role",
            "people.csv, line 5, valid_from",
        ],
        1,
    ),
    "bad-cell.json": (["bad-cell.json, people[0].externalRef"], 0),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_cell_is_named_and_the_other_lines_are_taken(name: str) -> None:
    found = read_personnel(str(CASES / name))

    places, rows = BAD[name]
    assert [each["place"] for each in found["faults"]] == places
    assert sum(map(len, found["rows"].values())) == rows


@pytest.mark.parametrize("strict", [False, True])
def test_the_good_lines_are_taken_or_none_as_asked(
    uow: MemoryUnitOfWork,
    gateway: Graph,
    capsys: pytest.CaptureFixture[str],
    *,
    strict: bool,
) -> None:
    asyncio.run(
        scenes.sync(
            uow,
            units=[replace(scenes.UNITS[0], external_ref=ExternalRef(system="hunt", id="U1"))],
            positions=[scenes.position_row("HUNT-03", "x")],
        )
    )

    with pytest.raises(Failure if strict else Exit):
        cli.import_personnel(CASES / "people.csv", strict=strict, url="", token="")

    told = capsys.readouterr()
    assert "line 5, valid_from: is empty" in told.err
    assert asyncio.run(uow.reading().store(SERVANTS).count()) == (0 if strict else 1)
    assert strict or told.out.splitlines() == [
        "1 changed, 0 unchanged, 0 refused, lines not read: 3"
    ]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_with_no_line_that_can_be_read_says_why_and_asks_nothing(
    gateway: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, dry_run: bool
) -> None:
    file = tmp_path / "people.csv"
    heading = "system,id,full_name,province,unit_id,position_code,role,valid_from"
    file.write_text(f"{heading}\nhrm,1,A,56,U,P,STAFF,7/2025\n", "utf-8")

    with pytest.raises(Exit):
        cli.import_personnel(file, dry_run=dry_run, url="", token="")

    told = capsys.readouterr()
    assert "line 2, valid_from" in told.err
    assert "500 rows" not in told.err
    assert (f"next, correct {file} and check it again: congvu" in told.err) is dry_run
    assert told.out.splitlines() == ["0 changed, 0 unchanged, 0 refused, lines not read: 1"]


def test_a_line_that_cannot_be_read_takes_no_appointment_away(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    lines = [
        "system,id,full_name,province,unit_id,position_code,role,valid_from",
        "hrm,1,A,56,U,P,STAFF,2025-07-01",
        "hrm,1,A,56,U,P,HEAD,7/2025",
    ]
    file.write_text("\n".join(lines), "utf-8")

    assert read_personnel(str(file))["rows"]["people"] == []


def test_a_number_in_a_column_of_text_is_refused(tmp_path: Path) -> None:
    """06970 shown by its format is 6970 in the file."""
    book = Workbook()
    sheet = book.create_sheet("Đơn vị")
    sheet.append(["Hệ thống", "Mã đơn vị", "Mã định danh"])
    sheet.append(["hrm", 6970, "H32"])
    file = tmp_path / "units.xlsx"
    book.save(file)

    (fault,) = read_personnel(str(file))["faults"]

    assert fault["place"] == "units.xlsx, Đơn vị, line 2, Mã đơn vị"
    assert "is a number" in fault["en"]


def test_a_sheet_of_another_name_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Đơn vị").append(["system", "id", "code"])
    book.create_sheet("Lương").append(["a"])
    file = tmp_path / "units.xlsx"
    book.save(file)

    assert read_personnel(str(file))["unread"] == ["Lương"]


def whole(rows: Callable[[dict[str, Any]], None], file: Path) -> None:
    said = json.loads(file.read_text("utf-8"))
    rows(said)
    file.write_text(json.dumps(said), "utf-8")


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_snapshot_by_a_file_ends_who_is_not_in_it(
    uow: MemoryUnitOfWork,
    gateway: Graph,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    dry_run: bool,
) -> None:
    asyncio.run(scenes.commune(uow))
    (file,) = export(tmp_path, "json")
    whole(lambda said: said["people"].pop(0), file)
    before = asyncio.run(everything(uow))
    capsys.readouterr()

    with pytest.raises(Failure, match="REMOVED-SHARE"):
        cli.import_personnel(file, snapshot="56", url="", token="")
    cli.import_personnel(
        file, snapshot="56", max_removed_share="0.2", dry_run=dry_run, url="", token=""
    )

    said = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in said if line.startswith("ENDED")] == [["ENDED", "PERSON"]]
    assert (asyncio.run(everything(uow)) == before) is dry_run


def test_a_snapshot_of_a_file_that_cannot_be_read_whole_ends_nobody(gateway: Graph) -> None:
    with pytest.raises(Failure, match="nothing was sent"):
        cli.import_personnel(CASES / "people.csv", snapshot="56", url="", token="")


def test_a_dry_run_tells_each_row_that_would_change_and_what_does_it(
    uow: MemoryUnitOfWork,
    gateway: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asyncio.run(scenes.commune(uow))
    (file,) = export(tmp_path, "json")
    whole(lambda said: said["units"][0].update(name="Tên khác"), file)
    capsys.readouterr()
    monkeypatch.setattr("sys.argv", ["congvu", "personnel", "sync", str(file), "--dry-run"])

    cli.import_personnel(file, dry_run=True, url="", token="")

    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "CHANGED all.json, units[0] name",
        "1 changed, 13 unchanged, 0 refused",
    ]
    assert told.err.splitlines()[-1] == f"next, import it: congvu personnel sync {file}"
    cli.import_personnel(file, dry_run=True, as_json=True, url="", token="")
    assert "next" not in capsys.readouterr().err
