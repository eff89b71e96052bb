"""The language of whoever sits at the command line."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from congvu_kit.domain.vietnamese import language_of


class Language(StrEnum):
    """Of what is written into a file."""

    VI = "vi"
    EN = "en"


InLanguage = Annotated[
    Language, typer.Option("--language", help="Of headings, notes, choices and the example.")
]


def said(*, vi: str, en: str) -> str:
    return vi if language_of(os.environ) == "vi" else en


def tell_next(command: str, *, vi: str, en: str) -> None:
    """What comes next and the command for it, beside the answer, which programs may read."""
    typer.echo(said(vi=f"Tiếp theo, {vi}: {command}", en=f"next, {en}: {command}"), err=True)
