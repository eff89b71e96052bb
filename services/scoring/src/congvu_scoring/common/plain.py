"""A document as it is hashed and compared: exact numbers and dates as texts."""

import unicodedata
from collections.abc import Mapping

from congvu_kit.domain.canonical import Json


def plain(value: object) -> Json:
    """The document with every exact number and date as text, so that it can be hashed."""
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
