"""What waits for the caller (việc chờ xử lý), by kind: how much, and which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from congvu_kit.application.ports import Collection as Kept
from congvu_kit.application.ports import Condition, Eq, In, Lt, Not, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import (
    AGREEMENTS,
    ASSIGNMENTS,
    DOSSIERS,
    EVALUATIONS,
    PERIODS,
    READINGS,
    SERVANTS,
)
from evaluation_service.application.desk.kinds import (
    LACKED_ELSEWHERE,
    OF_PEOPLE,
    OF_SUPERIORS,
    OFFICES,
    ORDERS,
    OWN_WORK,
    Conditions,
    InboxKind,
)
from evaluation_service.application.desk.lacking import (
    OF_UNITS,
    Lacking,
    lacking,
    lacking_units,
    page_of,
)
from evaluation_service.application.desk.waiting import (
    Waiting,
    of_agreement,
    of_dossier,
    of_file,
    of_lacking,
    of_office,
    of_reading,
    of_work,
    told,
)
from evaluation_service.application.stages.queries import waiting_files
from evaluation_service.domain.agreements.content import Party
from evaluation_service.domain.dossiers.dossiers import DossierStanding
from evaluation_service.domain.objectives.readings import ReadingState
from evaluation_service.domain.periods.states import PeriodState


@dataclass(frozen=True, kw_only=True)
class Count:
    """`late` of them are past their last day, `doubtful` may count elsewhere as well."""

    kind: InboxKind
    count: int
    late: int
    doubtful: int = 0


async def count_waiting(reader: Actor, tx: Transaction) -> list[Count]:
    """One a kind that waits for somebody in the caller's roles, in the order of `InboxKind`."""
    reader.require_login()
    kinds = _kinds(reader)
    leads = bool(kinds) and kinds[0] in OF_SUPERIORS
    lack = [*await lacking(reader, tx), *await lacking_units(reader, tx)] if leads else []
    return [await _count(kind, reader, lack, tx) for kind in kinds]


async def _count(kind: InboxKind, reader: Actor, lack: Sequence[Lacking], tx: Transaction) -> Count:
    today = business_date(tx.now)
    if kind in OF_PEOPLE or kind in OF_UNITS:
        found = _of_kind(kind, lack)
        late = sum(each.due_on < today for each in found)
        return Count(kind=kind, count=len(found), late=late)
    if kind in OFFICES:
        office = OFFICES[kind]
        store, waiting = tx.store(office.kept), await office.waiting(reader, tx)
        count, due = await store.count(*waiting), office.due
        over = await store.count(*waiting, Lt(due, today.isoformat())) if due else 0
        return Count(kind=kind, count=count, late=over)
    if kind in _LISTED:
        listed = _LISTED[kind]
        count = await tx.store(listed.kept).count(*await listed.conditions(reader, tx))
        return Count(kind=kind, count=count, late=0)
    return await _count_work(kind, reader, tx)


async def list_waiting(
    reader: Actor, tx: Transaction, kind: InboxKind, *, first: int, after: str | None
) -> Page[Waiting]:
    """What is due first comes first; nothing for a kind that waits for other roles."""
    reader.require_login()
    if kind not in _kinds(reader):
        return Page(items=[], has_next=False, cursors=[])
    if kind in OF_PEOPLE or kind in OF_UNITS:
        lack = await (lacking if kind in OF_PEOPLE else lacking_units)(reader, tx)
        page_ = page_of(_of_kind(kind, lack), first=first, after=after)
        return told(page_, partial(of_lacking, kind))
    if kind in OFFICES:
        office, conditions = OFFICES[kind], await OFFICES[kind].waiting(reader, tx)
        order = [office.due] if office.due else []
        page = await tx.store(office.kept).page(*conditions, order=order, first=first, after=after)
        return told(page, partial(of_office, kind))
    if kind in _LISTED:
        listed = _LISTED[kind]
        found = await tx.store(listed.kept).page(
            *await listed.conditions(reader, tx), order=[listed.order], first=first, after=after
        )
        return told(found, listed.of)
    order = ORDERS.get(kind, ["review_due_on", "due_on"])
    conditions = await _work(kind, reader, tx)
    works = await tx.store(ASSIGNMENTS).page(*conditions, order=order, first=first, after=after)
    return told(works, partial(of_work, kind))


