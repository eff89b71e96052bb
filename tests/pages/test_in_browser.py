"""Every page in a real browser, on a phone and on a wide screen, light and dark: axe finds nothing
against WCAG 2.2 AA, and nothing is wider than the screen."""

import asyncio
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from pages.made_up import MadeUp, numbered, reader
from pages.test_private import FIXED, bearer
from pages.test_private import PAGES as PRIVATE
from pages.test_public import PAGES as PUBLIC_PAGES
from pages.test_public import PUBLIC
from pages_service.rendering import STYLE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
GATEWAY = Path(__file__).parents[2] / "services/gateway"
AXE = GATEWAY / "node_modules/axe-core/axe.min.js"
RECEIPT_PAGE = GATEWAY / "src/page/receipt.html"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"phone": (360, False), "wide, dark": (1280, True)}

CHECK = """
<script src="axe.min.js"></script>
<script>
addEventListener('load', async () => {
  const found = await axe.run(document, {runOnly: RULES});
  const told = found.violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 120)}`);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) told.push(`${root.scrollWidth} wide`);
  parent.postMessage([NAME, told], '*');
});
</script>
"""
FRAMES = """<!doctype html><pre id="told">[]</pre>
<script>
const told = [];
addEventListener('message', ({data}) => {
  told.push(data);
  document.getElementById('told').textContent = JSON.stringify(told);
});
</script>
"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.timeout(240),
]


async def pages() -> dict[str, str]:
    """Each page as it is sent, and the one that checks receipts."""
    graph = MadeUp(text=numbered(), fixed={**PUBLIC, **FIXED, "PublicLogEntry.sequence": 7})
    async with reader(graph) as browser:
        paths = [*PUBLIC_PAGES, *PRIVATE, "/cong-khai/none", "/ket-qua/vao"]
        sent = {path: (await browser.get(path, headers=bearer())).text for path in paths}
    return {**sent, "/bien-nhan": RECEIPT_PAGE.read_text()}


def framed(name: str, html: str, *, dark: bool) -> str:
    """The page with its style in it, and what checks it."""
    style = STYLE.body.decode()
    if dark:
        style = style.replace("@media (prefers-color-scheme: dark)", "@media all")
    html = re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{style}</style>", html)
    check = CHECK.replace("RULES", json.dumps(RULES)).replace("NAME", json.dumps(name))
    end = "</body>" if "</body>" in html else "</html>"
    return html.replace(end, check + end)


def browsed(folder: Path) -> str:
    """What a browser made of the folder's pages, when their scripts were done."""
    done = subprocess.run(
        [
            *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *(f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=60000"),
            (folder / "all.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    return done.stdout


async def test_no_page_keeps_anybody_out(tmp_path: Path) -> None:
    shutil.copy(AXE, tmp_path)
    frames = FRAMES
    names = set()
    for screen, (width, dark) in SCREENS.items():
        for at, (path, html) in enumerate((await pages()).items()):
            name, file = f"{path} ({screen})", f"{width}-{at}.html"
            names.add(name)
            (tmp_path / file).write_text(framed(name, html, dark=dark))
            frames += f'<iframe src="{file}" width="{width}" height="900"></iframe>\n'
    (tmp_path / "all.html").write_text(frames)

    told_text = await asyncio.to_thread(browsed, tmp_path)

    shown = re.search(r'<pre id="told">(.*?)</pre>', told_text, re.DOTALL)
    assert shown, told_text[:500]
    told = dict(json.loads(unescape(shown.group(1))))
    assert set(told) == names
    assert {name: found for name, found in told.items() if found} == {}
