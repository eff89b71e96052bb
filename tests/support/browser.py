"""A real browser, driven by its own protocol (Chrome DevTools): what a page does, from inside."""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from support.polling import until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WAIT_S = 60
"""For what a page does; a busy machine needs seconds for the editor alone."""

OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")

Json = dict[str, Any]
"""Any: the protocol's messages, each of its own shape."""


class PageError(Exception):
    """An expression failed in the page."""


class Page:
    """One page of the browser. Expressions are JavaScript, awaited; their values are JSON."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)

    def call(self, method: str, **parameters: object) -> Json:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer: Json = json.loads(self._socket.recv(WAIT_S))
            if answer.get("id") == number:
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error']}")
                result: Json = answer["result"]
                return result

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def screen(self, width: int, height: int, *, mobile: bool = False) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=mobile,
        )

    def value(self, expression: str) -> Any:
        """Any: what the expression is decides. Raises `PageError`."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise PageError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def until(self, expression: str) -> Any:
        """Its value once it is true, however often the page is another until then."""
        found: list[Any] = []

        def is_true() -> bool:
            try:
                found[:] = [self.value(expression)]
            except PageError:
                return False
            return bool(found[0])

        until(is_true, within_s=WAIT_S, what=expression)
        return found[0]

    def picture(self, file: Path) -> None:
        shot = self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """A browser with a profile of its own, at an empty page."""
    port_file = profile / "DevToolsActivePort"
    command = [str(CHROMIUM), *OPTIONS, f"--user-data-dir={profile}", "--remote-debugging-port=0"]
    with subprocess.Popen(
        [*command, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            until(
                lambda: port_file.exists() and "\n" in port_file.read_text(),
                within_s=WAIT_S,
                what="the browser listens",
            )
            with connect(_page_address(port_file), max_size=None) as socket:
                yield Page(socket)
        finally:
            process.terminate()


def _page_address(port_file: Path) -> str:
    """Of the page that is open, asked of the browser itself."""
    port, path = port_file.read_text().splitlines()[:2]
    pages: list[str] = []

    def there_is_one() -> bool:
        socket.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
        targets = json.loads(socket.recv(WAIT_S))["result"]["targetInfos"]
        pages[:] = [each["targetId"] for each in targets if each["type"] == "page"]
        return bool(pages)

    with connect(f"ws://127.0.0.1:{port}{path}") as socket:
        until(there_is_one, within_s=WAIT_S, what="a page is open")
    return f"ws://127.0.0.1:{port}/devtools/page/{pages[0]}"
