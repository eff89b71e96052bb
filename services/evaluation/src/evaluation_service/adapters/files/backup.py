"""What a backup of evaluation proves: every closed period is what was sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from congvu_kit.application.backups import NotWhole, Proof, ServiceBackup, Sieve
from congvu_kit.application.documents import Codec
from congvu_kit.domain.canonical import fingerprint
from evaluation_service.application.collections import PERIODS
from evaluation_service.domain.periods.imprints import Imprint

_PERIODS = Codec(PERIODS)


@dataclass
class SealProof:
    collections: Sequence[str] = (PERIODS.name,)
    _seals: dict[str, str] = field(default_factory=dict)

    def take(self, collection: str, document: Mapping[str, Any]) -> None:
        del collection
        period = _PERIODS.load(document)
        if period.seal is None:
            return
        if Imprint.of(period.sealed_record).hash != period.seal.hash:
            raise NotWhole(
                vi=f"kỳ đánh giá {period.id} không còn đúng như khi niêm phong",
                en=f"evaluation: the period {period.id} is not what was sealed",
            )
        self._seals[period.id] = period.seal.hash

    def finish(self) -> Mapping[str, str]:
        return {"seals": f"{len(self._seals)} {fingerprint({**self._seals})}"}


class EvaluationBackup:
    service = "evaluation"

    def proof(self, memory: Path | None) -> Proof:
        del memory
        return SealProof()

    def sieve(self, memory: Path | None) -> Sieve | None:
        """Nothing of it was destroyed for good."""
        del memory
        return None


BACKUP: ServiceBackup = EvaluationBackup()
