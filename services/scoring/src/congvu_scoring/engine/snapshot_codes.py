"""Codes and labels a snapshot uses: those the policy cannot know are refused or told."""

from collections.abc import Iterator, Sequence

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.spelling import did_you_mean, meant_or_known
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.reads import Reads
from congvu_scoring.snapshots.sections import (
    CONDUCT,
    ELEMENTS,
    EVENTS,
    FAULTS,
    HISTORY,
    INDICATORS,
    WORK,
)
from congvu_scoring.snapshots.snapshot import Snapshot
from congvu_scoring.snapshots.tables import Cell, Table

_LISTS = (WORK.name, INDICATORS.name, CONDUCT.name, FAULTS.name)


def check_codes(policy: Policy, reads: Reads, snapshot: Snapshot) -> None:
    """Refuse a ledger row of no rule and a former band the policy does not know.

    An event may be in force for another policy, so it is only told as not read; bands of another
    family's results are its own.
    """
    conduct = snapshot.tables.get(CONDUCT.name)
    if conduct is not None and reads.conduct and CONDUCT.name in reads.lists:
        check_known(
            policy, "snapshot.conduct", "rule", conduct.cells["rule"], sorted(reads.conduct)
        )
    history = snapshot.tables.get(HISTORY.name)
    if history is not None and HISTORY.name in reads.lists:
        ours = (None, policy.family)
        bands = zip(history.cells["band"], history.cells["family"], strict=True)
        own = [band if family in ours else None for band, family in bands]
        check_known(policy, "snapshot.history", "band", own, policy.bands.known)


def check_known(
    policy: Policy, field: str, name: str, cells: Sequence[Cell], known: Sequence[str]
) -> None:
    for index, cell in enumerate(cells):
        if cell is not None and cell not in known:
            hint = meant_or_known(str(cell), known)
            where = f"{field}[{index}].{name}"
            raise Invalid(
                en=f"{where}: {policy.ref} has no {name} {cell!r}{hint.en}",
                vi=f"{where}: {policy.ref} không có {name} {cell!r}{hint.vi}",
                field=where,
                rule_id=policy.id,
            )


def check_distinct_periods(field: str, periods: Table) -> None:
    labels = periods.cells["period"]
    for index, label in enumerate(labels):
        if label in labels[:index]:
            where = f"{field}[{index}].period"
            raise Invalid(
                en=f"{where}: {label!r} is given twice",
                vi=f"{where}: kỳ {label!r} bị ghi hai lần",
                field=where,
            )


def not_read(policy: Policy, reads: Reads, snapshot: Snapshot) -> tuple[str, ...]:
    """Events, elements, lists and results of other families that no rule reads, with what was
    meant."""
    return tuple((*_not_read(reads, snapshot), *_of_others(policy, reads, snapshot)))


def _of_others(policy: Policy, reads: Reads, snapshot: Snapshot) -> Iterator[str]:
    history = snapshot.tables.get(HISTORY.name)
    if history is None or HISTORY.name not in reads.lists:
        return
    for label, family in zip(history.labels, history.cells["family"], strict=True):
        if not policy.looks_at(family):
            yield f"{HISTORY.name}.{label} ({family})"


def _not_read(reads: Reads, snapshot: Snapshot) -> Iterator[str]:
    if EVENTS.name not in reads.lists:
        for event in sorted(snapshot.events - reads.events):
            yield f"{EVENTS.name}.{event}{did_you_mean(event, reads.events)}"
    if ELEMENTS.name not in reads.inputs:
        stated = {*snapshot.numbers, *snapshot.texts}
        absent = [path for path in sorted(reads.inputs) if path not in stated]
        for path in sorted(stated - reads.inputs):
            if path.startswith(f"{ELEMENTS.name}."):
                yield f"{path}{did_you_mean(path, absent)}"
    for name in _LISTS:
        if name in snapshot.tables and name not in reads.lists:
            yield name
