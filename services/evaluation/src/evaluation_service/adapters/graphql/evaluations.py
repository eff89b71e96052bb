"""Evaluations as the graph shows them: scores with where each point came from."""

from datetime import datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.application.ports import Eq
from congvu_kit.graph import Connection, Info, connection, page_size
from congvu_scoring import ScoreResult, display, exact_text
from evaluation_service.adapters.graphql.assignments import Assignment
from evaluation_service.adapters.graphql.explanations import Explanation, NextBand
from evaluation_service.adapters.graphql.numbers import as_decimal
from evaluation_service.adapters.graphql.people import (
    CivilServant,
    OrgUnit,
    unit_of,
    visible_servant,
)
from evaluation_service.adapters.graphql.periods import EvaluationPeriod, PolicyPin
from evaluation_service.adapters.graphql.printing import printed
from evaluation_service.application.access import sees_before_publication
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS, PERIODS, RUNS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.domain.periods.periods import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results import evaluations, inputs
from evaluation_service.domain.results.evaluations import EvaluationState, Outcome
from evaluation_service.domain.results.inputs import Organising, Unity
from evaluation_service.domain.results.rating import score_again
from evaluation_service.domain.results.runs import run_id


@strawberry.type(description="A named part of the score, such as a, b, c or result.")
class ScoreComponent:
    name: str = strawberry.field(description="Its name in the policy.")
    value: Decimal | None = strawberry.field(description="Its value.")
    exact: str = strawberry.field(description="Its exact value, e.g. 5/6.")


@strawberry.type(description="Points of one criterion or element, with the reason.")
class CriterionRating:
    key: str = strawberry.field(description="Criterion (I.1) or element of the policy.")
    points: Decimal = strawberry.field(description="Điểm.")
    reason: str | None = strawberry.field(description="Why.")
    evidence: str | None = strawberry.field(description="Where it can be looked up.")

    @classmethod
    def of(cls, it: inputs.Rating) -> Self:
        return cls(key=it.key, points=it.points, reason=it.reason, evidence=it.evidence)


@strawberry.type(description="What a person entered: criteria, elements, organising, unity.")
class EnteredRatings:
    general: list[CriterionRating] = strawberry.field(description="Tiêu chí chung.")
    elements: list[CriterionRating] = strawberry.field(description="Rated elements.")
    organising: Organising | None = strawberry.field(description="Heads and deputies only.")
    unity: Unity | None = strawberry.field(description="Heads and deputies only.")

    @classmethod
    def of(cls, it: inputs.GivenInputs) -> Self:
        return cls(
            general=[CriterionRating.of(each) for each in it.general],
            elements=[CriterionRating.of(each) for each in it.elements],
            organising=it.organising,
            unity=it.unity,
        )


@strawberry.type(
    description="One scoring: never changed, only followed by another after a decision."
)
class ScoreSheet:
    number: int = strawberry.field(description="1 is the first.")
    policy: PolicyPin = strawberry.field(description="The rules it was scored by.")
    outcome: Outcome = strawberry.field(description="Whether there is a score.")
    total: Decimal | None = strawberry.field(description="The computed total.")
    band: str | None = strawberry.field(description="The band before the quota.")
    snapshot: str = strawberry.field(description="The inputs, canonical JSON (RFC 8785).")
    snapshot_hash: str = strawberry.field(description="SHA-256 of the inputs.")
    result_hash: str = strawberry.field(description="SHA-256 of the result document.")
    basis: strawberry.ID | None = strawberry.field(
        description="The appeal or post-audit it rests on; null for the first."
    )
    made_at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, it: evaluations.Sheet) -> Self:
        return cls(
            number=it.number,
            policy=PolicyPin.of(it.policy),
            outcome=it.outcome,
            total=as_decimal(it.total),
            band=it.band,
            snapshot=it.snapshot,
            snapshot_hash=it.snapshot_hash,
            result_hash=it.result_hash,
            basis=strawberry.ID(it.basis) if it.basis else None,
            made_at=it.made_at,
        )


