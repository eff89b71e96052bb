"""Sheets that come as files: opened only for somebody who may import."""

from dataclasses import dataclass, fields
from typing import Any

from catalogue_service.application.imports.commands import ImportWorkProducts
from catalogue_service.application.needs import SheetFile, Sheets
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text

FILE_MAX_BYTES = 1_000_000
"""Largest sheet in one call; 500 rows take about a tenth of it."""


@dataclass(frozen=True, kw_only=True)
class ImportSheet(ImportWorkProducts):
    """An import whose rows may still be in a file."""

    file: SheetFile | None


async def read_file(command: ImportSheet, tx: Transaction, *, sheets: Sheets) -> ImportWorkProducts:
    """The import with the rows of its file. Who may not, hears so before the file is touched; that
    a row's group or unit is the caller's is told of each row."""
    if command.file is None:
        return _with_rows(command, rows=command.rows)
    actor = command.actor
    actor.require(Role.CATALOGUE_EDITOR)
    actor.require_province(command.province or actor.province or "")
    if command.unit_id is not None and actor.unit is not None:
        actor.require_unit([command.unit_id])
    if command.rows:
        raise Invalid(
            en="give rows or a file, not both",
            vi="Vui lòng gửi các dòng hoặc gửi tệp, không gửi cả hai.",
            field="input.file",
        )
    if len(command.file.content_base64) > FILE_MAX_BYTES * 4 / 3 + 4:
        raise Invalid(
            en=f"a file has at most {FILE_MAX_BYTES} bytes: use `congvu import catalogue`",
            vi=f"Tệp có tối đa {vi_text(FILE_MAX_BYTES // 1_000_000)} MB. Vui lòng nhập bằng "
            "dòng lệnh.",
            field="input.file",
        )
    read = await sheets.read(command.file)
    return _with_rows(command, rows=read.rows, notes=read.notes)


def _with_rows(command: ImportSheet, **rows: Any) -> ImportWorkProducts:
    kept = {each.name: getattr(command, each.name) for each in fields(ImportWorkProducts)}
    return ImportWorkProducts(**{**kept, **rows})
