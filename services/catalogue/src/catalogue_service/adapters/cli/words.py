"""What the command says of what is missing, and of nothing."""

import os
from collections.abc import Callable, Mapping, Sequence

from catalogue_service.domain.products.content import snake
from congvu_kit.domain.labels import label
from congvu_kit.domain.vietnamese import language_of
from congvu_kit.tools.speech import said


def in_words(missing: Sequence[str]) -> str:
    """`M:qualityCriteria` or `qualityCriteria` as the words for it."""
    language = language_of(os.environ)
    return ", ".join(
        dict.fromkeys(label("field", snake(each.rpartition(":")[2]), language) for each in missing)
    )


NOTHING: Mapping[str, Callable[[], str]] = {
    "SUBMIT": lambda: said(
        vi="Không có dự thảo nào để trình.", en="no draft waits to be submitted"
    ),
    "APPRAISE": lambda: said(
        vi="Không có sản phẩm nào đã trình và chờ thẩm định.",
        en="nothing that was submitted waits for its appraisal",
    ),
    "APPROVE": lambda: said(
        vi="Không có sản phẩm nào đã thẩm định và chờ phê duyệt.",
        en="nothing that was appraised waits for its approval",
    ),
}
