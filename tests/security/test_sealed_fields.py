"""Every stored field of a closed period, changed one at a time in the database, is found and named
(E-I18). The fields are those of the stored documents: a new one is tried by itself."""

import copy
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import pytest

from congvu_kit.application.documents import Codec, Document
from congvu_kit.application.ports import Collection
from evaluation.gateway import InProcess
from evaluation.people import MINH_ID
from evaluation.sealed import Closed
from evaluation_service.adapters.cli import sealed_periods
from evaluation_service.adapters.cli.sealed_periods import SealedPeriod
from evaluation_service.application.collections import EVALUATIONS, PERIODS, RUNS
from evaluation_service.domain.integrity import cases
from evaluation_service.domain.periods import periods
from evaluation_service.domain.personnel import servants
from evaluation_service.domain.results import evaluations, inputs, runs, sheets

EXEMPT: Mapping[str, str] = {
    "_id": "is the place of the document: another one is missing there, and one too many here",
    "revision": "counts the saves; nothing is decided on it once the period is closed",
    "sequence": "counts the events told",
    "updated_at": "is the moment of the save, which comes after the imprint",
    "shape": "counts the migrations that the document went through; loading refuses others",
    "extra": "derived from the fields for queries; loading ignores it",
}
"""Fields of a closed period's documents that are not tried, and why."""

FIELDS_MIN = 180
SAMPLED = {"marks", "general"}
"""Long lists of the same: their first and last element stand for the rest."""

ELEMENT = {
    **{"key": "I.1", "points": "1", "rule": "R", "count": 1, "subject": "x", "scope": "x"},
    **{"people": 1, "allowed": 1, "kept": 1, "evaluation_id": "eval_x", "hash": "x", "band": "HT"},
    **{"code": "x", "perspective": "x", "weight": "1", "baseline": "1", "target": "1"},
    **{"actual": "1", "direction": "UP", "shared": False, "parent": "x"},
    **{
        "objective_id": "objective_x",
        "handover_id": "hand_x",
        "period_id": "period_x",
        "part_hash": "x",
    },
    **{"rule_id": "E-I14", "remedy": "CHECK_WORKING_TIME", "vi": "x", "en": "x"},
    **{"attempt": 1, "reason": "x", "by": {"subject": "x"}, "at": "2026-01-01T00:00:00Z"},
    **{"policy_id": "x", "version": 1},
    **{"number": "x", "decided_on": "2026-01-01", "kind": "UNRATED"},
}
"""Can be read as an element of any list of a stored document but `sheets`."""

ENUMS = [
    str(member)
    for module in (cases, periods, servants, evaluations, inputs, runs, sheets)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Enum)
    for member in kind
]

Steps = tuple[str | int, ...]


def leaves(value: object, path: Steps = ()) -> Iterator[Steps]:
    """The path of everything in a stored document that can be changed by itself."""
    if isinstance(value, dict) and value:
        for key in value.keys() - EXEMPT.keys():
            yield from leaves(value[key], (*path, key))
    elif isinstance(value, list) and value:
        last = len(value) - 1
        yield path
        for number in sorted({0, last}) if path[-1] in SAMPLED else range(last + 1):
            yield from leaves(value[number], (*path, number))
    else:
        yield path


def at(document: Any, path: Steps) -> Any:
    for step in path:
        document = document[step]
    return document


def others(value: object) -> Iterator[object]:
    """Values that somebody might write instead, of every kind a field may have."""
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case list() if value:
            yield value[1:]
        case str():
            yield from (f"{value}x", *ENUMS, value.replace("2026", "2025"), "9/7", "77")
        case _:
            yield from ("x", *ENUMS, 1, "9/7", "2026-01-01", "2026-01-01T00:00:00Z", {"x": "1"})
            yield from (["x"], ["2026-01-01"], [ELEMENT], ELEMENT)


def flipped(collection: Collection[Any], document: Document, path: Steps) -> Document | None:
    """The document with that one field another, as far as it can still be read; None when nothing
    else can be read there."""
    codec = Codec(collection)
    before = codec.dump(codec.load(document))
    for other in others(at(document, path)):
        changed = copy.deepcopy(document)
        at(changed, path[:-1])[path[-1]] = other
        try:
            again = codec.dump(codec.load(changed))
        except ValueError:
            continue
        if again != before:
            return changed
    return None


def sealed_documents(closed: Closed) -> list[tuple[Collection[Any], str, str]]:
    """One document of each kind that the seal binds, with what a finding calls it: a result with
    two sheets, and one that was begun and left."""
    told = [closed.of(MINH_ID).id, *(each.id for each in closed.evaluations if not each.sheets)]
    run = closed.run_row
    return [
        (PERIODS, closed.period_id, f"period {closed.period_id}"),
        (RUNS, str(run["_id"]), f"agency {run['agency_id']}"),
        *((EVALUATIONS, each, f"evaluation {each}") for each in told),
    ]


class Verified:
    """What a verification finds; only the documents of the changed kind are fetched again."""

    def __init__(self, closed: Closed) -> None:
        self._closed = closed
        self._document = closed.fetch().document

    def findings(self, collection: Collection[Any], name: str) -> list[str]:
        period_id = self._closed.period_id
        with InProcess(self._closed.graph) as gateway:
            if collection is RUNS:
                part = {"runs": sealed_periods.runs_of(gateway, period_id)}
            elif collection is EVALUATIONS:
                found = sealed_periods.evaluations_of(gateway, period_id, lambda _: None)
                part = {"evaluations": found}
            else:
                seen = gateway.query(sealed_periods.PERIOD, {"id": period_id})["evaluationPeriod"]
                if seen["sealed"] is None:  # With the province or the seal gone: it is refused.
                    return [f"{name}: province or seal is missing"]
                part = {"period": seen["sealed"]}
        return SealedPeriod(document={**self._document, **part}).findings()


def named(path: Steps) -> str:
    """A mark that is changed names the field whose mark it is."""
    return ": " if "imprint" in path else str(path[0])


@pytest.mark.timeout(120)
def test_every_stored_field_of_a_closed_period_is_found_when_it_changes(closed: Closed) -> None:
    verified = Verified(closed)
    tried, unread = 0, set()

    for collection, id, name in sealed_documents(closed):
        document = closed.row(collection, id)
        assert verified.findings(collection, name) == []
        for path in leaves(document):
            changed = flipped(collection, document, path)
            if changed is None:
                unread.add(".".join(str(step) for step in path))
                continue
            closed.uow.rows(collection)[id] = changed
            found = verified.findings(collection, name)
            closed.uow.rows(collection)[id] = document
            tried += 1
            about = [line for line in found if line.startswith(name)]
            where = (name, path, found)
            assert any(named(path) in line or "is missing" in line for line in about), where

    assert tried >= FIELDS_MIN
    # Of the evaluation that has none; and a quarter rolls nothing up, and has no annex.
    assert unread <= {"sheets", "rolled_up", "annex"}, sorted(unread)
