"""Rows beside the log are bound to it (F-I12): the entry of every change holds a hash of the row as
it is then, so a row that somebody changed in the database is found."""

import hashlib
from collections.abc import Mapping
from typing import Any

from congvu_kit.application.documents import Codec
from congvu_kit.application.ports import A, Collection
from congvu_kit.domain.canonical import canonical_bytes
from feedback_service.application.collections import (
    COMMITMENT_RATINGS,
    COMMITMENTS,
    COMPLAINTS,
    INDEXES,
    SUBMISSIONS,
)

BOUND: tuple[Collection[Any], ...] = (
    SUBMISSIONS,
    COMPLAINTS,
    COMMITMENTS,
    COMMITMENT_RATINGS,
    INDEXES,
)
ROW, RATING_ROW = "row", "rating_row"
"""The fields of an entry that hold such a hash: of its subject, and of a commitment's rating."""

STORES_OWN = frozenset({"revision", "sequence"})
"""Counters of the store, which change after the entry is written and tell nothing."""

CHECKED_OTHERWISE = frozenset({"extra", "log_sequence", "review_id", "questioned_sequence"})
"""Compared with what is computed anew, and with where in the log the row is told of."""

LATER: Mapping[str, object] = {
    "due_term": None,
    "dispute_term": None,
    "provisional": False,
    "other_officers": [],
    "leaders": [],
    "complaints": None,
    "officers": [],
    "procedures": [],
    "promises": [],
    "details": None,
    "assessed_sequence": None,
    "received_at": "",
}
"""Fields that rows bound before did not have: at this value they are left out, so that the hash of
such a row is still what the log says."""


def row_hash(row: A) -> str | None:
    """None for what is not bound."""
    for collection in BOUND:
        if isinstance(row, collection.kind):
            document = Codec(collection).dump(row)
            unbound = STORES_OWN | CHECKED_OTHERWISE
            bound: Any = {
                name: value
                for name, value in document.items()
                if name not in unbound and not (name in LATER and value == LATER[name])
            }
            return hashlib.sha256(canonical_bytes(bound)).hexdigest()
    return None
