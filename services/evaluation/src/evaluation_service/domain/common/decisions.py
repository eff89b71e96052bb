"""Decisions (quyết định): the documents that steps rest on."""

from dataclasses import dataclass

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import PastDate

DECISION_MAX_CHARS = 60
"""Longest decision number, such as 283/QĐ-UBND (codes.md)."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The document that a step rests on."""

    number: str
    decided_on: PastDate
    uri: str | None = None

    def check(self, field: str) -> None:
        if not (self.number.strip() and len(self.number) <= DECISION_MAX_CHARS):
            raise Invalid(
                en=f"a decision number of 1 to {DECISION_MAX_CHARS} characters is needed",
                vi=f"Vui lòng nêu số quyết định, từ 1 đến {DECISION_MAX_CHARS} ký tự.",
                field=field,
            )
