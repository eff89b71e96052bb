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
    "awaits": None,
    "shown_hash": "",
    "lapsed": None,
    "round_id": None,
    "kind": "PROMISE",
    "found": None,
    "versions.milestone_dates": [],
    "progress.percent": None,
    "progress.milestone": None,
    "leaders.satisfied": 0,
    "leaders.ci_low": None,
    "leaders.ci_high": None,
    "published": None,
    "forwards": [],
    "forwarded_on": None,
    "reopen_until": None,
    "reopen_term": None,
    "escalate_on": None,
    "escalate_term": None,
    "escalated_to": None,
    "rung": 0,
    "charged_for": None,
    "terms.reopen_days": 20,
    "terms.escalate_days": 3,
    "escalations.unit_id": None,
    "escalations.civil_servant_id": None,
}
"""Fields that rows bound before did not have, of the row or of a part of it: at this value they are
left out, so that the hash of such a row is still what the log says."""


def row_hash(row: A) -> str | None:
    """None for what is not bound."""
    for collection in BOUND:
        if isinstance(row, collection.kind):
            document = Codec(collection).dump(row)
            unbound = STORES_OWN | CHECKED_OTHERWISE
            bound: Any = {
                name: _part(value, name)
                for name, value in document.items()
                if name not in unbound and not _later(name, value)
            }
            return hashlib.sha256(canonical_bytes(bound)).hexdigest()
    return None


def _later(path: str, value: object) -> bool:
    return path in LATER and value == LATER[path]


def _part(value: Any, path: str) -> Any:
    """Without what parts of rows bound before did not have either."""
    if isinstance(value, list):
        return [_part(each, path) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {
        name: _part(each, f"{path}.{name}")
        for name, each in value.items()
        if not _later(f"{path}.{name}", each)
    }
