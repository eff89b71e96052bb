"""`congvu keys`: another key takes a key's place while everything runs, in three steps.

`add`: everybody may believe or open with the new one. `use`: it signs or wraps, and the old one
still counts. `retire`: the old one counts no more. Between two steps every part reads its files.
"""

import time
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from congvu_kit.adapters import shared_secret
from congvu_kit.adapters.signatures import (
    add_key,
    next_file,
    private_file,
    public_file,
    read_owner,
    read_signer,
    retire_keys,
    use_key,
)
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said

OVERLAP_S = 120.0
"""Between two steps: parts look every second, a call that was signed counts for 65 s (decision
0007), and where files are handed out as Kubernetes does it, that takes a minute."""

HELP = "Replace keys and secrets while everything runs: add, use, retire."

gateway = typer.Typer(no_args_is_help=True, help="What the gateways sign their calls with.")
events = typer.Typer(no_args_is_help=True, help="What a service signs its events with.")

Overlap: TypeAlias = Annotated[
    float, typer.Option(help="Seconds that every part has had to read the step before.")
]
SecretFile: TypeAlias = Annotated[
    Path, typer.Argument(help="The file of CONGVU_GATEWAY_SECRET_FILE.", exists=True)
]
Folder: TypeAlias = Annotated[
    Path, typer.Argument(help="The folder of CONGVU_EVENT_KEYS_DIR.", exists=True, file_okay=False)
]
Service: TypeAlias = Annotated[str, typer.Argument(help="Whose key: catalogue, ...")]


def require_step(done: bool, *, vi: str, en: str) -> None:
    """The step before this one was taken, or this one was not yet."""
    if not done:
        raise Failure(vi=vi, en=en)


def require_overlap(path: Path, overlap_s: float) -> None:
    """Raise `Failure` while some part may not have read the step before."""
    left_s = path.stat().st_mtime + overlap_s - time.time()
    if left_s > 0:
        raise Failure(
            vi=(
                f"Bước trước mới thực hiện {overlap_s - left_s:.0f} giây: chờ thêm "
                f"{left_s:.0f} giây để mọi phần kịp đọc (--overlap)."
            ),
            en=(
                f"the step before was taken {overlap_s - left_s:.0f} s ago: wait "
                f"{left_s:.0f} s more, "
                "so that every part has read it (--overlap)"
            ),
        )


@gateway.command("status")
def gateway_status(file: SecretFile) -> None:
    """Which secrets count, by names that tell nothing about them; the first signs."""
    first, *others = shared_secret.ids(file)
    typer.echo(said(vi=f"đang ký: {first}", en=f"signs: {first}"))
    for each in others:
        typer.echo(said(vi=f"vẫn được chấp nhận: {each}", en=f"is accepted: {each}"))


@gateway.command("add")
def add_gateway_secret(file: SecretFile) -> None:
    """Make a second secret, which services accept and no gateway signs with yet."""
    require_step(
        len(shared_secret.ids(file)) == 1,
        vi="Đã có hai mã bí mật: hãy chuyển sang dùng mã mới, hoặc loại bỏ mã cũ.",
        en="there are two secrets already: use, or retire",
    )
    shared_secret.add(file)
    gateway_status(file)


@gateway.command("use")
def use_gateway_secret(file: SecretFile, overlap: Overlap = OVERLAP_S) -> None:
    """Let the gateways sign with the second; the first one still counts. Once for each `add`."""
    require_step(
        len(shared_secret.ids(file)) > 1,
        vi="Chỉ có một mã bí mật: chạy add trước.",
        en="there is one secret only: add one first",
    )
    require_overlap(file, overlap)
    shared_secret.use(file)
    gateway_status(file)


@gateway.command("retire")
def retire_gateway_secret(file: SecretFile, overlap: Overlap = OVERLAP_S) -> None:
    """Accept no secret but the one that signs. `congvu_gateway_calls_other_secret_total` of the
    services has stood still since the gateways read the step before."""
    require_step(
        len(shared_secret.ids(file)) > 1,
        vi="Chỉ có một mã bí mật: không có gì để loại bỏ.",
        en="there is one secret only: nothing to retire",
    )
    require_overlap(file, overlap)
    shared_secret.retire(file)
    gateway_status(file)


@events.command("status")
def events_status(folder: Folder, service: Service) -> None:
    """Which key signs and which others are believed."""
    own = read_signer(service, private_file(folder, service)).key_id
    typer.echo(said(vi=f"đang ký: {own}", en=f"signs: {own}"))
    for each in read_owner(service, folder).keys:
        if each != own:
            typer.echo(said(vi=f"vẫn được tin cậy: {each}", en=f"is believed: {each}"))


@events.command("add")
def add_event_key(folder: Folder, service: Service) -> None:
    """Make a second pair: everybody believes it, and nothing is signed with it yet."""
    typer.echo(add_key(folder, service))
    events_status(folder, service)


@events.command("use")
def use_event_key(folder: Folder, service: Service, overlap: Overlap = OVERLAP_S) -> None:
    """Let the service sign with the second; what the first signed is still believed."""
    require_step(
        next_file(folder, service).exists(),
        vi="Không có khóa thứ hai đang chờ: chạy add trước.",
        en="no second key waits: add one first",
    )
    require_overlap(public_file(folder, service), overlap)
    use_key(folder, service)
    events_status(folder, service)


@events.command("retire")
def retire_event_keys(
    folder: Folder,
    service: Service,
    *,
    overlap: Overlap = OVERLAP_S,
    yes: Annotated[
        bool, typer.Option("--yes", help="No outbox and no topic holds what they signed.")
    ] = False,
) -> None:
    """Believe no key but the one that signs. What others signed, and is read after that, becomes a
    dead letter: outboxes keep their rows for CONGVU_OUTBOX_KEEP_DAYS, topics as long as you say."""
    require_step(
        not next_file(folder, service).exists(),
        vi="Khóa thứ hai đang chờ: chạy use trước.",
        en="a second key waits: use it first",
    )
    require_step(
        len(read_owner(service, folder).keys) > 1, vi="Chỉ có một khóa.", en="there is one key only"
    )
    require_step(
        yes,
        vi="Thêm --yes khi không còn hàng chờ gửi và chủ đề nào giữ dữ liệu do khóa cũ ký.",
        en="say --yes once neither an outbox nor a topic holds what the old key signed",
    )
    require_overlap(private_file(folder, service), overlap)
    retire_keys(folder, service)
    events_status(folder, service)


def app() -> typer.Typer:
    """What the kit knows of; services add their own keys beside it."""
    group = typer.Typer(no_args_is_help=True, help=HELP)
    group.add_typer(gateway, name="gateway")
    group.add_typer(events, name="events")
    return group
