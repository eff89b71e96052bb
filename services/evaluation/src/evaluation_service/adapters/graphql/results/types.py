"""Evaluations: scores with where each point came from."""

from decimal import Decimal
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
    describe,
    page_size,
    personal,
)
from congvu_scoring import display, exact_text
from evaluation_service.adapters.graphql.common.types import (
    EnteredRatings,
    Explanation,
    NextBand,
    ScoreTrouble,
    as_decimal,
    other_than_the_reader,
)
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod, period_of
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.adapters.graphql.results.values import (
    PARTS_OF_A_YEAR_MAX,
    ScoreComponent,
    ScoreSheet,
    YearPart,
)
from evaluation_service.adapters.graphql.stages.types import EvaluationStage
from evaluation_service.adapters.graphql.transfers.types import HandedOverPart
from evaluation_service.adapters.graphql.work.types import Assignment
from evaluation_service.adapters.pages.form import printed
from evaluation_service.application.results import queries
from evaluation_service.application.stages.queries import see_files
from evaluation_service.application.transfers.queries import PARTS_MAX, parts_of
from evaluation_service.application.work.queries import list_assignments_of
from evaluation_service.domain.common.sizes import COMPONENTS_MAX, REASONS_MAX, STAGES_MAX
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results import evaluations, sheets
from evaluation_service.domain.results.evaluations import SHEETS_MAX
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.results.states import EvaluationState

describe(
    EvaluationState,
    "Where an evaluation stands.",
    NOT_STARTED="Nothing entered.",
    SELF_ASSESSED="The person assessed themself (tự đánh giá).",
    MANAGER_SCORED="The superior scored the criteria (cấp trên chấm).",
    RANKED="Scored and ranked, not published (xếp loại).",
    PUBLISHED="Published (công bố).",
    APPEALED="An appeal waits for a decision (kiến nghị).",
    FINAL="The period is closed (chính thức).",
    CORRECTED="Corrected by a decision; a new sheet is in force (điều chỉnh).",
    HANDED_OVER="Rated in another appointment; `ratedIn` says in which period (bàn giao).",
)
describe(
    EvaluationOutcome,
    "Whether there is a score.",
    name="EvaluationOutcome",
    SCORED="There is a score.",
    NOT_EVALUABLE="No score can be computed, such as nothing assigned (không đánh giá được).",
    NOT_RATED="No working time in the period (không xếp loại).",
)


@personal(
    of=other_than_the_reader, public=("id", "period", "civil_servant", "assignments", "revision")
)
@strawberry.federation.type(
    keys=["id"],
    description="One person's result in one period (phiếu đánh giá). The person and the personnel "
    "systems see the score once it is published.",
    directives=costs(25),
)
class Evaluation:
    aggregate: strawberry.Private[evaluations.Evaluation]
    shown: strawberry.Private[sheets.Sheet | None]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: EvaluationState = strawberry.field(description="Where it stands.")
    role: AppointmentRole = strawberry.field(description="The role that is rated.")
    duty_group: str = strawberry.field(description="Nhóm nhiệm vụ tương đồng.")
    outcome: EvaluationOutcome | None = strawberry.field(description="Null until scored.")
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
    reasons: list[str] = strawberry.field(
        description="Rules that changed the band, in order.", directives=at_most(REASONS_MAX)
    )
    triggers: list[str] = strawberry.field(
        description="Trigger rules that fired.", directives=at_most(REASONS_MAX)
    )
    trouble: ScoreTrouble | None = strawberry.field(description="Where there is no score, why.")
    snapshot_hash: str | None = strawberry.field(description="Hash of the inputs.")
    result_hash: str | None = strawberry.field(description="Hash of the result document.")
    ratings: EnteredRatings = strawberry.field(
        description="What the superior entered; of stages what counts."
    )
    self_assessment: EnteredRatings = strawberry.field(description="Tự đánh giá.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    async def of(cls, aggregate: evaluations.Evaluation, info: Info) -> Self:
        seen = await info.context.load(queries.see_evaluations, aggregate)
        file = await info.context.load(see_files, aggregate)
        sheet = seen.sheet
        total = sheet.total if sheet else None
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            shown=sheet,
            state=seen.state,
            outcome=sheet.outcome if sheet else None,
            total=as_decimal(total),
            total_exact=None if total is None else exact_text(total),
            total_display=None if total is None else display(total),
            counted_total=as_decimal(sheet.counted_total) if sheet else None,
            band=aggregate.band if sheet else None,
            raw_band=sheet.raw_band if sheet else None,
            reasons=[*sheet.reasons, *aggregate.rank_reasons] if sheet else [],
            triggers=list(sheet.triggers) if sheet else [],
            trouble=ScoreTrouble.of(sheet.trouble) if sheet and sheet.trouble else None,
            snapshot_hash=sheet.snapshot_hash if sheet else None,
            result_hash=sheet.result_hash if sheet else None,
            ratings=EnteredRatings.of(file.counted or aggregate.given),
            self_assessment=EnteredRatings.of(aggregate.self_assessed),
            revision=aggregate.revision,
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
        description="The stages of the policy side by side, each with its own figures (các bước "
        "đánh giá); to the person as the policy says. Empty where it has none.",
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
        description="Parts of the score by their names in the policy.",
        directives=at_most(COMPONENTS_MAX),
    )
    def components(self) -> list[ScoreComponent]:
        values = self.shown.components if self.shown else {}
        return [
            ScoreComponent(name=name, value=as_decimal(value), exact=exact_text(value))
            for name, value in values.items()
        ]

    @strawberry.field(
        description="Where each point came from (giải trình điểm).", directives=costs(100)
    )
    async def explanation(self, info: Info) -> Explanation | None:
        result = await self._result(info)
        return Explanation.of(result.explanation()) if result else None

    @strawberry.field(
        description="What the band above would have needed; null at the top.", directives=costs(10)
    )
    async def next_band(self, info: Info) -> NextBand | None:
        result = await self._result(info)
        above = result.next_band() if result else None
        return NextBand.of(above) if above else None

    @strawberry.field(
        description="The official form (Mẫu số 01) filled in, as an HTML page to print and sign; "
        "null until there is a score to see. It loads nothing from anywhere.",
        directives=costs(150),
    )
    async def printable(self, info: Info) -> str | None:
        result = await self._result(info)
        return await printed(info.context.reading(), self.aggregate, result) if result else None

    @strawberry.field(
        description="Every scoring, oldest first; the last one is in force.",
        directives=at_most(SHEETS_MAX),
    )
    def sheets(self) -> list[ScoreSheet]:
        return [ScoreSheet.of(each) for each in self.aggregate.sheets] if self.shown else []

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

    async def _result(self, info: Info) -> scoring.ScoreResult | None:
        return await info.context.load(queries.results, self.aggregate) if self.shown else None


async def shown_evaluation(info: Info, id: str | None) -> Evaluation | None:
    """None also when it is of somebody the caller may not see."""
    found = await info.context.load(queries.find_evaluations, id) if id else None
    return await Evaluation.of(found, info) if found else None
