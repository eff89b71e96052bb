"""Empty sheets to fill in: an example that is never read, lists to choose from, notes."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from congvu_kit.adapters.sheets import write_sheet
from congvu_kit.adapters.template_sheets import TemplateColumn, TemplateSheet

__all__ = ["TemplateColumn", "TemplateSheet", "write_template"]


def write_template(
    name: str, target: IO[bytes], sheets: Sequence[TemplateSheet], language: str
) -> None:
    """By the end of `name`; a CSV has the one sheet, without lists and notes."""
    if Path(name).suffix.lower() == ".csv":
        heading, example = sheets[0].lines(language)
        write_sheet(name, target, sheets[0].title, heading, [example])
        return
    from congvu_kit.adapters.template_books import write_template_book  # takes long to load

    write_template_book(target, sheets, language)
