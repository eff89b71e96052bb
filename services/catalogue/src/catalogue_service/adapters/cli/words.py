"""What the command says of what is missing."""

import os
from collections.abc import Sequence

from catalogue_service.domain.products.content import snake
from congvu_kit.domain.labels import label
from congvu_kit.domain.vietnamese import language_of


def in_words(missing: Sequence[str]) -> str:
    """`M:qualityCriteria` or `qualityCriteria` as the words for it."""
    language = language_of(os.environ)
    return ", ".join(
        dict.fromkeys(label("field", snake(each.rpartition(":")[2]), language) for each in missing)
    )
