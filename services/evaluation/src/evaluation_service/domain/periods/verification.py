"""Recomputes a sealed period and names every field that is not what was sealed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import DomainError
from congvu_scoring import CompiledPolicy, Snapshot, canonical_bytes, score_anyway
from evaluation_service.domain.objectives.bound import BoundObjective, bound_hash, bound_root
from evaluation_service.domain.periods.findings import (
    Finding,
    Findings,
    at,
    missing,
    not_as_stored,
    not_under,
    one,
    other,
)
from evaluation_service.domain.periods.imprints import Imprint, Record
from evaluation_service.domain.periods.seals import (
    SEAL_FORMAT,
    SealedResult,
    SealedRun,
    count_bands,
    results_hash,
    root_hash,
)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A document as it is stored now. `shown` is what clients get, by the path it is bound at."""

    record: Record
    imprint: Imprint
    shown: Record = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.record.get("id"))

    def differences(self, sealed_hash: object) -> Findings:
        """What to say of each field that differs, or of all when none can be told apart."""
        named = self.imprint.differences(self.record)
        yield from (
            at(path, vi="khác khi niêm phong", en="it is not what was sealed") for path in named
        )
        for path, value in self.shown.items():
            if self.record.get(path) != value:
                yield not_as_stored(path)
        if not named and Imprint.of(self.record).hash != sealed_hash:
            yield Finding(
                vi="nội dung khác khi niêm phong", en="its fields are not those under the seal"
            )
        if self.imprint.hash != sealed_hash:
            yield at("imprint", vi="khác dấu đã niêm phong", en="it is not the one under the seal")


@dataclass(frozen=True, kw_only=True)
class StoredRun(Stored):
    """One agency; its results are under the record by their hash."""

    results: tuple[SealedResult, ...]


@dataclass(frozen=True, kw_only=True)
class StoredEvaluation(Stored):
    """`snapshots` are the texts of its sheets, byte for byte, by the sheets' numbers."""

    snapshots: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class StoredObjective:
    """With every reading of it. `shown` is what clients get of the objective itself."""

    record: Record
    shown: Record = field(default_factory=dict)

    @property
    def itself(self) -> Mapping[str, Json]:
        return _mapping(self.record.get("objective"))

    @property
    def bound(self) -> BoundObjective:
        return BoundObjective(objective_id=str(self.itself.get("id")), hash=bound_hash(self.record))


@dataclass(frozen=True, kw_only=True)
class StoredPeriod:
    """A closed period with everything that its seal binds."""

    period: Stored
    runs: Sequence[StoredRun]
    evaluations: Sequence[StoredEvaluation]
    objectives: Sequence[StoredObjective] = ()
    units: Sequence[StoredEvaluation] = ()

    @property
    def seal(self) -> Mapping[str, Json]:
        return _mapping(self.period.record.get("seal"))


Switches = tuple[tuple[str, str], ...]
Compile = Callable[[str, Switches], CompiledPolicy]
"""The policy (policy@version) with its switches, from its stored document."""


def verify_period(stored: StoredPeriod, compile_stored: Compile) -> list[Finding]:
    """One line for everything that differs; none when the period is as it was sealed."""
    return [
        *_period_findings(stored),
        *_run_findings(stored),
        *_result_findings(stored),
        *_unit_findings(stored),
        *_objective_findings(stored),
        *(
            line.of(one("evaluation", each.id))
            for each in (*stored.evaluations, *stored.units)
            for line in _sheet_findings(each, stored.seal, compile_stored)
        ),
    ]


def _period_findings(stored: StoredPeriod) -> Findings:
    period, seal = stored.period, stored.seal
    lines = list(period.differences(period.imprint.hash))
    results = [result for run in stored.runs for result in run.results]
    runs = [
        SealedRun(agency_id=str(run.record.get("agency_id")), hash=run.imprint.hash, results=0)
        for run in stored.runs
    ]
    for path, sealed, found in (
        ("seal.format", seal.get("format"), SEAL_FORMAT),
        ("seal.root", seal.get("root"), root_hash(runs)),
        ("seal.counts", seal.get("counts"), count_bands(results)),
    ):
        if sealed != found:
            lines.append(other(path, sealed, found))
    yield from (line.of(one("period", period.id)) for line in lines)


def _run_findings(stored: StoredPeriod) -> Findings:
    sealed = {str(each["agency_id"]): each for each in _rows(stored.seal.get("runs"))}
    found = {str(run.record.get("agency_id")): run for run in stored.runs}
    for agency_id, run in found.items():
        who = one("agency", agency_id)
        if agency_id not in sealed:
            yield not_under(who)
            continue
        yield from (line.of(who) for line in run.differences(sealed[agency_id]["hash"]))
        if run.record.get("results") != results_hash(agency_id, run.results):
            yield at(
                "results", vi="khác kết quả của lượt xếp loại", en="they are not those of the run"
            ).of(who)
        if sealed[agency_id]["results"] != len(run.results):
            count = sealed[agency_id]["results"]
            yield at(
                "results",
                vi=f"đã niêm phong {count}, nay có {len(run.results)}",
                en=f"{count} sealed, {len(run.results)} found",
            ).of(who)
    yield from (missing(one("agency", each)) for each in sorted(sealed.keys() - found.keys()))


