"""One document, one byte string: held against another implementation of RFC 8785."""

import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu_kit.domain.canonical import Json, canonical_bytes, fingerprint

SAFE = 2**53 - 1
"""The RFC's numbers are those of JavaScript."""

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE, SAFE) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text is slow
@given(DOCUMENTS)
def test_any_document_is_written_as_the_rfc_says(document: Json) -> None:
    assert canonical_bytes(document) == rfc8785.dumps(document)


def test_names_are_in_the_order_of_their_utf_16() -> None:
    document = {"\ufb33": 1, "\U0001f600": 2, "ö": 3}

    assert canonical_bytes(document) == '{"ö":3,"😀":2,"\ufb33":1}'.encode()


def test_a_fingerprint_is_the_sha_256_of_the_bytes() -> None:
    assert fingerprint({"b": 1, "a": "Bàn"}) == (
        "50e6f5992eaab730869788c04f8bd36b7b613d0ab98e2b37927b183c1e8a71ee"
    )
