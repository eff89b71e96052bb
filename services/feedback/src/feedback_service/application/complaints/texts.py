"""The private part of a complaint: what was written, by whom, with which files."""

from collections.abc import Sequence

from congvu_kit.domain.errors import Invalid
from feedback_service.domain.common.texts import text
from feedback_service.domain.complaints.values import Attachment

ATTACHMENTS_MAX = 10
SHA256_CHARS = 64


def private_texts(
    written: str, *, name: str | None, contact: str | None, attachments: Sequence[Attachment]
) -> dict[str, str]:
    """What only the private store holds."""
    if len(attachments) > ATTACHMENTS_MAX:
        raise Invalid(
            en=f"at most {ATTACHMENTS_MAX} attachments",
            vi=f"Tối đa {ATTACHMENTS_MAX} tệp đính kèm.",
            field="input.attachments",
        )
    plain = {"text": text(written, field="input.text")}
    for field, value in (("name", name), ("contact", contact)):
        if value is not None:
            plain[field] = text(value, field=f"input.{field}")
    if attachments:
        plain["attachments"] = "\n".join(_line(each, n) for n, each in enumerate(attachments))
    return plain


def _line(attachment: Attachment, number: int) -> str:
    field = f"input.attachments.{number}"
    digits = set(attachment.sha256) <= set("0123456789abcdef")
    if len(attachment.sha256) != SHA256_CHARS or not digits:
        raise Invalid(
            en="a SHA-256 in lower-case hexadecimal",
            vi="Phải là SHA-256: 64 chữ số thập lục phân chữ thường.",
            field=f"{field}.sha256",
        )
    return f"{attachment.sha256} {text(attachment.uri, field=f'{field}.uri')}"
