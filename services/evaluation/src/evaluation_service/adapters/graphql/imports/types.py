"""What a sync did, row by row."""

from typing import Self

import strawberry

from congvu_kit.domain.text import camel
from congvu_kit.graph import (
    Info,
    Problem,
    at_most,
    describe,
)
from evaluation_service.adapters.graphql.common.types import RowWarning, row_problem
from evaluation_service.application.imports import rows
from evaluation_service.application.imports.commands import ROWS_MAX
from evaluation_service.application.imports.rows import (
    CHANGES_MAX,
    REMARKS_MAX,
    PersonnelKind,
    RowOutcome,
    SyncForm,
    SyncMode,
)
from evaluation_service.application.imports.snapshots import ENDED_MAX
from evaluation_service.domain.personnel import listings
from evaluation_service.domain.personnel.lives import Identity

describe(
    Identity,
    "Who is meant by an id that was used before.",
    SAME="The one that has it: its first day was wrong, or the person has a new name.",
    NEW="Another one: what had the id ends where this begins; its results stay with it.",
)
describe(
    SyncForm,
    "How complete rows are. In both, an optional field that is left out stays as it is.",
    WHOLE="Required fields are there, also of what is known.",
    PATCH="A known row holds what changed.",
)
describe(
    SyncMode,
    "What becomes of what is not sent.",
    DELTA="Nothing.",
    SNAPSHOT="Within the scope it ends, told one by one.",
)
describe(
    RowOutcome,
    "What became of a row.",
    CREATED="It was not known.",
    CHANGED="Something of it is different.",
    UNCHANGED="It was known like this.",
    STALE="It is older than what is known, and was not taken.",
    REFUSED="It breaks a rule.",
)
describe(
    PersonnelKind,
    "What kind of thing it is.",
    UNIT="A unit.",
    POSITION="A job position.",
    PERSON="A person.",
)


@strawberry.type(description="What happened to one row.")
class SyncRowResult:
    row: str = strawberry.field(description="Its place in the input, e.g. people[3].")
    id: strawberry.ID | None = strawberry.field(description="Our id; null when refused.")
    outcome: RowOutcome = strawberry.field(description="What became of it.")
    changed: bool = strawberry.field(description="True for CREATED and CHANGED.")
    changed_fields: list[str] = strawberry.field(
        description="Of a changed row: which fields differ.", directives=at_most(CHANGES_MAX)
    )
    warnings: list[RowWarning] = strawberry.field(
        description="What is taken and yet to be looked at.", directives=at_most(REMARKS_MAX)
    )
    problem: Problem | None = strawberry.field(description="Why it was refused.")

    @classmethod
    def of(cls, result: rows.RowResult, info: Info) -> Self:
        language = info.context.language
        return cls(
            row=result.row,
            id=strawberry.ID(result.id) if result.id else None,
            outcome=result.outcome,
            changed=result.changed,
            changed_fields=[camel(name) for name in result.changed_fields],
            warnings=[RowWarning.of(each, language) for each in result.remarks],
            problem=row_problem(result.refusal, info),
        )


@strawberry.type(description="In ours and not in yours: it ends.")
class EndedEntry:
    kind: PersonnelKind = strawberry.field(description="What it is.")
    id: strawberry.ID = strawberry.field(description="Our id.")
    ref: str = strawberry.field(description="Its id in your system, or a position's code.")


@strawberry.type(description="What happened to all rows.")
class SyncReport:
    changed: int = strawberry.field(description="Rows that were new or different.")
    unchanged: int = strawberry.field(description="Rows that were known already, or are stale.")
    refused: int = strawberry.field(description="Rows that were refused.")
    dry_run: bool = strawberry.field(description="True when nothing of it was done.")
    remaining: int = strawberry.field(
        description="Of a snapshot: how many more end when the last call is sent again."
    )
    results: list[SyncRowResult] = strawberry.field(
        description="One a row, in input order.", directives=at_most(ROWS_MAX)
    )
    ended: list[EndedEntry] = strawberry.field(
        description="Of a snapshot: who was not in it.", directives=at_most(ENDED_MAX)
    )

    @classmethod
    def of(cls, report: rows.SyncReport, info: Info) -> Self:
        return cls(
            changed=report.changed,
            unchanged=report.unchanged,
            refused=report.refused,
            dry_run=report.dry_run,
            remaining=report.remaining,
            results=[SyncRowResult.of(each, info) for each in report.results],
            ended=[
                EndedEntry(kind=each.kind, id=strawberry.ID(each.id), ref=each.ref)
                for each in report.ended
            ],
        )


@strawberry.type(description="One part of a list, as it was told.")
class PersonnelListing:
    id: strawberry.ID = strawberry.field(description="Of this part.")
    name: str = strawberry.field(description="Of the list.")
    units: int = strawberry.field(description="Units of this part.")
    positions: int = strawberry.field(description="Positions of this part.")
    people: int = strawberry.field(description="People of this part.")

    @classmethod
    def of(cls, part: listings.PersonnelListing) -> Self:
        return cls(
            id=strawberry.ID(part.id),
            name=part.name,
            units=len(part.units),
            positions=len(part.position_codes),
            people=len(part.people),
        )
