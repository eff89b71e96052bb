"""Words and pieces that every input shares."""

from datetime import date, datetime

import strawberry

from congvu_kit.domain.errors import Invalid
from evaluation_service.domain.common import evidence
from evaluation_service.domain.integrity import integrity
from evaluation_service.domain.personnel import units

KEY = "Any text of yours, up to 200 characters; the same key and body gives the first answer again."
REVISION = "The revision you saw; refused with CONFLICT when somebody changed it since."
RATING_REVISION = "The evaluation's revision; 0 before anybody entered anything."


@strawberry.input(description="How your system calls a thing. Never the 12-digit personal number.")
class ExternalRefInput:
    system: str = strawberry.field(description="Your system, e.g. hrm.khanhhoa.")
    id: str = strawberry.field(description="Its id there.")

    def to_domain(self) -> units.ExternalRef:
        return units.ExternalRef(system=self.system, id=self.id)


@strawberry.input(description="A piece of evidence (minh chứng).")
class WorkEvidenceInput:
    uri: str = strawberry.field(description="Where it is, up to 500 characters.")
    hash: str | None = strawberry.field(default=None, description="SHA-256, lower-case hex.")
    source: str | None = strawberry.field(default=None, description="The system it comes from.")
    captured_at: datetime | None = strawberry.field(default=None, description="When it was taken.")

    def to_domain(self) -> evidence.Evidence:
        return evidence.Evidence(
            uri=self.uri, hash=self.hash, source=self.source, captured_at=self.captured_at
        )


def evidence_of(given: list[WorkEvidenceInput]) -> tuple[evidence.Evidence, ...]:
    return tuple(each.to_domain() for each in given)


def id_or_ref(
    id: strawberry.ID | None, ref: ExternalRefInput | None, prefix: str, field: str
) -> str:
    """Our id, given itself or by another system's; raise `Invalid` unless exactly one is."""
    if (id is None) == (ref is None):
        raise Invalid(
            en=f"give either {field}Id or {field}Ref",
            vi=f"cần đúng một trong hai: {field}Id hoặc {field}Ref",
            field=f"{field}Id",
        )
    return str(id) if ref is None else ref.to_domain().ours(prefix)


@strawberry.input(description="The document a step rests on (quyết định).")
class DecisionDocumentInput:
    number: str = strawberry.field(description="Số quyết định, up to 60 characters.")
    decided_on: date = strawberry.field(description="Ngày quyết định.")
    uri: str | None = strawberry.field(default=None, description="Where it can be read.")

    def to_domain(self) -> integrity.Decision:
        return integrity.Decision(number=self.number, decided_on=self.decided_on, uri=self.uri)
