"""`congvu export personnel`: units, positions and people of a province, as an import reads them."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, progress
from congvu_kit.tools.exports.columns import Headings, Row
from congvu_kit.tools.exports.files import Form
from congvu_kit.tools.exports.running import (
    AllowEmpty,
    Format,
    HeadingsOption,
    Part,
    Wanted,
    tell,
    write_export,
)
from congvu_kit.tools.failure import WrongCall
from congvu_kit.tools.speech import said
from evaluation_service.adapters.files.people import lines_of
from evaluation_service.adapters.files.tables import TABLES, row_of
from evaluation_service.adapters.files.writing import begins, number_of_life, write_personnel

UNITS = """
query Units($province: String!, $after: String) {
  orgUnits(province: $province, first: 50, after: $after) {
    edges { node {
      externalRef { system id } code name level province localityType validFrom validTo
      parent { externalRef { system id } }
      successorRefs { system id }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

POSITIONS = """
query Positions($province: String!, $after: String) {
  jobPositions(province: $province, first: 100, after: $after) {
    edges { node { province code title dutyGroup family leadership validFrom validTo } }
    pageInfo { hasNextPage endCursor }
  }
}"""

PEOPLE = """
query People($province: String!, $after: String) {
  civilServantRows(province: $province, first: 100, after: $after) {
    edges { node { row } }
    pageInfo { hasNextPage endCursor }
  }
}"""

VERSION = 1
"""Of the columns; the import's own ones."""

KIND = typer.Option(help="Of a CSV: units, positions, people, appointments or leaves.")

Rows = Sequence[dict[str, Any]]
"""Any: rows as syncPersonnel takes them, as JSON."""


class People:
    """Rows of people, on disk until they are written: by the day on which somebody's first post
    began, so that of two lives of one number the older one is the first."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: list[tuple[str, int]] = []

    def add(self, row: dict[str, Any]) -> None:
        self._places.append((begins(row), self._file.tell()))
        self._file.write(json.dumps(row).encode() + b"\n")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for _, place in sorted(self._places):
            self._file.seek(place)
            yield json.loads(self._file.readline())

    def lines(self, kind: str) -> Iterator[Mapping[str, Any]]:
        life_of = number_of_life()
        for row in self:
            for of, fields in lines_of(row, life_of(row)):
                if of == kind:
                    yield fields


def export_personnel(
    file: Annotated[
        Path | None, typer.Argument(help="One file: .xlsx .json, or .csv with --kind.")
    ] = None,
    *,
    province: Annotated[str, typer.Option(help="Two digits.")],
    kind: Annotated[str | None, KIND] = None,
    out: Annotated[
        Path | None, typer.Option(help="Instead: the folder for files with a manifest.")
    ] = None,
    form: Format = Form.CSV,
    headings: HeadingsOption = Headings.EN,
    allow_empty: AllowEmpty = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Write the personnel of a province (nhân sự) as an import reads it back unchanged. Needs a
    token of a personnel system."""
    if (file is None) is (out is None):
        raise WrongCall(
            vi="cần đúng một trong hai: FILE hoặc --out", en="give FILE or --out, one of them"
        )
    with Gateway(url, token) as gateway, tempfile.TemporaryFile() as spool:
        with progress(said(vi="đang xuất", en="exporting")) as advance:
            units, positions, people = _read(gateway, province, People(spool), advance)
        if out is None:
            assert file is not None
            _one_file(file, kind, units, positions, list(people))
            return
        lines = {name: people.lines(name) for name in TABLES}
        lines |= {"units": iter(units), "positions": iter(positions)}
        parts = [
            Part(name=name, version=VERSION, columns=columns, rows=_rows(name, lines[name]))
            for name, columns in TABLES.items()
        ]
        how = Wanted(out=out, form=form, headings=headings, allow_empty=allow_empty)
        about = {"kind": "personnel", "asked": {"province": province}}
        tell(write_export(f"personnel-{province}", parts, how, about))


def _rows(name: str, lines: Iterator[Mapping[str, Any]]) -> Iterator[Row]:
    return (row_of(name, each) for each in lines)


def _read(
    gateway: Gateway, province: str, people: People, advance: Callable[[int], None]
) -> tuple[Rows, Rows, People]:
    where = {"province": province}
    units = _parents_first([_unit_row(each) for each in gateway.pages(UNITS, "orgUnits", where)])
    positions = sorted(
        gateway.pages(POSITIONS, "jobPositions", where),
        key=lambda each: (each["code"], each["validFrom"] or ""),
    )
    for each in gateway.pages(PEOPLE, "civilServantRows", where):
        people.add(json.loads(each["row"]))
        advance(1)
    return units, positions, people


def _one_file(file: Path, kind: str | None, units: Rows, positions: Rows, people: Rows) -> None:
    write_personnel(file, {"units": units, "positions": positions, "people": people}, kind)
    count, name = len(units) + len(positions) + len(people), file
    typer.echo(said(vi=f"Đã ghi {count} mục vào {name}", en=f"{count} rows written to {name}"))


def _unit_row(unit: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: value for name, value in unit.items() if name != "parent"}
    parent = unit["parent"]
    return {**row, "parentRef": parent["externalRef"] if parent else None}


def _parents_first(units: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """An older unit may have come under a younger one since."""
    above = {_key(unit["externalRef"]): unit["parentRef"] for unit in units}

    def depth(unit: dict[str, Any]) -> int:
        seen = {_key(unit["externalRef"])}
        parent = unit["parentRef"]
        while parent is not None and _key(parent) not in seen:
            seen.add(_key(parent))
            parent = above.get(_key(parent))
        return len(seen)

    return sorted(units, key=lambda unit: (depth(unit), unit["validFrom"]))


def _key(ref: Mapping[str, str]) -> tuple[str, str]:
    return ref["system"], ref["id"]