def _kinds(reader: Actor) -> list[InboxKind]:
    kinds: list[InboxKind] = []
    if reader.has(*SUPERIORS) and reader.unit and reader.province:
        kinds += [
            *OF_SUPERIORS,
            InboxKind.READING,
            InboxKind.COUNTERSIGNATURE,
            *OF_PEOPLE,
            *OF_UNITS,
            InboxKind.DOSSIER,
        ]
    if reader.has(Role.OFFICER) and reader.officer:
        kinds.append(InboxKind.WORK)
    if reader.has(Role.OFFICER, *SUPERIORS) and reader.officer:
        kinds.append(InboxKind.STAGE)
    if reader.province:
        kinds += [kind for kind, office in OFFICES.items() if office.is_of(reader)]
    return kinds


def _of_kind(kind: InboxKind, lack: Sequence[Lacking]) -> list[Lacking]:
    """Work and objectives are given, everything else is entered as a rating."""
    if kind in OF_UNITS:
        return [each for each in lack if OF_UNITS[kind] in each.gaps]
    people = [each for each in lack if each.civil_servant_id is not None]
    if kind in LACKED_ELSEWHERE:
        return [each for each in people if LACKED_ELSEWHERE[kind].intersection(each.gaps)]
    elsewhere = frozenset().union(*LACKED_ELSEWHERE.values())
    return [each for each in people if set(each.gaps) - elsewhere]


async def _dossiers(reader: Actor, _: Transaction) -> list[Condition]:
    return [
        Eq("province", reader.province),
        Eq("unit_path", reader.unit),
        Eq("standing", DossierStanding.UNMATCHED),
    ]


async def _readings(reader: Actor, tx: Transaction) -> list[Condition]:
    """Figures of open periods that others entered, of people and units below the caller's own."""
    open_now = await tx.store(PERIODS).select(
        Eq("province", reader.province), Eq("state", PeriodState.OPEN), Eq("unit_ids", reader.unit)
    )
    return [
        Eq("state", ReadingState.ENTERED),
        In("period_id", [each.id for each in open_now]),
        Eq("unit_path", reader.unit),
        Not(In("extra.of", [*await _not_led(reader, tx), reader.unit])),
        Not(Eq("entered_by.subject", reader.subject)),
        Not(Eq("entered_by.officer", reader.officer)),
    ]


async def _to_countersign(reader: Actor, tx: Transaction) -> list[Condition]:
    """Agreements of those whom the caller leads, in whose turn a superior is."""
    return [
        Eq("extra.waits_for", Party.SUPERIOR),
        Eq("province", reader.province),
        Eq("unit_path", reader.unit),
        Not(In("civil_servant_id", await _not_led(reader, tx))),
    ]


async def _work(kind: InboxKind, reader: Actor, tx: Transaction) -> list[Condition]:
    if kind is InboxKind.WORK:
        return [Eq("civil_servant_id", reader.officer), OWN_WORK]
    return [
        Eq("province", reader.province),
        Eq("unit_path", reader.unit),
        *OF_SUPERIORS[kind],
        Not(In("civil_servant_id", await _not_led(reader, tx))),
    ]


async def _count_work(kind: InboxKind, reader: Actor, tx: Transaction) -> Count:
    store, conditions = tx.store(ASSIGNMENTS), await _work(kind, reader, tx)
    today = business_date(tx.now).isoformat()
    late = Lt("due_on" if kind is InboxKind.WORK else "review_due_on", today)
    return Count(
        kind=kind,
        count=await store.count(*conditions),
        late=await store.count(*conditions, late),
        doubtful=await store.count(*conditions, Eq("extra.doubted", True)),
    )


async def _not_led(reader: Actor, tx: Transaction) -> list[str]:
    """Oneself, and the heads of one's own unit, who are led from above it."""
    found = await tx.store(SERVANTS).select(Eq("appointments.unit_id", reader.unit))
    today = business_date(tx.now)
    heads = [servant.id for servant in found if servant.heads(reader.unit or "", today)]
    return sorted({*heads, reader.officer or ""})


@dataclass(frozen=True, kw_only=True)
class _Listed:
    """What waits for the caller in a collection of its own."""

    kept: Kept[Any]
    conditions: Conditions
    order: str
    of: Callable[[Any], Waiting]


_LISTED: Mapping[InboxKind, _Listed] = {
    InboxKind.DOSSIER: _Listed(
        kept=DOSSIERS, conditions=_dossiers, order="extra.done_on", of=of_dossier
    ),
    InboxKind.READING: _Listed(
        kept=READINGS, conditions=_readings, order="entered_at", of=of_reading
    ),
    InboxKind.STAGE: _Listed(
        kept=EVALUATIONS, conditions=waiting_files, order="file.due_on", of=of_file
    ),
    InboxKind.COUNTERSIGNATURE: _Listed(
        kept=AGREEMENTS, conditions=_to_countersign, order="starts_on", of=of_agreement
    ),
}
