"""The language of whoever sits at the command line."""

import os
from collections.abc import Mapping

SAID_BY = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set decides, as in every program of the system."""


def language(environment: Mapping[str, str] = os.environ) -> str:
    """`vi` or `en`."""
    told = next((environment[name] for name in SAID_BY if environment.get(name)), "")
    return "vi" if told.lower().startswith("vi") else "en"


def said(*, vi: str, en: str) -> str:
    return vi if language() == "vi" else en
