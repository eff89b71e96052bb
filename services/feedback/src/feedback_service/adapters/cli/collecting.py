"""`congvu import feedback`, `congvu template feedback`."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.adapters.boxes import OWN_FILES, Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.sheets import write_sheet
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, batches, progress
from feedback_service.adapters.files.collected import COLUMNS, read_in_box

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
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Pass on what people said on paper, by telephone or at a meeting, in the name of the account
    that sends it. The same file sent again is taken once. A line that is wrong is told, the others
    are taken."""
    found = read_in_box(Boxes(limits=OWN_FILES), file, encoding)
    for each in (*found["notes"], *found["faults"]):
        typer.echo(f"{each['place']}: {each['vi']} / {each['en']}", err=True)
    # The file itself is the key, so that an import that broke off goes on where it was.
    name = hashlib.sha256(file.read_bytes()).hexdigest()[:32]
    taken, refused, lines = (
        0,
        len({each["place"].rpartition(",")[0] for each in found["faults"]}),
        [],
    )
    with Gateway(url, token) as gateway, progress("importing") as advance:
        for number, batch in enumerate(batches(found["rows"], BATCH_ROWS)):
            given = {
                "idempotencyKey": f"import-{name}-{number}-{'send' if send else 'dry'}",
                "dryRun": not send,
                "rows": [each["row"] for each in batch],
            }
            report = gateway.mutate(SUBMIT, "submitFeedbackBulk", given)
            taken, refused = taken + report["taken"], refused + report["refused"]
            lines += _told(report["results"], batch)
            advance(len(batch))
    if receipts is not None:
        receipts.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines))
    typer.echo(f"{taken} {'taken' if send else 'would be taken'}, {refused} refused")
    if refused:
        raise typer.Exit(1)


def _told(
    results: Sequence[Mapping[str, Any]], batch: Sequence[Mapping[str, Any]]
) -> list[dict[str, object]]:
    """Per line: who refused it and why, or the receipt that belongs to whoever said it."""
    told: list[dict[str, object]] = []
    for result in results:
        place, problem = batch[result["row"]]["place"], result["problem"]
        if problem is not None:
            field = (problem["field"] or "").rpartition(".")[2]
            heading = COLUMNS[field].heading if field in COLUMNS else field
            rule = f" [{problem['ruleId']}]" if problem["ruleId"] else ""
            typer.echo(f"{place} {heading}: {problem['message']}{rule}", err=True)
        told.append({"place": place, **result})
    return told


def write_feedback_template(
    file: Annotated[Path, typer.Argument(help="Where to, .xlsx or .csv.")],
) -> None:
    """Write an empty sheet with every heading that an import knows."""
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise Failure(f"{file.name} is none of .xlsx, .csv")
    with file.open("wb") as target:
        headings = [each.heading for each in COLUMNS.values()]
        write_sheet(file.name, target, "Ý kiến", headings, [])
