"""What is told of a result: scored, ranked, published, corrected."""

from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.domain.aggregate import Event
from evaluation_service.domain.results.sheets import EvaluationOutcome


@dataclass(frozen=True, kw_only=True)
class EvaluationEvent(Event):
    """`total` is the exact value as text ("265/3"), `total_decimal` as a reader is shown it; null
    when there is no score. `basis` is the appeal or post-audit that led to this sheet; null for the
    first. Events of before tell no `total_decimal` and no `period_code` ("2026-Q3")."""

    evaluation_id: str
    civil_servant_id: str
    unit_id: str
    province: str
    period_id: str
    policy: str
    outcome: EvaluationOutcome
    total: str | None
    raw_band: str | None
    band: str | None
    result_hash: str
    sheet: int
    basis: str | None = None
    total_decimal: str | None = None
    period_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class YearOutdated(Event):
    """The message by which a scored year follows one of its months or quarters: `source_id` is the
    result that changed, `basis` the decision that changed it."""

    TYPE: ClassVar[str] = "congvu.evaluation.year.outdated.v1"

    evaluation_id: str
    civil_servant_id: str
    unit_id: str
    province: str
    period_id: str
    source_id: str
    basis: str | None


@dataclass(frozen=True, kw_only=True)
class EvaluationScored(EvaluationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.evaluation.scored.v1"


@dataclass(frozen=True, kw_only=True)
class EvaluationRanked(EvaluationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.evaluation.ranked.v1"


@dataclass(frozen=True, kw_only=True)
class EvaluationPublished(EvaluationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.evaluation.published.v1"


@dataclass(frozen=True, kw_only=True)
class EvaluationCorrected(EvaluationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.evaluation.corrected.v1"
