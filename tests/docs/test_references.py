"""Whatever the documentation names is there: targets, files, modules, commands, links."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from congvu_kit.tools.cli import build

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    {
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("services/*.md"),
        *ROOT.glob("services/*/README.md"),
        *ROOT.glob("deploy/*/README.md"),
    }
)
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FOLDERS = ("services/", "docs/", "deploy/", "tests/", ".ci/")
VARIABLE = re.compile(r"[*<>{}…]|\bX\b|\bNNNN\b|\bX_")
MODULE = re.compile(r"(congvu_\w+|\w+_service)(\.\w+)+")


def code(text: str) -> Iterator[str]:
    """Code spans, and the lines of code blocks."""
    for block in FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    yield from SPAN.findall(FENCE.sub("", text))


def missing_targets(text: str) -> set[str]:
    known = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = {
        target
        for each in code(text)
        for target in re.findall(r"(?:^|[ (`])make ([a-z-]+)(?![\w/.])", each)
    }
    return named - set(known)


def dead_links(text: str, folder: Path) -> set[str]:
    links = {each for each in LINK.findall(FENCE.sub("", text)) if "://" not in each}
    return {each for each in links if not (folder / each).exists()}


def missing_files(text: str, folder: Path) -> set[str]:
    places = [ROOT, folder, *ROOT.glob("*/*/src")]
    named = {
        each.rstrip(".,:;")
        for span in code(text)
        for each in re.split(r"[\s()|,]+", span)
        if _is_path(each)
    }
    return {each for each in named if not any(_is_there(place, each) for place in places)}


def _is_there(place: Path, named: str) -> bool:
    """A file or folder; `file.py::name` is something that the file defines."""
    path, _, name = named.partition("::")
    if not name:
        return (place / path).exists()
    defined = re.compile(rf"^\s*(?:async )?(?:def|class) {re.escape(name)}\b", re.MULTILINE)
    return (place / path).is_file() and bool(defined.search((place / path).read_text()))


def _is_path(text: str) -> bool:
    if VARIABLE.search(text) or "://" in text:
        return False
    inside = re.match(r"(congvu_\w+|\w+_service)/", text) is not None
    return inside or text.startswith(FOLDERS)


def missing_modules(text: str) -> set[str]:
    return {each for each in code(text) if MODULE.fullmatch(each) and not _imports(each)}


def _imports(dotted: str) -> bool:
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            found = getattr(found, attribute, None)
        return found is not None
    return False


def missing_commands(text: str) -> set[str]:
    found = set()
    for each in code(text):
        for words in re.findall(r"(?:^|[ /])congvu ((?:[a-z][a-z-]*(?: |$))+)", each):
            name, command = "congvu", get_command(build())
            for word in words.split():
                inner = getattr(command, "commands", None)
                if inner is None:
                    break
                if word not in inner:
                    found.add(f"{name} {word}")
                    break
                name, command = word, inner[word]
    return found


def test_what_is_not_there_is_found() -> None:
    assert missing_targets("`make cofee`, `make run`") == {"cofee"}
    assert dead_links("[a](README.md) [b](READYOU.md#top) [c](https://example.org)", ROOT) == {
        "READYOU.md"
    }
    text = "`services/kit/none.py` `docs/` `congvu_kit/none.py` `services/<name>/`\n"
    assert missing_files(text, ROOT) == {"services/kit/none.py", "congvu_kit/none.py"}
    here = "tests/docs/test_references.py"
    text = f"`{here}::missing_files` `{here}::missing_feelings`\n"
    assert missing_files(text, ROOT) == {f"{here}::missing_feelings"}
    assert missing_modules("`congvu_kit.none` `congvu_kit.domain.errors.Code`") == {
        "congvu_kit.none"
    }
    text = "```\n.venv/bin/congvu contracts chek\ncongvu import catalogue FILE\ncongvu fly\n```\n"
    assert missing_commands(text) == {"contracts chek", "congvu fly"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_whatever_a_page_names_is_there(page: Path) -> None:
    text = page.read_text()

    missing = [
        *missing_targets(text),
        *dead_links(text, page.parent),
        *missing_files(text, page.parent),
        *missing_modules(text),
        *missing_commands(text),
    ]

    assert missing == []


ANOTHER_PROVINCES = re.compile(rb"\bH56(?:\.\d|-\d{6})", re.IGNORECASE)
"""Units and dossiers of Thanh Hóa, which ours, of Khánh Hòa, once were called after."""

ELSEWHERE = {"tests/docs/test_references.py", "tests/evaluation/dossiers/test_matching.py"}


def test_units_and_dossiers_are_called_after_their_own_province() -> None:
    kinds = ("py", "md", "csv", "json", "toml")
    files = [
        file
        for folder in ("docs", "services", "tests", "deploy", "clients")
        for kind in kinds
        for file in (ROOT / folder).rglob(f"*.{kind}")
        if "node_modules" not in file.parts
    ]

    named = {
        file.relative_to(ROOT).as_posix()
        for file in files
        if ANOTHER_PROVINCES.search(file.read_bytes())
    }

    assert len(files) > 1000
    assert sorted(named - ELSEWHERE) == []
