"""Checks of free text: its length, and that public text names nobody."""

import re

from congvu_kit.domain.errors import Invalid

TEXT_MAX_CHARS = 4_000
"""Longest text one may send; about two printed pages."""

_PERSONAL = (
    ("a citizen identity number", "số định danh cá nhân", re.compile(r"(?<!\d)\d{12}(?!\d)")),
    (
        "a telephone number",
        "số điện thoại",
        re.compile(r"(?<![\d.,])(?:\+84|84|0)(?:[ .-]?\d){9}(?!\d)"),
    ),
    ("an e-mail address", "địa chỉ thư điện tử", re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")),
)


def text(value: str, *, field: str) -> str:
    """`value` without outer blanks; raise `Invalid` when empty or too long."""
    bare = value.strip()
    if not 0 < len(bare) <= TEXT_MAX_CHARS:
        raise Invalid(
            en=f"must be 1 to {TEXT_MAX_CHARS} characters",
            vi=f"phải có 1 đến {TEXT_MAX_CHARS} ký tự",
            field=field,
        )
    return bare


def public_text(value: str, *, field: str) -> str:
    """Text for the public log; raise `Invalid` when it shows personal data (F-I2)."""
    bare = text(value, field=field)
    for en, vi, pattern in _PERSONAL:
        if pattern.search(bare):
            raise Invalid(
                en=f"public text must not contain {en}",
                vi=f"nội dung công khai không được chứa {vi}",
                field=field,
                rule_id="F-I2",
            )
    return bare
