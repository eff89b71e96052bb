"""What a superior sends for a whole unit."""

from datetime import datetime

import strawberry

from congvu_kit.graph import ROW, CommandInput, ValueInput
from evaluation_service.adapters.graphql.results.inputs import RatingsInput
from evaluation_service.adapters.graphql.work.inputs import AskedFields
from evaluation_service.application.desk import assigning, checking, rating, repeating
from evaluation_service.application.work.commands import WorkRow


@strawberry.input(description="A quantity of one catalogue version for one person.", directives=ROW)
class WorkRowInput(AskedFields, ValueInput):
    VALUE = WorkRow

    civil_servant_id: strawberry.ID = strawberry.field(description="Who does it.")
    appointment_id: strawberry.ID | None = strawberry.field(
        default=None, description="Default: the appointment the person is rated in."
    )


@strawberry.input(description="A piece of work that everybody gets.")
class TemplateLineInput(AskedFields, ValueInput):
    VALUE = assigning.TemplateLine


@strawberry.input(description="The same work for all whom you lead in a unit and below it.")
class EverybodyInput(ValueInput):
    VALUE = assigning.Everybody

    unit_id: strawberry.ID = strawberry.field(description="The unit, and all below it.")
    position_code: str | None = strawberry.field(
        default=None, description="Only who holds this position."
    )
    work: list[TemplateLineInput] = strawberry.field(description="1 to 50 pieces of work each.")


@strawberry.input(description="As in an earlier period.")
class AsInInput(ValueInput):
    VALUE = repeating.AsIn

    period_id: strawberry.ID = strawberry.field(description="The earlier period.")
    unit_id: strawberry.ID = strawberry.field(description="The unit, and all below it.")


@strawberry.input(description="Work for many at once; up to 500 pieces from all three together.")
class AssignWorkBulkInput(CommandInput):
    COMMAND = assigning.AssignWorkBulk

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    rows: list[WorkRowInput] = strawberry.field(
        default_factory=list, description="One by one; each succeeds or is refused on its own."
    )
    everybody: EverybodyInput | None = strawberry.field(
        default=None,
        description="For all in a unit, or in one position of it; who has the product is passed "
        "over.",
    )
    as_in: AsInInput | None = strawberry.field(
        default=None,
        description="What was planned then, for those who are still there: the newest version of "
        "each product in this period's releases, the same quantity, due as long after the first "
        "day. A group comes again in its shares, or, when one of it cannot, not at all.",
    )
    dry_run: bool = strawberry.field(
        default=False, description="Only say what would become of each."
    )


@strawberry.input(description="A report that is not accepted with the others.")
class LeftOutInput(ValueInput):
    VALUE = checking.LeftOut

    assignment_id: strawberry.ID = strawberry.field(description="A reported assignment.")
    return_reason: str | None = strawberry.field(
        default=None, description="Why it is sent back; without it, it goes on waiting."
    )


@strawberry.input(description="Accept what waits in a unit, as reported, but for those left out.")
class AcceptAllButInput(CommandInput):
    COMMAND = checking.AcceptAllBut

    period_id: strawberry.ID = strawberry.field(description="The period.")
    unit_id: strawberry.ID = strawberry.field(description="The unit, and all below it.")
    reported_until: datetime = strawberry.field(
        description="When you looked: what was reported later goes on waiting."
    )
    left_out: list[LeftOutInput] = strawberry.field(
        default_factory=list, description="Sent back with a reason, or left waiting."
    )


@strawberry.input(description="What one person gets, over the defaults.", directives=ROW)
class RatingRowInput(ValueInput):
    VALUE = rating.RatingRow

    civil_servant_id: strawberry.ID = strawberry.field(description="Whom you lead.")
    ratings: RatingsInput = strawberry.field(description="What differs from the defaults.")


@strawberry.input(description="Ratings of a unit: declared defaults, and what differs from them.")
class ScoreGeneralCriteriaBulkInput(CommandInput):
    COMMAND = rating.ScoreGeneralCriteriaBulk

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    unit_id: strawberry.ID = strawberry.field(description="The unit, and all below it.")
    defaults: RatingsInput = strawberry.field(
        default_factory=RatingsInput,
        description="For all whom you lead there and nobody rated yet; empty means none but the "
        "rows.",
    )
    rows: list[RatingRowInput] = strawberry.field(
        default_factory=list, description="Up to 200 people with the defaults' together."
    )
