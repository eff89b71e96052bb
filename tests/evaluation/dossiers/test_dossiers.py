"""Dossiers of the portal fill quantity and lateness."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import strawberry

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Code, Forbidden, Invalid, Unauthenticated
from evaluation import scenes
from evaluation.dossier_scenes import TOO_LATE, event, record
from evaluation.people import (
    CHAIR,
    ELSEWHERE,
    LAN_ID,
    MINH_ID,
    OTHER_HRM,
    OTHER_PORTAL,
    PORTAL,
    STRANGER_ID,
)
from evaluation_service.adapters.graphql.common.inputs import ExternalRefInput
from evaluation_service.adapters.graphql.dossiers.inputs import id_or_ref
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS, TALLIES
from evaluation_service.application.dossiers import commands as dossiers
from evaluation_service.domain.dossiers.dossiers import DossierRecorded, codes_in, dossier_id
from evaluation_service.domain.personnel.units import UnitLevel
from evaluation_service.domain.work.reports import AssignmentState
from evaluation_service.domain.work.tallies import tally_id


async def test_completed_dossiers_fill_the_open_work(any_uow: UnitOfWork) -> None:
    await scenes.commune(any_uow)
    period = await scenes.open_period(any_uow)
    given = await scenes.assign(any_uow, period, quantity="40")

    report = await record(
        any_uow, event(1), event(2, completed_at=TOO_LATE), event(3, completed_at=None)
    )

    work = await any_uow.reading().store(ASSIGNMENTS).get(given.id)
    tally = await any_uow.reading().store(TALLIES).get(tally_id(period.id, given.appointment_id))
    assert [each.counted_for for each in report.results] == [(given.id,), (given.id,), ()]
    assert (work.state, work.completed, work.late) == (AssignmentState.IN_PROGRESS, Decimal(2), 1)
    assert (tally.lines[given.id].completed, tally.lines[given.id].late) == ("2", 1)


async def test_a_dossier_sent_again_counts_once(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")
    await record(uow, event(1, completed_at=None))
    await record(uow, event(1))

    again = await record(uow, event(1))

    work = await uow.reading().store(ASSIGNMENTS).get(given.id)
    assert [(each.changed, each.counted_for) for each in again.results] == [(False, (given.id,))]
    assert work.completed == Decimal(1)
    assert len([each for each in uow.outbox if isinstance(each, DossierRecorded)]) == 2


async def test_a_counted_dossier_is_not_rewritten(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")
    await record(uow, event(1))

    changed = await record(uow, event(1, completed_at=TOO_LATE))

    work = await uow.reading().store(ASSIGNMENTS).get(given.id)
    assert [each.refusal and each.refusal.code for each in changed.results] == [Code.CONFLICT]
    assert (work.completed, work.late) == (Decimal(1), 0)


async def test_a_dossier_nobody_was_assigned_is_recorded_all_the_same(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")

    report = await record(
        uow, event(1, civil_servant_id=MINH_ID), event(2, procedure_code="9.999999")
    )

    assert [(each.changed, each.counted_for) for each in report.results] == [(True, ())] * 2
    assert await uow.reading().store(ASSIGNMENTS).get(given.id) == given


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (event(code="not-a-code"), Code.INVALID),
        (event(code="H32.31.07-261305-0001"), Code.INVALID),
        (event(completed_at=datetime(2026, 8, 1, tzinfo=UTC)), Code.INVALID),
        (event(procedure_code=" \u200b "), Code.INVALID),
        (event(civil_servant_id=None), Code.INVALID),
        (event(unit_id="unit_x"), Code.NOT_FOUND),
        (event(civil_servant_id="cs_x"), Code.NOT_FOUND),
    ],
)
async def test_a_wrong_row_is_refused_and_the_others_are_kept(
    uow: MemoryUnitOfWork, row: dossiers.DossierRow, code: Code
) -> None:
    await scenes.commune(uow)

    report = await record(uow, row, event(7))

    first, second = report.results
    assert first.refusal is not None
    assert (first.refusal.code, first.dossier_id) == (code, None)
    assert second.changed
    assert await uow.reading().store(DOSSIERS).count() == 1


@pytest.mark.parametrize(
    "agency", ["H32", "H32.31.07.1", "000.00.00.H32", "000.07.31.H32", "G12", "000.00.18.G12"]
)
def test_every_agency_of_the_national_list_numbers_its_dossiers(agency: str) -> None:
    code = f"{agency}-260911-0042"

    assert dossier_id(code).startswith("dos_")
    assert codes_in(f"https://motcua.vn/{code}?lang=vi") == [code]


@pytest.mark.parametrize(
    "code", ["H32.31.07", "H32-261305-0001", "H32-260832-0001", "h32-260911-0042", "H32-260911-"]
)
def test_what_is_no_dossier_code_is_told_its_form(code: str) -> None:
    with pytest.raises(Invalid) as refused:
        dossier_id(code)

    assert refused.value.field == "dossierCode"
    assert "000.00.18.G12-261122-0001" in refused.value.en
    assert "000.00.18.G12-261122-0001" in refused.value.vi


async def test_a_portal_of_another_province_is_refused(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    report = await record(uow, event(1), actor=OTHER_PORTAL)

    assert [each.refusal and each.refusal.code for each in report.results] == [Code.FORBIDDEN]
    assert await uow.reading().store(DOSSIERS).count() == 0


SECOND_PORTAL = replace(PORTAL, subject="portal-two")


async def test_F_I10_a_dossier_stays_with_the_portal_that_told_of_it(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    await record(uow, event(1, completed_at=None, applicant_hash="0a" * 32))
    before = await uow.reading().store(DOSSIERS).select()

    report = await record(
        uow, event(1, completed_at=None, applicant_hash="0b" * 32), actor=SECOND_PORTAL
    )

    [refusal] = [each.refusal for each in report.results]
    assert refusal is not None
    assert (refusal.code, refusal.rule_id) == (Code.FORBIDDEN, "F-I10")
    assert await uow.reading().store(DOSSIERS).select() == before


async def test_a_portals_capitals_make_it_no_other(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await record(uow, event(1, completed_at=None))
    shouting = replace(PORTAL, subject=(PORTAL.subject or "").upper())

    report = await record(uow, event(1), actor=shouting)

    assert [each.changed for each in report.results] == [True]


async def test_who_handed_it_in_may_be_told_later_once_and_counts_nothing_twice(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")
    await record(uow, event(1))

    told = await record(uow, event(1, applicant_hash="0a" * 32))
    silent = await record(uow, event(1))
    other = await record(uow, event(1, applicant_hash="0b" * 32))

    assert [each.changed for each in (*told.results, *silent.results)] == [True, False]
    [refusal] = [each.refusal for each in other.results]
    assert refusal is not None
    assert refusal.code is Code.CONFLICT
    recorded = [each for each in uow.outbox if isinstance(each, DossierRecorded)]
    assert [each.applicant_hash for each in recorded] == [None, "0a" * 32]
    assert (await uow.reading().store(ASSIGNMENTS).get(given.id)).completed == Decimal(1)


@pytest.mark.parametrize("wrong", ["", "0A" * 32, "0a" * 31, "0a" * 32 + "\n", "vneid-1"])
async def test_a_hash_of_the_applicant_has_one_form(uow: MemoryUnitOfWork, wrong: str) -> None:
    await scenes.commune(uow)

    report = await record(uow, event(1, applicant_hash=wrong))

    [refusal] = [each.refusal for each in report.results]
    assert refusal is not None
    assert (refusal.code, refusal.field) == (Code.INVALID, "applicantHash")
    assert wrong == "" or wrong not in refusal.en + refusal.vi


@pytest.mark.parametrize(("actor", "error"), [(ANONYMOUS, Unauthenticated), (CHAIR, Forbidden)])
async def test_only_portals_send_dossiers(
    uow: MemoryUnitOfWork, actor: Actor, error: type[Exception]
) -> None:
    await scenes.commune(uow)

    with pytest.raises(error):
        await record(uow, event(1), actor=actor)

    assert await uow.reading().store(DOSSIERS).count() == 0


def test_an_id_is_given_once_by_itself_or_by_another_systems() -> None:
    hrm = ExternalRefInput(system="hrm.khanhhoa", id="cb-011")
    ours = strawberry.ID(LAN_ID)

    assert id_or_ref(ours, None, "cs", "civilServant") == LAN_ID
    assert id_or_ref(None, hrm, "cs", "civilServant") == LAN_ID
    for id, ref in ((None, None), (ours, hrm)):
        with pytest.raises(Invalid) as refused:
            id_or_ref(id, ref, "cs", "civilServant")
        assert refused.value.field == "civilServantId"


async def test_a_dossier_of_another_province_is_not_taken_over(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    stranger = scenes.person_row(
        "cb-901", "Hồ Văn Xa", scenes.appointment_row("H26.5", "HO-TICH"), province="01"
    )
    await scenes.sync(
        uow,
        units=[scenes.unit_row("H26.5", None, UnitLevel.COMMUNE, province="01")],
        positions=[scenes.position_row("HO-TICH", "ho-tich", province="01")],
        people=[stranger],
        actor=OTHER_HRM,
    )
    await record(uow, event(completed_at=None))
    before = await uow.reading().store(DOSSIERS).select()
    theirs = event(unit_id=ELSEWHERE, civil_servant_id=STRANGER_ID)

    report = await record(uow, theirs, actor=OTHER_PORTAL)

    refusal = report.results[0].refusal
    assert refusal is not None
    assert refusal.code is Code.FORBIDDEN
    assert await uow.reading().store(DOSSIERS).select() == before
