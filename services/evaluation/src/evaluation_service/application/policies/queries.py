"""Looking policies up, and what another policy would have given; nothing is stored."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_scoring import Bilingual
from evaluation_service.application.access import sees_before_publication
from evaluation_service.application.collections import EVALUATIONS, PERIODS, POLICIES, RUNS, UNITS
from evaluation_service.application.periods.foundations import require_used, told_where
from evaluation_service.application.policies.pins import (
    compiled_pin,
    compiled_policy,
    pinned_policy,
)
from evaluation_service.application.results.members import PEOPLE_MAX
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import PolicyPin, SwitchChoice
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.policies.policies import PolicyState, StoredPolicy
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.rating import Rules, RulesByRole
from evaluation_service.domain.results.simulation import SimulatedResult, simulate

READERS_OF_DRAFTS = (
    Role.PERIOD_ADMIN,
    Role.STEERING_COMMITTEE,
    Role.REVIEW_BOARD,
    Role.AUDITOR,
)

_FIELDS = {
    AppointmentRole.STAFF: "staffPolicy",
    AppointmentRole.DEPUTY: "deputyPolicy",
    AppointmentRole.HEAD: "leaderPolicy",
}

SIMULATED_MAX = 5_000
"""People of one simulation; about ten seconds of one core. Larger ones go unit by unit."""


async def find_policies(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[StoredPolicy | None]:
    """One per id: published policies are public, drafts are for those of the province who write,
    decide or audit them, and for the board, which will apply them."""
    return [
        stored if stored and _may_read(reader, stored) else None
        for stored in await tx.store(POLICIES).find_many(ids)
    ]


def _may_read(reader: Actor, stored: StoredPolicy) -> bool:
    own = reader.has(*READERS_OF_DRAFTS) and reader.province == stored.province
    return own or stored.state is PolicyState.PUBLISHED


async def list_policies(
    reader: Actor,
    tx: Transaction,
    state: PolicyState = PolicyState.PUBLISHED,
    *,
    first: int,
    after: str | None,
) -> Page[StoredPolicy]:
    conditions: list[Condition] = [Eq("state", state)]
    if state is not PolicyState.PUBLISHED:
        reader.require(*READERS_OF_DRAFTS)
        conditions.append(Eq("province", reader.province))
    return await tx.store(POLICIES).page(
        *conditions, order=["policy_id", "version"], first=first, after=after
    )


def title_of(stored: StoredPolicy) -> Bilingual:
    return compiled_policy(stored.document, ()).policy.title


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """A policy left out is the one the period pinned."""

    period_id: str
    unit_id: str | None
    civil_servant_id: str | None
    policies: Mapping[AppointmentRole, str]
    switches: tuple[SwitchChoice, ...]


@dataclass(frozen=True, kw_only=True)
class Simulated:
    changes: list[SimulatedResult]
    before: Mapping[str, int]
    after: Mapping[str, int]


async def simulate_score(wanted: Simulation, reader: Actor, tx: Transaction) -> Simulated:
    period = await tx.store(PERIODS).get(wanted.period_id)
    await _require_reach(reader, wanted, period, tx)
    rules = await _rules(wanted, period, tx)
    changes: list[SimulatedResult] = []
    people = 0
    for agency_id in await _agencies(wanted, period, tx):
        agency = await tx.store(EVALUATIONS).select(
            Eq("period_id", period.id), Eq("agency_id", agency_id), limit=PEOPLE_MAX
        )
        asked = {each.id for each in agency if _asked(each, wanted, reader, period)}
        people += len(asked)
        if people > SIMULATED_MAX:
            raise Invalid(
                en=f"at most {SIMULATED_MAX} people in one simulation; name a unit",
                vi=f"Mỗi lần mô phỏng tối đa {SIMULATED_MAX} người. Vui lòng chọn một đơn vị.",
                field="input.unitId",
            )
        # In a thread: a large agency takes seconds, and other requests go on meanwhile.
        simulated = await asyncio.to_thread(simulate, agency, rules, tx.now)
        changes += [each for each in simulated if each.before.id in asked]
    if not changes:
        raise Conflict(
            en="nothing was scored there: simulate a frozen, published or closed period",
            vi="Chưa có kết quả chấm điểm: chỉ mô phỏng kỳ đã chốt, công bố hoặc khóa.",
        )
    return Simulated(
        changes=changes,
        before=Counter(change.before.band or "NONE" for change in changes),
        after=Counter(change.after.band or "NONE" for change in changes),
    )


def _asked(
    evaluation: Evaluation, wanted: Simulation, reader: Actor, period: EvaluationPeriod
) -> bool:
    """A simulation tells what is, too: nobody's own result before its publication."""
    in_unit = wanted.unit_id is None or wanted.unit_id in evaluation.unit_path
    named = wanted.civil_servant_id in (None, evaluation.civil_servant_id)
    seen = period.is_public or sees_before_publication(reader, evaluation.civil_servant_id)
    return in_unit and named and seen


