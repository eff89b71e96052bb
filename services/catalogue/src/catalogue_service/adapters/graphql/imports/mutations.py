"""Drafts in bulk."""

import strawberry

from catalogue_service.adapters.graphql.imports.inputs import ImportWorkProductsInput
from catalogue_service.adapters.graphql.imports.types import ImportReport
from catalogue_service.application.imports import commands, files
from congvu_kit.graph import mutation


@strawberry.type
class ImportMutation:
    import_work_products = mutation(
        commands.import_work_products,
        ImportWorkProductsInput,
        ImportReport,
        first=files.read_file,
        description="Drafts in bulk, told row by row; importing the same again changes nothing. "
        "Role catalogue-editor.",
    )
