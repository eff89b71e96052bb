"""Periods, their seals and their ranking runs as the graph shows them. Periods are public."""

from datetime import date, datetime
from typing import Self

import strawberry

from congvu_kit.graph import Info
from evaluation_service.adapters.graphql.people import OrgUnit, unit_of
from evaluation_service.application.collections import PERIODS
from evaluation_service.domain.periods import periods, seals
from evaluation_service.domain.periods.periods import PeriodKind, PeriodState
from evaluation_service.domain.results import runs
from evaluation_service.domain.results.runs import RunState

SEALED_MAX = 500
"""Sealed results of one answer."""


@strawberry.type(description="A chosen value of a policy's switch.")
class PolicySwitch:
    name: str = strawberry.field(description="The switch.")
    value: str = strawberry.field(description="Its value.")


@strawberry.type(description="A published policy version and the switches chosen for it.")
class PolicyPin:
    policy: str = strawberry.field(description="id@version.")
    hash: str = strawberry.field(description="SHA-256 of the policy document.")
    switches: list[PolicySwitch] = strawberry.field(description="Choices other than default.")

    @classmethod
    def of(cls, pin: periods.PolicyPin) -> Self:
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
    hash: str = strawberry.field(description="Hash over its results.")
    results: int = strawberry.field(description="How many.")


@strawberry.type(description="A policy under a seal.")
class SealedPolicy:
    policy: str = strawberry.field(description="policy@version.")
    hash: str = strawberry.field(description="SHA-256 of its document.")


@strawberry.type(
    description="Seal of a closed period (niêm phong kỳ): hashes over canonical JSON, RFC 8785."
)
class PeriodSeal:
    hash: str = strawberry.field(description="Over everything below and the period's id.")
    root: str = strawberry.field(description="Over the agencies' hashes.")
    signer: str = strawberry.field(description="Who closed it.")
    sealed_at: datetime = strawberry.field(description="When.")
    counts: list[BandCount] = strawberry.field(description="Results by band.")
    agencies: list[SealedAgency] = strawberry.field(description="In order of their ids.")
    policies: list[SealedPolicy] = strawberry.field(description="What it was scored by.")
    releases: list[strawberry.ID] = strawberry.field(description="Catalogue releases.")

    @classmethod
    def of(cls, seal: seals.PeriodSeal) -> Self:
        return cls(
            hash=seal.hash,
            root=seal.root,
            signer=seal.signer,
            sealed_at=seal.sealed_at,
            counts=[BandCount(band=b, count=n) for b, n in sorted(seal.counts.items())],
            agencies=[
                SealedAgency(agency_id=strawberry.ID(r.agency_id), hash=r.hash, results=r.results)
                for r in seal.runs
            ],
            policies=[SealedPolicy(policy=p, hash=h) for p, h in sorted(seal.policies.items())],
            releases=[strawberry.ID(id) for id in seal.releases],
        )


