"""The examples of a guide, as a comment before a fenced block marks them.

`<!-- file: NAME -->` adds the block to a file, `<!-- run -->` is for the shell, and the lines of
`<!-- output -->` come out of what was run before it; … stands for anything. A guide is walked by
one shell from top to bottom in a folder of its own, so that later blocks see what earlier ones set.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MARKED = re.compile(
    r"^<!-- (?P<kind>file|run|output)(?:: (?P<name>\S+))? -->\n```\w*\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
WALK_S = 400
DOCS = Path(__file__).parents[2] / "docs"


@dataclass(frozen=True)
class Block:
    kind: str
    name: str | None
    text: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text()
    return [Block(each["kind"], each["name"], each["text"]) for each in MARKED.finditer(text)]


def fenced(text: str, language: str) -> list[str]:
    """Every block of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def script(found: list[Block]) -> str:
    """Files grow where their blocks stand, so that one may be run before it has its end."""
    lines = ["set -euo pipefail"]
    for block in found:
        if block.kind == "file":
            lines.append(f"cat >> {block.name} <<'END OF BLOCK'\n{block.text}END OF BLOCK")
        elif block.kind == "run":
            lines.append(block.text)
    return "\n".join(lines)


def walk(page: Path, folder: Path, environment: Mapping[str, str]) -> str:
    """What came out; raise `AssertionError` where a command failed or said something else."""
    found = blocks(page)
    done = subprocess.run(
        ["bash", "-c", script(found)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=WALK_S,
        check=False,
    )
    assert done.returncode == 0, f"{page.name}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    said = done.stdout + done.stderr
    for block in found:
        if block.kind == "output":
            for line in block.text.splitlines():
                assert re.search(wanted(line), said, re.MULTILINE), (line, said[-3000:])
    return said


def wanted(line: str) -> str:
    return "^" + ".*".join(map(re.escape, line.split("…"))) + "$"


GUIDES = sorted(page.stem for page in DOCS.glob("*.md") if blocks(page))
"""Pages with examples that are run; each stands in both languages."""
