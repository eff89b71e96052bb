"""By what a product is found: everything that any of its published versions says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue_service.domain.common.kinds import NATIONAL, Group, Orientation
from catalogue_service.domain.products.content import Content
from catalogue_service.domain.products.versions import WorkProductVersion
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.procedures import procedure_in
from congvu_kit.domain.text import words


@dataclass(frozen=True, kw_only=True)
class FoundBy:
    """Old versions count too, since the catalogue may be asked as of an earlier day; which one is
    in force on that day decides in the end."""

    words: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    orientations: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def also(self, code: str, content: Content) -> "FoundBy":
        return FoundBy(
            words=_joined(self.words, search_terms(code, content)),
            positions=_joined(self.positions, content.job_positions),
            orientations=_joined(self.orientations, [content.orientation]),
            fields=_joined(self.fields, [content.field]),
        )


def _joined(known: tuple[str, ...], more: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({*known, *(str(each) for each in more if each is not None)}))


def search_terms(code: str, content: Content) -> list[str]:
    """Folded syllables: names, field, code, procedure code in its one form."""
    procedure = content.canonical.procedure_code
    texts = (content.name_vi, content.name_en, content.field, code, procedure)
    return words(" ".join(text for text in texts if text))


WORDS_MAX = 10
"""Words of a search text that count; more only narrow what ten have narrowed already."""


@dataclass(frozen=True, kw_only=True)
class ProductFilter:
    """Everything given must hold. A province brings the national lists it inherits along."""

    group: Group | None = None
    province: str | None = None
    inherited: bool = True
    unit_id: str | None = None
    position: str | None = None
    orientation: Orientation | None = None
    field: str | None = None
    procedure_code: str | None = None
    text: str | None = None

    @property
    def terms(self) -> Sequence[str]:
        """Of the text, the longest first: long ones are rare."""
        found = words(self.text or "")
        if self.text and self.text.strip() and not found:
            raise Invalid(
                en="the text holds nothing to search for",
                vi="Vui lòng nhập từ cần tìm.",
                field="filter.text",
            )
        return sorted(found, key=lambda word: (-len(word), word))[:WORDS_MAX]

    @property
    def procedure(self) -> str | None:
        """In its one form; what was published before there was one is found by it, too."""
        if self.procedure_code is None:
            return None
        return procedure_in(self.procedure_code, "filter.procedureCode").code

    @property
    def provinces(self) -> Sequence[str] | None:
        if self.province is None:
            return None
        return sorted({self.province, NATIONAL}) if self.inherited else [self.province]

    @property
    def needs_versions(self) -> bool:
        """Whether more than place and group is asked for."""
        bare = ProductFilter(
            group=self.group,
            province=self.province,
            inherited=self.inherited,
            unit_id=self.unit_id,
        )
        return self != bare


def meets(version: WorkProductVersion, wanted: ProductFilter) -> bool:
    catalogue, content = version.catalogue, version.content
    exact = (
        (wanted.group, catalogue.group),
        (wanted.unit_id, catalogue.unit_id),
        (wanted.orientation, content.orientation),
        (wanted.field, content.field),
        (wanted.procedure, content.canonical.procedure_code),
    )
    if any(asked is not None and asked != given for asked, given in exact):
        return False
    if wanted.provinces is not None and catalogue.province not in wanted.provinces:
        return False
    if wanted.position is not None and wanted.position not in content.job_positions:
        return False
    return set(wanted.terms) <= set(search_terms(version.code, content))
