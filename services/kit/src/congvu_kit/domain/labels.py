"""What codes are called in the two languages, from the one table (`labels.toml`, decision 0065)."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from importlib.resources import files
from typing import Final

from congvu_kit.domain.text import canonical_text

LANGUAGES: Final = ("vi", "en")

TABLE: Final[Mapping[str, Mapping[str, list[str]]]] = tomllib.loads(
    (files("congvu_kit.domain") / "labels.toml").read_text("utf-8")
)


def known(kind: str, code: str) -> bool:
    """Whether the vocabulary `kind` calls `code` something."""
    return code in TABLE[kind]


def label(kind: str, code: str, language: str) -> str:
    """In lower case, as inside a sentence; a code that the table does not have is shown itself."""
    names = TABLE[kind].get(code)
    return names[LANGUAGES.index(language)] if names else code


def label_of(value: Enum, language: str) -> str:
    """Of a value of a vocabulary of ours, whose name is the table's."""
    kind = type(value).__name__
    return label(kind, value.name if known(kind, value.name) else str(value.value), language)


_SHORT_CODE = 2
"""Characters of a code that people write themselves, as A or N1."""


def choice(kind: str, code: str, language: str) -> str:
    """As a drop-down of a sheet shows it: a short code keeps its place before the words, and in
    English a longer one says enough by itself."""
    if len(code) <= _SHORT_CODE:
        return f"{code} – {label(kind, code, language)}"
    return capital(label(kind, code, "vi")) if language == "vi" else code


def codes(kind: str) -> Mapping[str, str]:
    """By everything that a sheet may call them, as `spelt` has it. Codes themselves are not in it:
    whoever takes them says how they are written. Raise `ValueError` where two are called alike."""
    found: dict[str, str] = {}
    for code in TABLE[kind]:
        for text in _names(kind, code):
            if found.setdefault(spelt(text), code) != code:
                raise ValueError(f"two codes of {kind} are called {text}")
    return found


def _names(kind: str, code: str) -> Iterator[str]:
    yield label(kind, code, "vi")
    yield from (choice(kind, code, each) for each in LANGUAGES if choice(kind, code, each) != code)


def spelt(text: str) -> str:
    """Of capitals and dashes none is another word."""
    return canonical_text(text).casefold().replace(" - ", " – ")


def path_in_words(path: str, *tables: str) -> str:
    """A path through a document as Vietnamese words: each name by the first of the tables that has
    it, numbers of a list from 1 as they are counted there, and a name of somebody's own in «»."""
    return ", ".join(_step(each, tables) for each in _STEPS.findall(path))


_STEPS: Final = re.compile(r"\[\d+\]|[^.\[\]]+")


def _step(step: str, tables: Sequence[str]) -> str:
    if step.startswith("["):
        return f"mục {int(step[1:-1]) + 1}"
    if step.isdecimal():
        return f"mục {step}"
    table = next((each for each in tables if known(each, step)), None)
    return label(table, step, "vi") if table else f"«{step}»"


def capital(text: str) -> str:
    """As it stands at the beginning of a line or sentence."""
    return text[:1].upper() + text[1:]
