"""Listings and recomputation; each narrows itself to what the caller may see."""

from dataclasses import dataclass

from congvu_kit.application.ports import (
    AnyOf,
    Condition,
    Eq,
    Gte,
    In,
    Lt,
    Page,
    Transaction,
)
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden
from evaluation_service.application.access import (
    EARLY,
    NATIONAL,
    SUPERIORS,
    WHOLE_PROVINCE,
)
from evaluation_service.application.collections import (
    APPEALS,
    ASSIGNMENTS,
    CASES,
    EVALUATIONS,
    PERIODS,
    POLICIES,
    POST_AUDITS,
    RUNS,
    SERVANTS,
    UNITS,
    VETOES,
)
from evaluation_service.application.periods.commands import own_period
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.domain.copies.citizen_evidence import PostAudit, PostAuditState
from evaluation_service.domain.integrity.integrity import CaseState, TriggerCase, VetoEvent
from evaluation_service.domain.periods.periods import EvaluationPeriod, PeriodKind, PeriodState
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy
from evaluation_service.domain.results.evaluations import RATED, Evaluation, EvaluationState, Sheet
from evaluation_service.domain.results.rating import score_again, sheet_snapshot
from evaluation_service.domain.results.runs import RankingRun
from evaluation_service.domain.review.appeals import Appeal, AppealState
from evaluation_service.domain.work.assignments import Assignment
from evaluation_service.domain.work.reports import AssignmentState

BOARD = (Role.REVIEW_BOARD, Role.AUDITOR)


@dataclass(frozen=True, kw_only=True)
class EvaluationFilter:
    period_id: str | None = None
    unit_id: str | None = None
    servant_id: str | None = None
    band: str | None = None
    state: EvaluationState | None = None


@dataclass(frozen=True, kw_only=True)
class AssignmentFilter:
    period_id: str | None = None
    unit_id: str | None = None
    servant_id: str | None = None
    state: AssignmentState | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodFilter:
    province: str | None = None
    unit_id: str | None = None
    kind: PeriodKind | None = None
    state: PeriodState | None = None


def _equal(**fields: str | None) -> list[Condition]:
    return [Eq(name, value) for name, value in fields.items() if value is not None]


def _reach(actor: Actor, path_field: str) -> list[Condition]:
    """The widest part of the records that one of the caller's roles opens."""
    actor.require_login()
    if actor.has(Role.PERSONNEL_SYNC) and NATIONAL in actor.scopes:
        return []
    if actor.has(*WHOLE_PROVINCE) and actor.province:
        return [Eq("province", actor.province)]
    if actor.has(*SUPERIORS) and actor.unit and actor.province:
        return [Eq("province", actor.province), Eq(path_field, actor.unit)]
    if actor.has(Role.OFFICER) and actor.officer:
        return [Eq("servant_id", actor.officer)]
    raise Forbidden(
        en="none of your roles may list these", vi="vai trò của bạn không được xem danh sách này"
    )


async def evaluations(
    tx: Transaction, actor: Actor, wanted: EvaluationFilter, *, first: int, after: str | None
) -> Page[Evaluation]:
    conditions = [
        *_reach(actor, "unit_path"),
        *_equal(
            period_id=wanted.period_id,
            unit_path=wanted.unit_id,
            servant_id=wanted.servant_id,
            band=wanted.band,
            state=wanted.state,
        ),
    ]
    if wanted.band is not None:
        # Else the filter would tell a band that the caller may not see yet.
        conditions += _published_or_not_own(actor)
    return await tx.store(EVALUATIONS).page(
        *conditions, order=["period_id", "unit_id", "servant_id"], first=first, after=after
    )


def _published_or_not_own(actor: Actor) -> list[Condition]:
    published = In("state", sorted(state for state in RATED if state is not EvaluationState.RANKED))
    if not actor.has(*EARLY):
        return [published]
    if actor.officer is None:
        return []
    after = actor.officer + "\0"  # The next text there is: with Lt it says "any but this".
    return [AnyOf((published, Lt("servant_id", actor.officer), Gte("servant_id", after)))]


async def assignments(
    tx: Transaction, actor: Actor, wanted: AssignmentFilter, *, first: int, after: str | None
) -> Page[Assignment]:
    return await tx.store(ASSIGNMENTS).page(
        *_reach(actor, "unit_path"),
        *_equal(
            period_id=wanted.period_id,
            unit_path=wanted.unit_id,
            servant_id=wanted.servant_id,
            state=wanted.state,
        ),
        order=["due_on"],
        first=first,
        after=after,
    )


