"""Periods and their seals, which are public."""

from datetime import date, datetime, timedelta
from typing import Self

import strawberry

from congvu_kit.graph import (
    Info,
    Shown,
    at_most,
    by_name,
    describe,
)
from evaluation_service.adapters.graphql.common.types import DecisionDocument
from evaluation_service.adapters.graphql.personnel.types import OrgUnit, unit_of
from evaluation_service.adapters.graphql.readiness.types import KINDS_MAX, PeriodGapCount
from evaluation_service.application.collections import PERIODS
from evaluation_service.application.periods import queries
from evaluation_service.application.periods.foundations import RELEASES_MAX
from evaluation_service.application.results.members import label_of
from evaluation_service.domain.common.sizes import (
    AGENCIES_MAX,
    BANDS_MAX,
    PINS_MAX,
    SWITCHES_MAX,
)
from evaluation_service.domain.periods import acts, periods, pins, seals
from evaluation_service.domain.periods.acts import ACTS_MAX, ActKind
from evaluation_service.domain.periods.states import PeriodKind, PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import GapKind

describe(
    PeriodKind,
    "Length of a period.",
    name="EvaluationPeriodKind",
    MONTH="Month.",
    QUARTER="Quarter.",
    YEAR="Year.",
)
describe(
    PeriodState,
    "Where a period stands; it only moves forward.",
    name="EvaluationPeriodState",
    OPEN="Work is assigned and counted.",
    DATA_FROZEN="Inputs are fixed.",
    SCORING="Agencies are being scored.",
    REVIEW="All are ranked; the board reviews.",
    PUBLISHED="Results are out.",
    APPEAL_WINDOW="Results are out and appeals may be filed.",
    CLOSED="Sealed; only decisions add new sheets.",
)


@strawberry.type(description="A chosen value of a policy's switch.")
class PolicySwitch:
    name: str = strawberry.field(description="The switch.")
    value: str = strawberry.field(description="Its value.")


@strawberry.type(description="A published policy version and the switches chosen for it.")
class PolicyPin:
    policy: str = strawberry.field(description="id@version.")
    hash: str = strawberry.field(description="SHA-256 of the policy document.")
    switches: list[PolicySwitch] = strawberry.field(
        description="Choices other than default.", directives=at_most(SWITCHES_MAX)
    )

    @classmethod
    def of(cls, pin: pins.PolicyPin) -> Self:
        return cls(
            policy=pin.reference,
            hash=pin.hash,
            switches=[PolicySwitch(name=n, value=v) for n, v in sorted(pin.switches.items())],
        )


