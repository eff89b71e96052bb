"""What an export reads."""

import json
from typing import Self

import strawberry

from congvu_kit.graph import (
    Info,
    listing,
    personal,
)
from evaluation_service.adapters.graphql.personnel.types import another
from evaluation_service.application.collections import UNITS
from evaluation_service.application.imports import queries
from evaluation_service.domain.personnel import servants


@personal(of=another, public=("id",))
@strawberry.type(description="A person as a personnel system sends them.")
class CivilServantRow:
    aggregate: strawberry.Private[servants.CivilServant]
    id: strawberry.ID = strawberry.field(description="Opaque id of the person.")

    @classmethod
    def of(cls, servant: servants.CivilServant) -> Self:
        return cls(aggregate=servant, id=strawberry.ID(servant.id))

    @strawberry.field(
        description="A PersonRowInput as JSON, with appointments and leaves; sent back, it changes "
        "nothing."
    )
    async def row(self, info: Info) -> str:
        ids = queries.unit_ids(self.aggregate)
        units = await info.context.by_id(UNITS).load_many(ids)
        refs = {unit.id: unit.external_ref for unit in units if unit}
        return json.dumps(queries.row_of(self.aggregate, refs), ensure_ascii=False)


@strawberry.type
class ImportQuery:
    civil_servant_rows = listing(
        queries.list_person_rows,
        CivilServantRow,
        description="Everybody of a province as rows of syncPersonnel, for exports. Role "
        "personnel-sync of the province, or with scope personnel:national.",
    )
