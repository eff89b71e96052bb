"""What an import did, and the template for one."""

from enum import StrEnum
from typing import Self

import strawberry

from catalogue_service.application.imports import commands
from catalogue_service.application.imports.commands import IMPORT_MAX_ROWS, ImportOutcome, OnError
from catalogue_service.application.needs import SheetNote
from catalogue_service.domain.imports.rows import COLUMNS
from congvu_kit.domain.text import camel
from congvu_kit.graph import (
    Shown,
    at_most,
    by_name,
    costs,
    describe,
    unquoted,
)

PROBLEMS_MAX = len(COLUMNS) + 1
NOTES_MAX = 100
"""A file of as many columns as fit, none of which is known."""

describe(
    OnError,
    "What a bad row does to the good ones.",
    name="ImportErrorPolicy",
    ALL_OR_NOTHING="One bad row, and nothing is written.",
    SKIP_BAD_ROWS="Good rows are written, bad ones are told.",
)
describe(
    ImportOutcome,
    "What became of a row.",
    name="ImportOutcome",
    CREATED="A new product, as a draft.",
    UPDATED="The open draft was changed.",
    REVISED="A new version was opened.",
    UNCHANGED="The catalogue says this already.",
    REFUSED="Breaks a rule; see problem.",
    HELD_BACK="Good, but not written because another row was refused.",
)


@strawberry.type(description="Why a row was refused.")
class ImportRowProblem:
    column: str | None = strawberry.field(description="The column, as in ImportRowInput.")
    heading: str | None = strawberry.field(
        description="What your sheet calls the column, else what the template calls it."
    )
    value: str | None = strawberry.field(description="What stood there.")
    rule_id: str | None = strawberry.field(description="The rule.")
    message_vi: str = strawberry.field(description="In Vietnamese.")
    message_en: str = strawberry.field(description="In English.")

    @classmethod
    def of(cls, problem: commands.RowProblem) -> Self:
        return by_name(
            cls,
            problem,
            column=camel(problem.column) if problem.column else None,
            message_vi=unquoted(problem.message_vi),
            message_en=unquoted(problem.message_en),
        )


@strawberry.type(description="What became of one row.")
class ImportRowResult(Shown):
    SHOWS = commands.RowResult

    row: int = strawberry.field(description="Its number in your sheet.")
    code: str | None = strawberry.field(description="Its code.")
    sheet: str | None = strawberry.field(description="The sheet, where a file has several.")
    outcome: ImportOutcome = strawberry.field(description="What became of it.")
    version_id: strawberry.ID | None = strawberry.field(description="The version, when written.")
    problem: ImportRowProblem | None = strawberry.field(description="Why it was refused.")
    problems: list[ImportRowProblem] = strawberry.field(
        description="Everything that is wrong with its cells.",
        # They are made with the row: no object is loaded for them.
        directives=[*at_most(PROBLEMS_MAX), *costs(0)],
    )
    missing: str = strawberry.field(
        description="The columns that a submission will ask for (SMART) and that are empty, as "
        "orientation qualityCriteria."
    )


@strawberry.type(
    description="What is to be known of how a file was read: columns, lines and sheets that were "
    "not, or that were although they are hidden."
)
class ImportNote:
    place: str = strawberry.field(description="The sheet, or the file.")
    message_vi: str = strawberry.field(description="In Vietnamese.")
    message_en: str = strawberry.field(description="In English.")

    @classmethod
    def of(cls, note: SheetNote) -> Self:
        return cls(place=note.place, message_vi=note.vi, message_en=note.en)


@strawberry.type(description="What an import did.")
class ImportReport:
    dry_run: bool = strawberry.field(description="True when nothing was to be written.")
    written: int = strawberry.field(description="Rows that created, updated or revised something.")
    refused: int = strawberry.field(description="Rows that break a rule.")
    rows: list[ImportRowResult] = strawberry.field(
        description="One per row, in order.", directives=at_most(IMPORT_MAX_ROWS)
    )
    notes: list[ImportNote] = strawberry.field(
        description="What was not read of the file.", directives=at_most(NOTES_MAX)
    )

    @classmethod
    def of(cls, report: commands.ImportReport) -> Self:
        return cls(
            dry_run=report.dry_run,
            written=report.written,
            refused=sum(each.outcome is ImportOutcome.REFUSED for each in report.results),
            rows=[ImportRowResult.of(each) for each in report.results],
            notes=[ImportNote.of(each) for each in report.notes[:NOTES_MAX]],
        )


class SheetFormat(StrEnum):
    """The kinds of sheets."""

    XLSX = "XLSX"
    CSV = "CSV"
    JSON = "JSON"


describe(
    SheetFormat,
    "The kinds of sheets.",
    XLSX="Excel.",
    CSV="Comma-separated, UTF-8.",
    JSON="An array of objects.",
)


@strawberry.type(description="An empty sheet with every heading that an import knows.")
class ImportTemplate:
    name: str = strawberry.field(description="A name for the file.")
    content_base64: str = strawberry.field(description="The file.")
