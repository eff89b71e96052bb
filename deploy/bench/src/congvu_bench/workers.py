"""Evaluation alone, as one process or several, on given servers: as a province runs it to close."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from types import MappingProxyType, TracebackType
from typing import Any, Self

from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_fixed

from congvu_bench import officials
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare
from congvu_kit.adapters.signatures import private_file, read_signer
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.clock import Clock
from congvu_local.folder import DataFolder
from congvu_local.layout import Layout, choose_ports
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import http_ready
from congvu_local.processes import Process, Program, stop_all
from congvu_local.servers import broker_program, database_program, database_url
from congvu_local.settings import SERVICES, LocalSettings
from congvu_local.tokens import LocalIssuer
from evaluation_service.application.collections import ALL, RUNS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.runs import RunState

EMBEDDED = {
    "CONGVU_KAFKA_IDEMPOTENCE": "false",
    "CONGVU_OUTBOX_KEEP_DAYS": "0",
    "CONGVU_KAFKA_PARTITIONS": "4",
}
"""What the embedded broker needs to be told about (`congvu_local.layout`)."""

LOAD_ROWS = 500
LOOK_S = 0.05
CLOSES_WITHIN = timedelta(minutes=20)


class Workers:
    """A context manager; `processes` can be killed and started again one by one. `servers` are
    those that were started for it."""

    def __init__(
        self,
        folder: Path,
        *,
        mongo_url: str,
        brokers: str,
        embedded: bool,
        count: int = 1,
        told: Mapping[str, str] = MappingProxyType({}),
        servers: Sequence[Process] = (),
    ) -> None:
        self.servers = servers
        settings = LocalSettings(
            data_dir=folder,
            mongo_url=mongo_url,
            kafka_brokers=brokers,
            passed_on={**(EMBEDDED if embedded else {}), **told},
        )
        self._settings = settings
        self._folder = DataFolder(folder)
        self._folder.lock()
        layout = Layout(
            settings=settings, folder=self._folder, ports=choose_ports(settings, self._folder)
        )
        programs = {program.name: program for tier in layout.tiers() for program in tier}
        self._issuer = Process(programs["issuer"])
        ports = [free_port() for _ in range(count)]
        self.processes = [
            Process(_at_a_free_port(programs["evaluation"], number, port))
            for number, port in enumerate(ports)
        ]
        self.url = _url(ports[0])
        self.secret = self._folder.gateway_secret()
        key = private_file(self._folder.event_keys(SERVICES), "evaluation")
        self._signer = read_signer("evaluation", key)
        self._client = connect(mongo_url)
        self.database: Database = self._client["congvu_evaluation"]

    def __enter__(self) -> Self:
        try:
            self._issuer.start().wait_ready()
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self._client.close()

    def start(self) -> None:
        """All of them, which were not started yet or were killed."""
        for process in self.processes:
            process.spawn()
        for process in self.processes:
            process.wait_ready()

    def stop(self) -> None:
        """End the processes; the database can still be read."""
        stop_all([*self.processes, self._issuer])
        self._folder.unlock()

    def token(self, role: Role, **claims: Any) -> str:
        """Of a caller with these claims, for `url`."""
        issuer = LocalIssuer(
            key=self._folder.issuer_key(),
            issuer=self._settings.issuer,
            audience=self._settings.audience,
        )
        return issuer.token(role, **claims)

    async def load(
        self, of: EvaluationPeriod, people: int, *, each: int, items: int = officials.ITEMS
    ) -> Sequence[str]:
        return await load(self.database, of, people, each=each, items=items)

    async def ask(self, runs: Sequence[str], clock: Clock | None = None) -> None:
        """Tell each agency's message, as the last index does."""
        uow = MongoUnitOfWork(self.database, signer=self._signer, clock=clock)
        await transact(uow, partial(request, runs))

    async def ranked(self, runs: Sequence[str]) -> int:
        return await self.database[RUNS.name].count_documents(
            {"_id": {"$in": list(runs)}, "state": RunState.RANKED}
        )

    async def seconds(self, runs: Sequence[str]) -> float:
        """From the messages to the last agency ranked."""
        started = perf_counter()
        await self.ask(runs)
        until_all = AsyncRetrying(
            retry=retry_if_result(lambda ranked: ranked < len(runs)),
            wait=wait_fixed(LOOK_S),
            stop=stop_after_delay(CLOSES_WITHIN),
        )
        await until_all(self.ranked, runs)
        return perf_counter() - started


@contextmanager
def workers_on_servers(count: int = 1, *, brokers: str | None = None) -> Iterator[Workers]:
    """Not started yet, on servers of their own. `brokers` are of an Apache Kafka that runs
    somewhere; else the embedded one is started."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port, broker_port = free_port(), free_port()
        database = Process(
            database_program(port=port, folder=folder / "database", log=folder / "database.log")
        )
        broker = Process(broker_program(port=broker_port, log=folder / "broker.log"))
        started = [database, *([] if brokers else [broker])]
        try:
            for process in started:
                process.start().wait_ready()
            yield Workers(
                folder / "data",
                mongo_url=database_url(port),
                brokers=brokers or f"{LOOPBACK}:{broker_port}",
                embedded=brokers is None,
                count=count,
                servers=started,
            )
        finally:
            stop_all(started)


def _url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}/graphql"


def _at_a_free_port(program: Program, number: int, port: int) -> Program:
    name = f"evaluation-{number}"
    told = {"EVALUATION_PORT": str(port), "EVALUATION_URL": _url(port)}
    return replace(
        program,
        name=name,
        log=program.log.with_name(f"{name}.log"),
        environment={**program.environment, **told},
        ready=http_ready(f"http://{LOOPBACK}:{port}/readyz"),
    )


async def load(
    database: Database, of: EvaluationPeriod, people: int, *, each: int, items: int
) -> Sequence[str]:
    """Put a frozen period into a database; return the ids of its runs."""
    await prepare(database, ALL, outbox_keep_days=0)
    await database["periods"].insert_one(officials.period_document(of))
    runs: list[str] = []
    for rows in officials.agencies(people, of, each=each, items=items):
        for collection, documents in rows.items():
            for start in range(0, len(documents), LOAD_ROWS):
                await database[collection].insert_many(documents[start:][:LOAD_ROWS])
        runs += [document["_id"] for document in rows[RUNS.name]]
    return runs


async def request(runs: Sequence[str], tx: Transaction) -> None:
    store = tx.store(RUNS)
    asked = [run for run in await store.find_many(runs) if run is not None]
    for run in asked:
        run.request(tx.now)
    await store.save_many(asked)
