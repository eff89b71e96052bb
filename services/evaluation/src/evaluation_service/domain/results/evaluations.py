"""Evaluations (phiếu đánh giá): one person, one period, one appointment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.ids import derived_id
from congvu_scoring.common.exact import display
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import RefusedInputs
from evaluation_service.domain.results.events import (
    EvaluationCorrected,
    EvaluationEvent,
    EvaluationPublished,
    EvaluationRanked,
    EvaluationScored,
    YearOutdated,
)
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.results.rated import Rated, ResultStep
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.results.states import UNRATED, EvaluationState
from evaluation_service.domain.stages.files import StageFile
from evaluation_service.domain.transfers.handovers import HandedOverTo, TakenPart


@dataclass(kw_only=True)
class Evaluation(Rated):
    """`field_unit_ids` are, like `unit_path`, the organisation as it was when scored. `handed_over`
    says where the person is rated instead, `taken` whose parts count here (E-I10). `refusal` is why
    the policy takes not what was `given`, `file` is its way through the stages. `updated_at` is set
    by the store.
    """

    civil_servant_id: str
    appointment_id: str
    role: AppointmentRole
    duty_group: str
    position_code: str
    field_unit_ids: tuple[str, ...] = ()
    self_assessed: GivenInputs = field(default_factory=GivenInputs)
    handed_over: HandedOverTo | None = None
    taken: tuple[TakenPart, ...] = ()
    refusal: RefusedInputs | None = None
    file: StageFile | None = None
    updated_at: datetime | None = field(default=None, compare=False)

    def move_to(self, other: "Evaluation") -> None:
        """Take over where the person stands from a newly made one of the same appointment."""
        self.unit_path, self.agency_id = other.unit_path, other.agency_id
        self.duty_group, self.field_unit_ids = other.duty_group, other.field_unit_ids
        if self.sheets:
            self.press()

    def self_assess(self, inputs: GivenInputs) -> None:
        self.require_state(UNRATED, step="assess", vi="tự đánh giá")
        self.self_assessed = inputs
        if self.state in (EvaluationState.NOT_STARTED, EvaluationState.HANDED_OVER):
            self.state, self.handed_over = EvaluationState.SELF_ASSESSED, None

    def give(self, inputs: GivenInputs, by: Participant) -> None:
        self.require_state(UNRATED, step="rate", vi="chấm điểm")
        self.given = self.given.with_(inputs)
        self.involve(by)
        self.state, self.handed_over = EvaluationState.MANAGER_SCORED, None

    def hand_over(self, to: HandedOverTo) -> None:
        """The person is rated elsewhere, and nothing waits here."""
        self.require_state(UNRATED | {EvaluationState.RANKED}, step="hand over", vi="bàn giao")
        self.state, self.handed_over = EvaluationState.HANDED_OVER, to
        self.band, self.rank_reasons = None, ()
        if self.sheets:
            self.press()

    def took(self, part_hash: str) -> bool:
        return any(each.part_hash == part_hash for each in self.taken)

    def take(
        self,
        parts: tuple[TakenPart, ...],
        acted: Sequence[Participant],
        thought: Sequence[GivenInputs] = (),
    ) -> None:
        """Note whose parts count, who acted in them, and what the person thought there; what they
        said here comes first."""
        self.taken = parts
        for earlier in reversed(thought):
            self.self_assessed = earlier.with_(self.self_assessed)
        for participant in acted:
            self.involve(participant)

    def add(self, sheet: Sheet) -> None:
        super().add(sheet)
        self.handed_over = None

    def score_anew(self) -> None:
        """The sheet of the attempt under way counts as one of before."""
        sheet = self.require_rated()
        self.sheets[-1] = replace(sheet, attempt=sheet.attempt - 1)

    def outdate(self, source_id: str, basis: str | None) -> None:
        """A result that this year counts is another now."""
        self.record(YearOutdated(**self.whose, source_id=source_id, basis=basis))

    @property
    def begun(self) -> EvaluationState:
        entered = {
            EvaluationState.MANAGER_SCORED: self.given,
            EvaluationState.SELF_ASSESSED: self.self_assessed,
        }
        found = [state for state, inputs in entered.items() if inputs != GivenInputs()]
        return found[0] if found else EvaluationState.NOT_STARTED

    def tell(self, step: ResultStep) -> None:
        self.record(self.told(_TOLD[step]))

    @property
    def whose(self) -> dict[str, str]:
        names = ("civil_servant_id", "unit_id", "province", "period_id")
        return {name: getattr(self, name) for name in names} | {"evaluation_id": self.id}

    def told(self, kind: type[EvaluationEvent]) -> EvaluationEvent:
        sheet = self.sheets[-1]
        return kind(
            **self.whose,
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


def evaluation_id(period_id: str, civil_servant_id: str, appointment_id: str) -> str:
    return derived_id("eval", period_id, civil_servant_id, appointment_id)


_TOLD: Mapping[ResultStep, type[EvaluationEvent]] = {
    ResultStep.SCORED: EvaluationScored,
    ResultStep.RANKED: EvaluationRanked,
    ResultStep.PUBLISHED: EvaluationPublished,
    ResultStep.CORRECTED: EvaluationCorrected,
}
