"""A real browser, driven by its own protocol (Chrome DevTools): what a page does, seen from inside."""

import asyncio
import base64
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WAIT_S = 60
"""For what a page does; a busy machine needs seconds for the editor alone."""

OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--lang=vi")

Json = dict[str, Any]
"""Any: the protocol's messages, each of its own shape."""


class Page:
    """One page of the browser. Expressions are JavaScript, awaited, their values JSON."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)

    async def call(self, method: str, **parameters: object) -> Json:
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer: Json = json.loads(await asyncio.wait_for(self._socket.recv(), WAIT_S))
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                result: Json = answer["result"]
                return result

    async def open(self, url: str) -> None:
        await self.call("Page.navigate", url=url)

    async def screen(self, width: int, height: int, *, mobile: bool = False) -> None:
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=mobile,
        )

    async def value(self, expression: str) -> Any:
        """Any: what the expression is decides."""
        answer = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def until(self, expression: str) -> Any:
        """Its value once it is true; raise `AssertionError` when it does not become so."""
        async with asyncio.timeout(WAIT_S):
            while True:
                try:
                    if found := await self.value(expression):
                        return found
                except AssertionError as unready:
                    last = unready
                    if "Cannot find context" not in str(last) and "destroyed" not in str(last):
                        pass
                await asyncio.sleep(0.1)

    async def picture(self, file: Path) -> None:
        shot = await self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(shot["data"]))


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Page]:
    """A browser with a profile of its own in `folder`, at an empty page."""
    port_file = folder / "DevToolsActivePort"
    process = await asyncio.create_subprocess_exec(
        *(str(CHROMIUM), *OPTIONS, f"--user-data-dir={folder}"),
        *("--remote-debugging-port=0", "about:blank"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(WAIT_S):
            while not port_file.exists() or port_file.read_text().count("\n") < 1:
                await asyncio.sleep(0.05)
        async with connect(await _page_address(port_file), max_size=None) as socket:
            yield Page(socket)
    finally:
        process.terminate()
        await process.wait()


async def _page_address(port_file: Path) -> str:
    """Of the page that is open, through the browser's own socket."""
    port, path = port_file.read_text().splitlines()[:2]
    async with connect(f"ws://127.0.0.1:{port}{path}") as socket:
        while True:
            await socket.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
            targets = json.loads(await socket.recv())["result"]["targetInfos"]
            pages = [each["targetId"] for each in targets if each["type"] == "page"]
            if pages:
                return f"ws://127.0.0.1:{port}/devtools/page/{pages[0]}"
            await asyncio.sleep(0.05)
