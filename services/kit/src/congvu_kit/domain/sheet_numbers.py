"""Numbers as people write them: 1.200,5 in Vietnam, 1,200.5 elsewhere, told by their column."""

import re
from collections.abc import Iterable
from typing import Final

COMMA: Final = ","
DOT: Final = "."
_WRITTEN: Final = {
    COMMA: re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?", re.ASCII),
    DOT: re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?", re.ASCII),
}
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)


class Ambiguous(Exception):
    """It is one number in Vietnam and another elsewhere."""


def meanings(text: str) -> dict[str, str]:
    """By the decimal sign that is taken for granted: the number with a full stop."""
    return {
        sign: text.replace(DOT if sign == COMMA else COMMA, "").replace(COMMA, DOT)
        for sign, form in _WRITTEN.items()
        if form.fullmatch(text)
    }


def signs_in(texts: Iterable[str]) -> frozenset[str]:
    """The decimal signs that a column must be read with."""
    only = (meanings(text) for text in texts)
    return frozenset(next(iter(each)) for each in only if len(each) == 1)


def number_in(text: str, signs: frozenset[str]) -> str | None:
    """The number that `text` is in a column of these signs, with a full stop; None for none. Raise
    `Ambiguous`."""
    found = meanings(text)
    if len(set(found.values())) > 1:
        if len(signs) != 1:
            raise Ambiguous
        return found[next(iter(signs))]
    return next(iter(found.values()), None)


def written(number: str) -> str:
    """A number with a full stop so that it is read as itself wherever it stands: 1.125 is 1.1250,
    which nobody takes for a thousand."""
    return f"{number}0" if _THOUSANDS.fullmatch(number) else number
