"""syncPersonnel: units, positions and people in bulk, one result a row."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.personnel.inputs import SyncPersonnelInput
from evaluation_service.adapters.graphql.personnel.types import SyncReport
from evaluation_service.application.personnel import commands


@strawberry.type
class PersonnelMutation:
    sync_personnel = mutation(
        commands.sync_personnel,
        SyncPersonnelInput,
        SyncReport,
        description="Bulk sync of units, positions and people; each row on its own. "
        "Role personnel-sync of the province, or with scope personnel:national.",
    )
