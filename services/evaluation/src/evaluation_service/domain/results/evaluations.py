"""Evaluations (phiếu đánh giá): one person, one period, one appointment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.sizes import require_room
from evaluation_service.domain.objectives.bound import BoundObjective
from evaluation_service.domain.periods.imprints import Imprint, record_of
from evaluation_service.domain.periods.seals import SealedResult
from evaluation_service.domain.periods.states import PeriodKind
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
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.results.states import RATED, UNRATED, EvaluationState
from evaluation_service.domain.stages.files import StageFile
from evaluation_service.domain.transfers.handovers import HandedOverTo, TakenPart

SHEETS_MAX = 40
"""Scorings of one result: the first, those asked for before the ranking, and one a decision."""

KEPT_FREE = 10
"""Of them, what decisions leave to further attempts of the agency, so that none is refused."""


@dataclass(kw_only=True)
class Evaluation(Aggregate):
    """`band` is final: after vetoes, caps and the quota; the sheet keeps the raw one (E-I9).

    `unit_path` and `field_unit_ids` are the organisation as it was when scored. `involved` are the
    people who scored, ranked or corrected it. `imprint` is what a seal binds, renewed with every
    change from the first sheet on. `handed_over` says where the person is rated instead, `taken`
    whose parts count here (E-I10). `refusal` is why the policy takes not what was `given`.
    `objectives` are all there were when it was scored, `file` is its way through the stages.
    """

    period_id: str
    period_label: str
    period_kind: PeriodKind
    period_starts_on: date
    civil_servant_id: str
    appointment_id: str
    unit_id: str
    agency_id: str
    province: str
    role: AppointmentRole
    duty_group: str
    position_code: str
    unit_path: tuple[str, ...]
    field_unit_ids: tuple[str, ...] = ()
    state: EvaluationState = EvaluationState.NOT_STARTED
    self_assessed: GivenInputs = field(default_factory=GivenInputs)
    given: GivenInputs = field(default_factory=GivenInputs)
    sheets: list[Sheet] = field(default_factory=list)
    band: str | None = None
    rank_reasons: tuple[str, ...] = ()
    involved: list[Participant] = field(default_factory=list)
    imprint: Imprint | None = None
    handed_over: HandedOverTo | None = None
    taken: tuple[TakenPart, ...] = ()
    refusal: RefusedInputs | None = None
    objectives: tuple[BoundObjective, ...] = ()
    file: StageFile | None = None

    @property
    def sheet(self) -> Sheet | None:
        """The scoring in force."""
        return self.sheets[-1] if self.sheets else None

    def move_to(self, other: "Evaluation") -> None:
        """Take over where the person stands from a newly made one of the same appointment."""
        self.unit_path, self.agency_id = other.unit_path, other.agency_id
        self.duty_group, self.field_unit_ids = other.duty_group, other.field_unit_ids
        if self.sheets:
            self._press()

    def involve(self, by: Participant) -> None:
        if by not in self.involved:
            self.involved.append(by)
        if self.sheets:
            self._press()

    def self_assess(self, inputs: GivenInputs) -> None:
        self._require(UNRATED, step="assess", vi="tự đánh giá")
        self.self_assessed = inputs
        if self.state in (EvaluationState.NOT_STARTED, EvaluationState.HANDED_OVER):
            self.state, self.handed_over = EvaluationState.SELF_ASSESSED, None

    def give(self, inputs: GivenInputs, by: Participant) -> None:
        self._require(UNRATED, step="rate", vi="chấm điểm")
        self.given = self.given.with_(inputs)
        self.involve(by)
        self.state, self.handed_over = EvaluationState.MANAGER_SCORED, None

    def hand_over(self, to: HandedOverTo) -> None:
        """The person is rated elsewhere, and nothing waits here."""
        self._require(UNRATED | {EvaluationState.RANKED}, step="hand over", vi="bàn giao")
        self.state, self.handed_over = EvaluationState.HANDED_OVER, to
        self.band, self.rank_reasons = None, ()
        if self.sheets:
            self._press()

    def is_scored(self, attempt: int) -> bool:
        return self.sheet is not None and self.sheet.attempt == attempt

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

    def scored(self, sheet: Sheet) -> None:
        """A further scoring that comes to the same result is no further sheet. The imprint is made
        when the result is ranked or sealed."""
        self._require(UNRATED | RATED, step="score", vi="chấm điểm")
        self.imprint = None
        if self.sheet is not None and self.sheet.says_the_same(sheet):
            self.sheets[-1] = replace(self.sheet, attempt=sheet.attempt)
            return
        self._add(sheet)
        self.handed_over = None
        self.band = sheet.band
        self.rank_reasons = ()
        if self.state is EvaluationState.PUBLISHED:
            self.state = self._in_force
        self.record(self.told(EvaluationScored))

    def score_anew(self) -> None:
        """The sheet of the attempt under way counts as one of before."""
        sheet = self.require_rated()
        self.sheets[-1] = replace(sheet, attempt=sheet.attempt - 1)

    def outdate(self, source_id: str, basis: str | None) -> None:
        """A result that this year counts is another now."""
        self.record(YearOutdated(**self.whose, source_id=source_id, basis=basis))

    def _add(self, sheet: Sheet) -> None:
        most = SHEETS_MAX - (KEPT_FREE if sheet.basis else 0)
        require_room(self.sheets, most, en="scorings of one result", vi="lần chấm cho một kết quả")
        self.sheets.append(sheet)

    def ranked(self, band: str | None, reasons: Sequence[str]) -> None:
        """The band that the quota leaves."""
        self._require(UNRATED | RATED, step="rank", vi="xếp loại")
        self.band, self.rank_reasons = band, tuple(reasons)
        if self.state not in RATED:
            self.state = EvaluationState.RANKED
        self._press()
        self.record(self.told(EvaluationRanked))

    def reopen(self) -> None:
        """Before the publication: what was scored is laid aside and inputs are taken again. The
        sheets stay; the next scoring makes another."""
        self._require({EvaluationState.RANKED}, step="reopen", vi="mở lại")
        entered = {
            EvaluationState.MANAGER_SCORED: self.given,
            EvaluationState.SELF_ASSESSED: self.self_assessed,
        }
        begun = [state for state, inputs in entered.items() if inputs != GivenInputs()]
        self.state = begun[0] if begun else EvaluationState.NOT_STARTED
        self.band, self.rank_reasons = None, ()
        self._press()

    def published(self) -> None:
        self._require({EvaluationState.RANKED}, step="publish", vi="công bố")
        self.state = self._in_force
        self.record(self.told(EvaluationPublished))

    def corrected(
        self,
        sheet: Sheet,
        band: str | None,
        reasons: Sequence[str],
        by: Participant | None,
        *,
        answers: bool = True,
    ) -> None:
        """A new sheet after a decision, or after a part came late; the old ones stay (E-I3).

        One that is not announced yet stays to be announced, and an appeal that this does not answer
        waits on.
        """
        self.require_rated()
        self._add(sheet)
        self.band, self.rank_reasons = band, tuple(reasons)
        waits = self.state is EvaluationState.APPEALED and not answers
        if self.state is not EvaluationState.RANKED and not waits:
            self.state = EvaluationState.CORRECTED
        if by is not None:
            self.involve(by)
        self._press()
        self.record(self.told(EvaluationCorrected))

    def require_rated(self) -> Sheet:
        """The scoring in force; raise `Conflict` before the ranking."""
        self._require(RATED, step="correct", vi="điều chỉnh")
        return self.sheets[-1]

    def appealed(self) -> None:
        """Whoever appeals before the announcement came out has it announced now."""
        if self.state is EvaluationState.RANKED:
            self.published()
        self._require(
            {EvaluationState.PUBLISHED, EvaluationState.CORRECTED}, step="appeal", vi="kiến nghị"
        )
        self.state = EvaluationState.APPEALED

    def appeal_ended(self) -> None:
        self._require({EvaluationState.APPEALED}, step="end the appeal", vi="kết thúc kiến nghị")
        self.state = self._in_force

    @property
    def _in_force(self) -> EvaluationState:
        """Corrected if it ever was, else published."""
        corrected = any(sheet.basis for sheet in self.sheets)
        return EvaluationState.CORRECTED if corrected else EvaluationState.PUBLISHED

    @property
    def settled_state(self) -> EvaluationState:
        """The state in a closed period, whether it was announced one by one already or not."""
        if self.state not in (EvaluationState.RANKED, self._in_force):
            return self.state
        return self._settled

    @property
    def _settled(self) -> EvaluationState:
        corrected = self._in_force is EvaluationState.CORRECTED
        return EvaluationState.CORRECTED if corrected else EvaluationState.FINAL

    @property
    def sealed_record(self) -> dict[str, Json]:
        """What a seal binds, as it is now."""
        return record_of(self) | {"state": str(self.settled_state)}

    def _press(self) -> Imprint:
        """Renew the imprint: of how it will stand once the period is closed."""
        state = self._settled if self.state in RATED else self.state
        self.imprint = Imprint.of(record_of(self) | {"state": str(state)})
        return self.imprint

    def sealed(self) -> SealedResult:
        imprint = self.imprint if self.imprint and self.sheets else self._press()
        return SealedResult(evaluation_id=self.id, hash=imprint.hash, band=self.band)

    def _require(self, states: Collection[EvaluationState], *, step: str, vi: str) -> None:
        if self.state not in states:
            wanted = ", ".join(sorted(states))
            raise Conflict(
                en=f"cannot {step}: the evaluation is {self.state}, not {wanted}",
                vi=f"không thể {vi}: phiếu đang là {self.state}, chưa phải {wanted}",
                rule_id="E-I3",
            )

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
        )


def evaluation_id(period_id: str, civil_servant_id: str, appointment_id: str) -> str:
    return derived_id("eval", period_id, civil_servant_id, appointment_id)
