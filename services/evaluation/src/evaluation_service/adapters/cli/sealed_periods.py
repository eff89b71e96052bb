"""Fetches a sealed period through the gateway and verifies it here, not there."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from congvu_kit.tools.cli import Failure
from congvu_kit.tools.client import Gateway
from congvu_scoring import CompiledPolicy, compile_policy, read_policy
from evaluation_service.domain.periods.seals import PeriodSeal, SealedResult, SealedRun
from evaluation_service.domain.periods.verification import StoredRun, StoredSheet, verify_period

PERIOD = """
query Period($id: ID!) {
  evaluationPeriod(id: $id) {
    name state
    seal {
      hash root signer sealedAt releases
      counts { band count }
      policies { policy hash }
      agencies { agencyId hash results }
    }
  }
}"""

RUNS = """
query Runs($period: ID!, $after: String) {
  rankingRuns(periodId: $period, first: 50, after: $after) {
    edges { node { id agency { id } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

SEALED = """
query Sealed($period: ID!, $run: ID!, $after: ID) {
  rankingRun(periodId: $period, id: $run) {
    sealedResults(after: $after) { evaluationId sheet snapshotHash resultHash total band }
  }
}"""

SHEETS = """
query Sheets($period: ID!, $after: String) {
  evaluations(filter: {periodId: $period}, first: 20, after: $after) {
    edges { node { id sheets {
      number snapshot snapshotHash resultHash policy { policy hash switches { name value } }
    } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

POLICY = "query Policy($id: ID!) { scoringPolicy(id: $id) { document } }"


def find_differences(
    gateway: Gateway, period_id: str, advance: Callable[[int], None]
) -> tuple[int, list[str]]:
    """How many results were recomputed, and a line for everything that differs."""
    period = gateway.query(PERIOD, {"id": period_id})["evaluationPeriod"]
    if period is None:
        raise Failure(f"no period {period_id!r}")
    if period["seal"] is None:
        raise Failure(
            f"period {period['name']!r} is {period['state']}: only a closed one is sealed"
        )
    runs = [
        StoredRun(agency_id=run["agency"]["id"], results=_sealed(gateway, period_id, run["id"]))
        for run in gateway.pages(RUNS, "rankingRuns", {"period": period_id})
    ]
    sheets = []
    for evaluation in gateway.pages(SHEETS, "evaluations", {"period": period_id}):
        sheets += [_sheet(evaluation["id"], each) for each in evaluation["sheets"]]
        advance(1)

    @lru_cache(maxsize=64)
    def compiled(reference: str, switches: tuple[tuple[str, str], ...]) -> CompiledPolicy:
        stored = gateway.query(POLICY, {"id": reference})["scoringPolicy"]
        if stored is None:
            raise Failure(f"policy {reference} is not there")
        return compile_policy(read_policy(json.loads(stored["document"])), dict(switches))

    found = verify_period(period_id, _seal(period["seal"]), runs, sheets, compiled)
    return sum(len(run.results) for run in runs), found


def _sealed(gateway: Gateway, period_id: str, run_id: str) -> tuple[SealedResult, ...]:
    results: list[SealedResult] = []
    after: str | None = None
    while True:
        variables = {"period": period_id, "run": run_id, "after": after}
        page = gateway.query(SEALED, variables)["rankingRun"]["sealedResults"]
        if not page:
            return tuple(results)
        results += [
            SealedResult(
                evaluation_id=each["evaluationId"],
                sheet=each["sheet"],
                snapshot_hash=each["snapshotHash"],
                result_hash=each["resultHash"],
                total=each["total"],
                band=each["band"],
            )
            for each in page
        ]
        after = results[-1].evaluation_id


def _sheet(evaluation_id: str, given: dict[str, Any]) -> StoredSheet:
    policy = given["policy"]
    return StoredSheet(
        evaluation_id=evaluation_id,
        number=given["number"],
        policy=policy["policy"],
        switches=tuple((each["name"], each["value"]) for each in policy["switches"]),
        snapshot=given["snapshot"],
        snapshot_hash=given["snapshotHash"],
        result_hash=given["resultHash"],
    )


def _seal(given: dict[str, Any]) -> PeriodSeal:
    return PeriodSeal(
        root=given["root"],
        runs=tuple(
            SealedRun(agency_id=each["agencyId"], hash=each["hash"], results=each["results"])
            for each in given["agencies"]
        ),
        counts={each["band"]: each["count"] for each in given["counts"]},
        policies={each["policy"]: each["hash"] for each in given["policies"]},
        releases=tuple(given["releases"]),
        signer=given["signer"],
        sealed_at=datetime.fromisoformat(given["sealedAt"]),
        hash=given["hash"],
    )
