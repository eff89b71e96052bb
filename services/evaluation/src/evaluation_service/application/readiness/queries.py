"""The gaps of a period one by one, kind after kind, in pages."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from congvu_kit.application.ports import Eq, In, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    DOSSIERS,
    EVALUATIONS,
    INDEXES,
    PERIODS,
    SCORECARDS,
    SERVANTS,
    UNITS,
)
from evaluation_service.application.dossiers.queries import unmatched_in
from evaluation_service.application.readiness.census import (
    OF_PEOPLE,
    entered,
    rated_people,
    units_of,
    worked_days,
)
from evaluation_service.application.readiness.counts import (
    OF_BOARD,
    OF_INPUTS,
    OF_SCORECARDS,
    OF_WORK,
    lacking,
    part_of,
)
from evaluation_service.application.readiness.units import OF_UNITS, gaps_of_units
from evaluation_service.application.readiness.years import awaited_results
from evaluation_service.application.transfers.queries import awaited
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.readiness.gaps import Gap, GapKind

LOOKED_AT = 1_000
"""People looked at for one page: a page may be short, and go on."""


@dataclass(frozen=True, kw_only=True)
class GapFilter:
    kind: GapKind | None = None
    unit_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Which units of which period are looked through."""

    period: EvaluationPeriod
    unit_ids: Sequence[str]
    tx: Transaction
    first: int

    def gap(self, kind: GapKind, unit_id: str, civil_servant_id: str | None = None) -> Gap:
        return Gap(
            kind=kind,
            province=self.period.province,
            unit_id=unit_id,
            civil_servant_id=civil_servant_id,
        )


async def list_gaps(
    reader: Actor,
    tx: Transaction,
    period_id: str,
    wanted: GapFilter,
    *,
    first: int,
    after: str | None,
) -> Page[Gap]:
    period = await tx.store(PERIODS).get(period_id)
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    below = [each for each in (part_of(reader, period), wanted.unit_id) if each is not None]
    part = _Part(period=period, unit_ids=await units_of(period, below, tx), tx=tx, first=first)
    kinds = [wanted.kind] if wanted.kind else list(GapKind)
    kind, inner = _position(after, kinds)
    while True:
        page = await _SOURCES[kind](kind, part, inner)
        rest = kinds[kinds.index(kind) + 1 :]
        if page.items or page.has_next or not rest:
            return _told(page, kind, rest)
        kind, inner = rest[0], None


def _position(after: str | None, kinds: Sequence[GapKind]) -> tuple[GapKind, str | None]:
    if after is None:
        return kinds[0], None
    name, _, inner = after.partition(":")
    if name not in kinds:
        raise Invalid(
            en="after is not a cursor of this listing",
            vi="Vị trí trang không thuộc danh sách này. Vui lòng đọc lại từ trang đầu.",
            field="after",
        )
    return GapKind(name), inner or None


def _told(page: Page[Gap], kind: GapKind, rest: Sequence[GapKind]) -> Page[Gap]:
    end = page.end or (page.cursors[-1] if page.cursors else "")
    return Page(
        items=page.items,
        has_next=page.has_next or bool(rest),
        cursors=[f"{kind}:{each}" for each in page.cursors],
        end=f"{kind}:{end}" if page.has_next else f"{rest[0]}:" if rest else None,
    )