def _result_findings(stored: StoredPeriod) -> Findings:
    """The exact set of evaluations: nothing missing, nothing beside it."""
    sealed = {
        str(each["evaluation_id"]): (each["hash"], each["band"])
        for each in _rows(stored.seal.get("unrated"))
    }
    sealed |= {r.evaluation_id: (r.hash, r.band) for run in stored.runs for r in run.results}
    yield from _set_findings(stored.evaluations, sealed)


def _unit_findings(stored: StoredPeriod) -> Findings:
    """Of units: each run names its own."""
    rows = [row for run in stored.runs for row in _rows(run.record.get("units"))]
    sealed = {str(row["evaluation_id"]): (row["hash"], row.get("band")) for row in rows}
    yield from _set_findings(stored.units, sealed)


def _set_findings(
    stored: Sequence[StoredEvaluation], sealed: Mapping[str, tuple[Json, Json]]
) -> Findings:
    found = {each.id: each for each in stored}
    for id, evaluation in found.items():
        who = one("evaluation", id)
        if id not in sealed:
            yield not_under(who)
            continue
        hash, band = sealed[id]
        yield from (line.of(who) for line in evaluation.differences(hash))
        if evaluation.record.get("band") != band:
            yield other("band", band, evaluation.record.get("band")).of(who)
    yield from (missing(one("evaluation", id)) for id in sorted(sealed.keys() - found.keys()))


def _objective_findings(stored: StoredPeriod) -> Findings:
    """People's are under their results, those of units together under the seal (E-I18)."""
    found = {each.bound.objective_id: each for each in stored.objectives}
    bound: dict[str, Json] = {}
    rated = set()
    for evaluation in stored.evaluations:
        rated.add(evaluation.record.get("civil_servant_id"))
        for row in _rows(evaluation.record.get("objectives")):
            bound[str(row["objective_id"])] = row["hash"]
    of_units = []
    for id, each in found.items():
        for path, value in each.shown.items():
            if each.itself.get(path, value) != value:
                yield not_as_stored(path).of(one("objective", id))
        person = each.itself.get("civil_servant_id")
        if id in bound and bound[id] != each.bound.hash:
            yield Finding(
                vi="mục tiêu hoặc số liệu khác khi niêm phong",
                en="it, or a reading of it, is not what was sealed",
            ).of(one("objective", id))
        elif id not in bound and person is None:
            of_units.append(each.bound)
        elif id not in bound and person in rated:
            yield not_under(one("objective", id))
    yield from (missing(one("objective", id)) for id in sorted(bound.keys() - found.keys()))
    if stored.seal.get("objectives") != bound_root(of_units):
        yield Finding(
            vi="mục tiêu của đơn vị: mục tiêu hoặc số liệu khác khi niêm phong",
            en="objectives of units: they, or readings of them, are not what was sealed",
        )


def _sheet_findings(
    evaluation: StoredEvaluation, seal: Mapping[str, Json], compile_stored: Compile
) -> Findings:
    sheets = _rows(evaluation.record.get("sheets"))
    if list(evaluation.snapshots) != [sheet.get("number") for sheet in sheets]:
        yield at(
            "sheets",
            vi="các phiếu hiển thị khác các phiếu đã niêm phong",
            en="those shown are not those under the seal",
        )
    for number, sheet in enumerate(sheets, start=1):
        text = evaluation.snapshots.get(number)
        if text is None:
            yield at(f"sheets.{number}", vi="không còn", en="it is missing")
            continue
        try:
            lines = list(_recomputed(sheet, text, seal, compile_stored))
        except (DomainError, ValueError) as error:
            vi = error.vi if isinstance(error, DomainError) else "dữ liệu không đọc được"
            cannot = f"it cannot be scored: {error}"
            lines = [at("snapshot", vi=f"không chấm điểm được: {vi}", en=cannot)]
        yield from (line.inside(f"sheets.{number}") for line in lines)


def _recomputed(
    sheet: Mapping[str, Json], text: str, seal: Mapping[str, Json], compile_stored: Compile
) -> Findings:
    """The sheet against what its inputs give now under its policy (E-I2)."""
    policy = _mapping(sheet.get("policy"))
    reference = f"{policy.get('policy_id')}@{policy.get('version')}"
    switches = {name: str(value) for name, value in _mapping(policy.get("switches")).items()}
    snapshot = Snapshot.from_document(json.loads(text))
    compiled = compile_stored(reference, tuple(sorted(switches.items())))
    again = score_anyway(compiled, snapshot)
    for path, sealed, found in (
        ("snapshot", canonical_bytes(snapshot.to_document()).decode(), text),
        ("snapshot_hash", sheet.get("snapshot_hash"), snapshot.hash),
        ("result_hash", sheet.get("result_hash"), again.hash()),
        ("policy.hash", policy.get("hash"), compiled.policy.hash),
        ("policy", _mapping(seal.get("policies")).get(reference), compiled.policy.hash),
        ("outcome", sheet.get("outcome"), str(again.state)),
        ("total", sheet.get("total"), _text(again.total)),
        ("counted_total", sheet.get("counted_total"), _text(again.counted_total)),
        ("raw_band", sheet.get("raw_band"), again.raw_band),
        ("band", sheet.get("band"), again.band),
        ("components", sheet.get("components"), {n: str(v) for n, v in again.components.items()}),
        ("reasons", sheet.get("reasons"), list(again.reasons)),
        ("triggers", sheet.get("triggers"), list(again.triggers)),
    ):
        if sealed != found:
            yield other(path, sealed, found)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Json) -> list[Mapping[str, Json]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
