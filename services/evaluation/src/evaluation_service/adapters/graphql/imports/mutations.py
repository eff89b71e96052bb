"""syncPersonnel: units, positions and people in bulk, one result a row."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.imports.inputs import (
    ListPersonnelInput,
    SyncPersonnelInput,
)
from evaluation_service.adapters.graphql.imports.types import PersonnelListing, SyncReport
from evaluation_service.application.imports import commands


@strawberry.type
class PersonnelMutation:
    sync_personnel = mutation(
        commands.sync_personnel,
        SyncPersonnelInput,
        SyncReport,
        description="Bulk sync of units, positions and people; each row on its own. "
        "Role personnel-sync of the province, or with scope personnel:national.",
    )
    list_personnel = mutation(
        commands.list_personnel,
        ListPersonnelInput,
        PersonnelListing,
        description="Tell what your whole list holds; nothing changes. A syncPersonnel in the mode "
        "SNAPSHOT with this listName then ends who is in ours and not in yours. Role "
        "personnel-sync of the province, or with scope personnel:national.",
    )
