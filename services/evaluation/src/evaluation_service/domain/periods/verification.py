"""Recomputes a sealed period and says what does not agree, result by result."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from congvu_kit.domain.errors import DomainError
from congvu_scoring import CompiledPolicy, Snapshot, canonical_bytes, score
from evaluation_service.domain.periods.seals import PeriodSeal, SealedResult, run_hash, same_seal


@dataclass(frozen=True, kw_only=True)
class StoredSheet:
    """A sheet as it is stored now; `snapshot` is its text, byte for byte."""

    evaluation_id: str
    number: int
    policy: str
    switches: tuple[tuple[str, str], ...]
    snapshot: str
    snapshot_hash: str
    result_hash: str


@dataclass(frozen=True, kw_only=True)
class StoredRun:
    """One agency as it is stored now."""

    agency_id: str
    results: tuple[SealedResult, ...]


Compile = Callable[[str, tuple[tuple[str, str], ...]], CompiledPolicy]
"""The policy (policy@version) with its switches, from its stored document."""


def verify_period(
    period_id: str,
    seal: PeriodSeal,
    runs: Sequence[StoredRun],
    sheets: Sequence[StoredSheet],
    compile_stored: Compile,
) -> list[str]:
    """One line for everything that differs; none when the period is as it was sealed."""
    kept = {(sheet.evaluation_id, sheet.number): sheet for sheet in sheets}
    findings = []
    for run in runs:
        for result in run.results:
            sheet = kept.get((result.evaluation_id, result.sheet))
            findings += _result_findings(result, sheet, seal, compile_stored)
    findings += _run_findings(seal, runs)
    if same_seal(seal, period_id) != seal:
        findings.append(f"period {period_id}: the seal is not the hash of what it says")
    return findings


def _result_findings(
    result: SealedResult, sheet: StoredSheet | None, seal: PeriodSeal, compile_stored: Compile
) -> list[str]:
    who = f"evaluation {result.evaluation_id} sheet {result.sheet}"
    if sheet is None:
        return [f"{who}: it is missing"]
    try:
        snapshot = Snapshot.from_document(json.loads(sheet.snapshot))
        compiled = compile_stored(sheet.policy, sheet.switches)
        again = score(compiled, snapshot)
    except (DomainError, ValueError) as error:
        return [f"{who}: the stored snapshot cannot be scored: {error}"]
    total = None if again.total is None else str(again.total)
    compared = (
        ("policy", seal.policies.get(sheet.policy), compiled.policy.hash),
        ("snapshot text", canonical_bytes(snapshot.to_document()).decode(), sheet.snapshot),
        ("snapshot hash", result.snapshot_hash, snapshot.hash),
        ("stored snapshot hash", result.snapshot_hash, sheet.snapshot_hash),
        ("result hash", result.result_hash, again.hash()),
        ("stored result hash", result.result_hash, sheet.result_hash),
        ("total", result.total, total),
    )
    return [
        f"{who}: {name} differs: sealed {_short(sealed)}, found {_short(found)}"
        for name, sealed, found in compared
        if sealed != found
    ]


def _run_findings(seal: PeriodSeal, runs: Sequence[StoredRun]) -> list[str]:
    findings = []
    found = {run.agency_id: run for run in runs}
    for sealed in seal.runs:
        run = found.get(sealed.agency_id)
        if run is None:
            findings.append(f"agency {sealed.agency_id}: its results are missing")
        elif run_hash(run.agency_id, run.results) != sealed.hash:
            findings.append(f"agency {sealed.agency_id}: its results are not those sealed")
    findings += [
        f"agency {agency_id}: it is not under the seal"
        for agency_id in sorted(found.keys() - {sealed.agency_id for sealed in seal.runs})
    ]
    return findings


def _short(value: str | None) -> str:
    """Enough of a long text to recognise it."""
    text = repr(value)
    return text if len(text) <= 72 else f"{text[:69]}..."  # noqa: PLR2004 - one line of a terminal
