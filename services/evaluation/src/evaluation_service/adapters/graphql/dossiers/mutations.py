"""Dossier events."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.dossiers.inputs import RecordDossierEventsInput
from evaluation_service.adapters.graphql.dossiers.types import DossierReport
from evaluation_service.application.dossiers import commands


@strawberry.type
class DossierMutation:
    record_dossier_events = mutation(
        commands.record_dossier_events,
        RecordDossierEventsInput,
        DossierReport,
        description="Dossier events of the one-stop portal; a completed dossier adds one to the "
        "officer's open work of that procedure, and one delay when it is late, whichever of the "
        "two comes first (E-I17). Role service-portal.",
    )
