"""Canonical JSON is RFC 8785's, checked against its own library."""

import hashlib

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from congvu_scoring import canonical_bytes, fingerprint

names = st.text(max_size=4)
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | names,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(documents)
def test_bytes_are_those_of_the_reference_library(document: object) -> None:
    assert canonical_bytes(document) == rfc8785.dumps(document)  # type: ignore[arg-type]


def test_names_sort_by_utf_16_even_beyond_the_basic_plane() -> None:
    assert canonical_bytes({"\ufb33": 1, "😀": 2}) == '{"😀":2,"\ufb33":1}'.encode()


def test_the_fingerprint_is_sha_256_of_the_bytes() -> None:
    assert fingerprint({"b": 1, "a": "đ"}) == hashlib.sha256('{"a":"đ","b":1}'.encode()).hexdigest()
