"""Imports in the graph: a file as input, a template, and the report."""

import base64
import binascii
import io
from collections.abc import Sequence
from enum import StrEnum
from itertools import islice
from typing import Annotated, Self

import strawberry

from catalogue_service.adapters.graphql import enums
from catalogue_service.adapters.sheets import UnreadableSheet, read, write
from catalogue_service.application import importing
from catalogue_service.application.importing import Outcome
from catalogue_service.domain.content import camel
from catalogue_service.domain.rows import Row
from congvu_kit.domain.errors import Invalid

FILE_MAX_BYTES = 1_000_000
"""Largest sheet in one call; 500 rows take about a tenth of it."""


@strawberry.type(description="Why a row was refused.")
class ImportRowProblem:
    column: str | None = strawberry.field(description="The column, as in ImportRowInput.")
    value: str | None = strawberry.field(description="What stood there.")
    rule_id: str | None = strawberry.field(description="The rule.")
    message_vi: str = strawberry.field(description="In Vietnamese.")
    message_en: str = strawberry.field(description="In English.")

    @classmethod
    def of(cls, problem: importing.RowProblem) -> Self:
        return cls(
            column=camel(problem.column) if problem.column else None,
            value=problem.value,
            rule_id=problem.rule_id,
            message_vi=problem.message_vi,
            message_en=problem.message_en,
        )


@strawberry.type(description="What became of one row.")
class ImportRowResult:
    row: int = strawberry.field(description="Its number in your sheet.")
    code: str | None = strawberry.field(description="Its code.")
    outcome: Outcome = strawberry.field(description="What became of it.")
    version_id: strawberry.ID | None = strawberry.field(description="The version, when written.")
    problem: ImportRowProblem | None = strawberry.field(description="Why it was refused.")

    @classmethod
    def of(cls, result: importing.RowResult) -> Self:
        return cls(
            row=result.row,
            code=result.code,
            outcome=result.outcome,
            version_id=strawberry.ID(result.version_id) if result.version_id else None,
            problem=ImportRowProblem.of(result.problem) if result.problem else None,
        )


@strawberry.type(description="What an import did (kết quả nhập).")
class ImportReport:
    dry_run: bool = strawberry.field(description="True when nothing was to be written.")
    written: int = strawberry.field(description="Rows that created, updated or revised something.")
    refused: int = strawberry.field(description="Rows that break a rule.")
    rows: list[ImportRowResult] = strawberry.field(description="One per row, in order.")

    @classmethod
    def of(cls, report: importing.ImportReport) -> Self:
        return cls(
            dry_run=report.dry_run,
            written=report.written,
            refused=sum(each.outcome is Outcome.REFUSED for each in report.results),
            rows=[ImportRowResult.of(each) for each in report.results],
        )


@strawberry.input(description="A heading of yours, and the column it means.")
class HeadingInput:
    heading: str = strawberry.field(description="As it stands in the sheet.")
    column: str = strawberry.field(description="As in ImportRowInput, e.g. nameVi.")


@strawberry.input(description="A sheet as it is, instead of rows.")
class ImportFileInput:
    name: str = strawberry.field(description="Its end tells the kind: .xlsx, .csv or .json.")
    content_base64: str = strawberry.field(description="Up to 1 MB and 500 rows.")
    headings: list[HeadingInput] = strawberry.field(
        default_factory=list, description="Needed only for headings that are not known."
    )

    def to_rows(self) -> Sequence[Row]:
        """Raise `Invalid` naming what is wrong with the file."""
        if len(self.content_base64) > FILE_MAX_BYTES * 4 / 3:
            raise Invalid(
                en=f"a file has at most {FILE_MAX_BYTES} bytes: use `congvu import catalogue`",
                vi=f"tệp tối đa {FILE_MAX_BYTES} byte: hãy dùng `congvu import catalogue`",
                field="input.file",
            )
        try:
            content = base64.b64decode(self.content_base64, validate=True)
            mapping = {each.heading: each.column for each in self.headings}
            # One more than fits, so that the use case says how many are allowed.
            rows = read(self.name, io.BytesIO(content), mapping)
            return list(islice(rows, importing.IMPORT_MAX_ROWS + 1))
        except (UnreadableSheet, binascii.Error) as exception:
            raise Invalid(
                en=f"the file cannot be read: {exception}",
                vi=f"không đọc được tệp: {exception}",
                field="input.file",
            ) from exception


class SheetFormat(StrEnum):
    """The kinds of sheets."""

    XLSX = "XLSX"
    CSV = "CSV"
    JSON = "JSON"


enums.describe(
    SheetFormat,
    "SheetFormat",
    "The kinds of sheets.",
    XLSX="Excel.",
    CSV="Comma-separated, UTF-8.",
    JSON="An array of objects.",
)


@strawberry.type(description="An empty sheet with every heading that an import knows.")
class ImportTemplate:
    name: str = strawberry.field(description="A name for the file.")
    content_base64: str = strawberry.field(description="The file.")


@strawberry.type
class ImportQuery:
    @strawberry.field(description="A template for imports (mẫu nhập danh mục).")
    def import_template(
        self,
        format: Annotated[
            SheetFormat, strawberry.argument(description="Which kind of sheet.")
        ] = SheetFormat.XLSX,
    ) -> ImportTemplate:
        name, target = f"danh-muc.{format.lower()}", io.BytesIO()
        write(name, target, [])
        return ImportTemplate(
            name=name, content_base64=base64.b64encode(target.getvalue()).decode()
        )
