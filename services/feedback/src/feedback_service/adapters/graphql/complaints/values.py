"""Complaints of a unit in numbers."""

from typing import Self

import strawberry

from congvu_kit.graph import at_most
from feedback_service.application.complaints import queries
from feedback_service.domain.complaints.values import ComplaintState


@strawberry.type(description="How many complaints stand there.")
class ComplaintsInState:
    state: ComplaintState = strawberry.field(description="Where they stand.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="Complaints of a unit in numbers.")
class ComplaintOverview:
    states: list[ComplaintsInState] = strawberry.field(
        description="Those there are.", directives=at_most(len(ComplaintState))
    )
    answered: int = strawberry.field(
        description=f"Answered ones among the newest {queries.NEWEST}, which the days are of."
    )
    half_within: int | None = strawberry.field(
        description="Calendar days within which half of them were answered first."
    )
    most_within: int | None = strawberry.field(
        description="Calendar days within which nine in ten were."
    )

    @classmethod
    def of(cls, found: queries.ComplaintOverview) -> Self:
        counts = [(each, found.states.get(each, 0)) for each in ComplaintState]
        return cls(
            states=[ComplaintsInState(state=each, count=n) for each, n in counts if n],
            answered=found.answered,
            half_within=found.half_within,
            most_within=found.most_within,
        )