@strawberry.federation.type(
    keys=["id"],
    description="One person's result in one period (phiếu đánh giá). The person and the personnel "
    "systems see the score once it is published.",
)
class Evaluation:
    it: strawberry.Private[evaluations.Evaluation]
    shown: strawberry.Private[evaluations.Sheet | None]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: EvaluationState = strawberry.field(description="Where it stands.")
    role: AppointmentRole = strawberry.field(description="The role that is rated.")
    duty_group: str = strawberry.field(description="Nhóm nhiệm vụ tương đồng.")
    outcome: Outcome | None = strawberry.field(description="Null until scored.")
    total: Decimal | None = strawberry.field(
        description="Total points (tổng điểm); 12 decimals when it has no end."
    )
    total_exact: str | None = strawberry.field(description="The same, exactly, e.g. 265/3.")
    total_display: str | None = strawberry.field(description="Two decimals, half up, for people.")
    counted_total: Decimal | None = strawberry.field(
        description="What counts after vetoes; the total stays as computed (E-I9)."
    )
    band: str | None = strawberry.field(description="Final band (mức xếp loại).")
    raw_band: str | None = strawberry.field(description="Band before hard fails, caps, quota.")
    reasons: list[str] = strawberry.field(description="Rules that changed the band, in order.")
    triggers: list[str] = strawberry.field(description="Trigger rules that fired.")
    snapshot_hash: str | None = strawberry.field(description="Hash of the inputs.")
    result_hash: str | None = strawberry.field(description="Hash of the result document.")
    ratings: EnteredRatings = strawberry.field(description="What the superior entered.")
    self_assessment: EnteredRatings = strawberry.field(description="Tự đánh giá.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    async def of(cls, info: Info, it: evaluations.Evaluation) -> Self:
        period = await info.context.by_id(PERIODS).load(it.period_id)
        public = period is not None and period.out_in_public
        early = sees_before_publication(info.context.actor, it.servant_id)
        sheet = it.sheet if public or early else None
        closed = period is not None and period.state is PeriodState.CLOSED
        total = sheet.total if sheet else None
        return cls(
            it=it,
            shown=sheet,
            id=strawberry.ID(it.id),
            state=_state(it.state, public=public, closed=closed),
            role=it.role,
            duty_group=it.duty_group,
            outcome=sheet.outcome if sheet else None,
            total=as_decimal(total),
            total_exact=None if total is None else exact_text(total),
            total_display=None if total is None else display(total),
            counted_total=as_decimal(sheet.counted_total) if sheet else None,
            band=it.band if sheet else None,
            raw_band=sheet.raw_band if sheet else None,
            reasons=[*sheet.reasons, *it.rank_reasons] if sheet else [],
            triggers=list(sheet.triggers) if sheet else [],
            snapshot_hash=sheet.snapshot_hash if sheet else None,
            result_hash=sheet.result_hash if sheet else None,
            ratings=EnteredRatings.of(it.given),
            self_assessment=EnteredRatings.of(it.self_assessed),
            revision=it.rev,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        """Null for an evaluation of someone the caller may not see."""
        it = await info.context.by_id(EVALUATIONS).load(id)
        if it is None or await visible_servant(info, it.servant_id) is None:
            return None
        return await cls.of(info, it)

    @strawberry.field(description="Who is rated.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        servant = await visible_servant(info, self.it.servant_id)
        return CivilServant.of(servant) if servant else None

    @strawberry.field(description="The unit of the rated appointment.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.it.unit_id)

    @strawberry.field(description="The period.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        period = await info.context.by_id(PERIODS).load(self.it.period_id)
        return EvaluationPeriod.of(period) if period else None

    @strawberry.field(description="Parts of the score by their names in the policy.")
    def components(self) -> list[ScoreComponent]:
        values = self.shown.components if self.shown else {}
        return [
            ScoreComponent(name=name, value=as_decimal(value), exact=exact_text(value))
            for name, value in values.items()
        ]

    @strawberry.field(description="Where each point came from (giải trình điểm).")
    async def explanation(self, info: Info) -> Explanation | None:
        result = await self._result(info)
        return Explanation.of(result.explanation()) if result else None

    @strawberry.field(description="What the band above would have needed; null at the top.")
    async def next_band(self, info: Info) -> NextBand | None:
        result = await self._result(info)
        above = result.next_band() if result else None
        return NextBand.of(above) if above else None

    @strawberry.field(
        description="The official form (Mẫu số 01) filled in, as an HTML page to print and sign; "
        "null until there is a score to see. It loads nothing from anywhere."
    )
    async def printable(self, info: Info) -> str | None:
        result = await self._result(info)
        return await printed(info, self.it, result) if result else None

    @strawberry.field(description="Every scoring, oldest first; the last one is in force.")
    def sheets(self) -> list[ScoreSheet]:
        return [ScoreSheet.of(each) for each in self.it.sheets] if self.shown else []

    @strawberry.field(
        description="True when the unit's satisfaction index had not come at the scoring: "
        "missing evidence, not zero."
    )
    async def missing_evidence(self, info: Info) -> bool:
        run = await info.context.by_id(RUNS).load(run_id(self.it.period_id, self.it.agency_id))
        return run is not None and self.it.unit_id in run.missing_units

    @strawberry.field(description="The work behind it, by due date.")
    async def assignments(
        self, info: Info, first: int = 20, after: str | None = None
    ) -> Connection[Assignment]:
        page = (
            await info.context.reading()
            .store(ASSIGNMENTS)
            .page(
                Eq("period_id", self.it.period_id),
                Eq("servant_id", self.it.servant_id),
                order=["due_on"],
                first=page_size(first),
                after=after,
            )
        )
        return await connection(page, Assignment.of)

    async def _result(self, info: Info) -> ScoreResult | None:
        """Scored again from the stored inputs: the explanation is not stored (E-I2)."""
        if self.shown is None:
            return None
        compiled = await compiled_pin(info.context.reading(), self.shown.policy)
        return score_again(self.shown, compiled)


def _state(state: EvaluationState, *, public: bool, closed: bool) -> EvaluationState:
    """The period moves on at once, its evaluations are told one by one."""
    if closed and state in (EvaluationState.RANKED, EvaluationState.PUBLISHED):
        return EvaluationState.FINAL
    if public and state is EvaluationState.RANKED:
        return EvaluationState.PUBLISHED
    return state
