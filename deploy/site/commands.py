"""The reference of the command line, made from the command itself."""

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

from typer.main import get_command

from congvu_kit.tools.cli import build
from congvu_kit.tools.help_texts import around, in_vietnamese
from deploy.site.words import Words, cell

Command = Any
"""Of click, which typer has its own copy of."""


def pages(root: Path, words: Words) -> dict[str, str]:
    del root
    head = [
        f"# {words('The command', 'Dòng lệnh')}\n",
        words(
            "Everything that `congvu` does, made from its own `--help`. Exit code 0: done; 1: not "
            "done, the reason is told; 2: the command was written wrongly.\n",
            "Toàn bộ các lệnh của `congvu`, lập từ phần trợ giúp `--help`. Mã thoát 0: đã thực "
            "hiện; 1: chưa thực hiện, kèm lý do; 2: viết lệnh chưa đúng.\n",
        ),
    ]
    told = (line for path, each in _all(words.language) for line in _one(words, path, each))
    return {"reference/commands.md": "\n".join([*head, *told])}


def paths() -> list[list[str]]:
    """The words of every command and group."""
    return [path for path, _ in _all("en")]


def _all(language: str) -> Iterator[tuple[list[str], Command]]:
    root = get_command(build())
    yield from _under(["congvu"], in_vietnamese(root) if language == "vi" else root)


def _under(path: list[str], group: Command) -> Iterator[tuple[list[str], Command]]:
    """Plain commands first, then groups with what stands in them."""
    inner = sorted(group.commands.items(), key=lambda pair: (hasattr(pair[1], "commands"), pair[0]))
    for name, each in inner:
        yield [*path, name], each
        if hasattr(each, "commands"):
            yield from _under([*path, name], each)


def _one(words: Words, path: list[str], command: Command) -> Iterator[str]:
    context = command.make_context(path[-1], [], resilient_parsing=True)
    yield f"{'#' * len(path)} {' '.join(path)} {{#{'-'.join(path)}}}\n"
    pieces = _around(words, " ".join([*path, *command.collect_usage_pieces(context)]))
    yield f"```\n{pieces}\n```\n"
    yield f"{words.of(cleandoc(command.help or ''))}\n"
    rows = [record for each in command.params if (record := each.get_help_record(context))]
    if rows:
        yield words.row("option", "meaning")
        yield from (
            f"| `{cell(name)}` | {cell(words.of(_around(words, told)))} |" for name, told in rows
        )
        yield ""


def _around(words: Words, text: str) -> str:
    """What the library says beside our words, in the language of the site."""
    return words(text, around(text))