async def servants_of(
    tx: Transaction, actor: Actor, unit_id: str, *, first: int, after: str | None
) -> Page[CivilServant]:
    actor.require(*SUPERIORS, *WHOLE_PROVINCE)
    unit = await tx.store(UNITS).get(unit_id)
    actor.require_province(unit.province)
    if not actor.has(*WHOLE_PROVINCE):
        actor.require_unit(unit.path)
    return await tx.store(SERVANTS).page(
        Eq("appointments.unit_id", unit_id), order=["extra.sort"], first=first, after=after
    )


async def periods(
    tx: Transaction, wanted: PeriodFilter, *, first: int, after: str | None
) -> Page[EvaluationPeriod]:
    conditions = _equal(
        province=wanted.province, unit_ids=wanted.unit_id, kind=wanted.kind, state=wanted.state
    )
    return await tx.store(PERIODS).page(*conditions, order=["-starts_on"], first=first, after=after)


async def runs(
    tx: Transaction, actor: Actor, period_id: str, *, first: int, after: str | None
) -> Page[RankingRun]:
    actor.require(Role.PERIOD_ADMIN, *BOARD)
    period = await own_period(actor, period_id, tx)
    return await tx.store(RUNS).page(
        Eq("period_id", period.id), order=["agency_id"], first=first, after=after
    )


async def run(tx: Transaction, actor: Actor, period_id: str, id: str) -> RankingRun | None:
    actor.require(Role.PERIOD_ADMIN, *BOARD)
    period = await own_period(actor, period_id, tx)
    found = await tx.store(RUNS).find(id)
    return found if found is not None and found.period_id == period.id else None


async def appeals(
    tx: Transaction, actor: Actor, state: AppealState | None, *, first: int, after: str | None
) -> Page[Appeal]:
    actor.require(*BOARD, Role.OFFICER)
    own = actor.has(Role.OFFICER) and not actor.has(*BOARD)
    reach = Eq("servant_id", actor.officer) if own else Eq("province", actor.province)
    return await tx.store(APPEALS).page(
        reach, *_equal(state=state), order=["filed_at"], first=first, after=after
    )


async def cases(
    tx: Transaction, actor: Actor, state: CaseState | None, *, first: int, after: str | None
) -> Page[TriggerCase]:
    actor.require(*BOARD)
    return await tx.store(CASES).page(
        Eq("province", actor.province), *_equal(state=state), first=first, after=after
    )


async def post_audits(
    tx: Transaction, actor: Actor, state: PostAuditState | None, *, first: int, after: str | None
) -> Page[PostAudit]:
    actor.require(*BOARD)
    return await tx.store(POST_AUDITS).page(
        Eq("province", actor.province), *_equal(state=state), first=first, after=after
    )


async def vetoes(
    tx: Transaction, actor: Actor, servant_id: str, *, first: int, after: str | None
) -> Page[VetoEvent]:
    if actor.officer != servant_id or not actor.has(Role.OFFICER):
        actor.require(*BOARD)
        servant = await tx.store(SERVANTS).get(servant_id)
        actor.require_province(servant.province)
    return await tx.store(VETOES).page(
        Eq("servant_id", servant_id), order=["valid_from"], first=first, after=after
    )


@dataclass(frozen=True, kw_only=True)
class Recomputed:
    identical: bool
    snapshot_hash: str
    result_hash: str


async def recompute(tx: Transaction, sheet: Sheet) -> Recomputed:
    """Score the stored inputs again under the pinned policy (E-I2)."""
    snapshot_hash = sheet_snapshot(sheet).hash
    result = score_again(sheet, await compiled_pin(tx, sheet.policy))
    return Recomputed(
        identical=(snapshot_hash, result.hash()) == (sheet.snapshot_hash, sheet.result_hash),
        snapshot_hash=snapshot_hash,
        result_hash=result.hash(),
    )


def may_read_policy(actor: Actor, stored: StoredPolicy) -> bool:
    """Published policies are public, drafts stay in their province."""
    published = stored.state is PolicyState.PUBLISHED
    return published or (actor.subject is not None and actor.province == stored.province)


async def policies(
    tx: Transaction, actor: Actor, state: PolicyState, *, first: int, after: str | None
) -> Page[StoredPolicy]:
    conditions: list[Condition] = [Eq("state", state)]
    if state is not PolicyState.PUBLISHED:
        actor.require_login()
        conditions.append(Eq("province", actor.province))
    return await tx.store(POLICIES).page(
        *conditions, order=["policy_id", "version"], first=first, after=after
    )
