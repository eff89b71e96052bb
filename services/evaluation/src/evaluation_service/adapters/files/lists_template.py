"""The templates of the lists of a period."""

from pathlib import Path

from congvu_kit.adapters.templates import TemplateColumn, TemplateSheet, write_template
from congvu_kit.domain.labels import LANGUAGES, choice
from evaluation_service.adapters.files.list_columns import Column
from evaluation_service.adapters.files.lists import Kind


def write_list_template(kind: Kind, file: Path, language: str) -> None:
    """By the end of its name, .xlsx or .csv."""
    with file.open("wb") as target:
        write_template(file.name, target, [template(kind, language)], language)


def template(kind: Kind, language: str) -> TemplateSheet:
    return TemplateSheet(
        title=kind.titles[LANGUAGES.index(language)],
        columns=[_column(kind, field, each, language) for field, each in kind.columns.items()],
    )


def _column(kind: Kind, field: str, column: Column, language: str) -> TemplateColumn:
    name = column.vocabulary.__name__ if column.vocabulary else None
    return TemplateColumn(
        title=column.heading if language == "vi" else kind.english(field),
        note=column.note[LANGUAGES.index(language)],
        example=choice(name, column.example, language) if name else column.example,
        choices=[choice(name, each.name, language) for each in column.vocabulary or ()]
        if name
        else [],
        needed=column.needed,
        wide=field == "evidence",
    )
