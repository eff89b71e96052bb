"""What feedback keeps of evaluation's events, and does about them. Each reader names only the
fields that matter here."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from congvu_kit.application.ports import Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.clock import business_date
from feedback_service.application.collections import (
    CIVIL_SERVANTS,
    DOSSIER_CODES,
    DOSSIERS,
    PERIODS,
    UNITS,
)
from feedback_service.application.copies.queries import not_here, unit_path, units_above
from feedback_service.application.submissions.awaiting import Awaiting, join_awaiting
from feedback_service.application.submissions.intake import last_counted, meet
from feedback_service.domain.copies.civil_servant import Appointment, CivilServant
from feedback_service.domain.copies.dossier import Dossier
from feedback_service.domain.copies.period import Period, PeriodState
from feedback_service.domain.copies.unit import Unit
from feedback_service.domain.log.entry import SALT_BYTES


@dataclass(frozen=True, kw_only=True)
class UnitSynced:
    unit_id: str
    name: str
    province: str
    revision: int
    parent_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppointmentFact:
    unit_id: str
    role: str = ""
    valid_from: date = date.min
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class CivilServantSynced:
    civil_servant_id: str
    province: str
    revision: int
    appointments: tuple[AppointmentFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HandlerFact:
    civil_servant_id: str


@dataclass(frozen=True, kw_only=True)
class DossierRecorded:
    """All `handlers` did the work, when there are several. One that was withdrawn is not completed.
    Events of before tell no revision."""

    dossier_id: str
    province: str
    dossier_code: str
    procedure_code: str
    unit_id: str
    received_at: datetime
    civil_servant_id: str | None = None
    completed_at: datetime | None = None
    applicant_hash: str | None = None
    portal_id: str | None = None
    handlers: tuple[HandlerFact, ...] = ()
    withdrawn: bool = False
    late: bool | None = None
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class PeriodOpened:
    period_id: str
    province: str
    name: str
    starts_on: date
    ends_on: date
    minimum_answers: int
    unit_ids: tuple[str, ...]
    policies: tuple[str, ...] = ()
    period_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodFrozen:
    """`freeze` says how often the period was frozen by now, or was when it was opened again."""

    period_id: str
    province: str
    unit_ids: tuple[str, ...]
    freeze: int = 1
    period_code: str | None = None


async def keep_unit(fact: UnitSynced, tx: Transaction) -> None:
    units = tx.store(UNITS)
    unit = await units.find(fact.unit_id)
    if unit is None:
        unit = Unit(
            id=fact.unit_id,
            name=fact.name,
            province=fact.province,
            parent_id=fact.parent_id,
            told_revision=fact.revision,
        )
        await units.save(unit)
        return
    refuse_other(unit, fact, "province")
    if unit.told_revision < fact.revision:
        unit.name, unit.parent_id, unit.told_revision = fact.name, fact.parent_id, fact.revision
        await units.save(unit)


async def keep_civil_servant(fact: CivilServantSynced, tx: Transaction) -> None:
    servants = tx.store(CIVIL_SERVANTS)
    unit_ids = tuple(dict.fromkeys(each.unit_id for each in fact.appointments))
    servant = await servants.find(fact.civil_servant_id) or CivilServant(
        id=fact.civil_servant_id, province=fact.province, unit_ids=(), told_revision=0
    )
    if servant.told_revision < fact.revision:
        if servant.province != fact.province:
            await _require_moved(servant, fact, unit_ids, tx)
        servant.province, servant.unit_ids = fact.province, unit_ids
        servant.appointments = tuple(Appointment(**vars(each)) for each in fact.appointments)
        servant.told_revision = fact.revision
        await servants.save(servant)


async def _require_moved(
    servant: CivilServant, fact: CivilServantSynced, unit_ids: Sequence[str], tx: Transaction
) -> None:
    """A person goes to a province by a post in a unit of it. Waits for units, which come over
    another partition."""
    units = dict(zip(unit_ids, await tx.store(UNITS).find_many(unit_ids), strict=True))
    if any(unit and unit.province == fact.province for unit in units.values()):
        return
    for unit_id, unit in units.items():
        if unit is None:
            raise not_here("unit", "đơn vị", unit_id)
    refuse_other(servant, fact, "province")


async def dossiers_ahead(
    facts: Sequence[DossierRecorded], tx: Transaction
) -> Callable[[DossierRecorded, Transaction], Awaitable[None]]:
    """What these dossiers need: their units, what is kept of them, and the ratings that wait."""
    awaiting, codes = Awaiting(tx), {each.dossier_code for each in facts if each.applicant_hash}
    await units_above({each.unit_id for each in facts}, tx)
    await tx.store(DOSSIERS).find_many([each.dossier_id for each in facts])
    if codes:
        await tx.store(DOSSIER_CODES).find_many(sorted(codes))
        await awaiting.ahead(codes)
    return partial(keep_dossier, awaiting=awaiting)


async def keep_dossier(
    fact: DossierRecorded, tx: Transaction, *, awaiting: Awaiting | None = None
) -> None:
    """Waits for the unit, which comes over another partition."""
    unit = await tx.store(UNITS).find(fact.unit_id)
    if unit is None:
        raise not_here("unit", "đơn vị", fact.unit_id)
    refuse_other(unit, fact, "province")
    dossiers = tx.store(DOSSIERS)
    known = await dossiers.find(fact.dossier_id)
    if known is not None:
        refuse_other(known, fact, "province", code=fact.dossier_code)
        if known.portal_id is not None:
            refuse_other(known, fact, "portal_id")
        if 0 < known.told_revision >= fact.revision:
            return
    ended = None if fact.withdrawn else fact.completed_at
    officers = {each.civil_servant_id for each in fact.handlers}
    dossier = Dossier(
        id=fact.dossier_id,
        province=fact.province,
        code=fact.dossier_code,
        procedure_code=fact.procedure_code,
        unit_path=await unit_path(tx, fact.unit_id, field=None),
        civil_servant_id=fact.civil_servant_id,
        received_on=business_date(fact.received_at),
        completed_on=business_date(ended) if ended else None,
        salt=known.salt if known else secrets.token_hex(SALT_BYTES),
        applicant_hash=fact.applicant_hash,
        portal_id=fact.portal_id,
        rating_id=known.rating_id if known else None,
        other_officers=tuple(sorted(officers - {fact.civil_servant_id})),
        told_revision=fact.revision,
        late=fact.late,
        revision=known.revision if known else 0,
    )
    if dossier.applicant_hash is not None and not (known and known.applicant_hash):
        await meet(tx, [dossier.code])
    await join_awaiting(tx, dossier, awaiting or Awaiting(tx))
    await dossiers.save(dossier)


async def keep_period(fact: PeriodOpened, tx: Transaction) -> None:
    """Minimum and policies are those shown when it opened; nothing changes them later (F-I9)."""
    kept = await tx.store(PERIODS).find(fact.period_id)
    if kept is not None:
        refuse_other(kept, fact, "province")
        return
    await tx.store(PERIODS).save(
        Period(
            id=fact.period_id,
            province=fact.province,
            name=fact.name,
            unit_ids=fact.unit_ids,
            starts_on=fact.starts_on,
            ends_on=fact.ends_on,
            minimum_answers=fact.minimum_answers,
            policies=fact.policies,
            code=fact.period_code,
        )
    )


async def freeze_period(fact: PeriodFrozen, tx: Transaction) -> None:
    """Ends the counting: what was acknowledged by now counts. The indexes follow, a few at a time,
    as soon as all of it is in the log."""
    periods = tx.store(PERIODS)
    period = await periods.find(fact.period_id)
    if period is None:
        raise not_here("period", "kỳ đánh giá", fact.period_id)
    refuse_other(period, fact, "province")
    if period.freeze_number >= fact.freeze:
        return
    found = await tx.store(UNITS).find_many(fact.unit_ids)
    for unit_id, unit in zip(fact.unit_ids, found, strict=True):
        if unit is None:
            raise not_here("unit", "đơn vị", unit_id)
    last = await last_counted(tx, tx.now)
    period.freeze(fact.unit_ids, number=fact.freeze, last_seq=last, at=tx.now)
    period.code = fact.period_code or period.code
    await periods.save(period)


async def unfreeze_period(fact: PeriodFrozen, tx: Transaction) -> None:
    """Its inputs are open again: so is the counting, until the next freeze."""
    period = await tx.store(PERIODS).find(fact.period_id)
    if period is None:
        raise not_here("period", "kỳ đánh giá", fact.period_id)
    refuse_other(period, fact, "province")
    if period.freeze_number < fact.freeze or period.state is PeriodState.FROZEN:
        if period.freeze_number > fact.freeze:
            return
        # Also when its freeze is heard of later: that is an older fact then.
        period.unfreeze(fact.freeze)
        await tx.store(PERIODS).save(period)
