"""The story in Vietnamese, by the English that it is written in."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

DIFFERS = "…"
"""Stands in the English text for what is not the same each time."""


@cache
def words() -> Mapping[str, str]:
    """Of every text, with `{1}` for the first that differs, and so on."""
    text = (files("congvu_demo.story") / "words_vi.toml").read_text("utf-8")
    return {en: vi for part in tomllib.loads(text).values() for en, vi in part.items()}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """By the English text, the longest first: what says more is meant."""
    longest_first = sorted(words(), key=len, reverse=True)
    return {en: re.compile("(.+)".join(map(re.escape, en.split(DIFFERS)))) for en in longest_first}


def entry_of(text: str) -> str | None:
    """The text that this is one of; None where there are no words for it."""
    return next((en for en, pattern in _patterns().items() if pattern.fullmatch(text)), None)


def in_vietnamese(text: str) -> str:
    """What has no words stays as it is: names, codes and what the platform says itself."""
    entry = entry_of(text)
    found = entry and _patterns()[entry].fullmatch(text)
    if not entry or not found:
        return text
    return words()[entry].format(text, *map(in_vietnamese, found.groups()))
