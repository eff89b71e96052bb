"""What people and units have in common: a result with its sheets, from the scoring to the seal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import Json
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.sizes import require_room
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.objectives.bound import BoundObjective
from evaluation_service.domain.periods.imprints import Imprint, record_of
from evaluation_service.domain.periods.seals import SealedResult
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.results.annexes import ServiceAnnex
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.results.sheets import Sheet
from evaluation_service.domain.results.states import RATED, UNRATED, EvaluationState

SHEETS_MAX = 40
"""Scorings of one result: the first, those asked for before the ranking, and one a decision."""

KEPT_FREE = 10
"""Of them, what decisions leave to further attempts of the agency, so that none is refused."""


class ResultStep(StrEnum):
    """What is told of a result."""

    SCORED = "SCORED"
    RANKED = "RANKED"
    PUBLISHED = "PUBLISHED"
    CORRECTED = "CORRECTED"


@dataclass(kw_only=True)
class Rated(Aggregate):
    """`band` is final: after vetoes, caps and the quota; the sheet keeps the raw one (E-I9).

    `unit_path` is the organisation as it was when scored. `involved` are the people who scored,
    ranked or corrected it. `imprint` is what a seal binds, renewed with every change from the first
    sheet on. `objectives` are all there were when it was scored; `annex` is of a year alone, beside
    the score and no part of it.
    """

    period_id: str
    period_label: str
    period_kind: PeriodKind
    period_starts_on: date
    unit_id: str
    agency_id: str
    province: str
    unit_path: tuple[str, ...]
    state: EvaluationState = EvaluationState.NOT_STARTED
    given: GivenInputs = field(default_factory=GivenInputs)
    sheets: list[Sheet] = field(default_factory=list)
    band: str | None = None
    rank_reasons: tuple[str, ...] = ()
    involved: list[Participant] = field(default_factory=list)
    imprint: Imprint | None = None
    objectives: tuple[BoundObjective, ...] = ()
    annex: ServiceAnnex | None = None

    def tell(self, step: ResultStep) -> None:
        """Record the event of the step, if it is told."""
        raise NotImplementedError

    @property
    def begun(self) -> EvaluationState:
        """Where it stands by what was entered, without a score."""
        raise NotImplementedError

    @property
    def sheet(self) -> Sheet | None:
        """The scoring in force."""
        return self.sheets[-1] if self.sheets else None

    def involve(self, by: Participant) -> None:
        if by not in self.involved:
            self.involved.append(by)
        if self.sheets:
            self.press()

    def is_scored(self, attempt: int) -> bool:
        return self.sheet is not None and self.sheet.attempt == attempt

    def scored(self, sheet: Sheet) -> None:
        """A further scoring that comes to the same result is no further sheet. The imprint is made
        when the result is ranked or sealed."""
        self.require_state(UNRATED | RATED, step="score", vi="chấm điểm")
        self.imprint = None
        if self.sheet is not None and self.sheet.says_the_same(sheet):
            self.sheets[-1] = replace(self.sheet, attempt=sheet.attempt)
            return
        self.add(sheet)
        self.band = sheet.band
        self.rank_reasons = ()
        if self.state is EvaluationState.PUBLISHED:
            self.state = self._in_force
        self.tell(ResultStep.SCORED)

    def add(self, sheet: Sheet) -> None:
        most = SHEETS_MAX - (KEPT_FREE if sheet.basis else 0)
        require_room(self.sheets, most, en="scorings of one result", vi="lần chấm cho một kết quả")
        self.sheets.append(sheet)

    def ranked(self, band: str | None, reasons: Sequence[str]) -> None:
        """The band that the quota leaves."""
        self.require_state(UNRATED | RATED, step="rank", vi="xếp loại")
        self.band, self.rank_reasons = band, tuple(reasons)
        if self.state not in RATED:
            self.state = EvaluationState.RANKED
        self.press()
        self.tell(ResultStep.RANKED)

    def settles_at(self, band: str | None, reasons: tuple[str, ...]) -> bool:
        """Whether it was ranked, and stands so already."""
        return self.state in RATED and (band, reasons) == (self.band, self.rank_reasons)

    def reopen(self) -> None:
        """Before the publication: what was scored is laid aside and inputs are taken again. The
        sheets stay; the next scoring makes another."""
        self.require_state({EvaluationState.RANKED}, step="reopen", vi="mở lại")
        self.state = self.begun
        self.band, self.rank_reasons = None, ()
        self.press()

    def published(self) -> None:
        self.require_state({EvaluationState.RANKED}, step="publish", vi="công bố")
        self.state = self._in_force
        self.tell(ResultStep.PUBLISHED)

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
        self.add(sheet)
        self.band, self.rank_reasons = band, tuple(reasons)
        waits = self.state is EvaluationState.APPEALED and not answers
        if self.state is not EvaluationState.RANKED and not waits:
            self.state = EvaluationState.CORRECTED
        if by is not None:
            self.involve(by)
        self.press()
        self.tell(ResultStep.CORRECTED)

    def require_rated(self) -> Sheet:
        """The scoring in force; raise `Conflict` before the ranking."""
        self.require_state(RATED, step="correct", vi="điều chỉnh")
        return self.sheets[-1]

    def appealed(self) -> None:
        """Whoever appeals before the announcement came out has it announced now."""
        if self.state is EvaluationState.RANKED:
            self.published()
        self.require_state(
            {EvaluationState.PUBLISHED, EvaluationState.CORRECTED}, step="appeal", vi="kiến nghị"
        )
        self.state = EvaluationState.APPEALED

    def appeal_ended(self) -> None:
        self.require_state(
            {EvaluationState.APPEALED}, step="end the appeal", vi="kết thúc kiến nghị"
        )
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

    def press(self) -> Imprint:
        """Renew the imprint: of how it will stand once the period is closed."""
        state = self._settled if self.state in RATED else self.state
        self.imprint = Imprint.of(record_of(self) | {"state": str(state)})
        return self.imprint

    def sealed(self) -> SealedResult:
        imprint = self.imprint if self.imprint and self.sheets else self.press()
        return SealedResult(evaluation_id=self.id, hash=imprint.hash, band=self.band)

    def require_state(self, states: Collection[EvaluationState], *, step: str, vi: str) -> None:
        if self.state not in states:
            wanted = ", ".join(sorted(states))
            raise Conflict(
                en=f"cannot {step}: the evaluation is {self.state}, not {wanted}",
                vi=f"Chưa {vi} được: tình trạng của phiếu là «{vi_text(self.state)}».",
                rule_id="E-I3",
            )
