"""What a field of a row does when it is left out, null, or a value: every field of every row, in
both forms, read from the rows themselves."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.unset import UNSET, Unset
from evaluation import scenes
from evaluation.people import COMMUNE, LAN_ID, OFFICE, PROVINCE_UNIT, ref
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.application.imports import rows
from evaluation_service.application.imports.rows import RowOutcome, SyncForm, SyncReport
from evaluation_service.domain.personnel.lives import Identity
from evaluation_service.domain.personnel.positions import position_id
from evaluation_service.domain.personnel.servants import Leave
from evaluation_service.domain.personnel.units import LocalityType, UnitLevel

LEAVE = Leave(kind="ốm", valid_from=scenes.JULY, valid_to=scenes.OCTOBER)
FIRST = date(2025, 7, 2)


def sent_fields(kind: type[Any]) -> list[str]:
    """Those that may be left out."""
    hints = get_type_hints(kind)
    return [each.name for each in dataclasses.fields(kind) if Unset in get_args(hints[each.name])]


@dataclass(frozen=True)
class Field:
    """A value, what is stored for it, and what is stored for null: `None` where it is required."""

    value: Any
    stored: Any
    null: Any = None
    required: bool = False


@dataclass(frozen=True)
class Known:
    """A row of something known, and where each of its fields is stored."""

    kind: type[Any]
    row: Any
    name: str
    fields: Mapping[str, Field]


def needed(value: Any, stored: Any | None = None) -> Field:
    return Field(value, value if stored is None else stored, required=True)


UNIT = Known(
    rows.UnitRow,
    replace(
        scenes.UNITS[3],
        locality_type=LocalityType.MOUNTAIN,
        valid_to=scenes.OCTOBER,
        successor_refs=(ref("H32.31.07"),),
    ),
    "units",
    {
        "code": needed("H32.NEW"),
        "name": needed("Tên mới"),
        "level": needed(UnitLevel.DEPARTMENT),
        "province": needed("56"),
        "parent_ref": Field(ref("H32.31.07"), COMMUNE),
        "locality_type": Field(LocalityType.URBAN, LocalityType.URBAN, LocalityType.RURAL),
        "valid_from": needed(scenes.SINCE),
        "valid_to": Field(date(2026, 9, 1), date(2026, 9, 1)),
        "successor_refs": Field((ref("H32.31.07.1"),), (OFFICE,), ()),
    },
)
POSITION = Known(
    rows.PositionRow,
    replace(
        scenes.POSITIONS[0],
        family="Lãnh đạo",
        leadership=True,
        valid_from=FIRST,
        valid_to=scenes.OCTOBER,
    ),
    "positions",
    {
        "title": needed("Tên mới"),
        "family": Field("Khác", "Khác"),
        "duty_group": needed("nhom-moi"),
        "leadership": Field(False, False, False),
        "valid_from": Field(FIRST, FIRST),
        "valid_to": Field(date(2026, 9, 1), date(2026, 9, 1)),
    },
)
POST = replace(
    scenes.LANS_POST,
    valid_to=scenes.OCTOBER,
    duty_group="rieng",
    acting_for="phụ trách",
    field_unit_refs=(ref("H32.31.07"),),
)
PERSON = Known(
    rows.PersonRow,
    replace(scenes.PEOPLE[3], appointments=(POST,), leaves=(LEAVE,)),
    "people",
    {
        "full_name": needed("Tên mới"),
        "province": needed("56"),
        "appointments": needed((), ()),
        "leaves": Field((replace(LEAVE, kind="thai sản"),), (replace(LEAVE, kind="thai sản"),), ()),
    },
)
APPOINTMENT: Mapping[str, Field] = {
    "valid_to": Field(date(2026, 9, 1), date(2026, 9, 1)),
    "duty_group": Field("khac", "khac", "ho-tich"),
    "acting_for": Field("quyền", "quyền"),
    "field_unit_refs": Field((ref("H32"),), (PROVINCE_UNIT,), ()),
}
KNOWN = {each.name: each for each in (UNIT, POSITION, PERSON)}
STORED_AS = {
    "parent_ref": "parent_id",
    "successor_refs": "successor_ids",
    "field_unit_refs": "field_unit_ids",
}


EVERY_FIELD = [(each.name, name) for each in KNOWN.values() for name in sent_fields(each.kind)]


async def stored(uow: MemoryUnitOfWork, name: str) -> Any:
    tx = uow.reading()
    if name == "units":
        return (await tx.store(UNITS).get(ref("H32.31.08").ours("unit"))).facts
    if name == "positions":
        return await tx.store(POSITIONS).get(position_id("56", "LANH-DAO"))
    return await tx.store(SERVANTS).get(LAN_ID)


async def send(uow: MemoryUnitOfWork, name: str, row: Any, form: SyncForm) -> SyncReport:
    rows_of: dict[str, Any] = {name: [row]}
    return await scenes.sync(uow, **rows_of, form=form)


@pytest.fixture
async def here(uow: MemoryUnitOfWork) -> MemoryUnitOfWork:
    """Everything known, with a value in every field. The unit's people left, so it may end."""
    report = await scenes.sync(
        uow,
        units=[*scenes.UNITS, UNIT.row],
        positions=[POSITION.row, *scenes.POSITIONS[1:]],
        people=[PERSON.row],
    )
    assert report.refused == 0, report
    return uow


