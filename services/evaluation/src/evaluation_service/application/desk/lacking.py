"""People whom the caller leads, and units below, that lack something in open periods."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from congvu_kit.application.ports import Eq, Gte, In, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.access import is_superior, post_at
from evaluation_service.application.collections import EVALUATIONS, PERIODS, SCORECARDS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.periods.foundations import units_below
from evaluation_service.application.readiness.census import entered, rated_people, worked_days
from evaluation_service.application.readiness.units import gaps_of_units
from evaluation_service.application.results.members import PEOPLE_MAX, presence
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.states import EvaluationState

_KEY = re.compile(r"\d{4}-\d\d-\d\d\|[^|]+\|[^|]+")

IN_STAGES = frozenset({GapKind.UNRATED, GapKind.MISSING_ELEMENTS, GapKind.MISSING_JUDGEMENT})
"""Waits for whoever has the open stage of the file, where there is one."""

WAITS_ITSELF = GapKind.UNCONFIRMED_READING
"""Each reading waits for who confirms it."""

OF_UNITS: Mapping[InboxKind, GapKind] = {
    InboxKind.UNIT_RATING: GapKind.UNIT_UNRATED,
    InboxKind.UNIT_OBJECTIVE: GapKind.UNIT_OBJECTIVES,
}
"""Units below the caller's own, by what they lack."""

UNRATED_YET = (EvaluationState.NOT_STARTED, EvaluationState.SELF_ASSESSED)


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A person, or a unit. `due_on` is the last day of the period, `gaps` what the period's
    readiness tells of it."""

    subject_id: str
    civil_servant_id: str | None
    period_id: str
    due_on: date
    gaps: tuple[GapKind, ...]

    @classmethod
    def of(
        cls, period: EvaluationPeriod, subject: str, person: str | None, gaps: tuple[GapKind, ...]
    ) -> Self:
        return cls(
            subject_id=subject,
            civil_servant_id=person,
            period_id=period.id,
            due_on=period.ends_on - timedelta(days=1),
            gaps=gaps,
        )

    @property
    def key(self) -> str:
        return f"{self.due_on}|{self.period_id}|{self.subject_id}"


async def lacking(reader: Actor, tx: Transaction) -> list[Lacking]:
    """The period that ends first comes first."""
    unit_ids = frozenset(await units_below(reader.unit or "", tx))
    periods = await _open_periods(unit_ids, reader, tx)
    found = [each for period in periods for each in await _in_period(period, unit_ids, reader, tx)]
    return sorted(found, key=lambda each: each.key)


async def lacking_units(reader: Actor, tx: Transaction) -> list[Lacking]:
    """Units below the reader's own, whom the reader may rate; the period that ends first first."""
    if not reader.has(Role.UNIT_HEAD):
        return []
    below = sorted({*await units_below(reader.unit or "", tx)} - {reader.unit})
    found = [
        Lacking.of(period, id, None, gaps)
        for period in await _open_periods(below, reader, tx)
        for id, gaps in (await gaps_of_units(period, below, tx)).items()
    ]
    return sorted(found, key=lambda each: each.key)


async def _open_periods(
    unit_ids: Collection[str], reader: Actor, tx: Transaction
) -> list[EvaluationPeriod]:
    return await tx.store(PERIODS).select(
        Eq("province", reader.province),
        Eq("state", PeriodState.OPEN),
        In("unit_ids", sorted(unit_ids)),
    )


async def _in_period(
    period: EvaluationPeriod, unit_ids: frozenset[str], reader: Actor, tx: Transaction
) -> list[Lacking]:
    today = business_date(tx.now)
    here = await presence(sorted(unit_ids.intersection(period.unit_ids)), period, tx)
    led = [
        member.servant
        for member in here.members
        if member.servant.id != reader.officer
        and is_superior(reader, post_at(member.servant, member.appointment, member.unit, today))
    ]
    whose = In("civil_servant_id", [servant.id for servant in led])
    known = await entered(period, tx, whose)
    refused = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), whose, Gte("refusal.kind", ""), limit=PEOPLE_MAX
    )
    kinds = {each.civil_servant_id: each.refusal.kind for each in refused if each.refusal}
    cards = await tx.store(SCORECARDS).select(
        Eq("period_id", period.id), whose, Gte("lacking", ""), limit=PEOPLE_MAX
    )
    set_out: dict[str | None, tuple[GapKind, ...]] = {}
    for each in cards:
        set_out[each.civil_servant_id] = set_out.get(each.civil_servant_id, ()) + each.lacking
    worked = await worked_days(period, tx)
    staged = await _in_stages(period, whose, tx)
    gaps = {
        person.servant.id: (
            *(gap for gap in known.gaps_of(person) if (person.servant.id, gap) not in staged),
            *(gap for gap in set_out.get(person.servant.id, ()) if gap is not WAITS_ITSELF),
            *([kinds[person.servant.id]] if person.servant.id in kinds else []),
        )
        for person in rated_people(led, period, frozenset(period.unit_ids), worked)
    }
    return [Lacking.of(period, id, id, found) for id, found in gaps.items() if found]


async def _in_stages(
    period: EvaluationPeriod, whose: In, tx: Transaction
) -> set[tuple[str, GapKind]]:
    """What waits for whoever has the open stage of a file, and not for every superior."""
    found = await tx.store(EVALUATIONS).count_by(
        "civil_servant_id", Eq("period_id", period.id), whose, Gte("file.current", "")
    )
    return {(id, gap) for id in found for gap in IN_STAGES}


def page_of(people: list[Lacking], *, first: int, after: str | None) -> Page[Lacking]:
    """People rated meanwhile leave no gap: it goes on behind the key."""
    if after is not None and not _KEY.fullmatch(after):
        raise Invalid(
            en="after is not a cursor of this listing",
            vi="Vị trí trang không thuộc danh sách này. Vui lòng đọc lại từ trang đầu.",
            field="after",
        )
    rest = [each for each in people if after is None or each.key > after]
    taken = rest[:first]
    return Page(
        items=taken,
        has_next=len(rest) > first,
        cursors=[each.key for each in taken],
    )
