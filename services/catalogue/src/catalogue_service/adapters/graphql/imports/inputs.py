"""A sheet as rows or as a file."""

import strawberry

from catalogue_service.application.imports import commands, files
from catalogue_service.application.imports.commands import OnError
from catalogue_service.application.needs import SheetFile
from catalogue_service.domain.imports.rows import Row
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.domain.actor import Actor
from congvu_kit.graph import ROW, CommandInput, UnfitRow, describe

describe(
    Encoding,
    "What text was written in before Unicode.",
    name="SheetEncoding",
    TCVN3="TCVN3, as in fonts called .VnTime.",
    VNI="VNI, as in fonts called VNI-Times.",
    CP1258="Windows 1258.",
    UNICODE="None of these: a foreign name that looks like one is kept.",
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
    encoding: Encoding | None = strawberry.field(
        default=None,
        description="What text from before Unicode is in, which is converted; without it such a "
        "cell is refused.",
    )

    def to_domain(self) -> SheetFile:
        return SheetFile(
            name=self.name,
            content_base64=self.content_base64,
            headings={each.heading: each.column for each in self.headings},
            encoding=self.encoding,
        )


@strawberry.input(
    description="A line of a sheet; every cell is text, so that a bad one can be named. Lists are "
    "parted by ; or line breaks.",
    directives=ROW,
)
class ImportRowInput:
    row: int = strawberry.field(description="Its number in your sheet, given back in the result.")
    group: str | None = strawberry.field(default=None, description="A, B, C or D.")
    code: str | None = strawberry.field(default=None, description="Code.")
    name_vi: str | None = strawberry.field(default=None, description="Name.")
    name_en: str | None = strawberry.field(default=None, description="Name in English.")
    description: str | None = strawberry.field(default=None, description="What it is.")
    field: str | None = strawberry.field(default=None, description="Field of work.")
    unit_of_measure: str | None = strawberry.field(default=None, description="Unit of measure.")
    complexity: str | None = strawberry.field(default=None, description="N1 to N5; default N1.")
    points: str | None = strawberry.field(default=None, description="Points.")
    coefficient: str | None = strawberry.field(default=None, description="Coefficient.")
    standard_hours: str | None = strawberry.field(
        default=None, description="Standard hours for one."
    )
    lead_days: str | None = strawberry.field(default=None, description="Working days to deliver.")
    quality_criteria: str | None = strawberry.field(
        default=None, description="Criteria of quality."
    )
    evidence_required: str | None = strawberry.field(default=None, description="Evidence.")
    data_source: str | None = strawberry.field(default=None, description="Source of the data.")
    orientation: str | None = strawberry.field(default=None, description="Service orientation.")
    kpi_kind: str | None = strawberry.field(default=None, description="KPI kind.")
    job_positions: str | None = strawberry.field(default=None, description="Job positions.")
    legal_basis: str | None = strawberry.field(default=None, description="Legal basis.")
    procedure_code: str | None = strawberry.field(
        default=None, description="Code of the administrative procedure."
    )

    def to_row(self) -> Row:
        cells = {
            name: value
            for name, value in vars(self).items()
            if name != "row" and isinstance(value, str)
        }
        return Row(number=self.row, cells=cells)


@strawberry.input(description="Drafts in bulk; the same rules as one by one.")
class ImportWorkProductsInput(CommandInput):
    COMMAND = commands.ImportWorkProducts

    rows: list[ImportRowInput] = strawberry.field(
        default_factory=list, description="1 to 500 rows; or give a file."
    )
    file: ImportFileInput | None = strawberry.field(default=None, description="Instead of rows.")
    on_error: OnError = strawberry.field(
        default=OnError.ALL_OR_NOTHING, description="What a bad row does to the good ones."
    )
    dry_run: bool = strawberry.field(default=False, description="Check only, write nothing.")
    province: str | None = strawberry.field(default=None, description="Default: your own.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of the group-C rows. Default: your own."
    )

    def to_command(self, actor: Actor) -> files.ImportSheet:
        return files.ImportSheet(
            actor=actor,
            idempotency_key=self.idempotency_key,
            province=self.province,
            unit_id=self.unit_id,
            rows=tuple(_row(each) for each in self.rows),
            file=None if self.file is None else self.file.to_domain(),
            on_error=self.on_error,
            dry_run=self.dry_run,
        )


def _row(given: ImportRowInput | UnfitRow) -> Row:
    """What did not fit has the number it came with, else its place."""
    if not isinstance(given, UnfitRow):
        return given.to_row()
    number = given.given.get("row") if isinstance(given.given, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) >= 2**31:
        number = given.at + 1
    return commands.UnfitRow(number=number, cells={}, refusal=given.refusal)