async def _require_reach(
    reader: Actor, wanted: Simulation, period: EvaluationPeriod, tx: Transaction
) -> None:
    """The province's people may simulate all of it, superiors their units."""
    reader.require(Role.PERIOD_ADMIN, Role.REVIEW_BOARD, Role.AUDITOR, Role.MANAGER, Role.UNIT_HEAD)
    reader.require_province(period.province)
    if reader.has(Role.PERIOD_ADMIN, Role.REVIEW_BOARD, Role.AUDITOR):
        return
    if wanted.unit_id is None:
        raise Invalid(
            en="name a unit you lead",
            vi="Vui lòng chọn đơn vị do mình phụ trách.",
            field="input.unitId",
        )
    reader.require_unit((await tx.store(UNITS).get(wanted.unit_id)).path)


async def _agencies(wanted: Simulation, period: EvaluationPeriod, tx: Transaction) -> list[str]:
    if wanted.civil_servant_id is not None:
        found = await tx.store(EVALUATIONS).select(
            Eq("period_id", period.id), Eq("civil_servant_id", wanted.civil_servant_id)
        )
        return sorted({each.agency_id for each in found})
    runs = await tx.store(RUNS).select(Eq("period_id", period.id), limit=PEOPLE_MAX)
    if wanted.unit_id is None:
        return [run.agency_id for run in runs]
    unit = await tx.store(UNITS).get(wanted.unit_id)
    below = await tx.store(UNITS).select(Eq("path", unit.id), limit=PEOPLE_MAX)
    agencies = {unit.agency_id, *(each.agency_id for each in below)}
    return [run.agency_id for run in runs if run.agency_id in agencies]


async def _rules(wanted: Simulation, period: EvaluationPeriod, tx: Transaction) -> RulesByRole:
    tried = [wanted.policies.get(r, period.policies.of(r).reference) for r in AppointmentRole]
    require_used(wanted.switches, tried)
    rules = {}
    for role in AppointmentRole:
        pin = await _pin(wanted, role, period, tx)
        rules[role] = Rules(pin=pin, compiled=await compiled_pin(tx, pin))
    return rules


async def _pin(
    wanted: Simulation, role: AppointmentRole, period: EvaluationPeriod, tx: Transaction
) -> PolicyPin:
    pinned = period.policies.of(role)
    reference = wanted.policies.get(role, pinned.reference)
    policy_id = reference.partition("@")[0]
    switches = {each.name: each.value for each in wanted.switches if each.policy == policy_id}
    if reference == pinned.reference:
        switches = {**pinned.switches, **switches}
    with told_where(wanted.switches, policy_id):
        pin, _ = await pinned_policy(
            tx,
            reference,
            switches,
            province=period.province,
            on=period.ends_on,
            field=f"input.{_FIELDS[role]}",
        )
    return pin
