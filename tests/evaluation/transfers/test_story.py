"""A transfer through the graph alone, inside a province and between two: told, worked, handed over,
rated once, published, closed; and both seals recomputed to the same hash from outside (E-I2)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import (
    ADMIN,
    AUDITOR,
    CHAIR,
    COMMUNE,
    ELSEWHERE,
    HRM,
    LAN,
    LAN_ID,
    NEIGHBOUR_HEAD,
    OTHER_ADMIN,
    OTHER_AUDITOR,
    OTHER_COMMUNE,
    OTHER_HRM,
    STRANGER_HEAD,
    SYSTEM,
)
from evaluation.scenes import Pump, key
from evaluation.transfers.test_provinces import LAN_THERE, PRODUCT, RELEASE, THERE, two_provinces
from evaluation_service.adapters.cli import sealed_periods
from evaluation_service.application.results import indexes
from support.clock import FixedClock
from support.graph import Graph

PERIOD = "... on EvaluationPeriod { id revision state }"
WORK = "... on Assignment { id revision state }"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where Lan works, and by whose hands."""

    unit: str
    unit_id: str
    province: str
    product: str
    release: str
    admin: Actor
    auditor: Actor
    superior: Actor
    officer: Actor
    hrm: Actor


OLD = Place(
    unit="H32.31.07.1", unit_id=COMMUNE, province="56", product=scenes.BIRTH,
    release=scenes.RELEASE, admin=ADMIN, auditor=AUDITOR, superior=CHAIR, officer=LAN, hrm=HRM,
)  # fmt: skip
NEIGHBOUR = replace(OLD, unit="H32.31.08", unit_id=OTHER_COMMUNE, superior=NEIGHBOUR_HEAD)
FAR = Place(
    unit=THERE, unit_id=ELSEWHERE, province="01", product=PRODUCT, release=RELEASE,
    admin=OTHER_ADMIN, auditor=OTHER_AUDITOR, superior=STRANGER_HEAD, officer=LAN_THERE,
    hrm=OTHER_HRM,
)  # fmt: skip


@dataclass(frozen=True)
class Teller:
    graph: Graph
    uow: MemoryUnitOfWork

    async def do(self, mutation: str, actor: Actor, answer: str, **input: object) -> dict[str, Any]:
        done: dict[str, Any] = await self.graph.do(
            mutation, {"idempotencyKey": key(), **input}, actor, answer
        )
        assert done["__typename"] != "Problem", (mutation, done)
        await Pump(self.uow).run()
        return done

    async def opens(self, place: Place) -> str:
        opened = await self.do(
            "openPeriod", place.admin, PERIOD, name="Quý III", kind="QUARTER",
            scopeUnitId=place.unit_id, startsOn="2026-07-01", endsOn="2026-10-01",
            releaseIds=[place.release], appealDays=0,
        )  # fmt: skip
        return str(opened["id"])

    async def works(self, place: Place, period_id: str, done: str, of: str, day: str) -> None:
        given = await self.do(
            "assignWork", place.superior, WORK, periodId=period_id, civilServantId=LAN_ID,
            versionId=place.product, quantity=of, dueOn="2026-09-25",
        )  # fmt: skip
        reported = await self.do(
            "reportWork", place.officer, WORK, assignmentId=given["id"],
            expectedRevision=given["revision"], quantity=done, completedOn=day,
        )  # fmt: skip
        accepted = await self.do(
            "acceptWork", place.superior, WORK, assignmentId=given["id"],
            expectedRevision=reported["revision"],
        )  # fmt: skip
        assert accepted["state"] in ("ACCEPTED_AS_DONE", "IN_PROGRESS")

    async def moves(self, old: Place, new: Place) -> None:
        """Within a province its system says both posts; another province takes over by its own."""
        before = _post(old, "2025-07-01", "2026-08-15")
        after = _post(new, "2026-08-15")
        report = await self.do(
            "syncPersonnel", new.hrm, "... on SyncReport { refused changed }",
            people=[{
                "externalRef": {"system": SYSTEM, "id": "cb-011"},
                "fullName": "Nguyễn Thị Lan",
                "province": new.province,
                "appointments": [before, after] if old.province == new.province else [after],
                "leaves": [],
            }],
        )  # fmt: skip
        assert (report["refused"], report["changed"]) == (0, 1)

    async def step(self, place: Place, period_id: str, mutation: str, **more: object) -> None:
        kept = await scenes.now_is_id(self.uow, period_id)
        await self.do(
            mutation,
            place.admin,
            PERIOD,
            periodId=period_id,
            expectedRevision=kept.revision,
            **more,
        )

    async def freezes(self, place: Place, period_id: str) -> None:
        gaps = {"reason": "Đã báo cáo Chủ tịch"}
        await self.step(place, period_id, "freezePeriod", early="Sáp nhập", acceptGaps=gaps)
        period = await scenes.now_is_id(self.uow, period_id)
        for unit_id in period.unit_ids:  # Feedback's news.
            fact = replace(scenes.index_fact(period, unit_id), province=place.province)
            async with self.uow.begin() as tx:
                await indexes.keep_index(fact, tx)
        await Pump(self.uow).run()


def _post(place: Place, since: str, until: str | None = None) -> Mapping[str, object]:
    return {
        "unitRef": {"system": SYSTEM, "id": place.unit},
        "positionCode": "HO-TICH",
        "role": "STAFF",
        "validFrom": since,
        "validTo": until,
        "fieldUnitRefs": [],
    }


WHY = """
query($id: ID!, $period: ID!) {
  civilServant(id: $id) {
    yearResult(year: 2026) { periods total }
    evaluation(periodId: $period) { id state totalExact band }
  }
}"""


async def told(
    teller: Teller, new: Place, clock: FixedClock
) -> tuple[dict[str, Any], dict[str, str]]:
    await two_provinces(teller.uow)
    ids = {"old": await teller.opens(OLD), "new": await teller.opens(new)}
    await teller.works(OLD, ids["old"], "10", "10", "2026-08-05")
    await teller.moves(OLD, new)
    clock.pass_days(30)
    await teller.works(new, ids["new"], "1", "4", "2026-08-31")
    places = {"old": OLD, "new": new}
    for name, place in places.items():
        await teller.freezes(place, ids[name])
    for step in ("publishPeriod", "closePeriod"):
        for name, place in places.items():
            await teller.step(place, ids[name], step)
    shown = await teller.graph.ask(WHY, new.officer, id=LAN_ID, period=ids["new"])
    return shown["civilServant"], ids


@pytest.mark.parametrize("new", [NEIGHBOUR, FAR], ids=["inside a province", "between provinces"])
def test_E_I10_a_transfer_from_the_first_word_to_both_seals(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock, new: Place
) -> None:
    shown, ids = asyncio.run(told(Teller(graph, uow), new, clock))

    assert (shown["evaluation"]["state"], shown["evaluation"]["band"]) == ("FINAL", "HTT")
    assert shown["evaluation"]["totalExact"] == "75"  # 20 for the criteria, 70 × 11/14
    assert shown["yearResult"] == {"periods": ["2026-Q3"], "total": "75"}
    for auditor, name in ((OLD.auditor, "old"), (new.auditor, "new")):
        with InProcess(graph, auditor) as gateway:
            sealed = sealed_periods.fetch(gateway, ids[name], lambda _: None)
        kept = asyncio.run(scenes.now_is_id(uow, ids[name])).seal
        assert kept is not None
        assert sealed.findings() == []
        assert sealed.seal_hash == kept.hash
