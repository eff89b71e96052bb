"""What an empty sheet has, whatever kind of file it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from congvu_kit.adapters.tabular import EXAMPLE
from congvu_kit.domain.labels import LANGUAGES

NUMBERS: Final = ("STT", "No")


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """A column in the language of the template; one of `several` takes more than one choice."""

    title: str
    note: str
    example: str = ""
    choices: Sequence[str] = ()
    needed: bool = False
    several: bool = False
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class TemplateSheet:
    title: str
    columns: Sequence[TemplateColumn]

    def lines(self, language: str) -> list[list[str]]:
        """Its heading and its example."""
        number = LANGUAGES.index(language)
        headings = [NUMBERS[number], *(each.title for each in self.columns)]
        return [headings, [EXAMPLE[number], *(each.example for each in self.columns)]]
