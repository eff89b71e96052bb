"""Checks of free text: its length, and that public text names nobody."""

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.personal_data import refuse_personal_data

TEXT_MAX_CHARS = 4_000
"""Longest text one may send; about two printed pages."""


def text(value: str, *, field: str) -> str:
    """`value` without outer blanks; raise `Invalid` when empty or too long."""
    bare = value.strip()
    if not 0 < len(bare) <= TEXT_MAX_CHARS:
        raise Invalid(
            en=f"must be 1 to {TEXT_MAX_CHARS} characters",
            vi=f"Phải có từ 1 đến {TEXT_MAX_CHARS} ký tự.",
            field=field,
        )
    return bare


def public_text(value: str, *, field: str) -> str:
    """Text for the public log; raise `Invalid` when it shows personal data (F-I2)."""
    bare = text(value, field=field)
    refuse_personal_data(bare, field, rule_id="F-I2")
    return bare
