"""The language of whoever sits at the command line."""

import os

from congvu_kit.domain.vietnamese import language_of


def said(*, vi: str, en: str) -> str:
    return vi if language_of(os.environ) == "vi" else en
