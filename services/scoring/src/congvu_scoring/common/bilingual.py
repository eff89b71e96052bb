"""A sentence in both languages, and where a rule comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands behind a number: its id, the clause of law or source, and the sentence."""

    id: str
    clause: str
    text: Bilingual
