"""What is shown of every result, a person's or a unit's."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Self

import strawberry

import congvu_scoring as scoring
from congvu_kit.application.ports import Page
from congvu_kit.graph import (
    After,
    Connection,
    First,
    Info,
    Shown,
    at_most,
    by_name,
    connection,
    costs,
    describe,
    page_size,
    paged,
)
from congvu_scoring import display, exact_text
from evaluation_service.adapters.graphql.common.types import (
    Explanation,
    ExplanationInput,
    NextBand,
    ScoreTrouble,
    as_decimal,
)
from evaluation_service.adapters.graphql.results.values import ScoreComponent, ScoreSheet
from evaluation_service.domain.common.sizes import COMPONENTS_MAX, LINES_MAX, REASONS_MAX
from evaluation_service.domain.copies import unit_indexes
from evaluation_service.domain.results import annexes, sheets
from evaluation_service.domain.results.rated import SHEETS_MAX, Rated
from evaluation_service.domain.results.sheets import EvaluationOutcome
from evaluation_service.domain.results.states import EvaluationState

describe(
    EvaluationState,
    "Where an evaluation stands.",
    NOT_STARTED="Nothing entered.",
    SELF_ASSESSED="The person assessed themself.",
    MANAGER_SCORED="The superior scored the criteria.",
    RANKED="Scored and ranked, not published.",
    PUBLISHED="Published.",
    APPEALED="An appeal waits for a decision.",
    FINAL="The period is closed.",
    CORRECTED="Corrected by a decision; a new sheet is in force.",
    HANDED_OVER="Rated in another appointment; `ratedIn` says in which period.",
)
describe(
    EvaluationOutcome,
    "Whether there is a score.",
    name="EvaluationOutcome",
    SCORED="There is a score.",
    NOT_EVALUABLE="No score can be computed, such as nothing assigned.",
    NOT_RATED="No working time in the period.",
)


@strawberry.type(description="How satisfied citizens and businesses were.")
class AnnexSatisfaction:
    satisfied: int = strawberry.field(description="Satisfied or very satisfied.")
    answers: int = strawberry.field(description="All counted answers (n).")
    minimum_answers: int = strawberry.field(description="Fewer say nothing (F-I5).")
    index: Decimal | None = strawberry.field(
        description="Satisfied of all, to four places; null below the minimum."
    )
    interval_low: Decimal | None = strawberry.field(
        description="Lower end of the 95 % Wilson interval."
    )
    interval_high: Decimal | None = strawberry.field(
        description="Upper end of the 95 % Wilson interval."
    )

    @classmethod
    def of(cls, counts: annexes.AnswerCounts) -> Self:
        share = counts.share
        low, high = (share.wilson if share else None) or (None, None)
        index = share.value if share else None
        return by_name(
            cls,
            counts,
            index=_decimal(index),
            interval_low=_decimal(low),
            interval_high=_decimal(high),
        )


@strawberry.type(description="Complaints, and what came of them.")
class AnnexComplaints(Shown):
    SHOWS = unit_indexes.ComplaintCounts

    received: int = strawberry.field(description="Received in the year.")
    due: int = strawberry.field(description="Due to be answered in it.")
    answered_in_time: int = strawberry.field(description="Of those due, answered by their day.")
    decided: int = strawberry.field(description="Decided in it.")
    upheld: int = strawberry.field(description="Of those decided, found right, in full or in part.")


@strawberry.type(description="Published commitments that fell due.")
class AnnexCommitments(Shown):
    SHOWS = unit_indexes.PromiseCounts

    due: int = strawberry.field(description="That fell due in the year.")
    kept: int = strawberry.field(description="Found kept in time.")
    partly: int = strawberry.field(description="Found kept in part, or late.")
    missed: int = strawberry.field(description="Found not kept.")


@strawberry.type(description="Dossiers of administrative procedures.")
class AnnexDossiers:
    in_time: int = strawberry.field(description="Completed in the year by their day.")
    late: int = strawberry.field(description="Completed in it after their day.")
    waiting: int = strawberry.field(description="Due in it and not completed by its end.")
    share: Decimal | None = strawberry.field(description="In time of all three; null of none.")

    @classmethod
    def of(cls, counts: annexes.DossierCounts) -> Self:
        return by_name(cls, counts, share=_decimal(counts.share.value))


@strawberry.type(
    description="Service to citizens and businesses in a year, of a unit with all below it, as it"
    " was when the year was scored; the seal binds it. It is beside the score and no "
    "part of it. What feedback did not tell of is null."
)
class ServiceAnnex:
    satisfaction: AnnexSatisfaction | None = strawberry.field(description="Answers of citizens.")
    complaints: AnnexComplaints | None = strawberry.field(description="Complaints.")
    commitments: AnnexCommitments | None = strawberry.field(
        description="Commitments: of a unit those made in it, of a leader the leader's own."
    )
    dossiers: AnnexDossiers = strawberry.field(description="Dossiers in time.")

    @classmethod
    def of(cls, annex: annexes.ServiceAnnex) -> Self:
        said, asked, promised = annex.answers, annex.complaints, annex.commitments
        return cls(
            satisfaction=AnnexSatisfaction.of(said) if said else None,
            complaints=AnnexComplaints.of(asked) if asked else None,
            commitments=AnnexCommitments.of(promised) if promised else None,
            dossiers=AnnexDossiers.of(annex.dossiers),
        )


@strawberry.type(description="A fact that a line of an explanation read.")
class LineInput(ExplanationInput):
    line: int = strawberry.field(
        description="The number of the line in `explanationLines`, from 1."
    )
    rule_id: str = strawberry.field(description="The rule of the policy.")

    @classmethod
    def of_line(cls, read: scoring.LineFact) -> Self:
        made = ExplanationInput.of(read.given)
        return by_name(cls, made, line=read.line, rule_id=read.rule_id)


@strawberry.type
class ScoredResult:
    shown: strawberry.Private[sheets.Sheet | None]
    all_sheets: strawberry.Private[Sequence[sheets.Sheet]]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: EvaluationState = strawberry.field(description="Where it stands.")
    outcome: EvaluationOutcome | None = strawberry.field(description="Null until scored.")
    total: Decimal | None = strawberry.field(
        description="Total points; 12 decimals when it has no end."
    )
    total_exact: str | None = strawberry.field(description="The same, exactly, e.g. 265/3.")
    total_display: str | None = strawberry.field(description="Two decimals, half up, for people.")
    counted_total: Decimal | None = strawberry.field(
        description="What counts after vetoes; the total stays as computed (E-I9)."
    )
    band: str | None = strawberry.field(description="Final band.")
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
    service_annex: ServiceAnnex | None = strawberry.field(
        description="Of a year, beside the score of a leader or a unit; null else."
    )
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    async def scored(self, info: Info) -> scoring.ScoreResult | None:
        """The result in force, if the reader may see it."""
        raise NotImplementedError

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

    @strawberry.field(description="Where each point came from.", directives=costs(100))
    async def explanation(self, info: Info) -> Explanation | None:
        result = await self.scored(info)
        return Explanation.of(result.explanation()) if result else None

    @strawberry.field(
        description="The same as a flat list, each part after the whole it belongs to, with its "
        "`depth`: as it is printed and read aloud.",
        directives=at_most(LINES_MAX),
    )
    async def explanation_lines(self, info: Info) -> list[Explanation]:
        result = await self.scored(info)
        return Explanation.of(result.explanation()).lines() if result else []

    @strawberry.field(
        description="The facts that the lines of the explanation read, with their evidence, line "
        "by line; a page at a time, since all at once are dearer than a question may be.",
        directives=paged(100),
    )
    async def explanation_inputs(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[LineInput]:
        result = await self.scored(info)
        facts = result.line_facts if result else ()
        page = Page.cut(facts, _place, first=page_size(first), after=after)
        return await connection(page, LineInput.of_line)

    @strawberry.field(
        description="What the band above would have needed; null at the top.", directives=costs(10)
    )
    async def next_band(self, info: Info) -> NextBand | None:
        result = await self.scored(info)
        above = result.next_band() if result else None
        return NextBand.of(above) if above else None

    @strawberry.field(
        description="Every scoring, oldest first; the last one is in force.",
        directives=at_most(SHEETS_MAX),
    )
    def sheets(self) -> list[ScoreSheet]:
        return [ScoreSheet.of(each) for each in self.all_sheets] if self.shown else []


FOUR_DIGITS = 9_999


def _place(read: scoring.LineFact) -> str:
    """In a form that sorts, beyond four digits too."""
    longer = "~" if read.line > FOUR_DIGITS else ""
    return f"{longer}{read.line:04}-{read.place:04}"


def shown_of(
    aggregate: Rated, sheet: sheets.Sheet | None, state: EvaluationState, *, roads: bool = True
) -> Mapping[str, Any]:
    """The fields above, as far as the reader may see the score; without `roads` not what it was
    made of, which names accounts."""
    total, annex = sheet.total if sheet else None, aggregate.annex
    return {
        "shown": sheet,
        "all_sheets": aggregate.sheets if roads else (),
        "state": state,
        "outcome": sheet.outcome if sheet else None,
        "total": as_decimal(total),
        "total_exact": None if total is None else exact_text(total),
        "total_display": None if total is None else display(total),
        "counted_total": as_decimal(sheet.counted_total) if sheet else None,
        "band": aggregate.band if sheet else None,
        "raw_band": sheet.raw_band if sheet else None,
        "reasons": [*sheet.reasons, *aggregate.rank_reasons] if sheet else [],
        "triggers": list(sheet.triggers) if sheet else [],
        "trouble": ScoreTrouble.of(sheet.trouble) if sheet and sheet.trouble else None,
        "snapshot_hash": sheet.snapshot_hash if sheet else None,
        "result_hash": sheet.result_hash if sheet else None,
        "service_annex": ServiceAnnex.of(annex) if sheet and annex else None,
    }


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
