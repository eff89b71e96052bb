"""Decisions on a result stay in force when its inputs are read anew."""

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from congvu_kit.domain.canonical import Json
from evaluation_service.domain.results.sheets import Sheet

NAMED_BY = {
    "work": "assignment",
    "conduct": "rule",
    "indicators": "code",
    "faults": "evidence",
    "events": "event",
    "history": "period",
    "procedures": "procedure",
    "crises": "crisis",
}
"""The field of a row that says which it is."""

ADDED_UP = "working_days"

WORK = "work"

Rows = dict[str, list[dict[str, Json]]]


def carried(
    document: Mapping[str, Json], sheets: Sequence[Sheet], decided: Collection[str]
) -> dict[str, Json]:
    """The inputs with what each decision changed of those of its time. `decided` are the ids of
    decisions among what the sheets rest on; other sheets rest on what is read anew."""
    whole = dict(document)
    for before, after in pairwise(sheets):
        if after.basis in decided:
            whole = _again(whole, json.loads(before.snapshot), json.loads(after.snapshot))
    return whole


def carried_work(rows: Json, sheets: Sequence[Sheet], decided: Collection[str]) -> Json:
    """The same of pieces of work that were counted anew."""
    for before, after in pairwise(sheets):
        if after.basis in decided:
            was, now = (json.loads(each.snapshot).get(WORK) for each in (before, after))
            rows = _rows_again(WORK, rows, was, now)
    return rows


def _again(
    whole: dict[str, Json], before: Mapping[str, Json], after: Mapping[str, Json]
) -> dict[str, Json]:
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    for name in sorted(changed):
        was, now, known = before.get(name), after.get(name), whole.get(name)
        if name in NAMED_BY:
            whole[name] = _rows_again(name, known, was, now)
        elif isinstance(was, dict) or isinstance(now, dict):
            fields = dict(known) if isinstance(known, dict) else {}
            whole[name] = _fields_again(fields, _fields(was), _fields(now))
        elif name == ADDED_UP:
            whole[name] = str(int(str(known)) + int(str(now)) - int(str(was)))
        else:
            whole[name] = now
    return whole


def _fields_again(
    known: dict[str, Json], was: Mapping[str, Json], now: Mapping[str, Json]
) -> dict[str, Json]:
    for key in {*was, *now}:
        if was.get(key) == now.get(key):
            continue
        if key in now:
            known[key] = now[key]
        else:
            known.pop(key, None)
    return known


def _rows_again(name: str, known: Json, was: Json, now: Json) -> list[Json]:
    """A row that is in all three has its changed fields; else what the decision left of its name
    stands, but for work that counts no more."""
    rows, old, new = (_by_name(name, each) for each in (known, was, now))
    for key in {*old, *new}:
        then, decided = old.get(key, []), new.get(key, [])
        gone = name == WORK and key not in rows
        if then == decided or gone:
            continue
        if len(rows.get(key, [])) == len(then) == len(decided) == 1:
            rows[key] = [_fields_again(dict(rows[key][0]), then[0], decided[0])]
        else:
            rows[key] = decided
    return [row for some in rows.values() for row in some]


def _by_name(name: str, rows: Json) -> Rows:
    named: Rows = {}
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            named.setdefault(json.dumps(row.get(NAMED_BY[name])), []).append(row)
    return named


def _fields(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
