"""Local adjustments in the graph: asking, deciding, and what holds for a unit on a day."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self, TypeAlias

import strawberry

from catalogue_service.adapters.graphql.arguments import After, AsOf, Code, First, Province, UnitId
from catalogue_service.adapters.graphql.inputs import KEY, REVISION
from catalogue_service.adapters.graphql.parts import HistoryStep, OrgUnit, unit_stub
from catalogue_service.adapters.graphql.types import WorkProductVersion
from catalogue_service.application import adjusting
from catalogue_service.application.collections import VERSIONS
from catalogue_service.domain import adjustments
from catalogue_service.domain.adjustments import AdjustmentState, Norm
from catalogue_service.domain.authority import may_read_drafts
from catalogue_service.domain.kinds import Catalogue, Group, LocalityType
from congvu_kit.domain.clock import business_date
from congvu_kit.graph import Connection, Info, Problem, connection, page_size


@strawberry.type(
    description="Another norm for one product in one unit (điều chỉnh theo địa bàn), public."
)
class LocalAdjustment:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    code: str = strawberry.field(description="The product's code.")
    unit: OrgUnit | None = strawberry.field(description="Where it holds, units below included.")
    norm: Norm = strawberry.field(description="What differs.")
    value: Decimal = strawberry.field(description="What holds instead.")
    justification: str = strawberry.field(description="Why (lý do).")
    locality: LocalityType = strawberry.field(description="Loại địa bàn.")
    valid_from: date = strawberry.field(description="First day it holds.")
    valid_to: date = strawberry.field(description="First day it holds no more.")
    state: AdjustmentState = strawberry.field(description="Where it stands.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")
    kept: strawberry.Private[adjustments.LocalAdjustment]

    @classmethod
    def of(cls, adjustment: adjustments.LocalAdjustment) -> Self:
        return cls(
            id=strawberry.ID(adjustment.id),
            code=adjustment.code,
            unit=unit_stub(adjustment.unit_id),
            norm=adjustment.norm,
            value=adjustment.value,
            justification=adjustment.justification,
            locality=adjustment.locality,
            valid_from=adjustment.valid_from,
            valid_to=adjustment.valid_to,
            state=adjustment.state,
            revision=adjustment.rev,
            kept=adjustment,
        )

    @strawberry.field(description="The version it was approved for; a later one starts afresh.")
    async def version(self, info: Info) -> WorkProductVersion | None:
        version = await info.context.by_id(VERSIONS).load(self.kept.version_id)
        return WorkProductVersion.of(version) if version else None

    @strawberry.field(description="Everything that happened to it, in order.")
    def history(self, info: Info) -> list[HistoryStep]:
        province = Catalogue(group=Group.A, province=self.kept.province)
        named = may_read_drafts(info.context.actor, province)
        return [HistoryStep.of(step, named=named) for step in self.kept.steps]


@strawberry.type(description="One norm, and where it comes from.")
class EffectiveNorm:
    value: Decimal | None = strawberry.field(description="What holds.")
    common: Decimal | None = strawberry.field(description="What the version itself says.")
    adjustment: LocalAdjustment | None = strawberry.field(
        description="The local adjustment it comes from; null when it is the common norm."
    )


@strawberry.type(description="What holds of a product for a unit on a day.")
class EffectiveNorms:
    version: WorkProductVersion = strawberry.field(description="The version in force.")
    coefficient: EffectiveNorm = strawberry.field(description="Hệ số quy đổi.")
    standard_hours: EffectiveNorm = strawberry.field(description="Định mức thời gian.")
    lead_days: EffectiveNorm = strawberry.field(description="Thời hạn, ngày làm việc.")

    @classmethod
    def of(cls, norms: adjusting.EffectiveNorms) -> Self:
        return cls(
            version=WorkProductVersion.of(norms.version),
            coefficient=_norm(norms, Norm.COEFFICIENT),
            standard_hours=_norm(norms, Norm.STANDARD_HOURS),
            lead_days=_norm(norms, Norm.LEAD_DAYS),
        )


def _norm(norms: adjusting.EffectiveNorms, norm: Norm) -> EffectiveNorm:
    common = adjustments.norm_of(norms.version.content, norm)
    adjusted = norms.adjusted(norm)
    return EffectiveNorm(
        value=adjusted.value if adjusted else common,
        common=common,
        adjustment=LocalAdjustment.of(adjusted) if adjusted else None,
    )


@strawberry.input(description="Asks for another norm in one unit, for a time.")
class ProposeLocalAdjustmentInput:
    idempotency_key: str = strawberry.field(description=KEY)
    version_id: strawberry.ID = strawberry.field(description="Of which published version.")
    norm: Norm = strawberry.field(description="What is to differ.")
    value: Decimal = strawberry.field(
        description="What is to hold instead, within the percentage that the province's policy "
        "allows for the unit's kind of locality."
    )
    justification: str = strawberry.field(description="Why.")
    valid_from: date = strawberry.field(description="First day: today or later.")
    valid_to: date = strawberry.field(description="First day it holds no more.")
    unit: strawberry.ID | None = strawberry.field(default=None, description="Your own unit.")


@strawberry.input(description="Decides what a unit below asked for.")
class DecideLocalAdjustmentInput:
    idempotency_key: str = strawberry.field(description=KEY)
    adjustment_id: strawberry.ID = strawberry.field(description="Which one.")
    expected_revision: int = strawberry.field(description=REVISION)
    approve: bool = strawberry.field(description="False refuses it.")
    reason: str | None = strawberry.field(default=None, description="Needed to refuse.")


@strawberry.input(description="Everything given must hold.")
class LocalAdjustmentFilter:
    code: str | None = strawberry.field(default=None, description="Mã.")
    unit: strawberry.ID | None = strawberry.field(default=None, description="Đơn vị.")
    state: AdjustmentState | None = strawberry.field(default=None, description="Trạng thái.")


ProposeLocalAdjustmentResult: TypeAlias = Annotated[
    LocalAdjustment | Problem, strawberry.union("ProposeLocalAdjustmentResult")
]
DecideLocalAdjustmentResult: TypeAlias = Annotated[
    LocalAdjustment | Problem, strawberry.union("DecideLocalAdjustmentResult")
]


@strawberry.type
class AdjustmentQuery:
    @strawberry.field(
        description="What holds of a product for a unit on a day (default: today in Vietnam), "
        "and where each norm comes from. Null when the product is not in force then."
    )
    async def effective_norms(
        self, info: Info, code: Code, unit: UnitId, as_of: AsOf = None
    ) -> EffectiveNorms | None:
        tx = info.context.reading()
        norms = await adjusting.effective_norms(tx, code, str(unit), as_of or business_date(tx.now))
        return EffectiveNorms.of(norms) if norms else None

    @strawberry.field(description="The local adjustments of a province, in order of asking.")
    async def local_adjustments(
        self,
        info: Info,
        province: Province,
        filter: Annotated[
            LocalAdjustmentFilter | None, strawberry.argument(description="Which adjustments.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[LocalAdjustment]:
        given = filter or LocalAdjustmentFilter()
        wanted = adjusting.AdjustmentFilter(
            code=given.code,
            unit_id=None if given.unit is None else str(given.unit),
            state=given.state,
        )
        page = await adjusting.local_adjustments(
            info.context.reading(), province, wanted, first=page_size(first), after=after
        )
        return await connection(page, LocalAdjustment.of)


@strawberry.type
class AdjustmentMutation:
    @strawberry.mutation(
        description="Asks for another norm in your unit. Role catalogue-editor or unit-head of it."
    )
    async def propose_local_adjustment(
        self, info: Info, input: ProposeLocalAdjustmentInput
    ) -> ProposeLocalAdjustmentResult:
        command = adjusting.ProposeLocalAdjustment(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            version_id=str(input.version_id),
            unit_id=input.unit,
            norm=input.norm,
            value=input.value,
            justification=input.justification,
            valid_from=input.valid_from,
            valid_to=input.valid_to,
        )
        done = await info.context.perform(
            adjusting.propose_local_adjustment, command, adjustments.LocalAdjustment
        )
        return LocalAdjustment.of(done)

    @strawberry.mutation(
        description="Approves or refuses it. Role unit-head of the superior unit; the "
        "steering-committee where that is the province; never whoever asked."
    )
    async def decide_local_adjustment(
        self, info: Info, input: DecideLocalAdjustmentInput
    ) -> DecideLocalAdjustmentResult:
        command = adjusting.DecideLocalAdjustment(
            actor=info.context.actor,
            idempotency_key=input.idempotency_key,
            adjustment_id=str(input.adjustment_id),
            expected_revision=input.expected_revision,
            approve=input.approve,
            reason=input.reason,
        )
        done = await info.context.perform(
            adjusting.decide_local_adjustment, command, adjustments.LocalAdjustment
        )
        return LocalAdjustment.of(done)
