"""`congvu demo`: the main story on a throw-away platform, or on one that runs elsewhere."""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from congvu_kit.tools.cli import Failure
from congvu_kit.tools.failure import WrongCall
from congvu_kit.tools.speech import said

if TYPE_CHECKING:
    from congvu_demo.place import Place

At = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The gateway of an empty platform that runs elsewhere and trusts the local issuer of "
        "CONGVU_DATA_DIR; instead of a platform of its own.",
    ),
]
Load = Annotated[
    bool, typer.Option("--load", help="With --at: load the demo data instead of telling the story.")
]


def demo(at: At = None, load: Load = False) -> None:
    """Run the main story on a throw-away platform; exit 0 only if everything went as told."""
    console = Console(highlight=False, markup=False)
    if load and at is None:
        raise WrongCall(vi="Chỉ dùng cùng --at.", en="belongs to --at", param_hint="--load")
    if at is None:
        _on_a_platform_of_its_own(console)
        return
    from congvu_demo.place import Elsewhere

    place = Elsewhere(at.rstrip("/"), dict(os.environ))
    if load:
        _hold(lambda: _load(place, console))
        seen_at = os.environ.get("PAGES_PUBLIC_URL", place.base_url)
        there = said(vi="Đã có dữ liệu mẫu", en="The demo data is there")
        console.print(f"{there}: {seen_at}/graphql, {seen_at}/cong-khai")
    else:
        _tell(place, console)


def _on_a_platform_of_its_own(console: Console) -> None:
    from congvu_local.platform import Platform

    title = said(
        vi="Công vụ KPI: quy trình chính, trên một nền tảng tạm",
        en="Công vụ KPI: the main story, on a platform of its own",
    )
    console.print(title, style="bold")

    def tell(name: str, what: str) -> None:
        console.print(f"  {name:<11} {what}", soft_wrap=True)

    with (
        TemporaryDirectory(prefix="congvu-demo-") as folder,
        Platform(Path(folder), tell=tell) as platform,
    ):
        _tell(platform, console)


def _tell(place: "Place", console: Console) -> None:
    began = time.monotonic()
    _hold(lambda: _story(place, console))
    took_s = time.monotonic() - began
    told = said(
        vi=f"Toàn bộ quy trình chạy đúng, trong {took_s:.0f} giây.",
        en=f"The whole story held, in {took_s:.0f} s.",
    )
    console.print(f"\n{told}", style="bold")


def _hold(act: Callable[[], Coroutine[None, None, None]]) -> None:
    from congvu_demo.client import NoAnswer, Refused
    from congvu_demo.story.telling import Unexpected

    try:
        asyncio.run(act())
    except (Unexpected, Refused, NoAnswer, TimeoutError) as failure:
        raise Failure(
            vi=f"Quy trình chạy thử không đúng: {failure}", en=f"the story went wrong: {failure}"
        ) from failure


async def _story(place: "Place", console: Console) -> None:
    from congvu_demo.client import Gateway
    from congvu_demo.story import tell_all
    from congvu_demo.story.telling import ConsoleTeller

    async with Gateway(place.base_url) as gateway:
        await tell_all(place, gateway, ConsoleTeller(console))


async def _load(place: "Place", console: Console) -> None:
    from congvu_demo.load import load

    await load(place.base_url, place.issuer.token, lambda done: console.print(f"  {done}"))
