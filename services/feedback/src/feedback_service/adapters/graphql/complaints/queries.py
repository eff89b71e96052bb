"""Complaints, asked for."""

import strawberry

from congvu_kit.graph import PAGED, After, Connection, First, connection, costs, page_size
from feedback_service.adapters.graphql.complaints.inputs import ComplaintFilter
from feedback_service.adapters.graphql.complaints.types import Complaint
from feedback_service.adapters.graphql.complaints.values import ComplaintOverview
from feedback_service.adapters.graphql.context import Info
from feedback_service.application.complaints import queries


@strawberry.type
class ComplaintQuery:
    @strawberry.field(description="One complaint; null when not there or not for this caller.")
    async def complaint(self, info: Info, id: strawberry.ID) -> Complaint | None:
        return await Complaint.find(info, id)

    @strawberry.field(
        description="One complaint by the receipt of any of its entries, for everybody: where it "
        "stands, what was answered and until when what is due. Null for what is no receipt of this "
        "log, or of no complaint."
    )
    async def complaint_by_receipt(self, info: Info, receipt: str) -> Complaint | None:
        found = await info.context.load(queries.find_by_receipt, receipt)
        return Complaint.of(found) if found is not None else None

    @strawberry.field(
        description="Complaints of a unit and those below it by state, and the time to their first "
        "answer; for everybody.",
        directives=costs(50),
    )
    async def complaint_overview(self, info: Info, unit_id: strawberry.ID) -> ComplaintOverview:
        return ComplaintOverview.of(await queries.overview(info.context.reading(), unit_id))

    @strawberry.field(
        description="Complaints about a unit and those below it, newest first. For its management, "
        "the review board and the auditor.",
        directives=PAGED,
    )
    async def complaints(
        self,
        info: Info,
        filter: ComplaintFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Complaint]:
        wanted = filter or ComplaintFilter()
        page = await queries.list_complaints(
            info.context.actor,
            info.context.reading(),
            unit_id=wanted.unit_id,
            state=wanted.state,
            first=page_size(first),
            after=after,
        )
        return await connection(page, Complaint.of)
