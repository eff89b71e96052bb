"""A sealed period outside the service: fetched by the gateway or from a file, verified here."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from congvu_kit.adapters.notes import open_checkpoint
from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import Gateway
from congvu_kit.tools.log_export import Export
from congvu_kit.tools.log_verification import Broken, ExportedEntry, LogVerifier
from congvu_kit.tools.speech import said
from congvu_scoring import CompiledPolicy, compile_policy, read_policy
from evaluation_service.domain.periods.imprints import Imprint
from evaluation_service.domain.periods.seals import SealedResult
from evaluation_service.domain.periods.verification import (
    Stored,
    StoredEvaluation,
    StoredObjective,
    StoredPeriod,
    StoredRun,
    Switches,
    verify_period,
)

EXPORT_FORMAT = "congvu.sealed-period/1"
PERIOD_SEALED = "PERIOD_SEALED"
"""The type of the entry by which the public log knows a seal."""

PERIOD = "query Period($id: ID!) { evaluationPeriod(id: $id) { name state sealed } }"

RUNS = """
query Runs($period: ID!, $after: String) {
  rankingRuns(periodId: $period, first: 50, after: $after) {
    edges { node { id sealed } }
    pageInfo { hasNextPage endCursor }
  }
}"""

RESULTS = """
query Sealed($period: ID!, $run: ID!, $after: ID) {
  rankingRun(periodId: $period, id: $run) {
    sealedResults(after: $after) { evaluationId hash band }
  }
}"""

EVALUATIONS = """
query Evaluations($period: ID!, $after: String) {
  evaluations(filter: {periodId: $period}, first: 10, after: $after) {
    edges { node {
      id state role dutyGroup band sealed civilServant { id } unit { id }
      sheets { number snapshot policy { policy } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

UNITS = """
query Units($period: ID!, $after: String) {
  orgEvaluations(periodId: $period, first: 10, after: $after) {
    edges { node {
      id state band sealed unit { id } sheets { number snapshot policy { policy } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""

OBJECTIVES = """
query Objectives($period: ID!, $after: String) {
  objectives(filter: {periodId: $period}, first: 10, after: $after) {
    edges { node { id code level state sealed } }
    pageInfo { hasNextPage endCursor }
  }
}"""

POLICY = "query Policy($id: ID!) { scoringPolicy(id: $id) { document } }"


@dataclass(frozen=True, kw_only=True)
class SealedPeriod:
    """An export: everything that the seal binds, and what it is recomputed with."""

    document: dict[str, Any]

    def findings(self) -> list[str]:
        """A line for everything that differs from what was sealed."""
        of = verify_period(_stored(self.document), self._compiled)
        return [said(vi=each.vi, en=each.en) for each in of]

    @property
    def results(self) -> int:
        return len(self.document["evaluations"])

    @property
    def period_id(self) -> str:
        return str(self._sealed["record"]["id"])

    @property
    def seal_hash(self) -> str:
        return str(self._sealed["hash"])

    @property
    def _sealed(self) -> dict[str, Any]:
        return _read(self.document["period"])

    def log_findings(self, log: Export, key: str | None, *, signed: bool) -> list[str]:
        """Whether the public log, whole and signed by `key`, holds this seal as the newest of the
        period. A rewrite that is consistent in itself is found here. A new seal may wait a day
        for the checkpoint that signs it: only with `signed` it has to be there."""
        try:
            log.verify(LogVerifier(), key=key)
            sizes = [open_checkpoint(n, key or log.header.verifierKey).size for n in log.notes]
        except (Broken, ValueError) as error:
            return [_of_log(vi=getattr(error, "vi", "không đọc được mốc đã ký"), en=str(error))]
        entries = [
            each
            for each in log.read_entries()
            if each.type == PERIOD_SEALED and each.subject == self.period_id
        ]
        if not entries:
            vi, en = "không có dấu niêm phong của kỳ", "it holds no seal of period"
            return [f"{_of_log(vi=vi, en=en)} {self.period_id}"]
        if signed and entries[-1].sequence > max(sizes, default=0):
            at = entries[-1].sequence
            vi, en = f"mục {at} chưa có mốc ký", f"entry {at} is not under a checkpoint yet"
            return [_of_log(vi=vi, en=en)]
        return list(self._entry_findings(entries))

    def _entry_findings(self, entries: Sequence[ExportedEntry]) -> Iterator[str]:
        last, seal = entries[-1], self._sealed["record"]["seal"]
        shown = last.shown()
        for name, ours in (("seal_hash", self.seal_hash), ("root", seal["root"])):
            if shown.get(name) != ours:
                at = f"{last.sequence}: {name}"
                vi, en = f"mục {at} thuộc dấu khác", f"entry {at} is of another seal than this one"
                yield _of_log(vi=vi, en=en)
        earlier = {each.shown().get("seal_hash") for each in entries}
        if seal["number"] > 1 and seal.get("previous") not in earlier:
            vi, en = "không có dấu niêm phong trước đó", "it does not hold the seal before this one"
            yield _of_log(vi=vi, en=en)

    def _compiled(self, reference: str, switches: Switches) -> CompiledPolicy:
        text = self.document["policies"].get(reference)
        if text is None:
            raise ValueError(f"policy {reference} is not there")
        return _compile(text, switches)


def _of_log(*, vi: str, en: str) -> str:
    return said(vi=f"nhật ký công khai: {vi}", en=f"public log: {en}")


@lru_cache(maxsize=64)
def _compile(text: str, switches: Switches) -> CompiledPolicy:
    return compile_policy(read_policy(json.loads(text)), dict(switches))


def fetch(gateway: Gateway, period_id: str, advance: Callable[[int], None]) -> SealedPeriod:
    """All of a closed period that its seal binds."""
    period = gateway.query(PERIOD, {"id": period_id})["evaluationPeriod"]
    if period is None:
        raise Failure(vi="Không tìm thấy kỳ đánh giá có mã này.", en=f"no period {period_id!r}")
    if period["sealed"] is None:
        raise Failure(
            vi=f"{period['name']}: kỳ chưa đóng, hoặc tài khoản không có quyền kiểm tra.",
            en=f"period {period['name']!r} is {period['state']}: only a closed one is sealed, and "
            "only period-admin, review-board and auditor of its province verify it",
        )
    evaluations = evaluations_of(gateway, period_id, advance)
    units = list(gateway.pages(UNITS, "orgEvaluations", {"period": period_id}))
    rated = [*evaluations, *units]
    references = sorted({s["policy"]["policy"] for e in rated for s in e["sheets"]})
    document = {
        "format": EXPORT_FORMAT,
        "period": period["sealed"],
        "runs": runs_of(gateway, period_id),
        "evaluations": evaluations,
        "units": units,
        "objectives": objectives_of(gateway, period_id),
        "policies": {each: _policy(gateway, each) for each in references},
    }
    return SealedPeriod(document=document)


def runs_of(gateway: Gateway, period_id: str) -> list[dict[str, Any]]:
    return [
        {"sealed": run["sealed"], "results": _results(gateway, period_id, run["id"])}
        for run in gateway.pages(RUNS, "rankingRuns", {"period": period_id})
    ]


def evaluations_of(
    gateway: Gateway, period_id: str, advance: Callable[[int], None]
) -> list[dict[str, Any]]:
    found = []
    for evaluation in gateway.pages(EVALUATIONS, "evaluations", {"period": period_id}):
        found.append(evaluation)
        advance(1)
    return found


def objectives_of(gateway: Gateway, period_id: str) -> list[dict[str, Any]]:
    return list(gateway.pages(OBJECTIVES, "objectives", {"period": period_id}))


def from_file(path: Path) -> SealedPeriod:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        known = document["format"] == EXPORT_FORMAT
        _stored(document)
    except (ValueError, KeyError, TypeError, AttributeError) as exception:
        raise Failure(
            vi=f"{path}: không phải tệp xuất của kỳ đã niêm phong.",
            en=f"{path} is no export of a sealed period",
        ) from exception
    if not known:
        raise Failure(
            vi=f"{path}: tệp xuất có định dạng khác {EXPORT_FORMAT}.",
            en=f"{path} is an export of another format than {EXPORT_FORMAT}",
        )
    return SealedPeriod(document=document)


def to_file(period: SealedPeriod, path: Path) -> None:
    path.write_text(json.dumps(period.document, ensure_ascii=False) + "\n", encoding="utf-8")


def _policy(gateway: Gateway, reference: str) -> str | None:
    stored = gateway.query(POLICY, {"id": reference})["scoringPolicy"]
    return str(stored["document"]) if stored else None


def _results(gateway: Gateway, period_id: str, run_id: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        variables = {"period": period_id, "run": run_id, "after": after}
        page = gateway.query(RESULTS, variables)["rankingRun"]["sealedResults"]
        if not page:
            return results
        results += page
        after = results[-1]["evaluationId"]


def _read(text: str | None) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text or '{"record": {}, "hash": null, "marks": []}')
    return read


def _imprint(read: dict[str, Any]) -> Imprint:
    return Imprint(hash=read["hash"] or "", marks=tuple(read["marks"]))


def _stored(document: dict[str, Any]) -> StoredPeriod:
    period = _read(document["period"])
    return StoredPeriod(
        period=Stored(record=period["record"], imprint=_imprint(period)),
        runs=[_run(each) for each in document["runs"]],
        evaluations=[_evaluation(each) for each in document["evaluations"]],
        units=[_rated(each, {}) for each in document.get("units", ())],
        objectives=[_objective(each) for each in document.get("objectives", ())],
    )


def _run(given: dict[str, Any]) -> StoredRun:
    read = _read(given["sealed"])
    results = tuple(
        SealedResult(evaluation_id=each["evaluationId"], hash=each["hash"], band=each["band"])
        for each in given["results"]
    )
    return StoredRun(record=read["record"], imprint=_imprint(read), results=results)


def _evaluation(given: dict[str, Any]) -> StoredEvaluation:
    person = {
        "role": given["role"],
        "duty_group": given["dutyGroup"],
        "civil_servant_id": (given["civilServant"] or {}).get("id"),
    }
    return _rated(given, person)


def _rated(given: dict[str, Any], more: dict[str, Any]) -> StoredEvaluation:
    read = _read(given["sealed"])
    unit_id = (given["unit"] or {}).get("id")
    shown = {name: given[name] for name in ("id", "state", "band")} | {"unit_id": unit_id} | more
    return StoredEvaluation(
        record=read["record"],
        imprint=_imprint(read),
        shown=shown,
        snapshots={each["number"]: each["snapshot"] for each in given["sheets"]},
    )


def _objective(given: dict[str, Any]) -> StoredObjective:
    shown = {name: given[name] for name in ("id", "code", "level", "state")}
    return StoredObjective(record=json.loads(given["sealed"] or "{}"), shown=shown)
