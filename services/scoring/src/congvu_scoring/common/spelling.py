"""What somebody who misspelt a name meant."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from congvu_scoring.common.bilingual import Bilingual

ALIKE = 0.68
"""Least similarity, 0 to 1: KIND for KND and TEAMWORK for TEAMWROK, but not LEADER for HEAD."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, whatever its case; None when none is like it."""
    names = list(known)
    found = get_close_matches(name, names, 1, ALIKE)
    if found:
        return found[0]
    folded = {item.casefold(): item for item in names}
    return folded.get(name.casefold())


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message: what was meant, or nothing."""
    return meant(name, known).en


def meant(name: str, known: Iterable[str]) -> Bilingual:
    """The same in both languages."""
    near = nearest(name, known)
    return _near(near) if near else Bilingual("", "")


def _near(near: str) -> Bilingual:
    return Bilingual(f"; có phải «{near}»?", f"; did you mean {near!r}?")


def meant_or_known(name: str, known: Sequence[str]) -> Bilingual:
    """The end of a message in both languages: what was meant, or all that there is."""
    near = nearest(name, known)
    if near:
        return _near(near)
    listed = ", ".join(known)
    return Bilingual(f"; các giá trị có: {listed}", f"; known: {listed}")
