"""`congvu assignments import`, `congvu readings import`: a preview, then exactly that."""

import os
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.adapters.boxes import OWN_FILES, Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.marking import Remark
from congvu_kit.adapters.tabular import Layout
from congvu_kit.domain.labels import label
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, progress
from congvu_kit.tools.dry_runs import tell_what_follows
from congvu_kit.tools.error_copies import ErrorCopy, Errors, headings_told, new_template
from congvu_kit.tools.import_reports import ImportReport, Json, Problem
from congvu_kit.tools.named import PeriodOption, period_id
from congvu_kit.tools.speech import InLanguage, Language, said
from evaluation_service.adapters.cli.group_work import batches_of
from evaluation_service.adapters.cli.list_calls import Calls, Fields, Row, Unfit
from evaluation_service.adapters.cli.reading_calls import ReadingCalls
from evaluation_service.adapters.cli.work_calls import AssignmentCalls
from evaluation_service.adapters.files.lists import KINDS, Kind, Listed, read_in_box
from evaluation_service.adapters.files.lists_template import write_list_template

BATCH_ROWS = 200
SHOWN = 50
"""Lines of problems; the rest is a number."""

File = Annotated[Path, typer.Argument(help="XLSX or CSV.", exists=True, dir_okay=False)]
Skip = Annotated[
    bool, typer.Option("--skip", help="Send the good lines although others are refused.")
]
Dry = Annotated[bool, typer.Option(help="Check only, and change nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]
InEncoding = Annotated[
    Encoding | None, typer.Option(help="Of text from before Unicode, which is converted.")
]
Target = Annotated[Path, typer.Argument(help="Where to, .xlsx or .csv.")]


@dataclass
class Outcome:
    """Of a line of the sheet; `column` is the field that a refusal is about."""

    sheet: str
    line: int
    outcome: str
    row: Row | None = None
    column: str | None = None
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How whoever calls wants it."""

    file: Path
    period: str
    errors: Path | None
    encoding: Encoding | None
    url: str
    token: str
    skip: bool
    dry_run: bool
    yes: bool
    as_json: bool


@dataclass
class ListImport:
    """A sheet on its way: what became of each line."""

    kind: Kind
    listed: Listed
    calls: Calls
    wishes: Wishes
    outcomes: list[Outcome] = field(default_factory=list)

    def title(self, of: Outcome) -> str:
        """As its sheet calls the column, else as the template does."""
        column = of.column or ""
        called = {each["sheet"]: each["titles"] for each in self.listed["layouts"]}[of.sheet]
        return str(called.get(column, self.kind.form.titles.get(column, "")))

    @property
    def counts(self) -> Counter[str]:
        by_line = {(each.sheet, each.line): each.outcome for each in self.outcomes}
        return Counter(by_line.values())

    def check(self, advance: Callable[[int], None]) -> None:
        """Who and what is meant, then by a dry run of the service."""
        for fault in self.listed["faults"]:
            self._refuse(fault["cell"], fault["field"], said(vi=fault["vi"], en=fault["en"]))
        lines: list[tuple[Fields, Row | None]] = []
        taken: list[Outcome] = []
        for each in self.listed["rows"]:
            try:
                row = self.calls.row(each["fields"])
            except Unfit as unfit:
                self._refuse(each["cell"], unfit.column, str(unfit))
            else:
                outcome = "UNCHANGED" if row is None else "CREATED"
                taken.append(Outcome(**each["cell"], outcome=outcome, row=row))
                lines.append((each["fields"], row))
        for at, why in self.calls.unfit(lines):
            refused = replace(taken[at], outcome="REFUSED", column=why.column)
            taken[at] = replace(refused, message=str(why))
        self.outcomes += taken
        self.send(advance, dry_run=True)

    def _refuse(self, cell: Mapping[str, Any], column: str, message: str) -> None:
        self.outcomes.append(
            Outcome(cell["sheet"], cell["line"], "REFUSED", column=column, message=message)
        )

    def send(self, advance: Callable[[int], None], *, dry_run: bool) -> None:
        good = [
            (each, each.row) for each in self.outcomes if each.outcome == "CREATED" and each.row
        ]
        run = secrets.token_hex(8)
        for number, batch in enumerate(batches_of([row for _, row in good], BATCH_ROWS)):
            rows = [good[at][1] for at in batch]
            problems = self.calls.send(rows, f"import-{run}-{number}", dry_run=dry_run)
            for (each, _), problem in zip([good[at] for at in batch], problems, strict=True):
                if problem is not None:
                    rule = f" [{problem['ruleId']}]" if problem["ruleId"] else ""
                    field = (problem["field"] or "").rpartition(".")[2]
                    each.outcome, each.message = "REFUSED", f"{problem['message']}{rule}"
                    each.column = self.calls.columns.get(field)
            advance(len(batch))

    def remarks(self, layouts: Sequence[Layout]) -> list[Remark]:
        columns = {each.sheet: each.columns for each in layouts}
        return [
            Remark(
                sheet=each.sheet,
                line=each.line,
                column=columns[each.sheet].get(each.column or ""),
                title=self.title(each),
                text=each.message or "",
            )
            for each in self.outcomes
            if each.outcome == "REFUSED"
        ]

    def tell(self, *, done: bool) -> None:
        if self.wishes.as_json:
            return
        refused = [each for each in self.outcomes if each.outcome == "REFUSED"]
        for each in refused[:SHOWN] if not done else ():
            line = said(vi=f"dòng {each.line}", en=f"line {each.line}")
            place = f"{each.sheet}, {line}" if each.sheet else line
            typer.echo(f"{place} {self.title(each)}".strip() + f": {each.message}", err=True)
        if len(refused) > SHOWN and not done:
            hidden = len(refused) - SHOWN
            typer.echo(said(vi=f"… và {hidden} lỗi nữa", en=f"... and {hidden} more"), err=True)
        step = said(vi="Đã nhập", en="import") if done else said(vi="Kiểm tra", en="check")
        typer.echo(f"{step}: {self._in_words()}")

    def _in_words(self) -> str:
        language = language_of(os.environ)
        named = (
            f"{count} {label('RowOutcome', outcome, language)}"
            for outcome, count in sorted(self.counts.items())
        )
        return ", ".join(named) or said(vi="không có dòng nào", en="no rows")

    def report(self) -> ImportReport:
        report = ImportReport()
        for each in self.outcomes:
            title, why = self.title(each) or None, each.message
            problems = [] if why is None else [Problem(column=title, message=why)]
            report.add(each.sheet, each.line, each.outcome, *problems)
        return report


def _import(
    kind: Kind, calls: Callable[[Gateway, str, Callable[[int], None]], Calls], wishes: Wishes
) -> None:
    with headings_told(wishes.file, wishes.errors, wishes.encoding):
        listed = read_in_box(Boxes(limits=OWN_FILES), kind, wishes.file, wishes.encoding)
    for note in listed["notes"]:
        typer.echo(f"{note['place']}: {said(vi=note['vi'], en=note['en'])}", err=True)
    layouts = [Layout(**each) for each in listed["layouts"]]
    with Gateway(wishes.url, wishes.token) as gateway:
        with progress(said(vi="đang tra cứu", en="looking up")) as advance:
            found = calls(gateway, period_id(gateway, wishes.period), advance)
        run = ListImport(kind, listed, found, wishes)
        with progress(said(vi="đang kiểm tra", en="checking")) as advance:
            run.check(advance)
        run.tell(done=False)
        remarks = run.remarks(layouts)
        ErrorCopy(wishes.file, wishes.errors, layouts, wishes.encoding, remarks).write()
        done = not wishes.dry_run and (wishes.skip or not run.counts["REFUSED"])
        if done and run.counts["CREATED"]:
            _ask(run.counts["CREATED"], wishes)
            with progress(said(vi="đang nhập", en="importing")) as advance:
                run.send(advance, dry_run=False)
            run.tell(done=True)
    if wishes.as_json:
        typer.echo(run.report().as_json(done=done))
    elif wishes.dry_run:
        refused, changes = run.counts["REFUSED"], run.counts["CREATED"]
        where = wishes.file, wishes.errors
        tell_what_follows(*where, refused=refused, changes=changes, vi="nhập", en="import it")
    if run.counts["REFUSED"]:
        raise typer.Exit(1)


def _ask(count: int, wishes: Wishes) -> None:
    question = said(vi=f"Nhập {count} dòng?", en=f"Go on with {count} lines?")
    if not (wishes.yes or wishes.as_json) and not typer.confirm(question):
        raise typer.Abort


def import_assignments(
    file: File,
    *,
    period: PeriodOption,
    skip: Skip = False,
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    encoding: InEncoding = None,
    errors: Errors = None,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Assign the work of a sheet in an open period (giao việc): a preview, then exactly that. What
    is assigned already is passed over. Exit code 1: some were refused. Role manager, unit-head."""
    wishes = Wishes(
        file=file,
        period=period,
        errors=errors,
        encoding=encoding,
        url=url,
        token=token,
        skip=skip,
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )
    _import(KINDS["assignments"], AssignmentCalls, wishes)


def import_readings(
    file: File,
    *,
    period: PeriodOption,
    skip: Skip = False,
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    encoding: InEncoding = None,
    errors: Errors = None,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Enter what was reached of the objectives of a sheet (nhập số liệu): a preview, then exactly
    that. A figure that is there already is passed over. Exit code 1: some were refused. Roles as in
    recordReadings."""
    wishes = Wishes(
        file=file,
        period=period,
        errors=errors,
        encoding=encoding,
        url=url,
        token=token,
        skip=skip,
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )
    _import(KINDS["readings"], ReadingCalls, wishes)


def write_assignments_template(file: Target, *, language: InLanguage = Language.VI) -> None:
    """Write a sheet of work to assign: an example, which is never imported, lists to choose from,
    and a note on every heading."""
    _template("assignments", file, language)


def write_readings_template(file: Target, *, language: InLanguage = Language.VI) -> None:
    """Write a sheet of figures to enter: an example, which is never imported, and a note on every
    heading."""
    _template("readings", file, language)


def _template(kind: str, file: Path, language: Language) -> None:
    with new_template(
        file, f"congvu {kind} import {file} --dry-run --period {said(vi='KỲ', en='PERIOD')}"
    ):
        write_list_template(KINDS[kind], file, language)
