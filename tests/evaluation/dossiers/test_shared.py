"""E-I17: a dossier that several officers handled counts once, by parts."""

from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Code
from evaluation import scenes, work_scenes
from evaluation.dossier_scenes import TOO_LATE, event, record
from evaluation.people import LAN_ID, MINH_ID, ref
from evaluation_service.application.collections import ASSIGNMENTS, DOSSIERS, TALLIES
from evaluation_service.domain.dossiers.facts import Handler
from evaluation_service.domain.results.snapshots import work_row
from evaluation_service.domain.work.causes import CauseKind
from evaluation_service.domain.work.tallies import tally_id

HOA_ID = ref("cb-013").ours("cs")


def shared(
    *parts: str, officers: tuple[str, ...] = (LAN_ID, MINH_ID, HOA_ID)
) -> tuple[Handler, ...]:
    return tuple(
        Handler(civil_servant_id=officer, part=Decimal(part))
        for officer, part in zip(officers, parts, strict=False)
    )


async def test_E_I17_each_part_counts_for_its_officer(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    lan = await scenes.assign(uow, period, LAN_ID, quantity="40")
    minh = await scenes.assign(uow, period, MINH_ID, quantity="40")

    report = await record(
        uow,
        event(1, civil_servant_id=None, handlers=shared("0.7", "0.3"), completed_at=TOO_LATE),
        event(2),
    )

    assert [each.counted_for for each in report.results] == [(lan.id, minh.id), (lan.id,)]
    done = [await uow.reading().store(ASSIGNMENTS).get(each.id) for each in (lan, minh)]
    assert [(each.completed, each.late) for each in done] == [
        (Decimal("1.7"), Decimal("0.7")),
        (Decimal("0.3"), Decimal("0.3")),
    ]
    tally = await uow.reading().store(TALLIES).get(tally_id(period.id, lan.appointment_id))
    row = work_row(lan.id, tally.lines[lan.id])
    assert (row["completed"], row["late"]) == ("1.7", "0.7")


async def test_E_I17_the_part_without_work_waits_alone(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    lan = await scenes.assign(uow, period, LAN_ID, quantity="40")
    report = await record(uow, event(1, civil_servant_id=None, handlers=shared("0.5", "0.5")))
    assert [(each.standing, each.counted_for) for each in report.results] == [
        ("UNMATCHED", (lan.id,))
    ]

    minh = await scenes.assign(uow, period, MINH_ID, quantity="40")
    await scenes.Pump(uow).run()

    done = [await uow.reading().store(ASSIGNMENTS).get(each.id) for each in (lan, minh)]
    assert [each.completed for each in done] == [Decimal("0.5")] * 2


async def test_a_cause_cancels_a_part_of_a_delay_and_no_more(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    lan = await scenes.assign(uow, await scenes.open_period(uow), LAN_ID, quantity="40")
    await record(
        uow,
        event(1, civil_servant_id=None, handlers=shared("0.5", "0.5"), completed_at=TOO_LATE),
    )
    work = await uow.reading().store(ASSIGNMENTS).get(lan.id)

    claimed = await work_scenes.claim(uow, work, kind=CauseKind.LATE)
    decided = await work_scenes.decide_cause(uow, claimed)

    assert (decided.late, decided.late_exempt) == (Decimal("0.5"), Decimal("0.5"))


@pytest.mark.parametrize(
    "handlers",
    [
        shared("0.5", "0.4"),
        shared("0.5", "0.6"),
        shared("0.333333", "0.333333", "0.333333"),
        shared("0.5", "0.5", officers=(LAN_ID, LAN_ID)),
        shared("1.5", "-0.5"),
        shared("1", "0"),
        shared("0.0000005", "0.9999995"),
        tuple(Handler(civil_servant_id=f"cs_{n}", part=Decimal("0.05")) for n in range(20)),
    ],
)
async def test_parts_sum_to_one_exactly(
    uow: MemoryUnitOfWork, handlers: tuple[Handler, ...]
) -> None:
    await scenes.commune(uow)

    report = await record(uow, event(1, civil_servant_id=None, handlers=handlers))

    [refusal] = [each.refusal for each in report.results]
    assert refusal is not None
    assert refusal.code in (Code.INVALID, Code.NOT_FOUND)
    assert (refusal.field or "").startswith("handlers") or handlers[0].part == Decimal("0.05")
    assert await uow.reading().store(DOSSIERS).count() == 0


async def test_three_thirds_are_one_in_six_places(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    report = await record(
        uow,
        event(1, civil_servant_id=None, handlers=shared("0.333333", "0.333333", "0.333334")),
    )

    assert [each.refusal for each in report.results] == [None]


async def test_one_officer_or_several(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)

    report = await record(uow, event(1, handlers=shared("0.5", "0.5")))

    assert [each.refusal and each.refusal.field for each in report.results] == ["civilServantId"]
