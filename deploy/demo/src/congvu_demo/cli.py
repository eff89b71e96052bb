"""`congvu demo`: the main story on a throw-away platform."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console

from congvu_kit.tools.cli import Failure

if TYPE_CHECKING:
    from congvu_local.platform import Platform


def demo() -> None:
    """Run the main story on a throw-away platform; exit 0 only if everything went as told."""
    from congvu_demo.client import NoAnswer, Refused
    from congvu_demo.story.telling import Unexpected
    from congvu_local.platform import Platform

    console = Console(highlight=False, markup=False)
    console.print("Công vụ KPI: the main story, on a platform of its own", style="bold")
    began = time.monotonic()

    def tell(name: str, what: str) -> None:
        console.print(f"  {name:<11} {what}", soft_wrap=True)

    with (
        TemporaryDirectory(prefix="congvu-demo-") as folder,
        Platform(Path(folder), tell=tell) as platform,
    ):
        try:
            asyncio.run(_tell(platform, console))
        except (Unexpected, Refused, NoAnswer, TimeoutError) as failure:
            raise Failure(f"the story went wrong: {failure}") from failure
    console.print(f"\nThe whole story held, in {time.monotonic() - began:.0f} s.", style="bold")


async def _tell(platform: "Platform", console: Console) -> None:
    from congvu_demo.client import Gateway
    from congvu_demo.story import tell_all
    from congvu_demo.story.telling import ConsoleTeller

    async with Gateway(platform.base_url) as gateway:
        await tell_all(platform, gateway, ConsoleTeller(console))
