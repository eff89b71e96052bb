"""A whole list: who is in ours and not in theirs ends, told one by one, and never too many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Code, Conflict, DomainError, Forbidden, Invalid
from evaluation import scenes
from evaluation.people import (
    HRM,
    LAN_ID,
    MINH_ID,
    NATIONAL_HRM,
    NEIGHBOUR_ID,
    OTHER_COMMUNE,
    OTHER_HRM,
    ref,
)
from evaluation_service.application.collections import POSITIONS, SERVANTS, UNITS
from evaluation_service.application.imports import snapshots
from evaluation_service.application.imports.rows import (
    ListPersonnel,
    PersonnelKind,
    RowOutcome,
    SnapshotScope,
    SyncForm,
    SyncMode,
    SyncReport,
)
from evaluation_service.domain.personnel.listings import PersonnelListing
from evaluation_service.domain.personnel.lives import ExternalRef
from evaluation_service.domain.personnel.positions import position_id
from evaluation_service.domain.personnel.units import UnitLevel

ALL = Decimal(1)
WHOLE = SnapshotScope(province="56")
GONE = (PersonnelKind.PERSON, LAN_ID, "cb-011")


async def known(uow: UnitOfWork) -> None:
    await scenes.sync(uow, units=scenes.UNITS, positions=scenes.POSITIONS, people=scenes.PEOPLE)


async def snapshot(
    uow: UnitOfWork,
    scope: SnapshotScope = WHOLE,
    share: Decimal | None = ALL,
    *,
    actor: Actor = HRM,
    **rows: Any,
) -> SyncReport:
    """Of everything there is, but for what `rows` says otherwise."""
    given: dict[str, Any] = {
        "units": scenes.UNITS,
        "positions": scenes.POSITIONS,
        "people": scenes.PEOPLE,
        "mode": SyncMode.SNAPSHOT,
        "scope": scope,
        "max_removed_share": share,
    }
    return await scenes.sync(uow, actor=actor, **(given | rows))


async def tell(
    uow: UnitOfWork, name: str, *, actor: Actor = HRM, province: str = "56", **listed: Any
) -> PersonnelListing:
    command = ListPersonnel(
        actor=actor, idempotency_key=scenes.key(), name=name, province=province, **listed
    )
    return await perform(snapshots.list_personnel, command, uow)


def ended(report: SyncReport) -> list[tuple[PersonnelKind, str, str]]:
    return [(each.kind, each.id, each.ref) for each in report.ended]


def without(rows: Sequence[Any], *at: int) -> list[Any]:
    return [row for number, row in enumerate(rows) if number not in at]


async def test_who_is_not_in_the_list_ends(any_uow: UnitOfWork) -> None:
    await known(any_uow)

    report = await snapshot(
        any_uow,
        units=without(scenes.UNITS, 3),
        positions=without(scenes.POSITIONS, 2),
        people=without(scenes.PEOPLE, 2, 3, 6),
    )

    tx = any_uow.reading()
    lan = await tx.store(SERVANTS).get(LAN_ID)
    unit = await tx.store(UNITS).get(OTHER_COMMUNE)
    position = await tx.store(POSITIONS).get(position_id("56", "TRUONG-PHONG"))
    assert sorted(ended(report)) == sorted(
        [
            (PersonnelKind.PERSON, ref("cb-003").ours("cs"), "cb-003"),
            GONE,
            (PersonnelKind.PERSON, NEIGHBOUR_ID, "cb-021"),
            (PersonnelKind.UNIT, OTHER_COMMUNE, "H32.31.08"),
            (PersonnelKind.POSITION, position.id, "TRUONG-PHONG"),
        ]
    )
    assert [each.valid_to for each in lan.appointments] == [scenes.TODAY]
    assert (unit.facts.valid_to, position.valid_to) == (scenes.TODAY, scenes.TODAY)
    assert {each.outcome for each in report.results} == {RowOutcome.UNCHANGED}
    assert (report.remaining, await snapshot_again(any_uow)) == (0, [])


async def snapshot_again(uow: UnitOfWork) -> list[tuple[PersonnelKind, str, str]]:
    return ended(
        await snapshot(
            uow,
            units=without(scenes.UNITS, 3),
            positions=without(scenes.POSITIONS, 2),
            people=without(scenes.PEOPLE, 2, 3, 6),
        )
    )


async def test_a_day_may_be_named_and_plans_after_it_are_taken_away(uow: MemoryUnitOfWork) -> None:
    await known(uow)
    plan = scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=date(2026, 12, 1))
    lan = replace(scenes.PEOPLE[3], appointments=(scenes.LANS_POST, plan))
    await scenes.sync(uow, people=[lan])

    await snapshot(uow, replace(WHOLE, as_of=date(2026, 8, 1)), people=without(scenes.PEOPLE, 3))

    servant = await uow.reading().store(SERVANTS).get(LAN_ID)
    assert [each.valid_to for each in servant.appointments] == [date(2026, 8, 1)]


@pytest.mark.parametrize(
    ("share", "refused"),
    [(None, True), (Decimal("0.14"), True), (Decimal("0.15"), False), (ALL, False)],
)
async def test_more_than_the_named_share_is_refused_whole(
    uow: MemoryUnitOfWork, share: Decimal | None, refused: bool
) -> None:
    """One of seven people is 0.142…; without a word it is one in twenty."""
    await known(uow)
    before = len(uow.outbox)
    row = replace(scenes.UNITS[3], name="Tên khác")

    async def run() -> SyncReport:
        units = [*scenes.UNITS[:3], row]
        return await snapshot(uow, WHOLE, share, units=units, people=without(scenes.PEOPLE, 3))

    if not refused:
        assert ended(await run()) == [GONE]
        return
    with pytest.raises(Conflict, match="1 of 7") as found:
        await run()
    assert (found.value.rule_id, found.value.field) == (
        "REMOVED-SHARE",
        "input.maxRemovedShare",
    )
    unit = await uow.reading().store(UNITS).get(OTHER_COMMUNE)
    assert (unit.name, len(uow.outbox)) == ("UBND xã Diên Lạc", before)


@pytest.mark.parametrize(
    "row",
    [replace(scenes.UNITS[3], parent_ref=None), replace(scenes.UNITS[3], valid_to=scenes.OCTOBER)],
)
async def test_a_delta_may_name_a_share_too(uow: MemoryUnitOfWork, row: Any) -> None:
    """One unit of four is detached, or ends."""
    await known(uow)
    before = len(uow.outbox)

    with pytest.raises(Conflict, match="1 of 4"):
        await scenes.sync(uow, units=[row], max_removed_share=Decimal("0.2"))

    assert len(uow.outbox) == before
    report = await scenes.sync(uow, units=[row], max_removed_share=Decimal("0.25"))
    assert report.changed == 1


async def test_a_delta_that_takes_the_last_post_counts_as_removal(uow: MemoryUnitOfWork) -> None:
    await known(uow)
    left = replace(scenes.PEOPLE[3], appointments=())

    with pytest.raises(Conflict, match="1 of 7"):
        await scenes.sync(uow, people=[left], max_removed_share=Decimal("0.1"))


async def everything(uow: UnitOfWork) -> list[object]:
    tx = uow.reading()
    return [
        await tx.store(UNITS).select(),
        await tx.store(POSITIONS).select(),
        await tx.store(SERVANTS).select(),
    ]


async def test_a_dry_run_tells_everything_and_does_nothing(any_uow: UnitOfWork) -> None:
    await known(any_uow)
    before = await everything(any_uow)
    new = scenes.unit_row("H32.31.09", "H32", UnitLevel.COMMUNE)
    rows: dict[str, Any] = {
        "units": [replace(scenes.UNITS[0], name="Tên khác"), *scenes.UNITS[1:], new],
        "people": without(scenes.PEOPLE, 3),
    }

    rehearsed = await snapshot(any_uow, dry_run=True, **rows)
    after = await everything(any_uow)
    done = await snapshot(any_uow, **rows)

    assert after == before
    assert rehearsed == replace(done, dry_run=True)
    assert [each.outcome for each in done.results][:5] == [
        RowOutcome.CHANGED,
        RowOutcome.UNCHANGED,
        RowOutcome.UNCHANGED,
        RowOutcome.UNCHANGED,
        RowOutcome.CREATED,
    ]
    assert done.results[0].changed_fields == ("name",)
    assert ended(done) == [GONE]


async def test_a_list_of_many_parts_is_told_before(any_uow: UnitOfWork) -> None:
    await known(any_uow)
    units = tuple(each.external_ref for each in scenes.UNITS)
    people = tuple(each.external_ref for each in scenes.PEOPLE)
    await tell(any_uow, "2026-11", units=units[:2], people=people[:2])
    await tell(any_uow, "2026-11", units=units[2:], people=people[4:])
    await tell(any_uow, "2026-12", people=people)
    scope = replace(WHOLE, list_name=" 2026-11\u200b")

    report = await scenes.sync(any_uow, mode=SyncMode.SNAPSHOT, scope=scope, max_removed_share=ALL)

    assert sorted(ended(report)) == sorted(
        [(PersonnelKind.PERSON, ref("cb-003").ours("cs"), "cb-003"), GONE]
    )


async def test_an_agency_ends_what_is_below_it_alone(uow: MemoryUnitOfWork) -> None:
    await known(uow)
    scope = replace(WHOLE, agency_ref=ref("H32.31.07"))

    report = await snapshot(
        uow,
        scope,
        units=[],
        positions=[],
        people=without(scenes.PEOPLE, 3, 6),
    )

    assert ended(report) == [GONE]


async def test_another_systems_people_stay(uow: MemoryUnitOfWork) -> None:
    """A snapshot speaks for the systems it names."""
    await known(uow)
    post = scenes.appointment_row("H32.31.07", "HO-TICH")
    theirs = replace(
        scenes.person_row("p-1", "Người Khối Đảng", post),
        external_ref=ExternalRef(system="hrm.dang", id="p-1"),
    )
    await scenes.sync(uow, people=[theirs])

    report = await snapshot(uow)

    assert ended(report) == []


async def test_kinds_that_the_list_does_not_name_stay(uow: MemoryUnitOfWork) -> None:
    await known(uow)

    report = await snapshot(uow, units=[], positions=[], people=without(scenes.PEOPLE, 3))

    assert ended(report) == [GONE]


async def test_more_than_one_call_ends_are_left_for_the_next(
    uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await known(uow)
    monkeypatch.setattr(snapshots, "ENDED_MAX", 1)
    people = without(scenes.PEOPLE, 3, 4)

    first = await snapshot(uow, people=people)
    second = await snapshot(uow, people=people)

    assert {*ended(first), *ended(second)} == {GONE, (PersonnelKind.PERSON, MINH_ID, "cb-012")}
    assert (first.remaining, second.remaining) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"scope": None}, Invalid, "input.scope"),
        ({"mode": SyncMode.DELTA}, Invalid, "input.scope"),
        ({"form": SyncForm.PATCH}, Invalid, "input.form"),
        ({"scope": replace(WHOLE, list_name="nobody's")}, Invalid, "input.scope.listName"),
        ({"scope": replace(WHOLE, province="01")}, Forbidden, "province"),
        (
            {"scope": replace(WHOLE, agency_ref=ref("H32.99"))},
            Invalid,
            "input.scope.agencyRef",
        ),
    ],
)
async def test_a_snapshot_says_what_it_is_whole_of(
    uow: MemoryUnitOfWork, changes: dict[str, Any], error: type[DomainError], field: str
) -> None:
    await known(uow)
    before = len(uow.outbox)

    with pytest.raises(error) as found:
        await snapshot(uow, **({"people": without(scenes.PEOPLE, 3)} | changes))

    assert (found.value.field, len(uow.outbox)) == (field, before)


async def test_a_row_that_does_not_fit_ends_nobody(uow: MemoryUnitOfWork) -> None:
    """Nobody can say whom it names."""
    await known(uow)
    unfit = Refusal(code=Code.INVALID, vi="sai", en="wrong", field="fullName", rule_id=None)

    with pytest.raises(Invalid) as found:
        await snapshot(uow, people=[*without(scenes.PEOPLE, 3), unfit])

    assert (found.value.field, found.value.rule_id) == ("input", "SNAPSHOT-SCOPE")


async def test_a_list_is_its_tellers_own(uow: MemoryUnitOfWork) -> None:
    """Somebody else's list of the same name ends nobody."""
    await known(uow)
    await tell(uow, "2026-11", actor=NATIONAL_HRM, people=(ref("cb-001"),))
    scope = replace(WHOLE, list_name="2026-11")

    with pytest.raises(Invalid, match="nothing was listed"):
        await snapshot(uow, scope)
    with pytest.raises(Forbidden):
        await tell(uow, "2026-11", actor=OTHER_HRM, people=(ref("cb-001"),))


@pytest.mark.parametrize(
    ("listed", "field"),
    [
        ({}, "input"),
        ({"position_codes": ("A",) * (snapshots.LISTED_MAX + 1)}, "input"),
        ({"people": (ref("\u200b"),)}, "externalRef.id"),
        ({"people": (ref("a"),), "name": " "}, "name"),
    ],
)
async def test_a_part_of_a_list_is_checked(
    uow: MemoryUnitOfWork, listed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as found:
        await tell(uow, **({"name": "2026-11"} | listed))

    assert found.value.field == field
