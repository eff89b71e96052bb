"""Dossiers of the portal fill quantity and lateness."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import strawberry

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Code, Forbidden, Invalid, Unauthenticated
from evaluation import scenes
from evaluation.people import (
    CHAIR,
    COMMUNE,
    ELSEWHERE,
    LAN_ID,
    MINH_ID,
    OFFICE,
    OTHER_HRM,
    OTHER_PORTAL,
    PORTAL,
    STRANGER_ID,
)
from evaluation_service.adapters.graphql.common.inputs import ExternalRefInput
from evaluation_service.adapters.graphql.work.inputs import id_or_ref
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS, TALLIES
from evaluation_service.application.work import dossiers
from evaluation_service.domain.personnel.units import UnitLevel
from evaluation_service.domain.work.dossiers import DossierRecorded
from evaluation_service.domain.work.reports import AssignmentState
from evaluation_service.domain.work.tallies import tally_id

RECEIVED = datetime(2026, 8, 5, 1, 30, tzinfo=UTC)
DUE = datetime(2026, 8, 6, 10, 0, tzinfo=UTC)
IN_TIME = datetime(2026, 8, 5, 9, 0, tzinfo=UTC)
TOO_LATE = datetime(2026, 8, 7, 9, 0, tzinfo=UTC)


def event(
    number: int = 1,
    *,
    completed_at: datetime | None = IN_TIME,
    civil_servant_id: str = LAN_ID,
    unit_id: str = OFFICE,
    procedure_code: str = "1.001193",
    code: str | None = None,
) -> dossiers.DossierRow:
    return dossiers.DossierRow(
        dossier_code=code or f"H56.31.07-260805-{number:04d}",
        procedure_code=procedure_code,
        unit_id=unit_id,
        civil_servant_id=civil_servant_id,
        received_at=RECEIVED,
        due_at=DUE,
        completed_at=completed_at,
    )


async def record(
    uow: UnitOfWork, *events: dossiers.DossierRow, actor: Actor = PORTAL
) -> dossiers.DossierReport:
    command = dossiers.RecordDossierEvents(actor=actor, idempotency_key=scenes.key(), events=events)
    return await perform(dossiers.record_dossier_events, command, uow)


async def test_completed_dossiers_fill_the_open_work(any_uow: UnitOfWork) -> None:
    await scenes.commune(any_uow)
    period = await scenes.open_period(any_uow)
    given = await scenes.assign(any_uow, period, quantity="40")

    report = await record(
        any_uow, event(1), event(2, completed_at=TOO_LATE), event(3, completed_at=None)
    )

    work = await any_uow.reading().store(ASSIGNMENTS).get(given.id)
    tally = await any_uow.reading().store(TALLIES).get(tally_id(period.id, given.appointment_id))
    assert [each.counted_for for each in report.results] == [given.id, given.id, None]
    assert (work.state, work.completed, work.late) == (AssignmentState.IN_PROGRESS, Decimal(2), 1)
    assert (tally.lines[given.id].completed, tally.lines[given.id].late) == ("2", 1)


async def test_a_dossier_sent_again_counts_once(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    given = await scenes.assign(uow, await scenes.open_period(uow), quantity="40")
    await record(uow, event(1, completed_at=None))
    await record(uow, event(1))

    again = await record(uow, event(1))

    work = await uow.reading().store(ASSIGNMENTS).get(given.id)
    assert [(each.changed, each.counted_for) for each in again.results] == [(False, given.id)]
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

    assert [(each.changed, each.counted_for) for each in report.results] == [(True, None)] * 2
    assert await uow.reading().store(ASSIGNMENTS).get(given.id) == given


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (event(code="not-a-code"), Code.INVALID),
        (event(code="H56.31.07-261305-0001"), Code.INVALID),
        (event(completed_at=datetime(2026, 8, 1, tzinfo=UTC)), Code.INVALID),
        (event(unit_id=COMMUNE), Code.INVALID),
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


async def test_a_portal_of_another_province_is_refused(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    report = await record(uow, event(1), actor=OTHER_PORTAL)

    assert [each.refusal and each.refusal.code for each in report.results] == [Code.FORBIDDEN]
    assert await uow.reading().store(DOSSIERS).count() == 0


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
        "cb-901", "Hồ Văn Xa", scenes.appointment_row("H01.5", "HO-TICH"), province="01"
    )
    await scenes.sync(
        uow,
        units=[scenes.unit_row("H01.5", None, UnitLevel.COMMUNE, province="01")],
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
