"""`congvu export period`, `congvu verify-period`."""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from congvu_kit.adapters.sheets import write_sheet
from congvu_kit.tools import log_export
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, progress
from congvu_kit.tools.exports.running import SYSTEM, manifest_of
from congvu_kit.tools.failure import WrongCall
from congvu_kit.tools.named import PERIOD_IS, Period, period_id
from congvu_kit.tools.speech import said
from evaluation_service.adapters.cli import sealed_periods

PLACES = """
query Places($period: ID!, $unit: ID!) {
  evaluationPeriod(id: $period) {
    id code name kind state province startsOn endsOn revision seal { hash number }
  }
  orgUnit(id: $unit) { id }
}"""


def require_sheet(file: Path) -> None:
    if file.suffix.lower() not in (".xlsx", ".csv", ".json"):
        raise Failure(
            vi=f"{file.name}: tên tệp phải có đuôi .xlsx, .csv hoặc .json.",
            en=f"{file.name}: {file.suffix!r} is none of .xlsx, .csv, .json",
        )


def require_there(gateway: Gateway, period: str, unit: str | None) -> Mapping[str, Any]:
    """The period; an empty sheet of one that is not there would look like one without results."""
    found = gateway.query(PLACES, {"period": period, "unit": unit or period})
    if found["evaluationPeriod"] is None:
        raise Failure(
            vi="Không tìm thấy kỳ đánh giá này; chưa ghi gì.",
            en="there is no such period; nothing was written",
        )
    if unit is not None and found["orgUnit"] is None:
        raise Failure(
            vi="Không tìm thấy đơn vị này; chưa ghi gì.",
            en="there is no such unit; nothing was written",
        )
    of: Mapping[str, Any] = found["evaluationPeriod"]
    return of


def write_rows(
    file: Path, title: str, headings: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """As the ending of the file says, safe to open in a spreadsheet."""
    if file.suffix.lower() == ".json":
        text = json.dumps(rows, ensure_ascii=False, indent=2)
        file.write_text(text + "\n", encoding="utf-8")
        return
    cells = ([row.get(heading) for heading in headings] for row in rows)
    lines = (["" if value is None else str(value) for value in row] for row in cells)
    with file.open("wb") as target:
        write_sheet(file.name, target, title, headings, lines)


def export_period(
    period: Period,
    *,
    out: Annotated[Path, typer.Option(help="Where to, .json.")],
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Write a closed period with its seal, runs, results, sheets and policies, for
    `verify-period --seal`, and a manifest for `verify-export`. Needs a token that sees the whole
    province, such as an auditor's."""
    with Gateway(url, token) as gateway, progress(said(vi="đang ghi", en="exporting")) as advance:
        begun = SYSTEM.now()
        of = require_there(gateway, period_id(gateway, period), None)
        sealed = sealed_periods.fetch(gateway, of["id"], advance)
    sealed_periods.to_file(sealed, out)
    about = {"kind": "period", "asked": {"period": of["id"]}, "period": of}
    manifest_of(out, sealed.results, {**about, "begunAt": begun.isoformat()})
    count, seal = sealed.results, sealed.seal_hash
    told = said(
        vi=f"Đã ghi {count} kết quả có dấu niêm phong {seal} vào {out}.",
        en=f"{count} results under seal {seal} written to {out}",
    )
    typer.echo(told)


_SEAL = typer.Option(help="An export of a closed period.", exists=True, dir_okay=False)
_LOG = typer.Option(help="An export of the public log.", exists=True, dir_okay=False)


def verify_period(
    period: Annotated[str | None, typer.Argument(help=PERIOD_IS)] = None,
    *,
    seal: Annotated[Path | None, _SEAL] = None,
    log: Annotated[Path | None, _LOG] = None,
    key: Annotated[str | None, typer.Option(help="The log's key, known from elsewhere.")] = None,
    url: Url = GATEWAY,
    token: Token = "",
) -> None:
    """Recompute a closed period from its stored snapshots; compare every field with the seal, and
    the seal with the public log.

    Ends with 1 and names what differs when a single field was changed. A period is asked of the
    gateway, with a token that sees the whole province, such as an auditor's, and so is the public
    log; with --seal and --log both are files and nothing is asked of anybody.
    """
    if (period is None) is (seal is None) or (seal is not None and log is None):
        raise WrongCall(
            vi="Ghi mã kỳ, hoặc --seal và --log.", en="give PERIOD, or --seal and --log"
        )
    if seal is not None:
        sealed = sealed_periods.from_file(seal)
    else:
        doing = said(vi="đang kiểm tra", en="verifying")
        with Gateway(url, token) as gateway, progress(doing) as advance:
            sealed = sealed_periods.fetch(gateway, period_id(gateway, str(period)), advance)
    public_log = log_export.from_file(log) if log else log_with(sealed, url)
    signed = log is not None or key is not None
    differences = [*sealed.findings(), *sealed.log_findings(public_log, key, signed=signed)]
    for difference in differences:
        typer.echo(difference, err=True)
    if differences:
        raise Failure(
            vi=f"Có {len(differences)} chỗ khác trong {sealed.results} kết quả.",
            en=f"{len(differences)} differences in {sealed.results} results",
        )
    typer.echo(_whole(sealed.results))


def _whole(results: int) -> str:
    return said(
        vi=f"Đã tính lại {results} kết quả; mọi mục khớp với dấu niêm phong, và nhật ký công khai "
        "có dấu niêm phong này.",
        en=f"{results} results recomputed; every field agrees with the seal, and the public log "
        "holds it",
    )


LOG_WAITS_S = (1, 2, 4, 8)
"""An event takes a second or two to the log; the wait ends with what is there."""


def log_with(sealed: sealed_periods.SealedPeriod, url: str) -> log_export.Export:
    """The public log of the gateway once it holds this seal, or as it is after a while: the seal
    travels there as an event."""
    for wait_s in (*LOG_WAITS_S, None):
        log = log_export.from_url(url, progress=lambda _done, _size: None)
        if wait_s is None or not sealed.log_findings(log, None, signed=False):
            break
        time.sleep(wait_s)
    return log
