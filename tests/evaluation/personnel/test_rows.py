"""What a row of a sync may say, and whose rows a personnel system may send."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Collection
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Code
from evaluation import scenes
from evaluation.people import COMMUNE, HRM, LAN_ID, NATIONAL_HRM, OTHER_HRM, ref
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.application.imports.rows import (
    AppointmentRow,
    PersonRow,
    PositionRow,
    SyncReport,
    UnitRow,
)
from evaluation_service.domain.personnel.lives import ExternalRef
from evaluation_service.domain.personnel.servants import AppointmentRole, Leave
from evaluation_service.domain.personnel.units import UnitLevel

PERSONAL_NUMBER = "056089001234"
UNIT = scenes.unit_row("H32.9", "H32", UnitLevel.COMMUNE)
POSITION = scenes.position_row("KE-TOAN", "ke-toan")
POST = scenes.appointment_row("H32.31.07", "HO-TICH")
PERSON = scenes.person_row("cb-900", "Người Mới", POST)
BAD_TEXTS = {"blank": " ", "long": "x" * 301, "personal": PERSONAL_NUMBER}


def with_id(value: str) -> ExternalRef:
    return replace(PERSON.external_ref, id=value)


def with_system(value: str) -> ExternalRef:
    return replace(PERSON.external_ref, system=value)


def in_post(**changes: Any) -> PersonRow:
    return replace(PERSON, appointments=(replace(POST, **changes),))


def on_leave(kind: str) -> PersonRow:
    leave = Leave(kind=kind, valid_from=scenes.JULY, valid_to=scenes.OCTOBER)
    return replace(PERSON, leaves=(leave,))


Row = UnitRow | PositionRow | PersonRow
TEXTS: dict[str, tuple[str, Callable[[str], Row]]] = {
    "unit-code": ("code", lambda text: replace(UNIT, code=text)),
    "unit-name": ("name", lambda text: replace(UNIT, name=text)),
    "unit-province": ("province", lambda text: replace(UNIT, province=text)),
    "unit-system": (
        "externalRef.system",
        lambda text: replace(UNIT, external_ref=with_system(text)),
    ),
    "unit-id": ("externalRef.id", lambda text: replace(UNIT, external_ref=with_id(text))),
    "position-code": ("code", lambda text: replace(POSITION, code=text)),
    "position-title": ("title", lambda text: replace(POSITION, title=text)),
    "position-group": ("dutyGroup", lambda text: replace(POSITION, duty_group=text)),
    "position-family": ("family", lambda text: replace(POSITION, family=text)),
    "person-name": ("fullName", lambda text: replace(PERSON, full_name=text)),
    "person-system": (
        "externalRef.system",
        lambda text: replace(PERSON, external_ref=with_system(text)),
    ),
    "person-id": ("externalRef.id", lambda text: replace(PERSON, external_ref=with_id(text))),
    "leave-kind": ("leaves.kind", on_leave),
    "post-position": ("positionCode", lambda text: in_post(position_code=text)),
    "post-group": ("dutyGroup", lambda text: in_post(duty_group=text)),
    "post-acting-for": ("actingFor", lambda text: in_post(acting_for=text)),
}


async def send(uow: MemoryUnitOfWork, row: Row, *, actor: Actor = HRM) -> SyncReport:
    match row:
        case UnitRow():
            return await scenes.sync(uow, units=[row], actor=actor)
        case PositionRow():
            return await scenes.sync(uow, positions=[row], actor=actor)
        case PersonRow():
            return await scenes.sync(uow, people=[row], actor=actor)


async def organised(uow: MemoryUnitOfWork) -> None:
    await scenes.sync(uow, units=scenes.UNITS, positions=scenes.POSITIONS, people=scenes.PEOPLE)


async def everything(uow: MemoryUnitOfWork) -> object:
    stores: tuple[Collection[Any], ...] = (UNITS, POSITIONS, SERVANTS)
    return [await uow.reading().store(store).select() for store in stores], len(uow.outbox)


def refusal_of(report: SyncReport) -> Refusal:
    (result,) = report.results
    assert (result.id, result.changed) == (None, False)
    assert result.refusal is not None
    return result.refusal


@pytest.mark.parametrize("bad", BAD_TEXTS)
@pytest.mark.parametrize("name", TEXTS)
async def test_every_text_is_checked(uow: MemoryUnitOfWork, name: str, bad: str) -> None:
    await organised(uow)
    before = await everything(uow)
    field, row_with = TEXTS[name]

    report = await send(uow, row_with(BAD_TEXTS[bad]), actor=NATIONAL_HRM)

    refusal = refusal_of(report)
    told = (refusal.field or "").rpartition(".")[2] if bad == "personal" else refusal.field
    assert (refusal.code, told) == (
        Code.INVALID,
        field.rpartition(".")[2] if bad == "personal" else field,
    )
    assert refusal.rule_id == ("PERSONAL-ID" if bad == "personal" else None)
    assert PERSONAL_NUMBER not in f"{refusal.en} {refusal.vi}"
    assert await everything(uow) == before


@pytest.mark.parametrize("row", [UNIT, POSITION, PERSON])
async def test_longest_texts_are_taken(uow: MemoryUnitOfWork, row: Row) -> None:
    await organised(uow)
    longest = {UnitRow: "name", PositionRow: "title", PersonRow: "full_name"}[type(row)]

    report = await send(uow, replace(row, **{longest: "x" * 300}))  # type: ignore[arg-type]

    assert (report.changed, report.unchanged, report.refused) == (1, 0, 0)


OURS = replace(scenes.PEOPLE[3], province="01", appointments=())
ELSEWHERE = scenes.unit_row("H26", None, UnitLevel.PROVINCE, province="01")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(UNIT, id="a new unit of ours"),
        pytest.param(replace(scenes.UNITS[1], province="01"), id="our unit as theirs"),
        pytest.param(POSITION, id="a position of ours"),
        pytest.param(PERSON, id="a new person of ours"),
        pytest.param(OURS, id="our person as theirs"),
        pytest.param(
            scenes.person_row(
                "cb-901",
                "Người Tỉnh Khác",
                scenes.appointment_row("H32.31.07", "HO-TICH"),
                province="01",
            ),
            id="their person in our unit",
        ),
    ],
)
async def test_another_provinces_personnel_system_rewrites_nothing(
    uow: MemoryUnitOfWork, row: Row
) -> None:
    await organised(uow)
    position = scenes.position_row("HO-TICH", "ho-tich", province="01")
    await scenes.sync(uow, units=[ELSEWHERE], positions=[position], actor=OTHER_HRM)
    before = await everything(uow)

    report = await send(uow, row, actor=OTHER_HRM)

    refusal = refusal_of(report)
    rule = ("appointments", "E-I10") if row is OURS else ("province", None)
    assert (refusal.code, refusal.field, refusal.rule_id) == (Code.FORBIDDEN, *rule)
    assert await everything(uow) == before


async def test_our_person_takes_no_post_by_another_provinces_positions(
    uow: MemoryUnitOfWork,
) -> None:
    await organised(uow)
    position = scenes.position_row("LAI-XE", "lai-xe", province="01")
    await scenes.sync(uow, positions=[position], actor=OTHER_HRM)
    before = await everything(uow)
    post = scenes.appointment_row("H32.31.07", "LAI-XE")

    report = await send(uow, scenes.person_row("cb-011", "Lan", post, province="01"))

    assert refusal_of(report).code is Code.FORBIDDEN
    assert await everything(uow) == before


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (scenes.unit_row("H32.9", "H32.8", UnitLevel.COMMUNE), "parentRef"),
        (in_post(unit_ref=ref("H32.8")), "appointments.unitRef"),
        (in_post(field_unit_refs=(ref("H32.8"),)), "appointments.fieldUnitRefs"),
        (in_post(position_code="LAI-XE"), "appointments.positionCode"),
    ],
)
async def test_what_a_row_names_was_sent_before(
    uow: MemoryUnitOfWork, row: Row, field: str
) -> None:
    await organised(uow)
    before = await everything(uow)

    refusal = refusal_of(await send(uow, row))

    assert (refusal.code, refusal.field) == (Code.INVALID, field)
    assert await everything(uow) == before


BACKWARDS = ("appointments.validTo", "APPOINTMENT-LIFE")


def posts(*rows: AppointmentRow) -> PersonRow:
    return replace(PERSON, appointments=rows)


@pytest.mark.parametrize(
    ("row", "field", "rule_id"),
    [
        (posts(POST, POST), "appointments", "E-I10"),
        (
            posts(replace(POST, valid_to=POST.valid_from)),
            "appointments.validTo",
            "APPOINTMENT-LIFE",
        ),
        (
            posts(replace(POST, valid_to=date(2025, 6, 30))),
            "appointments.validTo",
            "APPOINTMENT-LIFE",
        ),
    ],
)
async def test_E_I10_no_post_twice_and_none_that_ends_before_it_starts(
    uow: MemoryUnitOfWork, row: PersonRow, field: str, rule_id: str | None
) -> None:
    await organised(uow)
    before = await everything(uow)

    refusal = refusal_of(await send(uow, row))

    assert (refusal.code, refusal.field, refusal.rule_id) == (Code.INVALID, field, rule_id)
    assert await everything(uow) == before


async def test_a_person_is_stored_as_sent(uow: MemoryUnitOfWork) -> None:
    await organised(uow)
    leave = Leave(kind="thai sản", valid_from=scenes.JULY, valid_to=scenes.OCTOBER)
    later = replace(
        scenes.appointment_row("H32.31.07", "HO-TICH", AppointmentRole.DEPUTY),
        duty_group="pho",
        acting_for="cấp trưởng",
        field_unit_refs=(ref("H32.31.07.1"),),
        valid_from=scenes.JULY,
    )
    row = replace(
        scenes.person_row("cb-011", "Nguyễn Thị Lan Anh", later, scenes.LANS_POST),
        leaves=(leave,),
    )

    report = await send(uow, row)

    lan = await uow.reading().store(SERVANTS).get(LAN_ID)
    first, second = lan.appointments
    assert (report.results[0].row, report.results[0].id) == ("people[0]", LAN_ID)
    assert (lan.full_name, lan.leaves) == ("Nguyễn Thị Lan Anh", (leave,))
    assert (first.valid_from, first.role) == (scenes.SINCE, AppointmentRole.STAFF)
    assert (second.unit_id, second.role, second.duty_group) == (
        COMMUNE,
        AppointmentRole.DEPUTY,
        "pho",
    )
    assert (second.acting_for, second.field_unit_ids) == (
        "cấp trưởng",
        (ref("H32.31.07.1").ours("unit"),),
    )


async def test_a_position_is_stored_as_sent_and_changed_by_a_later_row(
    uow: MemoryUnitOfWork,
) -> None:
    await organised(uow)
    row = replace(POSITION, family="Tài chính", leadership=True)
    first = await send(uow, row)

    same = await send(uow, row)
    other = await send(uow, replace(row, title="Kế toán trưởng"))

    position = await uow.reading().store(POSITIONS).get(first.results[0].id or "")
    assert [each.results[0].changed for each in (first, same, other)] == [True, False, True]
    assert (position.code, position.title, position.family) == (
        "KE-TOAN",
        "Kế toán trưởng",
        "Tài chính",
    )
    assert (position.duty_group, position.leadership, position.province) == ("ke-toan", True, "56")
