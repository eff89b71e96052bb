"""What the catalogue does about evaluation's facts and its own. Each is safe to repeat and keeps to
the newest revision, since topics are read independently and at least once."""

from dataclasses import dataclass
from datetime import date

from catalogue_service.application.collections import (
    ASSIGNMENTS,
    CALENDARS,
    PERIODS,
    UNITS,
)
from catalogue_service.domain.adjustments.adjustments import AdjustmentApproved, AdjustmentExpired
from catalogue_service.domain.common.kinds import LocalityType
from catalogue_service.domain.copies.assignments import Assignment
from catalogue_service.domain.copies.calendars import WorkingCalendar
from catalogue_service.domain.copies.periods import Period
from catalogue_service.domain.copies.units import Unit
from catalogue_service.domain.products.versions import VersionPublished, VersionSuperseded
from catalogue_service.domain.products.work_products import ProductRetired
from catalogue_service.domain.releases.releases import ReleasePublished
from congvu_kit.application.ports import Transaction
from congvu_kit.application.refusals import refuse_other


@dataclass(frozen=True, kw_only=True)
class OrgUnitSynced:
    """Evaluation knows a unit, as of its `revision`."""

    unit_id: str
    code: str
    name: str
    level: str
    province: str
    revision: int
    parent_id: str | None = None
    locality_type: LocalityType | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodFact:
    """A period was opened, or closed."""

    period_id: str
    province: str
    name: str
    starts_on: date
    ends_on: date
    unit_ids: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class DayFact:
    day: date


@dataclass(frozen=True, kw_only=True)
class CalendarPublished:
    """A whole year: the country's (province 00), or what a province has besides."""

    calendar_id: str
    province: str
    year: int
    edition: int
    announced: bool
    days_off: tuple[DayFact, ...] = ()
    worked_days: tuple[DayFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AssignmentFact:
    """Somebody got work of a version, or is done with it."""

    assignment_id: str
    province: str
    version_id: str
    period_id: str


async def keep_unit(fact: OrgUnitSynced, tx: Transaction) -> None:
    store = tx.store(UNITS)
    unit = await store.find(fact.unit_id)
    if unit is not None:
        refuse_other(unit, fact, "province")
    if unit is not None and unit.told_revision >= fact.revision:
        return
    revision = unit.revision if unit is not None else 0
    await store.save(
        Unit(
            id=fact.unit_id,
            revision=revision,
            code=fact.code,
            name=fact.name,
            level=fact.level,
            parent_id=fact.parent_id,
            province=fact.province,
            locality_type=fact.locality_type,
            valid_to=fact.valid_to,
            told_revision=fact.revision,
        )
    )


async def keep_period(fact: PeriodFact, tx: Transaction) -> None:
    kept = await _kept_period(fact, tx)
    if kept is None or kept.told_revision < fact.revision:
        await tx.store(PERIODS).save(_period(fact, kept))


async def close_period(fact: PeriodFact, tx: Transaction) -> None:
    """No release may take effect in it any more (C-I5)."""
    kept = await _kept_period(fact, tx)
    newest = kept is None or kept.told_revision < fact.revision
    period = _period(fact, kept) if newest or kept is None else kept
    period.closed = True
    await tx.store(PERIODS).save(period)


async def _kept_period(fact: PeriodFact, tx: Transaction) -> Period | None:
    period = await tx.store(PERIODS).find(fact.period_id)
    if period is not None:
        refuse_other(period, fact, "province")
    return period


def _period(fact: PeriodFact, kept: Period | None) -> Period:
    return Period(
        id=fact.period_id,
        revision=kept.revision if kept else 0,
        closed=kept is not None and kept.closed,
        told_revision=fact.revision,
        name=fact.name,
        province=fact.province,
        unit_ids=fact.unit_ids,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
    )


async def keep_calendar(fact: CalendarPublished, tx: Transaction) -> None:
    """The newest edition holds."""
    calendars = tx.store(CALENDARS)
    kept = await calendars.find(fact.calendar_id)
    if kept is not None:
        refuse_other(kept, fact, "province", year=fact.year)
        if kept.edition >= fact.edition:
            return
    await calendars.save(
        WorkingCalendar(
            id=fact.calendar_id,
            year=fact.year,
            province=fact.province,
            off=tuple(each.day for each in fact.days_off),
            worked=tuple(each.day for each in fact.worked_days),
            announced=fact.announced,
            edition=fact.edition,
            revision=kept.revision if kept else 0,
        )
    )


async def keep_assignment(fact: AssignmentFact, tx: Transaction) -> None:
    if await _kept_assignment(fact, tx) is None:
        await tx.store(ASSIGNMENTS).save(_assignment(fact))


async def end_assignment(fact: AssignmentFact, tx: Transaction) -> None:
    assignment = await _kept_assignment(fact, tx) or _assignment(fact)
    assignment.open = False
    await tx.store(ASSIGNMENTS).save(assignment)


async def _kept_assignment(fact: AssignmentFact, tx: Transaction) -> Assignment | None:
    assignment = await tx.store(ASSIGNMENTS).find(fact.assignment_id)
    if assignment is not None:
        refuse_other(assignment, fact, "province", "version_id", "period_id")
    return assignment


def _assignment(fact: AssignmentFact) -> Assignment:
    return Assignment(
        id=fact.assignment_id,
        province=fact.province,
        version_id=fact.version_id,
        code=fact.version_id.rpartition("@")[0],
        period_id=fact.period_id,
    )


PUBLIC = (
    VersionPublished,
    VersionSuperseded,
    ProductRetired,
    ReleasePublished,
    AdjustmentApproved,
    AdjustmentExpired,
)
"""What partners hear of: everything in force and its end, and nothing of the drafts."""
