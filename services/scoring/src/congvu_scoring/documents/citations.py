"""How a rule's source is cited where people read it. The words of a clause are under the seal of
what was scored by them; the name of the law, its article and clause are put to them here."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

NOT_KNOWN: Final = {"vi": "chưa xác định điều, khoản", "en": "article and clause not known"}

_PLACED = re.compile(r"\bĐiều \d")
"""In a clause that names its article itself, as a province's own may."""

_SPACED_PERCENT = re.compile(r"(?<=\d) %")


@dataclass(frozen=True)
class Source:
    """A document's full name, and where in it the words of clauses stand; None: no articles."""

    vi: str
    en: str
    places: Mapping[str, str] | None = None


SOURCES: Final[Mapping[str, Source]] = {
    id: Source(**told)
    for id, told in tomllib.loads(
        (files("congvu_scoring.documents") / "citations.toml").read_text("utf-8")
    ).items()
}


def cited(clause: str, language: str) -> str:
    """A policy's clause as it is cited: a law by its full name, with article and clause or with
    the words that they are not known; anything else by its own words."""
    text = _SPACED_PERCENT.sub("%", clause)
    for id, source in SOURCES.items():
        if clause == id or clause.startswith((f"{id}:", f"{id};")):
            told = (source.vi if language == "vi" else source.en) + text.removeprefix(id)
            if source.places is None or _PLACED.search(clause):
                return told
            words = clause.removeprefix(id).strip(":; ")
            return f"{told} ({source.places.get(words) or NOT_KNOWN[language]})"
    return text
