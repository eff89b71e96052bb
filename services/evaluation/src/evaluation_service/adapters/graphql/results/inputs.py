"""What superiors and the person enter."""

from datetime import datetime

import strawberry

from congvu_kit.graph import (
    RevisedInput,
    ValueInput,
    describe,
)
from evaluation_service.adapters.graphql.common.inputs import (
    ConductEntryInput,
    RatingInput,
)
from evaluation_service.application.results import commands, queries
from evaluation_service.application.results.queries import EvaluationOrder
from evaluation_service.domain.results import inputs
from evaluation_service.domain.results.inputs import Organising, Unity
from evaluation_service.domain.results.states import EvaluationState

RATING_REVISION = "The evaluation's revision; 0 before anybody entered anything."


@strawberry.input(
    description="What a person is rated on besides work and objectives; all of it optional."
)
class RatingsInput(ValueInput):
    VALUE = inputs.GivenInputs

    general: list[RatingInput] = strawberry.field(
        default_factory=list, description="General criteria, one by one."
    )
    elements: list[RatingInput] = strawberry.field(
        default_factory=list, description="Rated elements of other policies."
    )
    conduct: list[ConductEntryInput] = strawberry.field(
        default_factory=list, description="Replaces the whole ledger when given."
    )
    organising: Organising | None = strawberry.field(
        default=None, description="Criterion đ (organising), heads and deputies only."
    )
    unity: Unity | None = strawberry.field(
        default=None, description="Criterion e (unity), heads and deputies only."
    )

    def to_domain(self) -> inputs.GivenInputs:
        """Without indicators: targets are objectives, and what was reached are readings."""
        given: inputs.GivenInputs = super().to_domain()
        return given


@strawberry.input(description="A superior's ratings of one person.")
class ScoreGeneralCriteriaInput(RevisedInput):
    COMMAND = commands.ScoreGeneralCriteria

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    civil_servant_id: strawberry.ID = strawberry.field(description="Whom you lead.")
    expected_revision: int = strawberry.field(description=RATING_REVISION)
    ratings: RatingsInput = strawberry.field(description="What you rate.")


@strawberry.input(description="A person's own view of themself.")
class SelfAssessInput(RevisedInput):
    COMMAND = commands.SelfAssess

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    expected_revision: int = strawberry.field(description=RATING_REVISION)
    ratings: RatingsInput = strawberry.field(description="What you think.")


@strawberry.input(description="Which evaluations; every condition must hold.")
class EvaluationFilter(ValueInput):
    VALUE = queries.EvaluationFilter

    period_id: strawberry.ID | None = strawberry.field(default=None, description="One period.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A unit and all below it."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="One person."
    )
    band: str | None = strawberry.field(default=None, description="Final band, e.g. HTXS.")
    state: EvaluationState | None = strawberry.field(default=None, description="Stored state.")
    updated_since: datetime | None = strawberry.field(
        default=None,
        description="Changed at this second or later: with it, or in the order UPDATED, who sees "
        "results only once they are published is shown the published ones alone. Whoever keeps a "
        "copy asks from two minutes before their last question on, since a change is dated by its "
        "beginning.",
    )


describe(
    EvaluationOrder,
    "In which order evaluations are listed.",
    UNIT="By period, then by unit, then by person.",
    PERSON="By person, then from the earliest period on.",
    UPDATED="The one unchanged for longest first: with `updatedSince`, for keeping a copy.",
)
