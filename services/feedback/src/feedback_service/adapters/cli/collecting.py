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
from congvu_kit.tools.error_copies import SHEETS, ErrorCopy, Errors, headings_told, no_sheet
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
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Pass on what people said on paper, by telephone or at a meeting, in the name of the account
    that sends it. The same file sent again is taken once. A line that is wrong is told, the others
    are taken."""
    with headings_told(file, errors, encoding):
        found = read_in_box(Boxes(limits=OWN_FILES), file, encoding)
    for each in (*found["notes"], *found["faults"]):
        typer.echo(f"{each['place']}: {said(vi=each['vi'], en=each['en'])}", err=True)
    copy = ErrorCopy(file, errors, [Layout(**each) for each in found["layouts"]], encoding)
    copy.remarks += [
        Remark(**each["cell"], text=said(vi=each["vi"], en=each["en"])) for each in found["faults"]
    ]
    # The file itself is the key, so that an import that broke off goes on where it was.
    name = hashlib.sha256(file.read_bytes()).hexdigest()[:32]
    lines = []
    with Gateway(url, token) as gateway, progress(said(vi="đang nhập", en="importing")) as advance:
        for number, batch in enumerate(batches(found["rows"], BATCH_ROWS)):
            given = {
                "idempotencyKey": f"import-{name}-{number}-{'send' if send else 'dry'}",
                "dryRun": not send,
                "rows": [each["row"] for each in batch],
            }
            report = gateway.mutate(SUBMIT, "submitFeedbackBulk", given)
            lines += _told(report["results"], batch, copy.layouts)
            copy.remarks += _remarks(report["results"], batch, copy.layouts)
            advance(len(batch))
    copy.write()
    if receipts is not None:
        receipts.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines))
    _tell_totals(lines, len({each["place"].rpartition(",")[0] for each in found["faults"]}), send)


def _tell_totals(lines: Sequence[Mapping[str, object]], unread: int, send: bool) -> None:
    refused = unread + sum(each["problem"] is not None for each in lines)
    taken = len(lines) + unread - refused
    vi = "đã nhận" if send else "sẽ được nhận"
    en = "taken" if send else "would be taken"
    typer.echo(
        said(
            vi=f"{vi} {taken} dòng, từ chối {refused} dòng".capitalize(),
            en=f"{taken} {en}, {refused} refused",
        )
    )
    if refused:
        raise typer.Exit(1)


def _told(
    results: Sequence[Mapping[str, Any]],
    batch: Sequence[Mapping[str, Any]],
    layouts: Sequence[Layout],
) -> list[dict[str, object]]:
    """Per line: who refused it and why, or the receipt that belongs to whoever said it."""
    titles = {each.sheet: each.titles for each in layouts}
    told: list[dict[str, object]] = []
    for result in results:
        place, problem = batch[result["row"]]["place"], result["problem"]
        if problem is not None:
            heading = _heading(problem, titles[batch[result["row"]]["cell"]["sheet"]])
            typer.echo(f"{place} {heading}: {_why(problem)}", err=True)
        told.append({"place": place, **result})
    return told


def _remarks(
    results: Sequence[Mapping[str, Any]],
    batch: Sequence[Mapping[str, Any]],
    layouts: Sequence[Layout],
) -> Iterator[Remark]:
    by_sheet = {each.sheet: each for each in layouts}
    for result in results:
        cell, problem = batch[result["row"]]["cell"], result["problem"]
        if problem is not None:
            layout = by_sheet[cell["sheet"]]
            yield Remark(
                **cell,
                column=layout.columns.get(_field(problem)),
                title=_heading(problem, layout.titles),
                text=_why(problem),
            )


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
    if file.suffix.lower() not in SHEETS:
        raise no_sheet(file)
    with file.open("wb") as target:
        write_feedback_sheet(file.name, target, language)
