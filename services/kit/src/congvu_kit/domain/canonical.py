"""The one way to turn a document into bytes, and into a hash that anybody can recompute.

RFC 8785 (JSON Canonicalization Scheme) for strings, integers, booleans, null, lists and objects.
Numbers that are not integers never occur in a document of ours (they are strings), so the RFC's
number formatting is not needed; the standard library's encoder is three times as fast as one
that has it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import TypeAlias

Json: TypeAlias = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None

_sorted, _as_it_comes = (
    json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys).encode
    for sort_keys in (True, False)
)


canonical_text = encode_basestring
"""A text as it stands within a canonical document."""


def canonical_bytes(document: Json) -> bytes:
    """One document, one byte string."""
    text = _sorted(document)
    if _beyond_the_basic_plane(text):  # The RFC sorts names by UTF-16, not by code point.
        text = _as_it_comes(_ordered(document))
    return text.encode()


def _beyond_the_basic_plane(text: str) -> bool:
    """Whether a character takes two units of UTF-16; asking each of a long text is slow."""
    return not text.isascii() and len(text.encode("utf-16-le")) != 2 * len(text)


def _ordered(value: Json) -> Json:
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: _ordered(value[name]) for name in names}
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    return [_ordered(item) for item in value]


def fingerprint(document: Json) -> str:
    """SHA-256 of the canonical bytes, in lower-case hexadecimal."""
    return hash_of(canonical_bytes(document))


def hash_of(canonical: bytes) -> str:
    return hashlib.sha256(canonical).hexdigest()
