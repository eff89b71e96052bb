"""Looking dossiers up that count nowhere."""

import strawberry

from congvu_kit.graph import PAGED, After, Connection, First, Info, connection, page_size
from evaluation_service.adapters.graphql.dossiers.inputs import UnmatchedDossierFilter
from evaluation_service.adapters.graphql.dossiers.types import UnmatchedDossier
from evaluation_service.application.dossiers import queries


@strawberry.type
class DossierQuery:
    @strawberry.field(
        description="Completed dossiers that count for nobody's work (E-I17), oldest first, of led "
        "units or of the province. Roles manager, unit-head, period-admin, review-board, auditor.",
        directives=PAGED,
    )
    async def unmatched_dossiers(
        self,
        info: Info,
        filter: UnmatchedDossierFilter | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[UnmatchedDossier]:
        page = await queries.list_unmatched(
            info.context.actor,
            info.context.reading(),
            (filter or UnmatchedDossierFilter()).to_domain(),
            first=page_size(first),
            after=after,
        )
        return await connection(page, UnmatchedDossier.of)
