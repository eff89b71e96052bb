"""What follows a run that only checked: the same command, as it was typed, for good."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from congvu_kit.tools.speech import said, tell_next

SECRET, COPY, ENCODING = "--token", "--errors", "--encoding"
WITH_VALUE = (SECRET, COPY, ENCODING)
"""Options that are left out or changed together with what follows them."""


def tell_for_good(*, vi: str, en: str, add: str = "") -> None:
    """`add` is the option that does it, where a command only checks without it."""
    typed = [words for words in _typed() if words != ["--dry-run"]]
    tell_next(_line([*typed, [add]] if add else typed), vi=vi, en=en)


def tell_what_follows(
    file: Path, copy: Path | None, *, refused: int, changes: int, vi: str, en: str, add: str = ""
) -> None:
    """After a check of `file`, whose refused lines stand in `copy`; nothing where nothing would
    change."""
    if refused:
        _tell_check_again(file, copy)
    elif changes:
        tell_for_good(vi=vi, en=en, add=add)


def _tell_check_again(file: Path, copy: Path | None) -> None:
    """What is corrected, in the copy where there is one, is checked."""
    corrected, gone = file, set()
    if copy is not None:
        # A copy of text is in Unicode already; that of a workbook is as it was.
        corrected, gone = copy, {COPY, ENCODING} if copy.suffix.lower() == ".csv" else {COPY}
    typed = [
        [str(corrected)] if Path(words[0]) == file else words
        for words in _typed()
        if words[0] not in gone
    ]
    tell_next(
        _line(typed),
        vi=f"sửa {corrected} rồi kiểm tra lại",
        en=f"correct {corrected} and check it again",
    )


def _typed() -> list[list[str]]:
    """Word by word, those options with what follows them, whichever way they were typed."""
    words = iter(sys.argv[1:])
    return [_with_value(each, words) for each in words]


def _with_value(word: str, rest: Iterator[str]) -> list[str]:
    name, _, value = word.partition("=")
    return [name, value or next(rest, "")] if name in WITH_VALUE else [word]


def _line(typed: Sequence[Sequence[str]]) -> str:
    """For a shell, without what opens an account."""
    hidden = f"{SECRET} {said(vi='MÃ-TRUY-CẬP', en='TOKEN')}"
    words = (hidden if each[0] == SECRET else shlex.join(each) for each in typed)
    return " ".join(["congvu", *words])
