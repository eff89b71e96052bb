"""`congvu up` and `congvu token`."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Any, Never, TypeAlias

import typer
from rich.console import Console

from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import NotFound
from congvu_kit.tools.client import GATEWAY_URL, Gateway
from congvu_kit.tools.failure import WrongCall
from congvu_kit.tools.named import OFFICER_IS, UNIT_IS, officer_id, unit_id
from congvu_kit.tools.speech import said
from congvu_local.demo import FILE, DemoData, is_loaded
from congvu_local.errors import ProgramFailed
from congvu_local.folder import DataFolder
from congvu_local.layout import EVERYWHERE
from congvu_local.platform import Platform
from congvu_local.ports import LOOPBACK
from congvu_local.screen import welcome
from congvu_local.settings import LocalSettings
from congvu_local.showcase import Showcase, demo_load
from congvu_local.tokens import HOURS, LocalIssuer

NATIONAL = "personnel:national"
"""The scope of who may see every person, of whatever province."""

RENEW_TOKENS_S = HOURS / 2 * 3600
"""The playground's tokens are made anew when half their time is over."""

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


Officer: TypeAlias = Annotated[str | None, typer.Option(help=f"The person behind it. {OFFICER_IS}")]


class StopAsked(BaseException):
    """A signal asks to end; raised wherever the main thread is."""


def up(
    demo: Annotated[
        bool, typer.Option(help="Load the demo data when nothing is there yet.")
    ] = True,
    restart: Annotated[
        bool, typer.Option(help="Start a part that dies again instead of ending everything.")
    ] = False,
) -> None:
    """Start the whole platform on this machine; Ctrl-C ends it, the data stays.

    CONGVU_DATA_DIR (var) holds the data, CONGVU_GATEWAY_PORT (4000) is where it answers.
    """
    console = Console(highlight=False, markup=False)
    platform = Platform(
        settings=LocalSettings.from_environment(os.environ),
        restarts=restart,
        tell=lambda name, what: console.print(f"  {name:<11} {what}", soft_wrap=True),
    )
    ignored = threading.Event()
    with _signals(ignored):
        try:
            _run(platform, console, demo=demo)
        except ProgramFailed as failure:
            Console(stderr=True, highlight=False, markup=False).print(failure.tail, soft_wrap=True)
            raise
        except StopAsked:
            console.print(said(vi="đang dừng; dữ liệu được giữ lại", en="stopping; the data stays"))
        finally:
            ignored.set()
            platform.stop()


def _run(platform: Platform, console: Console, *, demo: bool) -> Never:
    path = platform.folder.path
    begins = said(
        vi=f"Công vụ KPI đang khởi động; dữ liệu ở {path}",
        en=f"Công vụ KPI starts; data in {path}",
    )
    console.print(begins, soft_wrap=True)
    with console.status(said(vi="đang khởi động", en="starting")):
        platform.start()
    data = DemoData(
        platform.folder.path / FILE,
        mongo_url=platform.mongo_url,
        database_prefix=platform.settings.database_prefix,
    )
    if demo:
        _load_demo(data, platform, console)
    showcase = _showcase(platform.folder)
    platform.write_playground(showcase)
    for line in welcome(platform.base_url, showcase.callers):
        console.print(line, soft_wrap=True)
    while True:
        platform.supervisor.wait(RENEW_TOKENS_S)
        platform.write_playground(showcase)


def _load_demo(data: DemoData, platform: Platform, console: Console) -> None:
    def tell(step: str) -> None:
        name = said(vi="dữ liệu mẫu", en="demo data")
        console.print(f"  {name:<11} {step}", soft_wrap=True)

    if not data.wanted():
        tell(said(vi="không nạp: đã có dữ liệu", en="not loaded: something is there already"))
        return
    load = demo_load()
    with console.status(said(vi="đang nạp dữ liệu mẫu", en="loading the demo data")):
        data.load(lambda: load(platform.base_url, platform.token_for, tell))


def _showcase(folder: DataFolder) -> Showcase:
    return Showcase.of_demo() if is_loaded(folder.path) else Showcase.plain()


@contextmanager
def _signals(ignored: threading.Event) -> Iterator[None]:
    """Signals raise `StopAsked`, once: children that are being ended are not left half-way."""

    def ask(number: int, frame: FrameType | None) -> None:
        if not ignored.is_set():
            ignored.set()
            raise StopAsked

    before = {number: signal.signal(number, ask) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def token(  # noqa: PLR0917 - typer names the options after the parameters
    role: Annotated[
        list[Role] | None, typer.Option(help="A role; may be given more than once.")
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="ROLE|NAME",
            help="Instead: a caller of the playground or a person of the demo data.",
        ),
    ] = None,
    province: Annotated[str | None, typer.Option(help="Province code, as 56.")] = None,
    unit: Annotated[
        str | None, typer.Option(help=f"Where the roles hold, also with --as. {UNIT_IS}")
    ] = None,
    officer: Officer = None,
    subject: Annotated[
        str | None, typer.Option(help="Who it is; the officer when not given.")
    ] = None,
    hours: Annotated[float, typer.Option(min=0.01, max=24, help="How long it is good.")] = HOURS,
) -> None:
    """Print a token of the local issuer, and nothing else."""
    if (as_ is None) == (not role) or (as_ and any((province, officer, subject))):
        raise _one_of_two_ways()
    settings = LocalSettings.from_environment(os.environ)
    folder = _started(settings)
    issuer = _issuer(settings, folder)
    roles: list[str] = [*(role or ())]
    claims: dict[str, Any] = {"province": province, "officer": officer, "subject": subject}
    if officer is not None:
        claims["officer"] = _officer(settings, issuer, officer)
    if as_ is not None:
        caller = _showcase(folder).caller(as_)
        roles, claims = [caller["role"]], {**caller["claims"]}
    if unit is not None:
        place = claims.get("province")
        claims["unit"] = _asked(settings, "", lambda known: unit_id(known, unit, place))
    typer.echo(issuer.token(*roles, hours=hours, **claims))


def _issuer(settings: LocalSettings, folder: DataFolder) -> LocalIssuer:
    return LocalIssuer(key=folder.issuer_key(), issuer=settings.issuer, audience=settings.audience)


def _officer(settings: LocalSettings, issuer: LocalIssuer, officer: str) -> str:
    reader = issuer.token(Role.PERSONNEL_SYNC, scope=NATIONAL)
    return _asked(settings, reader, lambda known: officer_id(known, officer))


def _asked(settings: LocalSettings, token: str, of: Callable[[Gateway], str]) -> str:
    """What the platform knows that runs here, or where CONGVU_GATEWAY_URL says; units are public,
    so nobody asks for them."""
    host = LOOPBACK if settings.gateway_host in EVERYWHERE else settings.gateway_host
    url = os.environ.get(GATEWAY_URL) or f"http://{host}:{settings.ports['gateway']}"
    with Gateway(url, token) as gateway:
        return of(gateway)


def _one_of_two_ways() -> WrongCall:
    return WrongCall(
        vi="Ghi --as, hoặc ghi --role cùng các thông tin kèm theo.",
        en="either --as, or --role with its claims",
        param_hint="--as",
    )


def _started(settings: LocalSettings) -> DataFolder:
    """Its folder, where a platform has been at least once."""
    folder = DataFolder(settings.data_dir)
    if not folder.issuer_key_file.exists():
        raise NotFound(
            en=f"no issuer in {folder.path}: start `congvu up` there once",
            vi=f"chưa có bộ cấp mã truy cập trong {folder.path}: hãy chạy `congvu up` một lần",
            field="CONGVU_DATA_DIR",
        )
    return folder
