"""The private part of a complaint: what was written, by whom, with which files."""

from congvu_kit.domain.errors import Invalid
from feedback_service.application.complaint_commands import Attachment, FileComplaint
from feedback_service.domain.words import text

ATTACHMENTS_MAX = 10
SHA256_CHARS = 64


def private_texts(command: FileComplaint) -> dict[str, str]:
    """What only the private store holds."""
    if len(command.attachments) > ATTACHMENTS_MAX:
        raise Invalid(
            en=f"at most {ATTACHMENTS_MAX} attachments",
            vi=f"tối đa {ATTACHMENTS_MAX} tệp đính kèm",
            field="input.attachments",
        )
    plain = {"text": text(command.text, field="input.text")}
    for name, value in (("name", command.name), ("contact", command.contact)):
        if value is not None:
            plain[name] = text(value, field=f"input.{name}")
    if command.attachments:
        lines = [_line(each, n) for n, each in enumerate(command.attachments)]
        plain["attachments"] = "\n".join(lines)
    return plain


def _line(attachment: Attachment, number: int) -> str:
    field = f"input.attachments.{number}"
    digits = set(attachment.sha256) <= set("0123456789abcdef")
    if len(attachment.sha256) != SHA256_CHARS or not digits:
        raise Invalid(
            en="a SHA-256 in lower-case hexadecimal",
            vi="SHA-256 dạng thập lục phân chữ thường",
            field=f"{field}.sha256",
        )
    return f"{attachment.sha256} {text(attachment.uri, field=f'{field}.uri')}"
