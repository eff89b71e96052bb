"""What follows from results."""

from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Info, at_most, by_name, costs, describe, personal
from congvu_scoring import Rule, exact_text
from congvu_scoring.documents.citations import cited
from congvu_scoring.engine import consequences, following
from evaluation_service.adapters.graphql.common.types import as_decimal, other_than_the_reader
from evaluation_service.adapters.graphql.personnel.types import (
    CivilServant,
    OrgUnit,
    shown_servant,
    unit_of,
)
from evaluation_service.application.consequences import queries
from evaluation_service.domain.common.sizes import CONSEQUENCES_MAX
from evaluation_service.domain.consequences import training
from evaluation_service.domain.consequences.kinds import PayKind, ProposalKind, WeakKind
from evaluation_service.domain.consequences.training import NEEDS_MAX, SOURCES_MAX

describe(
    PayKind,
    "A kind of pay that goes by the band.",
    ADDITIONAL_INCOME="Additional income.",
    BONUS="Bonus.",
)
describe(
    ProposalKind,
    "What a result proposes; people decide.",
    PROMOTION="Planning, appointment, an early rise.",
    PLACEMENT="Another position, or dismissal.",
    WARNING="A warning.",
)
describe(
    WeakKind,
    "What of a result calls for training.",
    CRITERION="A general criterion.",
    ELEMENT="A rated element of the policy.",
    PRODUCT="A work product.",
)


@strawberry.type(description="The rule of the policy behind a row.")
class ConsequenceRule:
    id: str = strawberry.field(description="Its id in the policy.")
    clause: str = strawberry.field(description="The clause or the source it comes from.")
    text_vi: str = strawberry.field(description="What it says, in Vietnamese.")
    text_en: str = strawberry.field(description="What it says, in English.")

    @classmethod
    def of(cls, rule: Rule) -> Self:
        return by_name(
            cls, rule, clause=cited(rule.clause, "vi"), text_vi=rule.text.vi, text_en=rule.text.en
        )


@strawberry.type(description="What a result is as evidence for headcount.")
class HeadcountEvidence:
    rule: ConsequenceRule = strawberry.field(description="The measure of the policy.")
    value: Decimal | None = strawberry.field(description="People.")
    exact: str = strawberry.field(description="Its exact value, e.g. 5/6.")

    @classmethod
    def of(cls, found: following.HeadcountEvidence) -> Self:
        return by_name(cls, found, value=as_decimal(found.value), exact=exact_text(found.value))


@strawberry.type(description="What the final band is worth in pay.")
class PayRate:
    rule: ConsequenceRule = strawberry.field(description="The pay rule of the policy.")
    kind: PayKind = strawberry.field(description="Which pay.")
    rate: Decimal | None = strawberry.field(
        description="Times the base that the agency keeps; null for who has no band."
    )

    @classmethod
    def of(cls, found: following.PayRate) -> Self:
        return cls(
            rule=ConsequenceRule.of(found.rule),
            kind=PayKind(found.kind),
            rate=as_decimal(found.rate),
        )


@strawberry.type(description="What a result proposes; people decide.")
class ResultProposal:
    rule: ConsequenceRule = strawberry.field(description="The rule of the policy.")
    kind: ProposalKind = strawberry.field(description="What kind of proposal.")
    proposal_vi: str = strawberry.field(description="What is proposed, in Vietnamese.")
    proposal_en: str = strawberry.field(description="What is proposed, in English.")

    @classmethod
    def of(cls, found: consequences.Proposal) -> Self:
        said = found.proposal
        return cls(
            rule=ConsequenceRule.of(found.rule),
            kind=ProposalKind(found.kind),
            proposal_vi=said.vi,
            proposal_en=said.en,
        )


@personal(of=other_than_the_reader, public=("civil_servant", "unit"))
@strawberry.type(
    description="What follows from one person's result in a published period.",
    directives=costs(20),
)
class PersonConsequences:
    aggregate: strawberry.Private[queries.PersonConsequences]
    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation it rests on.")
    sheet: int = strawberry.field(description="The scoring in force, by its number.")
    policy: str = strawberry.field(description="policy@version that rated the person.")
    result_hash: str = strawberry.field(description="Hash of the result document.")
    seal_hash: str | None = strawberry.field(
        description="The period's seal; null until the period is closed."
    )
    band: str | None = strawberry.field(description="Final band.")
    headcount: list[HeadcountEvidence] = strawberry.field(
        description="Evidence for headcount.", directives=at_most(CONSEQUENCES_MAX)
    )
    pay: list[PayRate] = strawberry.field(
        description="Pay by band, of the rules for this kind of period.",
        directives=at_most(CONSEQUENCES_MAX),
    )
    proposals: list[ResultProposal] = strawberry.field(
        description="Placement, promotion, warnings.", directives=at_most(CONSEQUENCES_MAX)
    )

    @classmethod
    def of(cls, aggregate: queries.PersonConsequences) -> Self:
        sheet = aggregate.sheet
        return by_name(
            cls,
            aggregate,
            evaluation_id=strawberry.ID(aggregate.evaluation.id),
            sheet=sheet.number,
            policy=sheet.policy.reference,
            result_hash=sheet.result_hash,
            seal_hash=aggregate.seal,
            band=aggregate.evaluation.band,
        )

    @strawberry.field(description="Whose result.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        return await shown_servant(info, self.aggregate.civil_servant_id)

    @strawberry.field(description="The unit of the rated appointment.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.evaluation.unit_id)


@personal(of=other_than_the_reader, public=("evaluation_id",))
@strawberry.type(description="A result in which something was weak.")
class WeakResult:
    aggregate: strawberry.Private[training.WeakResult]
    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    sheet: int = strawberry.field(description="The scoring in force, by its number.")
    share: Decimal | None = strawberry.field(description="What was reached, 0 to 1.")

    @classmethod
    def of(cls, aggregate: training.WeakResult) -> Self:
        return by_name(cls, aggregate, share=as_decimal(aggregate.share))


@strawberry.type(description="A criterion or product that a unit needs training in.")
class TrainingNeed:
    rule: ConsequenceRule = strawberry.field(description="What the policy calls weak.")
    kind: WeakKind = strawberry.field(description="What is weak.")
    code: str = strawberry.field(description="Its code in the policy, or in the catalogue.")
    rated: int = strawberry.field(description="People of the unit who were rated in it.")
    people: int = strawberry.field(description="Of them, those in whose results it was weak.")
    share: Decimal | None = strawberry.field(description="What all of them reached on average.")
    sources: list[WeakResult] = strawberry.field(
        description="Those results, lowest first.", directives=at_most(SOURCES_MAX)
    )

    @classmethod
    def of(cls, need: training.TrainingNeed) -> Self:
        return by_name(cls, need, share=as_decimal(need.share))


@strawberry.type(description="What a unit needs training in.")
class UnitTraining:
    aggregate: strawberry.Private[queries.UnitTraining]
    people: int = strawberry.field(description="People of the unit itself who were rated.")
    seal_hash: str | None = strawberry.field(
        description="The period's seal; null until the period is closed."
    )
    needs: list[TrainingNeed] = strawberry.field(
        description="Those of most people first.", directives=at_most(NEEDS_MAX)
    )

    @classmethod
    def of(cls, aggregate: queries.UnitTraining) -> Self:
        return by_name(cls, aggregate, seal_hash=aggregate.seal)

    @strawberry.field(description="The unit.")
    async def unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.unit_id)
