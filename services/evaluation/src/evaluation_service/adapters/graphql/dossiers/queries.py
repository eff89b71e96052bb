"""Looking dossiers up that count nowhere."""

import strawberry

from congvu_kit.graph import listing
from evaluation_service.adapters.graphql.dossiers.inputs import UnmatchedDossierFilter
from evaluation_service.adapters.graphql.dossiers.types import UnmatchedDossier
from evaluation_service.application.dossiers import queries


@strawberry.type
class DossierQuery:
    unmatched_dossiers = listing(
        queries.list_unmatched,
        UnmatchedDossier,
        filter=UnmatchedDossierFilter,
        description="Completed dossiers that count for nobody's work (E-I17), oldest first, of led "
        "units or of the province. Roles manager, unit-head, period-admin, review-board, auditor.",
    )
