"""Agreements as the graph shows them: to the parties, and, published, to everybody."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Info, Shown, at_most, by_name, costs, describe, personal
from evaluation_service.adapters.graphql.common.types import (
    DecisionDocument,
    other_than_the_reader,
)
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.domain.agreements import agreements, content, versions
from evaluation_service.domain.agreements.content import (
    ITEMS_MAX,
    STEPS_MAX,
    AgreementKind,
    OutputDimension,
    Party,
)
from evaluation_service.domain.agreements.versions import (
    ASSESSMENTS_MAX,
    VERSIONS_MAX,
    AgreementState,
)
from evaluation_service.domain.objectives.content import Direction

describe(
    AgreementKind,
    "What kind of agreement the policy asks for.",
    RESPONSIBILITY_CONTRACT="Targets of a leader.",
    PERFORMANCE_AGREEMENT="Elements with weights.",
    OUTPUT_AGREEMENT="Outputs for some years.",
    LAB_PLAN="A plan that is locked and published.",
)
describe(
    Party,
    "A side of an agreement.",
    name="AgreementParty",
    LEADER="Whose agreement it is.",
    SUPERIOR="Who leads them.",
)
describe(
    OutputDimension,
    "What of an output is measured.",
    QUANTITY="Quantity: how much.",
    QUALITY="How good.",
    COST="For how much.",
    TIME="Time: by when.",
    PLACE="Place: where.",
)
describe(
    AgreementState,
    "Where an agreement stands.",
    DRAFT="Drafted, nobody signed.",
    NEGOTIATING="One side signed, or proposed another version.",
    SIGNED="Both signed, its term has not begun.",
    IN_FORCE="Signed, and its term runs.",
    AMENDED="In force in a later version that both signed.",
    LOCKED="Nothing changes any more, and everybody may read it.",
    PUBLISHED="Locked, and a result is published.",
    ASSESSED="A result of it is published.",
    ENDED="Its term is over.",
    TERMINATED="Ended by a decision.",
)


@strawberry.type(description="A step of a plan.")
class PlanStep(Shown):
    SHOWS = content.PlanStep

    title: str = strawberry.field(description="What is done.")
    due_on: date = strawberry.field(description="By when.")


@strawberry.type(description="An element, or an objective in the version that is agreed on.")
class AgreementItem(Shown):
    SHOWS = content.AgreementItem

    code: str = strawberry.field(description="Of the element, or of the objective.")
    title: str = strawberry.field(description="What is expected.")
    weight: Decimal = strawberry.field(description="Weight.")
    perspective: str | None = strawberry.field(description="Perspective, or the output.")
    shared: bool = strawberry.field(description="Counts in the unit's scorecard alone.")
    baseline: Decimal | None = strawberry.field(description="Where it starts.")
    target: Decimal | None = strawberry.field(description="What is to be reached.")
    direction: Direction = strawberry.field(description="Which way is better.")
    objective: str | None = strawberry.field(description="The objective and its version.")
    objective_hash: str | None = strawberry.field(description="Binds that version.")
    dimension: OutputDimension | None = strawberry.field(description="What it measures.")
    steps: list[PlanStep] = strawberry.field(
        description="How it is reached.", directives=at_most(STEPS_MAX)
    )


@strawberry.type(description="A side's signature.")
class AgreementSignature(Shown):
    SHOWS = versions.Signature

    party: Party = strawberry.field(description="Which side.")
    at: datetime = strawberry.field(description="When.")
    by: str = strawberry.field(description="The account that signed.")

    @classmethod
    def of(cls, signature: versions.Signature) -> Self:
        return by_name(cls, signature, by=signature.by.subject)


@strawberry.type(description="An agreement as one side proposed it.")
class AgreementVersion:
    number: int = strawberry.field(description="1, 2, 3 …")
    version_hash: str = strawberry.field(
        description="Binds parties, term and items: what is signed, and what the snapshot carries."
    )
    items: list[AgreementItem] = strawberry.field(
        description="What it says.", directives=at_most(ITEMS_MAX)
    )
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    reason: str | None = strawberry.field(description="Why it follows the one before.")
    signatures: list[AgreementSignature] = strawberry.field(
        description="Who signed, in order.", directives=at_most(len(Party))
    )
    signed_at: datetime | None = strawberry.field(description="When all had signed.")

    @classmethod
    def of(
        cls, version: versions.AgreementVersion | None, agreement: agreements.Agreement
    ) -> Self | None:
        if version is None:
            return None
        return by_name(
            cls,
            version,
            version_hash=agreement.hash_of(version),
            items=[AgreementItem.of(each) for each in version.items],
            signatures=[AgreementSignature.of(each) for each in version.signatures],
        )


@strawberry.type(description="A version among others.")
class AgreementStep:
    number: int = strawberry.field(description="1, 2, 3 …")
    version_hash: str = strawberry.field(description="Binds it.")
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    reason: str | None = strawberry.field(description="Why it follows the one before.")
    signed_at: datetime | None = strawberry.field(description="When all had signed it.")

    @classmethod
    def of(cls, version: versions.AgreementVersion, agreement: agreements.Agreement) -> Self:
        return by_name(cls, version, version_hash=agreement.hash_of(version))


@strawberry.type(description="A published result that an agreement was the basis of.")
class AgreementResult(Shown):
    SHOWS = versions.Assessment

    period_id: strawberry.ID = strawberry.field(description="Of which period.")
    period_label: str = strawberry.field(description="2026, 2026-Q3 or 2026-07.")
    version_hash: str = strawberry.field(description="The version that it was scored by.")
    total: str | None = strawberry.field(description="Exact total; null without a score.")
    band: str | None = strawberry.field(description="Final band.")
    result_hash: str = strawberry.field(description="Binds the result.")


@personal(
    of=other_than_the_reader,
    public=("id", "revision", "kind", "state", "policy", "unit", "civil_servant"),
)
@strawberry.type(
    description="What a leader and a superior agree on: drafted, signed by both in order, amended"
    " by new versions that both sign. What is signed is what is scored.",
    directives=costs(10),
)
class Agreement(Shown):
    SHOWS = agreements.Agreement

    aggregate: strawberry.Private[agreements.Agreement]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    kind: AgreementKind = strawberry.field(description="What kind it is.")
    state: AgreementState = strawberry.field(description="Where it stands.")
    policy: str = strawberry.field(description="policy@version that asked for it.")
    starts_on: date = strawberry.field(description="First day of the term.")
    ends_on: date = strawberry.field(description="The day after its last.")
    locks_on: date | None = strawberry.field(description="Last day on which it may be changed.")
    waits_for: Party | None = strawberry.field(description="Whose signature is next.")
    signed: AgreementVersion | None = strawberry.field(
        description="The newest version that both signed: what is scored."
    )
    proposed: AgreementVersion | None = strawberry.field(description="What waits for signatures.")
    versions: list[AgreementStep] = strawberry.field(
        description="Every version, oldest first.", directives=at_most(VERSIONS_MAX)
    )
    assessments: list[AgreementResult] = strawberry.field(
        description="Published results, oldest first.", directives=at_most(ASSESSMENTS_MAX)
    )
    ended_at: datetime | None = strawberry.field(description="When it ended.")
    termination: DecisionDocument | None = strawberry.field(
        description="The decision that ended it before its time."
    )
    termination_reason: str | None = strawberry.field(description="Why.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: agreements.Agreement) -> Self:
        ended = aggregate.termination
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            signed=AgreementVersion.of(aggregate.signed, aggregate),
            proposed=AgreementVersion.of(aggregate.proposed, aggregate),
            versions=[AgreementStep.of(each, aggregate) for each in aggregate.versions],
            assessments=[AgreementResult.of(each) for each in aggregate.assessments],
            termination=DecisionDocument.of(ended) if ended else None,
        )

    @strawberry.field(description="The unit in which the leader is rated.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)

    @strawberry.field(description="Whose it is.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)


@strawberry.type(
    description="An agreement that everybody may read: signed, and, of a plan, locked.",
    directives=costs(10),
)
class PublishedAgreement:
    aggregate: strawberry.Private[agreements.Agreement]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    kind: AgreementKind = strawberry.field(description="What kind it is.")
    state: AgreementState = strawberry.field(description="Where it stands.")
    policy: str = strawberry.field(description="policy@version that asked for it.")
    starts_on: date = strawberry.field(description="First day of the term.")
    ends_on: date = strawberry.field(description="The day after its last.")
    number: int = strawberry.field(description="Of the version that both signed.")
    version_hash: str = strawberry.field(description="Binds that version.")
    signed_at: datetime = strawberry.field(description="When both had signed it.")
    items: list[AgreementItem] = strawberry.field(
        description="What it says.", directives=at_most(ITEMS_MAX)
    )
    results: list[AgreementResult] = strawberry.field(
        description="Yearly results, where the policy publishes them.",
        directives=at_most(ASSESSMENTS_MAX),
    )
    termination: DecisionDocument | None = strawberry.field(
        description="The decision that ended it before its time."
    )

    @classmethod
    def of(cls, aggregate: agreements.Agreement) -> Self:
        signed, ended = aggregate.signed, aggregate.termination
        assert signed is not None  # what nobody signed is not published
        told = aggregate.assessments if aggregate.publishes_results else ()
        return by_name(
            cls,
            aggregate,
            aggregate=aggregate,
            number=signed.number,
            version_hash=aggregate.hash_of(signed),
            signed_at=signed.signed_at,
            items=[AgreementItem.of(each) for each in signed.items],
            results=[AgreementResult.of(each) for each in told],
            termination=DecisionDocument.of(ended) if ended else None,
        )

    @strawberry.field(description="The unit whose leader signed it.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)
