"""Ratings, suggestions and praise as the graph shows them."""

from datetime import date
from typing import Self

import strawberry

from congvu_kit.graph import Problem, at_most, by_name, describe, personal
from feedback_service.adapters.graphql.common.types import whoever_wrote
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.adapters.graphql.log.types import PROMISE, promised, receipt_of
from feedback_service.application.reviews.queries import standings_of
from feedback_service.application.submissions import bulk, erasures
from feedback_service.application.submissions.bulk import FeedbackKind
from feedback_service.application.submissions.queries import comments_of
from feedback_service.application.submissions.received import received
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.reviews.rating_review import ReviewState
from feedback_service.domain.submissions import submission
from feedback_service.domain.submissions.submission import (
    CITIZENS,
    Answer,
    Channel,
    DossierStanding,
    Driver,
    Kind,
    Lapse,
    SubmitterType,
)

describe(
    Kind,
    "What a submission is.",
    SATISFACTION="A rating of a dossier's handling, which counts.",
    VISIT="A rating of a visit to a unit; it moves no index.",
    PROCEDURE="A rating of a procedure at a unit; it moves no index.",
    SUGGESTION="A suggestion.",
    PRAISE="Praise.",
)
describe(
    DossierStanding,
    "Whether the dossier that was rated is known.",
    KNOWN="It is.",
    AWAITED="The rating came first: it is kept, and joined when the portal tells of the dossier.",
    LAPSED="It was never joined, and the public log says why.",
)
describe(
    Lapse,
    "Why a rating that came before its dossier was not joined to it.",
    NO_DOSSIER="No portal told of the dossier within 90 days.",
    NOT_THE_APPLICANT="Not by who handed it in, or not its code.",
    OTHER_PORTAL="Another portal told of the dossier.",
    BEFORE_RECEIPT="Said to be of a day before the dossier was received.",
    RATED_ALREADY="The dossier was rated meanwhile.",
)
describe(
    Channel,
    "How it reached us.",
    PORTAL="Public-service portal.",
    APP="Mobile application.",
    HOTLINE="Hotline.",
    KIOSK="Kiosk at the one-stop shop.",
    PAPER="On paper.",
    MEETING="At a reception of citizens.",
)
describe(
    SubmitterType,
    "Who speaks.",
    CITIZEN="A citizen.",
    BUSINESS="A business.",
)
describe(
    Answer,
    "The five steps of the survey. The first two count as satisfied.",
    VERY_SATISFIED="Very satisfied.",
    SATISFIED="Satisfied.",
    NEUTRAL="Neither.",
    DISSATISFIED="Dissatisfied.",
    VERY_DISSATISFIED="Very dissatisfied.",
)
describe(
    Driver,
    "What the answer was about.",
    SPEED="Time taken.",
    ATTITUDE="Attitude of the staff.",
    GUIDANCE="Guidance given.",
    FACILITIES="Premises and equipment.",
    COST="Fees and other costs.",
    RESULT="The result itself.",
)


@personal(
    of=whoever_wrote,
    public=(
        "id",
        "kind",
        "unit",
        "dossier",
        "lapsed",
        "entered_by",
        "survey_round_id",
        "procedure_code",
        "answer",
        "drivers",
        "channel",
        "submitter_type",
        "received_on",
        "log_sequence",
        "receipt",
    ),
)
@strawberry.type(description="What a citizen or business said; nothing tells who.")
class Submission:
    aggregate: strawberry.Private[submission.Submission]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    kind: Kind = strawberry.field(description="Rating, suggestion or praise.")
    unit: OrgUnit | None = strawberry.field(
        description="The unit it is about; null while its dossier is awaited."
    )
    dossier: DossierStanding | None = strawberry.field(
        description="Of a rating of a dossier: whether that is known."
    )
    lapsed: Lapse | None = strawberry.field(description="Why it was never joined to a dossier.")
    entered_by: str | None = strawberry.field(
        description="The account that passed it on or typed it in, as an opaque id; null of what "
        "somebody sent with their own token."
    )
    survey_round_id: strawberry.ID | None = strawberry.field(
        description="The survey round that asked for it."
    )
    procedure_code: str | None = strawberry.field(description="The procedure rated.")
    answer: Answer | None = strawberry.field(description="The answer of a rating.")
    drivers: list[Driver] = strawberry.field(
        description="What the answer was about.", directives=at_most(len(Driver))
    )
    channel: Channel = strawberry.field(description="How it reached us.")
    submitter_type: SubmitterType = strawberry.field(description="Citizen or business.")
    received_on: date = strawberry.field(description="Day in Vietnam.")
    log_sequence: int | None = strawberry.field(
        description="Its entry in the public log; null for the moment until it is there."
    )

    @strawberry.field(description=PROMISE)
    async def receipt(self, info: Info) -> str | None:
        return await receipt_for(info, self.aggregate)

    @strawberry.field(
        description="Of a rating, whether it counts: PENDING while people look at what was odd "
        "about it. Null for suggestions and praise, and until it is in the public log."
    )
    async def standing(self, info: Info) -> ReviewState | None:
        return await info.context.load(standings_of, self.aggregate)

    @strawberry.field(
        description="The words beside it. Read by the unit's management, board, auditor and "
        "sender; null for everybody else, and after an erasure."
    )
    async def comment(self, info: Info) -> str | None:
        return await info.context.load(comments_of, self.aggregate)

    @classmethod
    def of(cls, aggregate: submission.Submission) -> Self:
        known = aggregate.unit_id
        return by_name(
            cls,
            aggregate,
            unit=OrgUnit(id=strawberry.ID(known)) if known else None,
            entered_by=None if aggregate.source == CITIZENS else aggregate.source,
            survey_round_id=aggregate.round_id,
        )


