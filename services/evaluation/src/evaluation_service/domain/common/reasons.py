"""Reasons that people give for what they decide."""

from congvu_kit.domain.errors import Invalid

REASON_MAX_CHARS = 4000
"""A page of text."""


def require_reason(reason: str, field: str = "input.reason") -> None:
    if not (reason.strip() and len(reason) <= REASON_MAX_CHARS):
        raise Invalid(
            en=f"a reason of 1 to {REASON_MAX_CHARS} characters is needed",
            vi=f"Vui lòng nêu lý do, từ 1 đến {REASON_MAX_CHARS} ký tự.",
            field=field,
        )
