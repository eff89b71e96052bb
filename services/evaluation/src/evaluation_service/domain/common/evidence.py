"""Where a fact can be looked up."""

import re
from dataclasses import dataclass

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import PastTime

URI_MAX_CHARS = 500
EVIDENCE_MAX = 20
"""Pieces of evidence on one report; more belong into one file."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`hash` is the SHA-256 of the file in lower-case hexadecimal."""

    uri: str
    hash: str | None
    source: str | None
    captured_at: PastTime | None


def check_evidence(evidence: tuple[Evidence, ...]) -> None:
    if len(evidence) > EVIDENCE_MAX:
        raise Invalid(
            en=f"at most {EVIDENCE_MAX} pieces of evidence, not {len(evidence)}",
            vi=f"Tối đa {EVIDENCE_MAX} minh chứng; đang gửi {len(evidence)}.",
            field="input.evidence",
        )
    for each in evidence:
        if not 0 < len(each.uri) <= URI_MAX_CHARS:
            raise Invalid(
                en=f"an evidence uri has 1 to {URI_MAX_CHARS} characters",
                vi=f"Địa chỉ minh chứng có 1 đến {URI_MAX_CHARS} ký tự.",
                field="input.evidence.uri",
            )
        if each.hash is not None and not _SHA256.fullmatch(each.hash):
            raise Invalid(
                en="an evidence hash is a SHA-256 in lower-case hexadecimal",
                vi="Mã băm minh chứng phải là SHA-256, viết bằng chữ số thập lục phân chữ thường.",
                field="input.evidence.hash",
            )
