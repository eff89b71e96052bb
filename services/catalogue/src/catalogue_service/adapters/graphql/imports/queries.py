"""The template for imports."""

import base64
import io
from typing import Annotated

import strawberry

from catalogue_service.adapters.files.sheets import write
from catalogue_service.adapters.files.template import write_catalogue_template
from catalogue_service.adapters.graphql.imports.types import ImportTemplate, SheetFormat


@strawberry.type
class ImportQuery:
    @strawberry.field(description="A template for imports.")
    def import_template(
        self,
        format: Annotated[
            SheetFormat, strawberry.argument(description="Which kind of sheet.")
        ] = SheetFormat.XLSX,
    ) -> ImportTemplate:
        name, target = f"danh-muc.{format.lower()}", io.BytesIO()
        if format is SheetFormat.JSON:
            write(name, target, [])
        else:
            write_catalogue_template(name, target, "vi")
        return ImportTemplate(
            name=name, content_base64=base64.b64encode(target.getvalue()).decode()
        )
