"""What codes are called in the two languages, from the one table (`labels.toml`, decision 0065)."""

import tomllib
from collections.abc import Mapping
from enum import Enum
from importlib.resources import files
from typing import Final

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


def capital(text: str) -> str:
    """As it stands at the beginning of a line or sentence."""
    return text[:1].upper() + text[1:]
