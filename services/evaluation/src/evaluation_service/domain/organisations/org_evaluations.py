"""Evaluations of units (đánh giá tập thể): one unit, one period."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Event
from congvu_kit.domain.ids import derived_id
from congvu_scoring.common.exact import display
from evaluation_service.domain.personnel.units import OrgUnit, UnitLevel
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.rated import Rated, ResultStep
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.results.states import UNRATED, EvaluationState


@dataclass(frozen=True, kw_only=True)
class OrgEvaluationEvent(Event):
    """`total` is the exact value as text, `total_decimal` as a reader is shown it; null when there
    is no score. `basis` is the appeal that led to this sheet; null for the first. Events of before
    tell no `total_decimal` and no `period_code` ("2026-Q3")."""

    org_evaluation_id: str
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
class OrgEvaluationPublished(OrgEvaluationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.org_evaluation.published.v1"


@dataclass(frozen=True, kw_only=True)
class OrgEvaluationCorrected(OrgEvaluationEvent):
    TYPE: ClassVar[str] = "congvu.evaluation.org_evaluation.corrected.v1"


_TOLD = {
    ResultStep.PUBLISHED: OrgEvaluationPublished,
    ResultStep.CORRECTED: OrgEvaluationCorrected,
}


@dataclass(kw_only=True)
class OrgEvaluation(Rated):
    """`superior_id` is the unit above it: those of one superior are ranked together.
    `missing_index` says that citizens' index had not come when it was scored."""

    level: UnitLevel
    superior_id: str | None
    missing_index: bool = False

    @property
    def begun(self) -> EvaluationState:
        rated = self.given != GivenInputs()
        return EvaluationState.MANAGER_SCORED if rated else EvaluationState.NOT_STARTED

    def rate(self, criteria: Sequence[Rating], by: Participant) -> None:
        """The superior's points; each criterion replaces its own of before."""
        self.require_state(UNRATED, step="rate", vi="chấm điểm")
        self.given = self.given.with_(GivenInputs(general=tuple(criteria)))
        self.state = EvaluationState.MANAGER_SCORED
        self.involve(by)

    def move_to(self, unit: OrgUnit) -> None:
        """Where the unit stands when it is scored."""
        self.unit_path, self.agency_id = unit.path, unit.agency_id
        self.level, self.superior_id = unit.facts.level, unit.facts.parent_id

    def tell(self, step: ResultStep) -> None:
        kind = _TOLD.get(step)
        if kind is None:
            return
        sheet = self.sheets[-1]
        self.record(
            kind(
                org_evaluation_id=self.id,
                unit_id=self.unit_id,
                province=self.province,
                period_id=self.period_id,
                policy=sheet.policy.reference,
                outcome=sheet.outcome,
                total=None if sheet.total is None else str(sheet.total),
                raw_band=sheet.raw_band,
                band=self.band,
                result_hash=sheet.result_hash,
                sheet=sheet.number,
                basis=sheet.basis,
                total_decimal=None if sheet.total is None else display(sheet.total),
                period_code=self.period_label,
            )
        )


def org_evaluation_id(period_id: str, unit_id: str) -> str:
    return derived_id("orgeval", period_id, unit_id)
