"""A closed period with its entry of the public log, and ways to change it behind the platform."""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.documents import Document
from congvu_kit.application.ports import Collection, Eq
from evaluation import review_scenes, scenes
from evaluation.gateway import InProcess
from evaluation.people import COMMUNE, LAN_ID, MINH, MINH_ID
from evaluation_service.adapters.cli import sealed_periods
from evaluation_service.adapters.cli.sealed_periods import PERIOD_SEALED, SealedPeriod
from evaluation_service.application.collections import EVALUATIONS, PERIODS, RUNS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import run_id
from support.graph import Graph
from support.public_log import SignedLog


@dataclass
class Closed:
    """Minh was corrected after an appeal, Lan moved to another unit in mid-period."""

    uow: MemoryUnitOfWork
    graph: Graph
    period_id: str
    log: SignedLog = field(default_factory=SignedLog)

    def fetch(self) -> SealedPeriod:
        with InProcess(self.graph) as gateway:
            return sealed_periods.fetch(gateway, self.period_id, lambda _: None)

    def findings(self) -> list[str]:
        """Those of the period in itself."""
        return self.fetch().findings()

    def log_findings(self, key: str | None = None) -> list[str]:
        return self.fetch().log_findings(self.log.export(), key, signed=True)

    @property
    def period(self) -> EvaluationPeriod:
        return asyncio.run(self.uow.reading().store(PERIODS).get(self.period_id))

    @property
    def evaluations(self) -> list[Evaluation]:
        store = self.uow.reading().store(EVALUATIONS)
        return asyncio.run(store.select(Eq("period_id", self.period_id)))

    def of(self, civil_servant_id: str) -> Evaluation:
        return asyncio.run(scenes.evaluation_of(self.uow, self.period, civil_servant_id))

    def row(self, collection: Collection[Any], id: str) -> Document:
        return self.uow.rows(collection)[id]

    @property
    def run_row(self) -> Document:
        return self.row(RUNS, run_id(self.period_id, COMMUNE))

    def tell_log(self, *, signed: bool = True) -> None:
        seal = self.period.seal
        assert seal is not None
        said = {"province": "56", "seal_hash": seal.hash, "root": seal.root}
        self.log.append(PERIOD_SEALED, self.period_id, said, signed=signed)


async def _closed(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, MINH, done="4", assigned="7")
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await scenes.sync(uow, people=[_moved()])
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    appeal = await review_scenes.file(uow, await scenes.evaluation_of(uow, period, MINH_ID))
    correction = await review_scenes.all_done(uow, MINH_ID)
    await review_scenes.decide(uow, appeal, correction=correction)
    return await scenes.move(uow, period, "close")


def _moved() -> Any:
    days = date(2026, 8, 15)
    return scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=days),
        scenes.appointment_row("H32.31.07", "HO-TICH", valid_from=days),
    )


def close(uow: MemoryUnitOfWork, graph: Graph) -> Closed:
    period = asyncio.run(_closed(uow))
    closed = Closed(uow=uow, graph=graph, period_id=period.id)
    closed.tell_log()
    return closed
