"""`congvu import feedback`, `congvu template feedback`."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.adapters.boxes import OWN_FILES, Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.marking import Remark
from congvu_kit.adapters.tabular import Layout
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, batches, progress
from congvu_kit.tools.dry_runs import tell_what_follows
from congvu_kit.tools.error_copies import ErrorCopy, Errors, headings_told, new_template
from congvu_kit.tools.import_reports import REFUSED, ImportReport, Json, Problem
from congvu_kit.tools.speech import InLanguage, Language, said
from feedback_service.adapters.files.collected import COLUMNS, read_in_box
from feedback_service.adapters.files.template import write_feedback_sheet

BATCH_ROWS = 200

SUBMIT = """
mutation ImportFeedback($input: SubmitFeedbackBulkInput!) {
  submitFeedbackBulk(input: $input) {
    ... on FeedbackReport {
      taken refused
      results {
        row submissionId complaintId receipt
        problem { code message field ruleId }
      }
    }
    ... on Problem { code message field ruleId }
  }
}"""

_FILE = typer.Argument(help="XLSX or CSV, a line for what one person said.", exists=True)
_SEND = typer.Option("--send", help="Send it. Without this nothing is kept: each line is told.")
_ENCODING = typer.Option(help="Of text from before Unicode, which is converted.")
_RECEIPTS = typer.Option(help="Where to write what became of each line, one JSON object a line.")


def import_feedback(
    file: Annotated[Path, _FILE],
    *,
    send: Annotated[bool, _SEND] = False,
    receipts: Annotated[Path | None, _RECEIPTS] = None,
    encoding: Annotated[Encoding | None, _ENCODING] = None,
    errors: Errors = None,
    as_json: Json = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Pass on what people said on paper, by telephone or at a meeting, in the name of the account
    that sends it. The same file sent again is taken once. A line that is wrong is told, the others
    are taken."""
    with headings_told(file, errors, encoding):
        found = read_in_box(Boxes(limits=OWN_FILES), file, encoding)
    for each in (*found["notes"], *(() if as_json else found["faults"])):
        typer.echo(f"{each['place']}: {said(vi=each['vi'], en=each['en'])}", err=True)
    copy = ErrorCopy(file, errors, [Layout(**each) for each in found["layouts"]], encoding)
    report = ImportReport()
    for each in found["faults"]:
        _refuse(report, copy, Remark(**each["cell"], text=said(vi=each["vi"], en=each["en"])))
    # The file itself is the key, so that an import that broke off goes on where it was.
    name = hashlib.sha256(file.read_bytes()).hexdigest()[:32]
    lines: list[dict[str, object]] = []
    with Gateway(url, token) as gateway, progress(said(vi="đang nhập", en="importing")) as advance:
        for batch, results in _sent(gateway, found["rows"], name, dry_run=not send):
            lines += [{"place": batch[each["row"]]["place"], **each} for each in results]
            for each in batch:
                report.add(**each["cell"], outcome="CREATED")
            for place, remark in _remarks(results, batch, copy.layouts):
                _refuse(report, copy, remark)
                if not as_json:
                    typer.echo(f"{place} {remark.title}: {remark.text}", err=True)
            advance(len(batch))
    copy.write()
    if receipts is not None:
        receipts.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines))
    _end(report, (file, errors), as_json=as_json, send=send)


def _end(
    report: ImportReport, where: tuple[Path, Path | None], *, as_json: bool, send: bool
) -> None:
    """The totals, and what follows them."""
    refused, taken = report.counts[REFUSED], report.counts["CREATED"]
    vi = "đã nhận" if send else "sẽ được nhận"
    en = "taken" if send else "would be taken"
    counts = said(
        vi=f"{vi} {taken} dòng, từ chối {refused} dòng".capitalize(),
        en=f"{taken} {en}, {refused} refused",
    )
    typer.echo(report.as_json(done=send) if as_json else counts)
    if not (send or as_json):
        words = {"vi": "gửi", "en": "send it", "add": "--send"}
        file, copy = where
        tell_what_follows(file, copy, refused=refused, changes=taken, **words)
    if refused:
        raise typer.Exit(1)


def _sent(
    gateway: Gateway, rows: Sequence[Mapping[str, Any]], name: str, *, dry_run: bool
) -> Iterator[tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]]:
    """Rows by the batch, each with what became of it."""
    for number, batch in enumerate(batches(rows, BATCH_ROWS)):
        given = {
            "idempotencyKey": f"import-{name}-{number}-{'dry' if dry_run else 'send'}",
            "dryRun": dry_run,
            "rows": [each["row"] for each in batch],
        }
        yield batch, gateway.mutate(SUBMIT, "submitFeedbackBulk", given)["results"]


def _refuse(report: ImportReport, copy: ErrorCopy, remark: Remark) -> None:
    copy.remarks.append(remark)
    problem = Problem(column=remark.title or None, message=remark.text)
    report.add(remark.sheet, remark.line, REFUSED, problem)


def _remarks(
    results: Sequence[Mapping[str, Any]],
    batch: Sequence[Mapping[str, Any]],
    layouts: Sequence[Layout],
) -> Iterator[tuple[str, Remark]]:
    """Each with the place of its line."""
    by_sheet = {each.sheet: each for each in layouts}
    for result in results:
        cell, problem = batch[result["row"]]["cell"], result["problem"]
        if problem is not None:
            layout = by_sheet[cell["sheet"]]
            remark = Remark(
                **cell,
                column=layout.columns.get(_field(problem)),
                title=_heading(problem, layout.titles),
                text=_why(problem),
            )
            yield batch[result["row"]]["place"], remark


def _field(problem: Mapping[str, Any]) -> str:
    return (problem["field"] or "").rpartition(".")[2]


def _heading(problem: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """As the sheet calls the column, else as the template does."""
    field = _field(problem)
    return titles.get(field) or (COLUMNS[field].heading if field in COLUMNS else field)


def _why(problem: Mapping[str, Any]) -> str:
    rule = f" [{problem['ruleId']}]" if problem["ruleId"] else ""
    return f"{problem['message']}{rule}"


def write_feedback_template(
    file: Annotated[Path, typer.Argument(help="Where to, .xlsx or .csv.")],
    *,
    language: InLanguage = Language.VI,
) -> None:
    """Write a sheet to fill in: an example, which is never imported, lists to choose from, and a
    note on every heading."""
    with new_template(file, f"congvu import feedback {file}"), file.open("wb") as target:
        write_feedback_sheet(file.name, target, language)
