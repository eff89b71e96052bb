"""How the record of who read personal data is shown: to the person, and to auditors whole."""

from collections.abc import Callable
from datetime import datetime
from typing import Self

import strawberry

from congvu_kit.domain import reads
from congvu_kit.domain.actor import Role
from congvu_kit.graph.outputs import Shown
from congvu_kit.graph.sizes import at_most, costs

ROLES_MAX = len(Role)
FIELDS_MAX = 100
"""More than the fields of a type that tell of a person, all types together."""


@strawberry.federation.type(
    shareable=True,
    description="One request that showed a person's data.",
    directives=costs(10),
)
class PersonalRead:
    at: datetime = strawberry.field(description="When.")
    account: str = strawberry.field(description="The account that read (claim sub).")
    reader_id: strawberry.ID | None = strawberry.field(
        description="The civil servant behind it, if the token named one (claim officer)."
    )
    roles: list[str] = strawberry.field(
        description="In which roles.", directives=at_most(ROLES_MAX)
    )
    unit_id: strawberry.ID | None = strawberry.field(description="For which unit.")
    operation: str | None = strawberry.field(description="The name of the query.")
    purpose: str | None = strawberry.field(description="Why, as stated in the header X-Purpose.")
    fields: list[str] = strawberry.field(
        description="What was shown, e.g. Evaluation.total.", directives=at_most(FIELDS_MAX)
    )
    hash: str = strawberry.field(description="SHA-256 of the entry in the chain of this reader.")

    @classmethod
    def of(cls, entry: reads.ReadEntry, subject: str) -> Self:
        reader = entry.reader
        return cls(
            at=entry.at,
            account=reader.subject,
            reader_id=strawberry.ID(reader.officer) if reader.officer else None,
            roles=list(reader.roles),
            unit_id=strawberry.ID(reader.unit) if reader.unit else None,
            operation=entry.operation,
            purpose=entry.purpose,
            fields=[
                name for each in entry.reads if each.subject == subject for name in each.fields
            ],
            hash=entry.hash,
        )


@strawberry.federation.type(
    shareable=True, description="An entry of a chain of reads, whole.", directives=costs(25)
)
class ReadEntry:
    number: int = strawberry.field(description="Its place in the chain, from 1.")
    text: str = strawberry.field(description="What was recorded, canonical JSON (RFC 8785).")
    hash: str = strawberry.field(description="SHA-256 of the text, which holds the hash before.")

    @classmethod
    def of(cls, entry: reads.ReadEntry) -> Self:
        return cls(number=entry.number, text=entry.text(), hash=entry.hash)


@strawberry.federation.type(
    shareable=True,
    description="What one reader read of a province's people, entry by entry; the chain named "
    "after the province tells of all the others.",
)
class ReadChain(Shown):
    SHOWS = reads.ReadChain

    id: strawberry.ID = strawberry.field(description="Its name.")
    length: int = strawberry.field(description="How many entries were recorded.")
    head: str = strawberry.field(description="The hash of the last one.")


def shown_to(subject: str) -> Callable[[reads.ReadEntry], PersonalRead]:
    """Makes what the person about whom it is sees of an entry."""
    return lambda entry: PersonalRead.of(entry, subject)