@strawberry.type(description="How many results are in a band.")
class BandCount:
    band: str = strawberry.field(description="Band code; `evaluations` counts all of them.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="One agency under a seal.")
class SealedAgency:
    agency_id: strawberry.ID = strawberry.field(description="The agency's unit.")
    hash: str = strawberry.field(description="Hash over its ranking run with every result.")
    results: int = strawberry.field(description="How many.")


@strawberry.type(description="A policy under a seal.")
class SealedPolicy:
    policy: str = strawberry.field(description="policy@version.")
    hash: str = strawberry.field(description="SHA-256 of its document.")


@strawberry.type(description="Seal of a closed period: hashes over canonical JSON, RFC 8785.")
class PeriodSeal:
    hash: str = strawberry.field(
        description="Over everything below and the period's own fields; the public log has it."
    )
    number: int = strawberry.field(
        description="1 is of the closing; a decision after it that corrects a result makes another."
    )
    previous: str | None = strawberry.field(description="Hash of the seal before.")
    basis: strawberry.ID | None = strawberry.field(
        description="The appeal or post-audit that led to another seal."
    )
    root: str = strawberry.field(description="Over the agencies' hashes.")
    signer: str = strawberry.field(description="Who closed it.")
    sealed_at: datetime = strawberry.field(description="When.")
    counts: list[BandCount] = strawberry.field(
        description="Results by band.", directives=at_most(BANDS_MAX)
    )
    agencies: list[SealedAgency] = strawberry.field(
        description="In order of their ids.", directives=at_most(AGENCIES_MAX)
    )
    policies: list[SealedPolicy] = strawberry.field(
        description="What it was scored by.", directives=at_most(PINS_MAX)
    )
    releases: list[strawberry.ID] = strawberry.field(
        description="Catalogue releases.", directives=at_most(RELEASES_MAX)
    )

    @classmethod
    def of(cls, seal: seals.PeriodSeal) -> Self:
        return by_name(
            cls,
            seal,
            basis=strawberry.ID(seal.basis) if seal.basis else None,
            counts=[BandCount(band=b, count=n) for b, n in sorted(seal.counts.items())],
            agencies=[
                SealedAgency(agency_id=strawberry.ID(r.agency_id), hash=r.hash, results=r.results)
                for r in seal.runs
            ],
            policies=[SealedPolicy(policy=p, hash=h) for p, h in sorted(seal.policies.items())],
        )


describe(
    ActKind,
    "What was done with a period's inputs.",
    name="PeriodActKind",
    FROZEN="They were fixed.",
    UNFROZEN="They were opened again by a decision.",
    WITHOUT_INDEXES="They were scored though citizens' indexes had not come.",
)


@strawberry.type(
    description="A freeze of a period, its undoing, or a scoring without indexes, with the reasons "
    "given."
)
class PeriodAct(Shown):
    SHOWS = acts.PeriodAct

    kind: ActKind = strawberry.field(description="Which of them.")
    by: str = strawberry.field(description="The account that did it.")
    at: datetime = strawberry.field(description="When.")
    early: str | None = strawberry.field(description="Why before the period's end.")
    accepted: str | None = strawberry.field(
        description="Why in spite of blocking gaps, or of indexes that have not come."
    )
    gaps: list[PeriodGapCount] = strawberry.field(
        description="What was missing.", directives=at_most(KINDS_MAX)
    )
    decision: DecisionDocument | None = strawberry.field(description="What an unfreezing rests on.")

    @classmethod
    def of(cls, act: acts.PeriodAct) -> Self:
        counts = {GapKind(kind): number for kind, number in act.gaps.items()}
        return by_name(cls, act, by=act.by.subject, gaps=PeriodGapCount.all_of(counts))


@strawberry.federation.type(keys=["id"], description="An evaluation period.")
class EvaluationPeriod:
    aggregate: strawberry.Private[periods.EvaluationPeriod]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    code: str = strawberry.field(
        description="The period's code, by its kind and middle day: 2026, 2026-Q3 or 2026-07; as "
        "in events. Periods of several units may share one."
    )
    name: str = strawberry.field(description="Name of the period.")
    kind: PeriodKind = strawberry.field(description="Kind of period.")
    state: PeriodState = strawberry.field(description="Where it stands.")
    province: str = strawberry.field(description="Two digits; a ministry's code, as G09.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="The day after the last; see `lastDay`.")
    last_day: date = strawberry.field(description="The last day of the period itself.")
    staff_policy: PolicyPin = strawberry.field(description="Rates staff.")
    deputy_policy: PolicyPin = strawberry.field(description="Rates deputies.")
    leader_policy: PolicyPin = strawberry.field(description="Rates heads.")
    unit_policy: PolicyPin | None = strawberry.field(
        description="Rates units; null where the period has none for them."
    )
    objectives_until: date | None = strawberry.field(
        description="Last day to set objectives; after it a numbered decision is needed."
    )
    made_of: PeriodKind | None = strawberry.field(
        description="What a year is made of; null where it is rated by what it has itself."
    )
    rolled_up: list[AppointmentRole] = strawberry.field(
        description="Whose year is made so; nothing is entered for them in the year itself.",
        directives=at_most(len(AppointmentRole)),
    )
    rated_until: date | None = strawberry.field(description="Last day in time to publish a year.")
    release_ids: list[strawberry.ID] = strawberry.field(
        description="Catalogue releases whose versions may be assigned.",
        directives=at_most(RELEASES_MAX),
    )
    minimum_answers: int = strawberry.field(
        description="Citizens' answers a satisfaction index needs before it counts."
    )
    review_sla_days: int = strawberry.field(
        description="Working days a manager has to check a report."
    )
    appeals_until: date | None = strawberry.field(description="Last day to file an appeal.")
    frozen_at: datetime | None = strawberry.field(description="Data cut-off.")
    published_at: datetime | None = strawberry.field(description="When the results were published.")
    seal: PeriodSeal | None = strawberry.field(description="Once closed.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, aggregate: periods.EvaluationPeriod) -> Self:
        return by_name(
            cls,
            aggregate,
            code=label_of(aggregate),
            last_day=aggregate.ends_on - timedelta(days=1),
            staff_policy=PolicyPin.of(aggregate.policies.staff),
            deputy_policy=PolicyPin.of(aggregate.policies.deputy),
            leader_policy=PolicyPin.of(aggregate.policies.leader),
            unit_policy=PolicyPin.of(unit) if (unit := aggregate.policies.unit) else None,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        period = await info.context.by_id(PERIODS).load(id)
        return cls.of(period) if period else None

    @strawberry.field(
        description="What the seal binds of the period itself: canonical JSON of the record, with "
        "the hash and the marks that are stored of it. Roles period-admin, review-board, auditor "
        "of the province; null before the closing."
    )
    def sealed(self, info: Info) -> str | None:
        return queries.sealed_text_of(self.aggregate, info.context.actor)

    @strawberry.field(
        description="Every freeze and unfreezing, oldest first. Roles period-admin, review-board, "
        "auditor of the province; else empty.",
        directives=at_most(ACTS_MAX),
    )
    def acts(self, info: Info) -> list[PeriodAct]:
        return [PeriodAct.of(each) for each in queries.acts_of(self.aggregate, info.context.actor)]

    @strawberry.field(description="The unit it covers, with everything below.")
    async def scope_unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.aggregate.scope_unit_id)


async def period_of(info: Info, id: str) -> EvaluationPeriod | None:
    period = await info.context.by_id(PERIODS).load(id)
    return EvaluationPeriod.of(period) if period else None
