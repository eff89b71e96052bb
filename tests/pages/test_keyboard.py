"""Every page by keyboard alone, in a real browser: the Tab key meets whatever can be used, in the
order in which it is read, shows where it is, and gets out again."""

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from pages.test_in_browser import CHROMIUM, pages
from pages_service.rendering import STYLE

PORT_WITHIN_S = 30

# What can be used by hand, as it stands in the page.
USABLE = """
const usable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(each => each.type !== 'hidden' && !each.disabled && each.getClientRects().length > 0);
"""
HERE = (
    USABLE
    + """
const here = document.activeElement, style = getComputedStyle(here);
const {top, bottom, left, right} = here.getBoundingClientRect();
const seen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
return [usable.indexOf(here), seen, marked];
"""
)

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.timeout(240),
]


class Tab:
    """One page of the browser, asked over the Chrome DevTools Protocol."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    async def ask(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        async for text in self._socket:
            said = json.loads(text)
            if said.get("id") == number:
                assert "error" not in said, said
                return said["result"]
        raise AssertionError("the browser is gone")

    async def told(self, script: str) -> Any:
        asked = await self.ask(
            "Runtime.evaluate", expression=f"(() => {{{script}}})()", returnByValue=True
        )
        return asked["result"].get("value")

    async def show(self, html: str) -> None:
        """Scripts of the page itself are off, as with a reader who has none."""
        await self.ask("Emulation.setScriptExecutionDisabled", value=True)
        frame = (await self.ask("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        await self.ask("Page.setDocumentContent", frameId=frame, html=html)

    async def press_tab(self) -> None:
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        await self.ask("Input.dispatchKeyEvent", type="rawKeyDown", **key)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", **key)


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Tab]:
    running = await asyncio.create_subprocess_exec(
        *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu"),
        *("--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert running.stderr is not None
        address = await asyncio.wait_for(_address(running.stderr), PORT_WITHIN_S)
        async with connect(address, max_size=None) as whole:
            control = Tab(whole)
            target = (await control.ask("Target.createTarget", url="about:blank"))["targetId"]
            page = f"{address.partition('/devtools')[0]}/devtools/page/{target}"
            async with connect(page, max_size=None) as socket:
                yield Tab(socket)
    finally:
        running.kill()
        await running.communicate()


async def _address(lines: asyncio.StreamReader) -> str:
    async for line in lines:
        if found := re.search(r"ws://\S+", line.decode()):
            return found[0]
    raise AssertionError("the browser did not start")


def styled(html: str) -> str:
    style = f"<style>{STYLE.body.decode()}</style>"
    return re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: style, html)


async def test_the_tab_key_meets_everything_in_order_and_gets_out(tmp_path: Path) -> None:
    astray = {}
    async with browser(tmp_path) as tab:
        await tab.ask("Page.enable")
        for path, html in (await pages()).items():
            await tab.show(styled(html))
            count = await tab.told(USABLE + "return usable.length;")
            assert count > 1, path
            met = []
            for _ in range(count):
                await tab.press_tab()
                met.append(await tab.told(HERE))
            await tab.press_tab()
            after, *_ = await tab.told(HERE)
            wanted = [[at, True, True] for at in range(count)]
            if met != wanted or after not in (-1, 0):
                astray[path] = [
                    each for each, right in zip(met, wanted, strict=True) if each != right
                ]
    assert astray == {}
