"""The arguments that several queries share, described once."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

AsOf: TypeAlias = Annotated[
    date | None, strawberry.argument(description="A day. Default: today in Vietnam.")
]
Code: TypeAlias = Annotated[str, strawberry.argument(description="The product's code.")]
Province: TypeAlias = Annotated[
    str,
    strawberry.argument(
        description="Two digits, a ministry's code such as G09, or 00 for the national lists."
    ),
]
UnitId: TypeAlias = Annotated[strawberry.ID, strawberry.argument(description="The unit's id.")]
OneUnit: TypeAlias = Annotated[
    strawberry.ID | None, strawberry.argument(description="Only this unit's list.")
]
VersionId: TypeAlias = Annotated[
    strawberry.ID, strawberry.argument(description="A version's id, `code@number`.")
]
