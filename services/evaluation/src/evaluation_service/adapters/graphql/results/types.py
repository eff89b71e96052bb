"""Evaluations: scores with where each point came from."""

from datetime import datetime
from typing import Self

import strawberry

import congvu_scoring as scoring
from congvu_kit.graph import (
    PAGED,
    After,
    Connection,
    First,
    Info,
    at_most,
    by_name,
    connection,
    costs,
    page_size,
    personal,
)
from evaluation_service.adapters.graphql.common.types import (
    EnteredRatings,
    other_than_the_reader,
)
from evaluation_service.adapters.graphql.common.values import ScoredResult, shown_of
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod, period_of
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.adapters.graphql.results.values import (
    PARTS_OF_A_YEAR_MAX,
    ProcessFault,
    YearPart,
)
from evaluation_service.adapters.graphql.stages.types import EvaluationStage
from evaluation_service.adapters.graphql.transfers.types import HandedOverPart
from evaluation_service.adapters.graphql.work.types import Assignment
from evaluation_service.adapters.pages.form import printed
from evaluation_service.application.integrity.queries import list_faults_of
from evaluation_service.application.results import queries
from evaluation_service.application.stages.queries import see_files
from evaluation_service.application.transfers.queries import PARTS_MAX, parts_of
from evaluation_service.application.work.queries import list_assignments_of
from evaluation_service.domain.common.sizes import STAGES_MAX
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results import evaluations


@personal(of=other_than_the_reader, public=("id", "period", "assignments", "revision"))
@strawberry.federation.type(
    keys=["id"],
    description="One person's result in one period. The person and the personnel systems see the "
    "score once it is published.",
    directives=costs(25),
)
class Evaluation(ScoredResult):
    aggregate: strawberry.Private[evaluations.Evaluation]
    role: AppointmentRole = strawberry.field(description="The role that is rated.")
    duty_group: str = strawberry.field(description="Duty group (people compared with each other).")
    ratings: EnteredRatings = strawberry.field(
        description="What the superior entered; of stages what counts."
    )
    self_assessment: EnteredRatings = strawberry.field(description="The person's own assessment.")
    updated_at: datetime | None = strawberry.field(
        description="When anything of it was changed last, by whomever; null until there is a "
        "score to see. One unchanged since before this was kept has the moment at which the "
        "platform was upgraded. The closing of a period changes none by itself."
    )

    @classmethod
    async def of(cls, aggregate: evaluations.Evaluation, info: Info) -> Self:
        seen = await info.context.load(queries.see_evaluations, aggregate)
        file = await info.context.load(see_files, aggregate)
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            **shown_of(aggregate, seen.sheet, seen.state),
            updated_at=aggregate.updated_at if seen.sheet else None,
            ratings=EnteredRatings.of(file.counted or aggregate.given),
            self_assessment=EnteredRatings.of(aggregate.self_assessed),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        """Null for an evaluation of someone the caller may not see."""
        found = await info.context.load(queries.find_evaluations, id)
        return await cls.of(found, info) if found else None

    @strawberry.field(description="Who is rated.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @strawberry.field(description="The unit of the rated appointment.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(
        description="The stages of the policy side by side, each with its own figures; to the "
        "person as the policy says. Empty where it has none.",
        directives=at_most(STAGES_MAX),
    )
    async def stages(self, info: Info) -> list[EvaluationStage]:
        file = await info.context.load(see_files, self.aggregate)
        return [EvaluationStage.of(each) for each in file.stages]

    @strawberry.field(description="The period.")
    async def period(self, info: Info) -> EvaluationPeriod | None:
        return await period_of(info, self.aggregate.period_id)

    @strawberry.field(
        description="The period that rates the person instead: after a transfer the agency that "
        "the person came to, on the work of both."
    )
    async def rated_in(self, info: Info) -> EvaluationPeriod | None:
        to = self.aggregate.handed_over
        return await period_of(info, to.period_id) if to else None

    @strawberry.field(
        description="What other agencies handed over, which counts here, or what was handed over "
        "from here; seen with the score.",
        directives=at_most(PARTS_MAX),
    )
    async def handed_over_parts(self, info: Info) -> list[HandedOverPart]:
        found = await info.context.load(parts_of, self.aggregate)
        return [HandedOverPart.of(each, self.aggregate) for each in found]

    @strawberry.field(
        description="The official form filled in, as an HTML page to print and sign; null until "
        "there is a score to see. It loads nothing from anywhere.",
        directives=costs(150),
    )
    async def printable(self, info: Info) -> str | None:
        result = await self.scored(info)
        return await printed(info.context.reading(), self.aggregate, result) if result else None

    @strawberry.field(
        description="Of a year that is made of other periods: each of them; else empty.",
        directives=at_most(PARTS_OF_A_YEAR_MAX),
    )
    def year_parts(self) -> list[YearPart]:
        return YearPart.all_of(self.shown) if self.shown else []

    @strawberry.field(
        description="What the seal of the closed period binds of it: canonical JSON of the record, "
        "with the hash and the marks that are stored of it. Roles period-admin, review-board, "
        "auditor; null before the closing."
    )
    async def sealed(self, info: Info) -> str | None:
        return await info.context.load(queries.sealed_texts, self.aggregate)

    @strawberry.field(description="The unit's index had not come: missing evidence, not zero.")
    async def missing_evidence(self, info: Info) -> bool:
        return await info.context.load(queries.lack_of_evidence, self.aggregate)

    @strawberry.field(description="The work behind it, by due date.", directives=PAGED)
    async def assignments(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Assignment]:
        page = await list_assignments_of(
            info.context.reading(),
            self.aggregate.period_id,
            self.aggregate.civil_servant_id,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Assignment.of)

    @strawberry.field(
        description="Silences charged to the person in the period, by the day on which something "
        "was due.",
        directives=PAGED,
    )
    async def process_faults(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[ProcessFault]:
        page = await list_faults_of(
            self.aggregate, info.context.reading(), first=page_size(first), after=after
        )
        return await connection(page, ProcessFault.of)

    async def scored(self, info: Info) -> scoring.ScoreResult | None:
        return await info.context.load(queries.results, self.aggregate) if self.shown else None


async def shown_evaluation(info: Info, id: str | None) -> Evaluation | None:
    """None also when it is of somebody the caller may not see."""
    found = await info.context.load(queries.find_evaluations, id) if id else None
    return await Evaluation.of(found, info) if found else None
