"""`congvu import personnel`, `congvu template personnel`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.adapters.boxes import OWN_FILES, Boxes
from congvu_kit.adapters.legacy import Encoding
from congvu_kit.adapters.marking import Remark
from congvu_kit.adapters.tabular import Layout
from congvu_kit.domain.labels import label
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, progress
from congvu_kit.tools.dry_runs import tell_what_follows
from congvu_kit.tools.error_copies import ErrorCopy, Errors, headings_told, new_template
from congvu_kit.tools.import_reports import Json
from congvu_kit.tools.named import UNIT_IS
from congvu_kit.tools.speech import InLanguage, Language, said
from evaluation_service.adapters.cli.personnel_exports import KIND
from evaluation_service.adapters.cli.syncing import SYNC, SyncRun
from evaluation_service.adapters.files.personnel import Personnel, read_in_box
from evaluation_service.adapters.files.places import in_words
from evaluation_service.adapters.files.template import write_personnel_template

_FILE = typer.Argument(help="XLSX, CSV or JSON.", exists=True, dir_okay=False)
_STRICT = typer.Option(help="Send nothing when a line of the file cannot be read.")
_DRY = typer.Option(help="Tell what would happen, row by row, and change nothing.")
_SNAPSHOT = typer.Option(
    metavar="PROVINCE", help="The file is all there is of this province: who is not in it ends."
)
_AGENCY = typer.Option(help=f"With --snapshot: only of this unit and below. {UNIT_IS}")
_ENCODING = typer.Option(help="Of text from before Unicode, which is converted.")
_SHARE = typer.Option(help="0 to 1: refuse when a larger share would end or be detached.")


def import_personnel(
    file: Annotated[Path, _FILE],
    *,
    strict: Annotated[bool, _STRICT] = False,
    dry_run: Annotated[bool, _DRY] = False,
    snapshot: Annotated[str | None, _SNAPSHOT] = None,
    agency: Annotated[str | None, _AGENCY] = None,
    max_removed_share: Annotated[str | None, _SHARE] = None,
    encoding: Annotated[Encoding | None, _ENCODING] = None,
    errors: Errors = None,
    as_json: Json = False,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Send units, positions and people of a file. Running it again changes nothing. A column that
    is not there leaves what is known; a line that is wrong is told, the others are taken."""
    with headings_told(file, errors, encoding):
        found = read_in_box(Boxes(limits=OWN_FILES), file, encoding)
    _tell_reading(found, as_json=as_json)
    copy = ErrorCopy(file, errors, [Layout(**each) for each in found["layouts"]], encoding)
    copy.remarks += [_unread(each) for each in found["faults"] if each["cell"]]
    run = SyncRun(dry_run=dry_run, max_removed_share=max_removed_share, as_json=as_json)
    for each in found["faults"]:
        run.unread(each)
    if found["faults"] and (strict or snapshot):
        copy.write()
        _end(run, copy, as_json, checked=dry_run, done=False)
        raise _nothing_sent(len(found["faults"]))
    with Gateway(url, token) as gateway, progress(_doing(dry_run=dry_run)) as advance:
        for sent in run.calls(found["rows"]):
            run.tell(gateway.mutate(SYNC, "syncPersonnel", run.input(sent)), sent)
            advance(sum(len(each) for each in sent.values()))
        if snapshot:
            run.end_missing(gateway, found["rows"], snapshot, agency)
    copy.remarks += run.remarks
    copy.write()
    _end(run, copy, as_json, checked=dry_run, done=not dry_run)
    if run.refused:
        raise typer.Exit(1)


def _doing(*, dry_run: bool) -> str:
    if dry_run:
        return said(vi="đang kiểm tra", en="checking")
    return said(vi="đang nhập", en="importing")


def _end(run: SyncRun, copy: ErrorCopy, as_json: bool, *, checked: bool, done: bool) -> None:
    """What it came to, and after a check the command that follows."""
    if as_json:
        typer.echo(run.report.as_json(done=done))
        return
    language = language_of(os.environ)
    counts = [
        f"{count} {label('RowOutcome', name.upper(), language)}"
        for name, count in run.counts.items()
    ]
    if run.unread_lines:
        unread = run.unread_lines
        counts.append(said(vi=f"{unread} dòng không đọc được", en=f"lines not read: {unread}"))
    typer.echo(", ".join(counts))
    if checked:
        changes = run.counts["changed"] + len(run.report.ended)
        words = {"vi": "nhập dữ liệu nhân sự", "en": "import it"}
        tell_what_follows(copy.file, copy.target, refused=run.refused, changes=changes, **words)


def _nothing_sent(count: int) -> Failure:
    return Failure(
        vi=f"Không đọc được {count} ô; chưa gửi dòng nào.",
        en=f"{count} cells cannot be read; nothing was sent",
    )


def _unread(fault: Mapping[str, Any]) -> Remark:
    return Remark(**fault["cell"], text=said(vi=fault["vi"], en=fault["en"]))


def _tell_reading(found: Personnel, *, as_json: bool) -> None:
    """Faults of lines stand in the JSON."""
    for name in found["unread"]:
        unread = said(
            vi=f"Trang tính «{name}» không phải dữ liệu nhân sự và chưa được đọc.",
            en=f"sheet {name!r} is none of personnel and was not read",
        )
        typer.echo(unread, err=True)
    for each in (*found["notes"], *(() if as_json else found["faults"])):
        typer.echo(f"{in_words(each['place'])}: {said(vi=each['vi'], en=each['en'])}", err=True)


def write_template(
    file: Annotated[Path, typer.Argument(help="Where to, .xlsx, or .csv with --kind.")],
    *,
    kind: Annotated[str | None, KIND] = None,
    language: InLanguage = Language.VI,
) -> None:
    """Write sheets to fill in: an example in each, which is never imported, lists to choose from,
    and a note on every heading."""
    with new_template(file, f"congvu personnel sync {file} --dry-run"):
        write_personnel_template(file, kind, language)
