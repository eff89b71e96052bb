"""Looking objectives and readings up: people's by who sees the person, units' by the province."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, In, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.canonical import canonical_bytes
from congvu_kit.domain.errors import Forbidden
from evaluation_service.application.access import find_servants, reach, sees_sealed
from evaluation_service.application.collections import (
    OBJECTIVES,
    PERIODS,
    READINGS,
    SCORECARDS,
    UNITS,
    equal,
)
from evaluation_service.application.objectives.owners import policy_for
from evaluation_service.domain.objectives.bound import objective_record
from evaluation_service.domain.objectives.objectives import (
    Objective,
    ObjectiveLevel,
    ObjectiveState,
)
from evaluation_service.domain.objectives.readings import READINGS_MAX, IndicatorReading
from evaluation_service.domain.objectives.scorecards import scorecard_id
from evaluation_service.domain.personnel.lives import Remark


@dataclass(frozen=True, kw_only=True)
class ObjectiveFilter:
    period_id: str | None = None
    level: ObjectiveLevel | None = None
    unit_id: str | None = None
    civil_servant_id: str | None = None
    parent_id: str | None = None


async def find_objectives(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[Objective | None]:
    """One per id: None when it is not there, or not for this reader."""
    found = await tx.store(OBJECTIVES).find_many(ids)
    about = sorted({each.civil_servant_id for each in found if each and each.civil_servant_id})
    seen = {each.id for each in await find_servants(about, reader, tx) if each}
    return [each if each and _sees(reader, each, seen) else None for each in found]


def _sees(reader: Actor, objective: Objective, seen: set[str]) -> bool:
    if objective.civil_servant_id is None:
        return reader.subject is not None and reader.province == objective.province
    return objective.civil_servant_id in seen


async def sealed_objectives(
    objectives: Sequence[Objective], reader: Actor, tx: Transaction
) -> list[str | None]:
    """None before the period is closed, and for who does not verify seals."""
    periods = await tx.store(PERIODS).find_many([each.period_id for each in objectives])
    ids = [each.id for each in objectives]
    found = await tx.store(READINGS).select(
        In("objective_id", ids), limit=READINGS_MAX * len(ids) or 1
    )
    return [
        canonical_bytes(
            objective_record(each, [one for one in found if one.objective_id == each.id])
        ).decode()
        if period and period.seal and sees_sealed(reader, period.province)
        else None
        for each, period in zip(objectives, periods, strict=True)
    ]


UNALIGNED = Remark(
    rule_id="E-I13",
    field="content.parentId",
    en="it hangs on no objective of the level above",
    vi="Mục tiêu chưa gắn với mục tiêu cấp trên.",
)


async def remarks_on(
    objectives: Sequence[Objective], _: Actor, tx: Transaction
) -> list[tuple[Remark, ...]]:
    """What the policy warns of where it does not refuse (E-I13)."""
    periods = await tx.store(PERIODS).find_many([each.period_id for each in objectives])
    ids = [scorecard_id(each.period_id, each.unit_id, each.appointment_id) for each in objectives]
    cards = await tx.store(SCORECARDS).find_many(ids)
    remarks: list[tuple[Remark, ...]] = []
    for each, period, card in zip(objectives, periods, cards, strict=True):
        is_loose = each.level is not ObjectiveLevel.ORGANISATION and each.parent_id is None
        warns = False
        if is_loose and each.state is ObjectiveState.IN_FORCE and period and card:
            policy = await policy_for(card.role, period, tx)
            warns = policy.constants.get("alignment") == "WARN"
        remarks.append((UNALIGNED,) if warns else ())
    return remarks


async def list_objectives(
    reader: Actor, tx: Transaction, wanted: ObjectiveFilter, *, first: int, after: str | None
) -> Page[Objective]:
    """Of units, all of the province; of people, and of all levels together, what the caller leads
    or their own."""
    theirs = await _reach(reader, wanted.level, tx)
    await require_there(tx.store(PERIODS), wanted.period_id, "filter.periodId")
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    return await tx.store(OBJECTIVES).page(
        *theirs,
        *equal(
            period_id=wanted.period_id,
            level=wanted.level,
            unit_path=wanted.unit_id,
            civil_servant_id=wanted.civil_servant_id,
        ),
        *equal(**{"extra.parent": wanted.parent_id}),
        order=["code"],
        first=first,
        after=after,
    )


async def _reach(reader: Actor, level: ObjectiveLevel | None, tx: Transaction) -> list[Condition]:
    if level in (None, ObjectiveLevel.PERSON):
        return await reach(reader, "unit_path", tx)
    reader.require_login()
    if reader.province is None:
        raise Forbidden(
            en="the token names no province",
            vi="Tài khoản chưa được gắn với tỉnh. Vui lòng liên hệ quản trị hệ thống.",
        )
    return [Eq("province", reader.province)]


async def list_readings_of(
    tx: Transaction, objective_id: str, *, first: int, after: str | None
) -> Page[IndicatorReading]:
    """Of an objective that the caller sees."""
    return await tx.store(READINGS).page(
        Eq("objective_id", objective_id), order=["measured_on"], first=first, after=after
    )