async def _of_people(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    period, tx = part.period, part.tx
    there = In("appointments.unit_id", list(part.unit_ids))
    page = await tx.store(SERVANTS).page(there, first=LOOKED_AT, after=after)
    cursors = dict(zip([each.id for each in page.items], page.cursors, strict=True))
    known = await entered(period, tx, In("civil_servant_id", list(cursors)))
    worked = await worked_days(period, tx)
    lacking = [
        part.gap(kind, person.unit_id, person.servant.id)
        for person in rated_people(page.items, period, frozenset(part.unit_ids), worked)
        if kind in known.gaps_of(person)
    ]
    shown = lacking[: part.first]
    more = len(lacking) > part.first
    return Page(
        items=shown,
        has_next=more or page.has_next,
        cursors=[cursors[each.civil_servant_id or ""] for each in shown],
        end=None if more or not page.cursors else page.cursors[-1],
    )


async def _of_years(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    period, tx = part.period, part.tx
    there = In("appointments.unit_id", list(part.unit_ids))
    page = await tx.store(SERVANTS).page(there, first=part.first, after=after)
    worked = await worked_days(period, tx)
    people = rated_people(page.items, period, frozenset(part.unit_ids), worked)
    cursors = dict(zip([each.id for each in page.items], page.cursors, strict=True))
    waiting = await awaited_results(people, period, tx)
    gaps = [
        replace(
            part.gap(kind, each.person.unit_id, each.person.servant.id),
            owed_by=each.owed_by,
            labels=each.labels,
        )
        for each in waiting
    ]
    return Page(
        items=gaps,
        has_next=page.has_next,
        cursors=[cursors[each.person.servant.id] for each in waiting],
        end=page.cursors[-1] if page.cursors else None,
    )


async def _of_inputs(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    page = await part.tx.store(EVALUATIONS).page(
        Eq("period_id", part.period.id),
        OF_INPUTS[kind],
        In("unit_id", list(part.unit_ids)),
        first=part.first,
        after=after,
    )
    gaps = [
        replace(part.gap(kind, each.unit_id, each.civil_servant_id), refused=each.refusal)
        for each in page.items
    ]
    return Page(items=gaps, has_next=page.has_next, cursors=page.cursors)


async def _of_board(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    if kind not in (await entered(part.period, part.tx)).of_board:
        return Page(items=[], has_next=False, cursors=[])
    kept, condition = OF_BOARD[kind]
    page = await part.tx.store(kept).page(
        Eq("period_id", part.period.id),
        condition,
        In("unit_id", list(part.unit_ids)),
        first=part.first,
        after=after,
    )
    gaps = [part.gap(kind, each.unit_id, each.civil_servant_id) for each in page.items]
    return Page(items=gaps, has_next=page.has_next, cursors=page.cursors)


async def _of_scorecards(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    page = await part.tx.store(SCORECARDS).page(
        *lacking(kind, part.period),
        In("unit_id", list(part.unit_ids)),
        first=part.first,
        after=after,
    )
    broken = kind is GapKind.BROKEN_SCORECARD
    gaps = [
        replace(
            part.gap(kind, each.unit_id, each.civil_servant_id),
            refused=each.refusal if broken else None,
        )
        for each in page.items
    ]
    return Page(items=gaps, has_next=page.has_next, cursors=page.cursors)


async def _of_work(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    page = await part.tx.store(ASSIGNMENTS).page(
        Eq("period_id", part.period.id),
        OF_WORK[kind],
        In("unit_id", list(part.unit_ids)),
        first=part.first,
        after=after,
    )
    gaps = [
        replace(part.gap(kind, each.unit_id, each.civil_servant_id), assignment_id=each.id)
        for each in page.items
    ]
    return Page(items=gaps, has_next=page.has_next, cursors=page.cursors)


async def _of_dossiers(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    page = await part.tx.store(DOSSIERS).page(
        *unmatched_in(part.period),
        In("facts.unit_id", list(part.unit_ids)),
        order=["extra.done_on"],
        first=part.first,
        after=after,
    )
    gaps = [
        replace(
            part.gap(kind, each.unit_path[-1], each.facts.civil_servant_id if each.facts else None),
            dossier_id=each.id,
        )
        for each in page.items
    ]
    return Page(items=gaps, has_next=page.has_next, cursors=page.cursors)


async def _of_parts(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    owed = {
        f"{each.civil_servant_id}|{each.period_id}": each
        for each in await awaited(part.period, part.tx)
        if each.unit_id in part.unit_ids
    }
    keys = sorted(key for key in owed if key > (after or ""))
    shown = keys[: part.first]
    gaps = [
        replace(
            part.gap(kind, owed[key].unit_id, owed[key].civil_servant_id),
            owed_by=owed[key].period_id,
        )
        for key in shown
    ]
    return Page(items=gaps, has_next=len(keys) > part.first, cursors=shown)


async def _of_units(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    known = await gaps_of_units(part.period, part.unit_ids, part.tx)
    ids = [id for id, kinds in known.items() if kind in kinds and id > (after or "")]
    return _each_unit(kind, ids, part)


def _each_unit(kind: GapKind, ids: Sequence[str], part: _Part) -> Page[Gap]:
    shown = ids[: part.first]
    gaps = [part.gap(kind, id) for id in shown]
    return Page(items=gaps, has_next=len(ids) > part.first, cursors=shown)


async def _of_indexes(kind: GapKind, part: _Part, after: str | None) -> Page[Gap]:
    period = part.period
    come = await part.tx.store(INDEXES).count_by(
        "unit_id", Eq("period_id", period.id), Eq("freeze", period.freezes)
    )
    frozen = period.state is not PeriodState.OPEN
    ids = [id for id in part.unit_ids if frozen and id not in come and id > (after or "")]
    return _each_unit(kind, ids, part)


_Source = Callable[[GapKind, _Part, str | None], Awaitable[Page[Gap]]]
_SOURCES: dict[GapKind, _Source] = {
    **dict.fromkeys(OF_PEOPLE, _of_people),
    **dict.fromkeys(OF_INPUTS, _of_inputs),
    **dict.fromkeys(OF_SCORECARDS, _of_scorecards),
    **dict.fromkeys(OF_WORK, _of_work),
    **dict.fromkeys(OF_BOARD, _of_board),
    GapKind.UNMATCHED_DOSSIER: _of_dossiers,
    GapKind.AWAITED_PART: _of_parts,
    GapKind.AWAITED_RESULT: _of_years,
    **dict.fromkeys(OF_UNITS, _of_units),
    GapKind.MISSING_INDEX: _of_indexes,
}