def test_every_field_that_may_be_left_out_has_a_value_here() -> None:
    for known in KNOWN.values():
        assert set(known.fields) == set(sent_fields(known.kind))
        assert UNSET not in [getattr(known.row, name) for name in known.fields]
    assert set(APPOINTMENT) == set(sent_fields(rows.AppointmentRow))


@pytest.mark.parametrize("form", SyncForm)
@pytest.mark.parametrize(("kind", "name"), EVERY_FIELD)
async def test_a_field_left_out_stays_as_it_is(
    here: MemoryUnitOfWork, kind: str, name: str, form: SyncForm
) -> None:
    """But for one that the form WHOLE requires."""
    known = KNOWN[kind]
    before, told = await stored(here, kind), len(here.outbox)

    report = await send(here, kind, replace(known.row, **{name: UNSET}), form)

    (result,) = report.results
    if known.fields[name].required and form is SyncForm.WHOLE:
        assert result.refusal is not None
        assert result.refusal.field == camel(name)
    else:
        assert (result.outcome, result.changed_fields) == (RowOutcome.UNCHANGED, ())
    assert (await stored(here, kind), len(here.outbox)) == (before, told)


@pytest.mark.parametrize("form", SyncForm)
@pytest.mark.parametrize(("kind", "name"), EVERY_FIELD)
async def test_null_is_what_it_is_by_default_and_refused_where_something_is_required(
    here: MemoryUnitOfWork, kind: str, name: str, form: SyncForm
) -> None:
    known, field = KNOWN[kind], KNOWN[kind].fields[name]
    nulled: dict[str, Any] = {name: None}
    if (kind, name) == ("units", "valid_to"):
        nulled["successor_refs"] = None
    if (kind, name) == ("positions", "valid_from"):
        nulled["identity"] = Identity.SAME

    report = await send(here, kind, replace(known.row, **nulled), form)

    (result,) = report.results
    if field.required:
        assert result.refusal is not None
        assert (result.refusal.field, result.refusal.code) == (camel(name), "INVALID")
    else:
        found = getattr(await stored(here, kind), STORED_AS.get(name, name))
        assert (result.outcome, found) == (RowOutcome.CHANGED, field.null)
        assert name in result.changed_fields


@pytest.mark.parametrize("form", SyncForm)
@pytest.mark.parametrize(("kind", "name"), EVERY_FIELD)
async def test_a_value_is_taken(
    here: MemoryUnitOfWork, kind: str, name: str, form: SyncForm
) -> None:
    field = KNOWN[kind].fields[name]

    report = await send(here, kind, replace(KNOWN[kind].row, **{name: field.value}), form)

    found = getattr(await stored(here, kind), STORED_AS.get(name, name))
    assert (report.refused, found) == (0, field.stored)
    same = field.value == getattr(KNOWN[kind].row, name)
    assert report.results[0].changed_fields == (() if same else (name,))


@pytest.mark.parametrize("form", SyncForm)
@pytest.mark.parametrize("name", sent_fields(rows.AppointmentRow))
@pytest.mark.parametrize("what", ["left out", "null", "value"])
async def test_a_field_of_an_appointment_likewise(
    here: MemoryUnitOfWork, name: str, what: str, form: SyncForm
) -> None:
    field = APPOINTMENT[name]
    sent = {"left out": UNSET, "null": None, "value": field.value}[what]
    attribute = STORED_AS.get(name, name)
    before = getattr((await stored(here, "people")).appointments[0], attribute)

    row = replace(PERSON.row, appointments=(replace(POST, **{name: sent}),))
    await send(here, "people", row, form)

    (post,) = (await stored(here, "people")).appointments
    expected = {"left out": before, "null": field.null, "value": field.stored}[what]
    assert getattr(post, attribute) == expected


@pytest.mark.parametrize("kind", KNOWN)
async def test_a_patch_that_says_nothing_changes_nothing(here: MemoryUnitOfWork, kind: str) -> None:
    bare = replace(KNOWN[kind].row, **dict.fromkeys(KNOWN[kind].fields, UNSET))

    report = await send(here, kind, bare, SyncForm.PATCH)

    assert [each.outcome for each in report.results] == [RowOutcome.UNCHANGED]


@pytest.mark.parametrize("kind", KNOWN)
async def test_a_patch_of_what_is_not_known_lacks_what_is_required(
    uow: MemoryUnitOfWork, kind: str
) -> None:
    bare = replace(KNOWN[kind].row, **dict.fromkeys(KNOWN[kind].fields, UNSET))

    report = await send(uow, kind, bare, SyncForm.PATCH)

    refusal = report.results[0].refusal
    assert refusal is not None
    assert (refusal.code, "required" in refusal.en) == ("INVALID", True)


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(each.capitalize() for each in rest)
