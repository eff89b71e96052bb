"""By what a product is found: everything that any of its published versions says."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue_service.domain.content import Content
from congvu_kit.domain.text import words


@dataclass(frozen=True, kw_only=True)
class FoundBy:
    """Old versions count too, since the catalogue may be asked as of an earlier day; which one is
    in force on that day decides in the end."""

    words: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    orientations: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    procedure_codes: tuple[str, ...] = ()

    def also(self, code: str, content: Content) -> "FoundBy":
        return FoundBy(
            words=_joined(self.words, search_words(code, content)),
            positions=_joined(self.positions, content.job_positions),
            orientations=_joined(self.orientations, [content.orientation]),
            fields=_joined(self.fields, [content.field]),
            procedure_codes=_joined(self.procedure_codes, [content.procedure_code]),
        )


def _joined(known: tuple[str, ...], more: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({*known, *(str(each) for each in more if each is not None)}))


def search_words(code: str, content: Content) -> list[str]:
    """Folded words: names, field, code, procedure code."""
    parts = (content.name_vi, content.name_en, content.field, code, content.procedure_code)
    return words(" ".join(part for part in parts if part))
