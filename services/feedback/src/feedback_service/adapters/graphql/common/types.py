"""Figures, and people whom evaluation knows."""

from decimal import Decimal
from typing import Protocol, Self

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.shares import Share


def exact(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@strawberry.type(description="A share of counted things.")
class Ratio:
    part: int = strawberry.field(description="How many of them.")
    whole: int = strawberry.field(description="Of how many.")
    share: Decimal | None = strawberry.field(
        description="Part of whole, to four places, half up; null of nothing."
    )

    @classmethod
    def of(cls, part: int, whole: int) -> Self:
        return cls(part=part, whole=whole, share=exact(Share(part, whole).value))


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="The person evaluated; evaluation knows them.",
)
class CivilServant:
    id: strawberry.ID = strawberry.field(description="Opaque id.")


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)],
    description="Who leads a unit and promises in public; evaluation knows name and office.",
)
class Leader:
    id: strawberry.ID = strawberry.field(description="Opaque id: the person in the unit.")

    @classmethod
    def of(cls, civil_servant_id: str, unit_id: str) -> Self:
        return cls(id=strawberry.ID(f"{civil_servant_id}:{unit_id}"))


class Written(Protocol):
    @property
    def id(self) -> str: ...


def whoever_wrote(aggregate: Written, reader: Actor) -> str | None:
    """Known by what they sent, since nothing tells who they are. Who is a citizen and
    nothing else is shown nobody's words but their own."""
    return None if reader.roles == {Role.CITIZEN} else aggregate.id