async def receipt_for(info: Info, taken: submission.Submission | Complaint) -> str | None:
    if taken.log_sequence is None:
        return promised(info, received(taken))
    return await receipt_of(info, taken.log_sequence)


@strawberry.type(description="The private part of a submission was destroyed.")
class Erasure:
    owner_id: strawberry.ID = strawberry.field(description="The submission or complaint.")
    erased: bool = strawberry.field(description="False when there was nothing left to erase.")

    @classmethod
    def of(cls, aggregate: erasures.Erasure) -> Self:
        return cls(owner_id=strawberry.ID(aggregate.owner_id), erased=aggregate.erased)


describe(
    FeedbackKind,
    "What somebody said is.",
    SATISFACTION="A rating of a dossier's handling.",
    VISIT="A rating of a visit to a unit.",
    PROCEDURE="A rating of a procedure at a unit.",
    COMPLAINT="A complaint.",
    SUGGESTION="A suggestion.",
    PRAISE="Praise.",
)


@strawberry.type(description="What became of one row.")
class FeedbackResult:
    taken: strawberry.Private[bulk.Taken | None]
    row: int = strawberry.field(description="Its place in the call, from 0.")
    submission_id: strawberry.ID | None = strawberry.field(
        description="Of a rating, suggestion or praise that was taken."
    )
    complaint_id: strawberry.ID | None = strawberry.field(
        description="Of a complaint that was taken."
    )
    log_sequence: int | None = strawberry.field(
        description="Its entry in the public log, once it is there."
    )
    problem: Problem | None = strawberry.field(description="Why it is refused.")

    @strawberry.field(description=PROMISE)
    async def receipt(self, info: Info) -> str | None:
        return await receipt_for(info, self.taken) if self.taken else None

    @classmethod
    def of(cls, result: bulk.FeedbackResult, info: Info) -> Self:
        taken, refusal = result.taken, result.refusal
        id = strawberry.ID(taken.id) if taken else None
        is_complaint = isinstance(taken, Complaint)
        return cls(
            taken=taken,
            row=result.row,
            submission_id=None if is_complaint else id,
            complaint_id=id if is_complaint else None,
            log_sequence=taken.log_sequence if taken else None,
            problem=Problem.of(refusal, info.context.language) if refusal else None,
        )


@strawberry.type(description="What became of all rows.")
class FeedbackReport:
    taken: int = strawberry.field(description="Taken; in a dry run, that would be taken.")
    refused: int = strawberry.field(description="Refused, each with its problem.")
    dry_run: bool = strawberry.field(description="Nothing was kept.")
    results: list[FeedbackResult] = strawberry.field(
        description="One a row.", directives=at_most(bulk.ROWS_MAX)
    )

    @classmethod
    def of(cls, report: bulk.FeedbackReport, info: Info) -> Self:
        refused = sum(each.refusal is not None for each in report.results)
        return cls(
            taken=len(report.results) - refused,
            refused=refused,
            dry_run=report.dry_run,
            results=[FeedbackResult.of(each, info) for each in report.results],
        )
