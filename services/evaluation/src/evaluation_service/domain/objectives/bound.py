"""What a seal binds of objectives: each whole, with every reading there is of it (E-I18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from congvu_kit.domain.canonical import Json, fingerprint
from evaluation_service.domain.objectives.objectives import Objective
from evaluation_service.domain.objectives.readings import IndicatorReading
from evaluation_service.domain.periods.imprints import Record, record_of


@dataclass(frozen=True, kw_only=True)
class BoundObjective:
    objective_id: str
    hash: str


def objective_record(objective: Objective, readings: Sequence[IndicatorReading]) -> Record:
    read: list[Json] = [record_of(each) for each in sorted(readings, key=lambda each: each.id)]
    return {"objective": record_of(objective), "readings": read}


def bound_hash(record: Record) -> str:
    return fingerprint(record)


def bound_root(bound: Iterable[BoundObjective]) -> str | None:
    """Over objectives that no result binds; None when there are none."""
    rows: list[Json] = [[each.objective_id, each.hash] for each in sorted(bound, key=_by_id)]
    return fingerprint(rows) if rows else None


def _by_id(each: BoundObjective) -> str:
    return each.objective_id
