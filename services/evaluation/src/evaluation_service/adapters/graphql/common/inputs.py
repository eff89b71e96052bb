"""Pieces that several inputs share."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from congvu_kit.graph import (
    ValueInput,
)
from evaluation_service.domain.common import decisions, evidence
from evaluation_service.domain.personnel import lives
from evaluation_service.domain.results import inputs


@strawberry.input(description="How your system calls a thing. Never the 12-digit personal number.")
class ExternalRefInput(ValueInput):
    VALUE = lives.ExternalRef

    system: str = strawberry.field(description="Your system, e.g. hrm.khanhhoa.")
    id: str = strawberry.field(description="Its id there.")


@strawberry.input(description="A piece of evidence.")
class WorkEvidenceInput(ValueInput):
    VALUE = evidence.Evidence

    uri: str = strawberry.field(description="Where it is, up to 500 characters.")
    hash: str | None = strawberry.field(default=None, description="SHA-256, lower-case hex.")
    source: str | None = strawberry.field(default=None, description="The system it comes from.")
    captured_at: datetime | None = strawberry.field(default=None, description="When it was taken.")


@strawberry.input(description="The document a step rests on.")
class DecisionDocumentInput(ValueInput):
    VALUE = decisions.Decision

    number: str = strawberry.field(description="Number of the decision, up to 60 characters.")
    decided_on: date = strawberry.field(description="Day of the decision.")
    uri: str | None = strawberry.field(default=None, description="Where it can be read.")


@strawberry.input(description="Points of one criterion, or of one rated element.")
class RatingInput(ValueInput):
    VALUE = inputs.Rating

    key: str = strawberry.field(description="Criterion of the policy (I.1) or element.")
    points: Decimal = strawberry.field(description="Points, in the policy's range.")
    reason: str | None = strawberry.field(default=None, description="Why.")
    evidence: str | None = strawberry.field(default=None, description="Where to look it up.")


@strawberry.input(description="An entry of the conduct ledger.")
class ConductEntryInput(ValueInput):
    VALUE = inputs.ConductEntry

    rule: str = strawberry.field(description="The policy's rule, e.g. TRAINING_ABSENCE.")
    count: int = strawberry.field(default=1, description="How often.")
    evidence: str | None = strawberry.field(default=None, description="Where to look it up.")
