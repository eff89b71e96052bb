"""Period seals (niêm phong kỳ): one hash that stands for every result of a closed period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from congvu_kit.domain.canonical import Json, fingerprint

SEAL_FORMAT = "congvu.seal/1"


@dataclass(frozen=True, kw_only=True)
class SealedResult:
    """What the seal says of one evaluation."""

    evaluation_id: str
    sheet: int
    snapshot_hash: str
    result_hash: str
    total: str | None
    band: str | None

    def document(self) -> Json:
        return {
            "evaluation_id": self.evaluation_id,
            "sheet": self.sheet,
            "snapshot_hash": self.snapshot_hash,
            "result_hash": self.result_hash,
            "total": self.total,
            "band": self.band,
        }


@dataclass(frozen=True, kw_only=True)
class SealedRun:
    """One agency of the period."""

    agency_id: str
    hash: str
    results: int


@dataclass(frozen=True, kw_only=True)
class PeriodSeal:
    """`root` is over the agencies' hashes, `hash` over the whole seal with signer and time."""

    root: str
    runs: tuple[SealedRun, ...]
    counts: dict[str, int]
    policies: dict[str, str]
    releases: tuple[str, ...]
    signer: str
    sealed_at: datetime
    hash: str


def run_hash(agency_id: str, results: tuple[SealedResult, ...]) -> str:
    ordered = sorted(results, key=lambda each: each.evaluation_id)
    return fingerprint({"agency_id": agency_id, "results": [each.document() for each in ordered]})


def root_hash(runs: tuple[SealedRun, ...]) -> str:
    return fingerprint([{"agency_id": run.agency_id, "hash": run.hash} for run in runs])


def make_seal(
    *,
    period_id: str,
    runs: tuple[SealedRun, ...],
    counts: Mapping[str, int],
    policies: Mapping[str, str],
    releases: tuple[str, ...],
    signer: str,
    sealed_at: datetime,
) -> PeriodSeal:
    ordered = tuple(sorted(runs, key=lambda run: run.agency_id))
    root = root_hash(ordered)
    document: Json = {
        "format": SEAL_FORMAT,
        "period_id": period_id,
        "root": root,
        "counts": dict(counts),
        "policies": dict(policies),
        "releases": list(releases),
        "signer": signer,
        "sealed_at": sealed_at.isoformat(),
    }
    return PeriodSeal(
        root=root,
        runs=ordered,
        counts=dict(counts),
        policies=dict(policies),
        releases=releases,
        signer=signer,
        sealed_at=sealed_at,
        hash=fingerprint(document),
    )


def same_seal(seal: PeriodSeal, period_id: str) -> PeriodSeal:
    """The seal made anew from its own parts: equal unless somebody touched it."""
    return make_seal(
        period_id=period_id,
        runs=seal.runs,
        counts=seal.counts,
        policies=seal.policies,
        releases=seal.releases,
        signer=seal.signer,
        sealed_at=seal.sealed_at,
    )
