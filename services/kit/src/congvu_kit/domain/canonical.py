"""The one way to turn a document into bytes, and into a hash that anybody can recompute.

RFC 8785 (JSON Canonicalization Scheme) for strings, integers, booleans, null, lists and objects.
Numbers that are not integers never occur in a document of ours (they are strings), so the RFC's
number formatting is not needed; the standard library's encoder is three times as fast as one
that has it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None

_LAST_OF_BASIC_PLANE = "\uffff"


def canonical_bytes(document: Json) -> bytes:
    """One document, one byte string."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if max(text) > _LAST_OF_BASIC_PLANE:  # The RFC sorts names by UTF-16, not by code point.
        text = json.dumps(_ordered(document), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _ordered(value: Json) -> Json:
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: _ordered(value[name]) for name in names}
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    return [_ordered(item) for item in value]


def fingerprint(document: Json) -> str:
    """SHA-256 of the canonical bytes, in lower-case hexadecimal."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()
