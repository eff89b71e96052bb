"""People of a sync: each row is made ready, then heads are compared, then all are saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from congvu_kit.application.ports import Eq, In
from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.unset import Unset, given
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.application.access import NATIONAL
from evaluation_service.application.collections import SERVANTS
from evaluation_service.application.imports.checks import (
    check_ref,
    check_texts,
    needed,
    require_reach,
)
from evaluation_service.application.imports.directory import Directory
from evaluation_service.application.imports.rows import (
    AppointmentRow,
    PersonRow,
    RowOutcome,
    Synced,
    SyncForm,
)
from evaluation_service.application.transfers.commands import follow_person
from evaluation_service.domain.personnel.lives import EVER, Life, Remark, canonical, in_force
from evaluation_service.domain.personnel.posts import (
    heads,
    leave_remarks,
    person_meant,
    renamed,
    require_in_life,
    second_heads,
    two_heads,
)
from evaluation_service.domain.personnel.servants import (
    Appointment,
    AppointmentRole,
    CivilServant,
    appointment_id,
    new_servant,
)

IN_UNITS_MAX = 10_000
"""Heads of all units that one call names, those who left included."""


@dataclass(frozen=True, kw_only=True)
class _Ready:
    """What a row makes of a person, not saved yet."""

    servant: CivilServant
    taken: bool
    result: Synced


async def sync_people(
    rows: Sequence[PersonRow | Refusal], form: SyncForm, actor: Actor, here: Directory
) -> list[Synced | Refusal]:
    """The rows of one number follow each other, since a later one may tell who has it next."""
    results: dict[int, Synced | Refusal] = {
        at: row for at, row in enumerate(rows) if isinstance(row, Refusal)
    }
    waiting = [(at, row) for at, row in enumerate(rows) if not isinstance(row, Refusal)]
    while waiting:
        first = {row.external_ref.key: at for at, row in reversed(waiting)}
        now = [(at, row) for at, row in waiting if first[row.external_ref.key] == at]
        done = await _together([row for _, row in now], form, actor, here)
        results |= zip((at for at, _ in now), done, strict=True)
        waiting = [each for each in waiting if each[0] not in results]
    return [results[at] for at in range(len(rows))]


async def _together(
    rows: Sequence[PersonRow], form: SyncForm, actor: Actor, here: Directory
) -> list[Synced | Refusal]:
    ready = await each_row(rows, lambda row: _made_ready(row, form, actor, here), now=here.tx.now)
    refused = await _second_heads([each for each in ready if isinstance(each, _Ready)], here)
    results: list[Synced | Refusal] = []
    for each in ready:
        if isinstance(each, Refusal):
            results.append(each)
        elif each.servant.id in refused:
            results.append(Refusal.of(two_heads()))
        else:
            if each.taken:
                await here.people.save(each.servant)
            if "province" in each.result.changed_fields:
                await follow_person(each.servant, here.tx)
            results.append(each.result)
    return results


async def _second_heads(ready: Sequence[_Ready], here: Directory) -> set[str]:
    """Whose row would give a unit a second head, once all the others of the call are taken."""
    made = {each.servant.id: each.servant for each in ready}
    known = {id: await here.people.by_id(id) for id in made}
    sent = [id for id, servant in made.items() if heads(servant) != _heads_of(known, id)]
    units = {post.unit_id for servant in made.values() for post in heads(servant)}
    stored = await here.tx.store(SERVANTS).select(
        In("appointments.unit_id", sorted(units)),
        Eq("appointments.role", AppointmentRole.HEAD),
        limit=IN_UNITS_MAX,
    )
    people = {each.id: each for each in here.people.same(stored)} | made
    refused: set[str] = set()
    while (id := second_heads(people, sent)) is not None:
        refused.add(id)
        sent.remove(id)
        before = known[id]
        if before is None:
            del people[id]
        else:
            people[id] = before
    return refused


def _heads_of(people: Mapping[str, CivilServant | None], id: str) -> list[Appointment]:
    servant = people[id]
    return heads(servant) if servant else []


async def _made_ready(row: PersonRow, form: SyncForm, actor: Actor, here: Directory) -> _Ready:
    check_ref(row.external_ref)
    lives = await here.people_of(row.external_ref)
    name = row.full_name if isinstance(row.full_name, str) else None
    said = _said(row)
    known = person_meant(lives, name, said, row.identity)
    base = known if form is SyncForm.PATCH else None
    full_name = needed(row.full_name, base.full_name if base else None, "fullName")
    place = actor.province if base and NATIONAL not in actor.scopes else None
    province = needed(row.province, place or (base.province if base else None), "province")
    require_reach(actor, province)
    check_texts(fullName=full_name, province=province)
    whole = known is None or _writes_whole(actor, known, said)
    if known is not None:
        ours = NATIONAL in actor.scopes or actor.province == known.province
        if ours and row.mark and row.mark.older_than(known.source):
            stale = Synced(id=known.id, outcome=RowOutcome.STALE)
            return _Ready(servant=known, taken=False, result=stale)
        servant = replace(known)  # Another one, since the row may be refused yet.
    else:
        starts_on = min((each.starts_on for each in said), default=EVER)
        servant = new_servant(
            row.external_ref, full_name, province, starts_on=starts_on, lives=lives
        )
    leaves = given(row.leaves, servant.leaves, ()) if whole else servant.leaves
    for leave in leaves:
        check_texts(**{"leaves.kind": leave.kind})
    appointments = await _appointments(row, base, servant, actor, here)
    remarks = (*renamed(known, full_name), *leave_remarks(leaves, appointments)) if whole else ()
    full_name = full_name if whole else servant.full_name
    changed = servant.sync(full_name, appointments, leaves, actor.province)
    mark = row.mark if whole else None
    marked = mark is not None and mark != servant.source
    servant.source = mark or servant.source
    result = _result(known, servant, remarks, changed=changed)
    return _Ready(servant=servant, taken=changed or marked, result=result)


def _writes_whole(actor: Actor, known: CivilServant, said: Sequence[Life]) -> bool:
    """Whether the row speaks for the person or for the posts of its own province alone (E-I10).

    Another province takes a person over by a post of its own that begins no earlier than the last
    known one. Raise `Forbidden` where it has none.
    """
    if NATIONAL in actor.scopes or actor.province == known.province:
        return True
    last = max((each.valid_from for each in known.appointments), default=EVER)
    if any(each.starts_on >= last for each in said):
        return True
    if actor.province in known.provinces:
        return False
    raise Forbidden(
        en="the person serves in another province: an appointment in a unit of yours that begins "
        "no earlier than their last one takes them over",
        vi="Công chức này đang công tác ở tỉnh khác. Để tiếp nhận, vui lòng gửi việc bố trí "
        "tại đơn vị tiếp nhận, bắt đầu không sớm hơn việc bố trí gần nhất.",
        field="appointments",
        rule_id="E-I10",
    )


def _said(row: PersonRow) -> list[Life]:
    posts = () if isinstance(row.appointments, Unset) else row.appointments or ()
    return [
        Life(each.valid_from, None if isinstance(each.valid_to, Unset) else each.valid_to)
        for each in posts
    ]


def _result(
    known: CivilServant | None,
    servant: CivilServant,
    remarks: tuple[Remark, ...],
    *,
    changed: bool,
) -> Synced:
    if known is None or not changed:
        outcome = RowOutcome.UNCHANGED if known else RowOutcome.CREATED
        return Synced(id=servant.id, outcome=outcome, remarks=remarks)
    return Synced(
        id=servant.id,
        outcome=RowOutcome.CHANGED,
        changed_fields=tuple(
            name for name in _FIELDS if canonical(getattr(known, name)) != getattr(servant, name)
        ),
        remarks=remarks,
        removes=known.runs and not servant.runs,
    )


async def _appointments(
    row: PersonRow,
    base: CivilServant | None,
    servant: CivilServant,
    actor: Actor,
    here: Directory,
) -> Sequence[Appointment]:
    if isinstance(row.appointments, Unset) and base is not None:
        return base.appointments
    rows = needed(row.appointments, None, "appointments")
    elsewhere = [] if NATIONAL in actor.scopes else servant.posts_outside(actor.province)
    return [*elsewhere, *[await _appointment(each, servant, actor, here) for each in rows]]


async def _appointment(
    row: AppointmentRow, servant: CivilServant, actor: Actor, here: Directory
) -> Appointment:
    check_texts(positionCode=row.position_code)
    unit = await here.unit(row.unit_ref, "appointments.unitRef", row.valid_from)
    require_reach(actor, unit.province)
    lives = await here.positions_of(unit.province, row.position_code)
    position = in_force(lives, row.valid_from)
    if position is None:
        raise Invalid(
            en=f"no position {row.position_code!r} in province {unit.province}",
            vi=f"Tỉnh có mã {unit.province} không có vị trí việc làm {vi_text(row.position_code)}.",
            field="appointments.positionCode",
        )
    id = appointment_id(servant.id, unit.id, row.position_code, row.role, row.valid_from)
    known = servant.appointment(id)
    fields = await _field_units(row, known, here)
    made = Appointment(
        appointment_id=id,
        unit_id=unit.id,
        position_code=row.position_code,
        duty_group=given(
            row.duty_group, known.duty_group if known else position.duty_group, position.duty_group
        ),
        role=row.role,
        acting_for=given(row.acting_for, known.acting_for if known else None, None),
        field_unit_ids=fields,
        valid_from=row.valid_from,
        valid_to=given(row.valid_to, known.valid_to if known else None, None),
        province=unit.province,
    )
    check_texts(actingFor=made.acting_for, dutyGroup=made.duty_group)
    made.life.require_order("appointments.validTo", "APPOINTMENT-LIFE")
    require_in_life(made, unit, "appointments.unitRef", "unit", "đơn vị")
    require_in_life(made, position, "appointments.positionCode", "position", "vị trí việc làm")
    return made


async def _field_units(
    row: AppointmentRow, known: Appointment | None, here: Directory
) -> tuple[str, ...]:
    if isinstance(row.field_unit_refs, Unset):
        return known.field_unit_ids if known else ()
    found = [
        await here.unit(ref, "appointments.fieldUnitRefs", row.valid_from)
        for ref in row.field_unit_refs or ()
    ]
    return tuple(unit.id for unit in found)


_FIELDS = ("full_name", "province", "appointments", "leaves")
