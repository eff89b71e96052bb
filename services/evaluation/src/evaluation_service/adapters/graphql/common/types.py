"""Pieces that several rooms show."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, Self

import strawberry

import congvu_scoring as scoring
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.graph import Info, Problem, Shown, at_most, awaited, by_name, describe
from congvu_scoring.common.exact import round_half_up
from congvu_scoring.documents.citations import cited
from evaluation_service.adapters.pages.explanation import facts_of
from evaluation_service.domain.common import decisions, evidence
from evaluation_service.domain.common.evidence import EVIDENCE_MAX
from evaluation_service.domain.common.sizes import (
    CHILDREN_MAX,
    ENTRIES_MAX,
    INPUTS_MAX,
    LINES_MAX,
    REASONS_MAX,
)
from evaluation_service.domain.personnel import lives
from evaluation_service.domain.results import inputs, sheets
from evaluation_service.domain.results.inputs import Organising, Unity
from evaluation_service.domain.results.sheets import Remedy

PLACES = 12
"""Decimals shown of a value that has no end (265/3); its exact text stands beside it."""


async def of_field_type(info: Info, aggregate: Aggregate) -> Any:
    """The aggregate as the type of the field that is being resolved, for a type of a room above,
    which may not be imported here."""
    kind: Any = info.return_type
    while not hasattr(kind, "of"):
        kind = kind.resolve_type() if hasattr(kind, "resolve_type") else kind.of_type
    return await awaited(kind.of(aggregate, info))


def as_decimal(value: Fraction | None) -> Decimal | None:
    """Exact when the value ends within `PLACES` decimals, else rounded half up there."""
    if value is None:
        return None
    shown = round_half_up(value, PLACES)
    sign = "-" if shown < 0 else ""
    digits = str(abs(shown.numerator) * (10**PLACES // shown.denominator)).rjust(PLACES + 1, "0")
    text = f"{sign}{digits[:-PLACES]}.{digits[-PLACES:]}".rstrip("0").rstrip(".")
    return Decimal(text)


@strawberry.type(description="How another system calls the same thing.")
class ExternalRef:
    system: str = strawberry.field(description="The system, e.g. hrm.khanhhoa.")
    id: str = strawberry.field(description="Its id there.")

    @classmethod
    def of(cls, ref: lives.ExternalRef) -> Self:
        return cls(system=ref.system, id=ref.id)


@strawberry.type(description="A piece of evidence.")
class WorkEvidence(Shown):
    SHOWS = evidence.Evidence

    uri: str = strawberry.field(description="Where it is.")
    hash: str | None = strawberry.field(description="SHA-256 of the file.")
    source: str | None = strawberry.field(description="The system it comes from.")
    captured_at: datetime | None = strawberry.field(description="When it was taken.")


@strawberry.type(description="The document a step rests on.")
class DecisionDocument(Shown):
    SHOWS = decisions.Decision

    number: str = strawberry.field(description="Number of the decision.")
    decided_on: date = strawberry.field(description="Day of the decision.")
    uri: str | None = strawberry.field(description="Where it can be read.")


@strawberry.type(description="What proves an input.")
class InputEvidence:
    ref: str = strawberry.field(description="Where it can be looked up.")
    hash: str | None = strawberry.field(description="SHA-256 of the file.")
    confirmed_by: str | None = strawberry.field(description="Who confirmed it.")


@strawberry.type(description="A fact that a rule read.")
class ExplanationInput:
    name: str = strawberry.field(description="Its name.")
    value: str = strawberry.field(description="Its exact value.")
    evidence: list[InputEvidence] = strawberry.field(
        description="What proves it.", directives=at_most(EVIDENCE_MAX)
    )

    @classmethod
    def of(cls, given: scoring.Input) -> Self:
        return cls(
            name=given.name,
            value=given.value,
            evidence=[
                InputEvidence(ref=each.ref, hash=each.hash, confirmed_by=each.confirmed_by)
                for each in given.evidence
            ],
        )


@strawberry.type(
    description="Where points came from: a tree whose leaves sum exactly to the total."
)
class Explanation:
    node: strawberry.Private[scoring.Explanation]
    rule_id: str = strawberry.field(description="The rule of the policy.")
    clause: str = strawberry.field(
        description="The law with its article and clause, or with the words that they are not "
        "known; else the source."
    )
    text_vi: str = strawberry.field(description="The rule in words, Vietnamese.")
    text_en: str = strawberry.field(description="The rule in words, English.")
    value: Decimal | None = strawberry.field(description="The value the rule gave.")
    points: Decimal | None = strawberry.field(
        description="Points it added or took away; rounded at 12 decimals when it has no end."
    )
    points_exact: str = strawberry.field(description="The same, exactly, e.g. 265/3.")
    depth: int = strawberry.field(description="0 at the top; a part is one deeper.")

    @classmethod
    def of(cls, node: scoring.Explanation, depth: int = 0) -> Self:
        return by_name(
            cls,
            node,
            node=node,
            depth=depth,
            clause=cited(node.clause, "vi"),
            value=as_decimal(node.value),
            points=as_decimal(node.points),
            points_exact=scoring.exact_text(node.points),
        )

    @strawberry.field(
        description="The facts it read, with their evidence.", directives=at_most(INPUTS_MAX)
    )
    def inputs(self) -> list[ExplanationInput]:
        return [ExplanationInput.of(given) for given in self.node.inputs]

    @strawberry.field(
        description="The same facts with their evidence in one line of Vietnamese, as on the "
        "official form; for reading a whole tree at once."
    )
    def facts(self) -> str:
        return facts_of(self.node)

    @strawberry.field(
        description="The parts it is made of; their points sum to its own.",
        directives=at_most(CHILDREN_MAX),
    )
    def children(self) -> list["Explanation"]:
        return [Explanation.of(child, self.depth + 1) for child in self.node.children]

    @strawberry.field(
        description="It and everything below it, each part after the whole it belongs to: the "
        "tree as it is read aloud.",
        directives=at_most(LINES_MAX),
    )
    def lines(self) -> list["Explanation"]:
        return list(_lines(self.node, self.depth))


def _lines(node: scoring.Explanation, depth: int) -> Iterator[Explanation]:
    yield Explanation.of(node, depth)
    for child in node.children:
        yield from _lines(child, depth + 1)


@strawberry.type(description="What the band above would have needed.")
class NextBand:
    band: str = strawberry.field(description="The band above.")
    threshold: Decimal | None = strawberry.field(
        description="The value it starts at; null for a band that goes by conditions alone."
    )
    strictly: bool = strawberry.field(description="It starts above the threshold, not at it.")
    missing: Decimal | None = strawberry.field(description="Points that were missing.")
    held_by: list[str] = strawberry.field(
        description="Rules that would have kept the person below it all the same.",
        directives=at_most(REASONS_MAX),
    )

    @classmethod
    def of(cls, found: scoring.NextBand) -> Self:
        return by_name(
            cls, found, threshold=as_decimal(found.threshold), missing=as_decimal(found.missing)
        )


class OfCivilServant(Protocol):
    @property
    def civil_servant_id(self) -> str | None: ...


def other_than_the_reader(aggregate: OfCivilServant, reader: Actor) -> str | None:
    """The person, unless they read about themself."""
    person = aggregate.civil_servant_id
    return None if person == reader.officer else person


describe(
    Organising,
    "How the work was organised.",
    FULL="Everything planned done on time and to quality.",
    SHORTCOMING="Prolonged shortcomings or delay.",
)
describe(
    Unity,
    "Whether the collective is united.",
    FULL="United and well coordinated.",
    CONFLICT="Complaints of prolonged internal conflict.",
)


@strawberry.type(description="Points of one criterion or element, with the reason.")
class CriterionRating(Shown):
    SHOWS = inputs.Rating

    key: str = strawberry.field(description="Criterion (I.1) or element of the policy.")
    points: Decimal = strawberry.field(description="Points.")
    reason: str | None = strawberry.field(description="Why.")
    evidence: str | None = strawberry.field(description="Where it can be looked up.")


@strawberry.type(description="What a person entered: criteria, elements, organising, unity.")
class EnteredRatings(Shown):
    SHOWS = inputs.GivenInputs

    general: list[CriterionRating] = strawberry.field(
        description="General criteria.", directives=at_most(ENTRIES_MAX)
    )
    elements: list[CriterionRating] = strawberry.field(
        description="Rated elements.", directives=at_most(ENTRIES_MAX)
    )
    organising: Organising | None = strawberry.field(description="Heads and deputies only.")
    unity: Unity | None = strawberry.field(description="Heads and deputies only.")


describe(
    Remedy,
    "What gives a person a score who has none.",
    name="ScoreRemedy",
    ENTER_WHAT_IS_MISSING="Enter what the policy needs, such as work or rated elements; after the"
    " freeze unfreezePeriod first.",
    CORRECT_WHAT_IS_REFUSED="Correct what the rule refuses, or name the unit or role another "
    "policy; after the freeze unfreezePeriod or rescore.",
    CHECK_WHAT_WAS_REPORTED="A superior, or after the freeze the review board in their place, "
    "accepts or returns each report (acceptWork, returnWork) until the "
    "publication; that scores the person.",
    CHECK_WORKING_TIME="Check appointments and leaves in the personnel system; after the freeze "
    "rescore.",
)


@strawberry.type(description="Why a person has no score, and what helps (E-I14).")
class ScoreTrouble:
    rule_id: str = strawberry.field(description="The rule, invariant or measure that refuses.")
    text_vi: str = strawberry.field(description="What it says, in Vietnamese.")
    text_en: str = strawberry.field(description="The same in English.")
    remedy: Remedy = strawberry.field(description="What helps.")

    @classmethod
    def of(cls, trouble: sheets.Trouble) -> Self:
        return by_name(cls, trouble, text_vi=trouble.vi, text_en=trouble.en)


@strawberry.type(description="Something to know about what was taken.")
class RowWarning:
    rule_id: str = strawberry.field(description="The rule.")
    field: str = strawberry.field(description="The field it is about.")
    message: str = strawberry.field(description="In the caller's language.")

    @classmethod
    def of(cls, remark: lives.Remark, language: str) -> Self:
        return cls(rule_id=remark.rule_id, field=remark.field, message=remark.message(language))


def row_problem(refusal: Refusal | None, info: Info) -> Problem | None:
    return Problem.of(refusal, info.context.language) if refusal else None
