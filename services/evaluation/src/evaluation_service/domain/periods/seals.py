"""Period seals (niêm phong kỳ): one hash that stands for all that is shown of a closed period."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from congvu_kit.domain.canonical import Json, fingerprint
from evaluation_service.domain.periods.imprints import Imprint

SEAL_FORMAT = "congvu.seal/2"


@dataclass(frozen=True, kw_only=True)
class SealedResult:
    """One evaluation: `hash` is its imprint's, `band` is there for counting."""

    evaluation_id: str
    hash: str
    band: str | None

    def document(self) -> Json:
        return {"evaluation_id": self.evaluation_id, "hash": self.hash, "band": self.band}


@dataclass(frozen=True, kw_only=True)
class SealedRun:
    """One agency of the period: its ranking run with every result."""

    agency_id: str
    hash: str
    results: int


@dataclass(frozen=True, kw_only=True)
class PeriodSeal:
    """What the period's own record says besides its fields; the imprint's hash over both is the
    seal's.

    `root` is over the agencies' hashes. `unrated` were begun and came to no result, such as one
    left behind by a transfer; `objectives` stands for those of units. A decision after the closing
    makes the next `number`, on its `basis` and with the hash of the seal `previous` to it.
    """

    format: str
    root: str
    runs: tuple[SealedRun, ...]
    unrated: tuple[SealedResult, ...]
    counts: dict[str, int]
    policies: dict[str, str]
    releases: tuple[str, ...]
    signer: str
    sealed_at: datetime
    number: int
    previous: str | None = None
    basis: str | None = None
    objectives: str | None = None
    imprint: Imprint = field(default_factory=lambda: Imprint(hash="", marks=()))

    @property
    def hash(self) -> str:
        return self.imprint.hash


def results_hash(agency_id: str, results: Sequence[SealedResult]) -> str:
    ordered = sorted(results, key=lambda each: each.evaluation_id)
    return fingerprint({"agency_id": agency_id, "results": [each.document() for each in ordered]})


def root_hash(runs: Sequence[SealedRun]) -> str:
    ordered = sorted(runs, key=lambda run: run.agency_id)
    return fingerprint([{"agency_id": run.agency_id, "hash": run.hash} for run in ordered])


def count_bands(results: Sequence[SealedResult]) -> dict[str, int]:
    """How many results there are, and how many in each band."""
    counts = {"evaluations": len(results)}
    for each in results:
        band = each.band or "NONE"
        counts[band] = counts.get(band, 0) + 1
    return counts