@strawberry.federation.type(keys=["id"], description="An evaluation period (kỳ đánh giá).")
class EvaluationPeriod:
    it: strawberry.Private[periods.EvaluationPeriod]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    name: str = strawberry.field(description="Name (tên kỳ).")
    kind: PeriodKind = strawberry.field(description="Loại kỳ.")
    state: PeriodState = strawberry.field(description="Where it stands.")
    province: str = strawberry.field(description="Province code, two digits.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="The day after the last.")
    staff_policy: PolicyPin = strawberry.field(description="Rates staff.")
    deputy_policy: PolicyPin = strawberry.field(description="Rates deputies.")
    leader_policy: PolicyPin = strawberry.field(description="Rates heads.")
    release_ids: list[strawberry.ID] = strawberry.field(
        description="Catalogue releases whose versions may be assigned."
    )
    minimum_answers: int = strawberry.field(
        description="Citizens' answers a satisfaction index needs before it counts."
    )
    review_sla_days: int = strawberry.field(
        description="Working days a manager has to check a report."
    )
    appeals_until: date | None = strawberry.field(description="Last day to file an appeal.")
    frozen_at: datetime | None = strawberry.field(description="Data cut-off (chốt số liệu).")
    published_at: datetime | None = strawberry.field(description="Công bố.")
    seal: PeriodSeal | None = strawberry.field(description="Once closed.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: periods.EvaluationPeriod) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            name=it.name,
            kind=it.kind,
            state=it.state,
            province=it.province,
            starts_on=it.starts_on,
            ends_on=it.ends_on,
            staff_policy=PolicyPin.of(it.policies.staff),
            deputy_policy=PolicyPin.of(it.policies.deputy),
            leader_policy=PolicyPin.of(it.policies.leader),
            release_ids=[strawberry.ID(id) for id in it.release_ids],
            minimum_answers=it.minimum_answers,
            review_sla_days=it.review_sla_days,
            appeals_until=it.appeals_until,
            frozen_at=it.frozen_at,
            published_at=it.published_at,
            seal=PeriodSeal.of(it.seal) if it.seal else None,
            revision=it.rev,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID, **_: object) -> Self | None:
        period = await info.context.by_id(PERIODS).load(id)
        return cls.of(period) if period else None

    @strawberry.field(description="The unit it covers, with everything below.")
    async def scope_unit(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.it.scope_unit_id)


@strawberry.type(description="How much of the quota a scope uses (tỷ lệ xuất sắc).")
class QuotaUse:
    scope: str = strawberry.field(description="unit:ID, or duty_group:NAME inside the agency.")
    people: int = strawberry.field(description="People who count.")
    allowed: int = strawberry.field(description="Most that may be at the top.")
    kept: int = strawberry.field(description="How many are.")


@strawberry.type(description="A result as a ranking run holds it.")
class SealedResult:
    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    sheet: int = strawberry.field(description="Which of its sheets.")
    snapshot_hash: str = strawberry.field(description="Of the inputs.")
    result_hash: str = strawberry.field(description="Of the result document.")
    total: str | None = strawberry.field(description="Exactly, e.g. 265/3.")
    band: str | None = strawberry.field(description="Final band.")

    @classmethod
    def of(cls, it: seals.SealedResult) -> Self:
        return cls(
            evaluation_id=strawberry.ID(it.evaluation_id),
            sheet=it.sheet,
            snapshot_hash=it.snapshot_hash,
            result_hash=it.result_hash,
            total=it.total,
            band=it.band,
        )


@strawberry.type(description="Scoring and ranking of one agency in a period (xếp loại).")
class RankingRun:
    it: strawberry.Private[runs.RankingRun]
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    state: RunState = strawberry.field(description="Where it stands.")
    results: int = strawberry.field(description="People rated.")
    ties: list[strawberry.ID] = strawberry.field(
        description="Evaluations tied across the cut; the board decides."
    )
    quota: list[QuotaUse] = strawberry.field(description="By scope, on final counts.")
    missing_units: list[strawberry.ID] = strawberry.field(
        description="Units whose satisfaction index was missing at the scoring."
    )
    hash: str = strawberry.field(description="Hash over its results.")
    revision: int = strawberry.field(description="Pass as expectedRevision.")

    @classmethod
    def of(cls, it: runs.RankingRun) -> Self:
        return cls(
            it=it,
            id=strawberry.ID(it.id),
            state=it.state,
            results=len(it.results),
            ties=[strawberry.ID(id) for id in it.ties],
            quota=[
                QuotaUse(scope=q.scope, people=q.people, allowed=q.allowed, kept=q.kept)
                for q in it.quota
            ],
            missing_units=[strawberry.ID(id) for id in it.missing_units],
            hash=it.hash,
            revision=it.rev,
        )

    @strawberry.field(
        description="What the run says of each result, in order of the evaluations' ids; up to "
        "500 after the id given."
    )
    def sealed_results(self, after: strawberry.ID | None = None) -> list[SealedResult]:
        wanted = [each for each in self.it.results if after is None or each.evaluation_id > after]
        return [SealedResult.of(each) for each in wanted[:SEALED_MAX]]

    @strawberry.field(description="The agency (cơ quan).")
    async def agency(self, info: Info) -> OrgUnit | None:
        return await unit_of(info, self.it.agency_id)
