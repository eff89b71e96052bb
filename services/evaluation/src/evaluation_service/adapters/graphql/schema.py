"""The evaluation subgraph: what can be asked, and what can be done."""

import strawberry

from congvu_kit.graph import Connection, Edge, Info, PageInfo, connection, make_schema, page_size
from evaluation_service.adapters.graphql.asking import ExternalRefInput
from evaluation_service.adapters.graphql.assignments import Assignment
from evaluation_service.adapters.graphql.board_queries import BoardQuery
from evaluation_service.adapters.graphql.board_steps import BoardMutation
from evaluation_service.adapters.graphql.dossiers import DossierMutation
from evaluation_service.adapters.graphql.evaluations import Evaluation
from evaluation_service.adapters.graphql.filters import (
    AssignmentFilter,
    EvaluationFilter,
    EvaluationPeriodFilter,
)
from evaluation_service.adapters.graphql.people import (
    CivilServant,
    OrgUnit,
    require_visible,
    unit_of,
)
from evaluation_service.adapters.graphql.period_steps import PeriodMutation
from evaluation_service.adapters.graphql.periods import EvaluationPeriod
from evaluation_service.adapters.graphql.personnel import PersonnelMutation
from evaluation_service.adapters.graphql.policies import PolicyMutation
from evaluation_service.adapters.graphql.policy_queries import PolicyQuery
from evaluation_service.adapters.graphql.work import WorkMutation
from evaluation_service.application import queries
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS, PERIODS


@strawberry.type(description="A result computed again from its stored inputs (E-I2).")
class Recomputation:
    identical: bool = strawberry.field(description="Whether both hashes are the stored ones.")
    stored_snapshot_hash: str = strawberry.field(description="As stored.")
    snapshot_hash: str = strawberry.field(description="Of the stored inputs, now.")
    stored_result_hash: str = strawberry.field(description="As stored.")
    result_hash: str = strawberry.field(description="Of the result, computed now.")


@strawberry.type(name="Query")
class EvaluationQuery(BoardQuery, PolicyQuery):
    @strawberry.field(
        description="A person by id; null when there is none, FORBIDDEN when not yours to see."
    )
    async def civil_servant(self, info: Info, id: strawberry.ID) -> CivilServant | None:
        servant = await require_visible(info, id)
        return CivilServant.of(servant) if servant else None

    @strawberry.field(description="A person by the id of another system; else as civilServant.")
    async def civil_servant_by_ref(self, info: Info, ref: ExternalRefInput) -> CivilServant | None:
        servant = await require_visible(info, ref.to_domain().ours("cs"))
        return CivilServant.of(servant) if servant else None

    @strawberry.field(description="People of a unit, in Vietnamese order of names.")
    async def civil_servants(
        self,
        info: Info,
        unit_id: strawberry.ID,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[CivilServant]:
        page = await queries.servants_of(
            info.context.reading(),
            info.context.actor,
            unit_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, CivilServant.of)

    @strawberry.field(description="A unit by id; null when there is none. Public.")
    async def org_unit(self, info: Info, id: strawberry.ID) -> OrgUnit | None:
        return await unit_of(info, id)

    @strawberry.field(description="A unit by the id of another system. Public.")
    async def org_unit_by_ref(self, info: Info, ref: ExternalRefInput) -> OrgUnit | None:
        return await unit_of(info, ref.to_domain().ours("unit"))

    @strawberry.field(description="A period by id; null when there is none. Public.")
    async def evaluation_period(self, info: Info, id: strawberry.ID) -> EvaluationPeriod | None:
        period = await info.context.by_id(PERIODS).load(id)
        return EvaluationPeriod.of(period) if period else None

    @strawberry.field(description="Periods, newest first. Public.")
    async def evaluation_periods(
        self,
        info: Info,
        filter: EvaluationPeriodFilter | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[EvaluationPeriod]:
        page = await queries.periods(
            info.context.reading(),
            (filter or EvaluationPeriodFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        return await connection(page, EvaluationPeriod.of)

    @strawberry.field(
        description="Evaluations the caller may see: own, of led units, or of the province."
    )
    async def evaluations(
        self,
        info: Info,
        filter: EvaluationFilter | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Evaluation]:
        page = await queries.evaluations(
            info.context.reading(),
            info.context.actor,
            (filter or EvaluationFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        edges = [
            Edge(node=await Evaluation.of(info, item), cursor=cursor)
            for item, cursor in zip(page.items, page.cursors, strict=True)
        ]
        end = page.cursors[-1] if page.cursors else None
        return Connection(
            edges=edges, page_info=PageInfo(has_next_page=page.has_next, end_cursor=end)
        )

    @strawberry.field(description="An evaluation by id; null when there is none.")
    async def evaluation(self, info: Info, id: strawberry.ID) -> Evaluation | None:
        return await _evaluation(info, id)

    @strawberry.field(description="An assignment by id; null when there is none.")
    async def assignment(self, info: Info, id: strawberry.ID) -> Assignment | None:
        it = await info.context.by_id(ASSIGNMENTS).load(id)
        if it is None or await require_visible(info, it.servant_id) is None:
            return None
        return Assignment.of(it)

    @strawberry.field(
        description="Assignments the caller may see: own, of led units, or of the province."
    )
    async def assignments(
        self,
        info: Info,
        filter: AssignmentFilter | None = None,
        first: int = 20,
        after: str | None = None,
    ) -> Connection[Assignment]:
        page = await queries.assignments(
            info.context.reading(),
            info.context.actor,
            (filter or AssignmentFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        return await connection(page, Assignment.of)

    @strawberry.field(
        description="Compute a result again from its stored inputs; null when not scored. Seen by "
        "whoever sees the score."
    )
    async def recomputation(self, info: Info, evaluation_id: strawberry.ID) -> Recomputation | None:
        it = await _evaluation(info, evaluation_id)
        if it is None or it.shown is None:
            return None
        again = await queries.recompute(info.context.reading(), it.shown)
        return Recomputation(
            identical=again.identical,
            stored_snapshot_hash=it.shown.snapshot_hash,
            snapshot_hash=again.snapshot_hash,
            stored_result_hash=it.shown.result_hash,
            result_hash=again.result_hash,
        )


async def _evaluation(info: Info, id: str) -> Evaluation | None:
    it = await info.context.by_id(EVALUATIONS).load(id)
    if it is None or await require_visible(info, it.servant_id) is None:
        return None
    return await Evaluation.of(info, it)


@strawberry.type(name="Mutation")
class EvaluationMutation(
    PersonnelMutation,
    DossierMutation,
    PeriodMutation,
    WorkMutation,
    BoardMutation,
    PolicyMutation,
):
    pass


schema = make_schema(
    query=EvaluationQuery,
    mutation=EvaluationMutation,
    types=[CivilServant, OrgUnit, Evaluation, EvaluationPeriod, Assignment],
)
