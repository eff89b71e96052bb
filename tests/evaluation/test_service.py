"""The service as it runs: a frozen quarter is scored, ranked and told over the real broker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import httpx
import pytest

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.application.documents import adapter
from congvu_kit.domain.ids import new_id
from congvu_kit.service.app import create_app
from congvu_kit.service.bad_settings import BadSettings
from evaluation import scenes
from evaluation.people import COMMUNE, LAN, LAN_ID, OFFICE
from evaluation_service.application.collections import EVALUATIONS, POLICIES, RELEASES, VERSIONS
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.main import define
from evaluation_service.settings import EvaluationSettings
from support.event_keys import event_settings, signed, signer
from support.polling import eventually
from support.servers import Server


@pytest.fixture
def settings(
    mongo_url: str, mongo_database: str, own_embedded_broker: Server
) -> EvaluationSettings:
    return EvaluationSettings(
        mongo_url=mongo_url,
        mongo_database_prefix=mongo_database,
        kafka_brokers=own_embedded_broker.address,
        kafka_idempotence=False,
        kafka_partitions=1,
        jwks_url="http://127.0.0.1:9/jwks",
        issuer="issuer",
        audience="congvu",
        gateway_secret="s" * 40,
        **event_settings("evaluation"),
        look_s=0.1,
    )


@asynccontextmanager
async def running(settings: EvaluationSettings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(define(settings), settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://service") as client,
    ):

        async def ready() -> bool:
            return (await client.get("/readyz")).status_code == httpx.codes.OK

        await eventually(ready, within_s=30, what="the service is ready")
        yield client


@asynccontextmanager
async def telling(settings: EvaluationSettings) -> AsyncIterator[KafkaBroker]:
    broker = KafkaBroker(settings.kafka_brokers, idempotence=False, partitions=1)
    await broker.start()
    try:
        yield broker
    finally:
        await broker.stop()


async def tell(broker: KafkaBroker, kind: str, subject: str, fact: object) -> None:
    """As the catalogue's or feedback's relay publishes."""
    service = kind.split(".")[1]
    data: dict[str, object] = adapter(type(fact)).dump_python(fact, mode="json")
    event = CloudEvent(
        id=new_id("evt"),
        type=kind,
        source=f"//congvu/{service}",
        subject=subject,
        time=scenes.NOW,
        sequence=1,
        data=data,
    )
    await broker.publish(f"congvu.{service}.v1", [signed(event)])


@pytest.mark.mongo
@pytest.mark.kafka
async def test_from_the_catalogues_events_to_published_results(
    settings: EvaluationSettings,
) -> None:
    with closing(connect(settings.mongo_url)) as mongo:
        database = mongo[settings.mongo_database_prefix + "evaluation"]
        uow = MongoUnitOfWork(database, signer=signer("evaluation"))
        read = uow.reading().store
        async with running(settings) as client, telling(settings) as broker:
            for fact in (
                scenes.version_fact(),
                scenes.version_fact(scenes.PLAN, procedure_code=None),
            ):
                kind = "congvu.catalogue.work_product.published.v1"
                await tell(broker, kind, fact.version_id, fact)
            release = "congvu.catalogue.release.published.v1"
            await tell(broker, release, scenes.RELEASE, scenes.release_fact())

            async def held() -> bool:
                versions = await read(VERSIONS).count()
                return versions == 2 and await read(RELEASES).count() == 1

            await eventually(held, within_s=30, what="the catalogue is here")
            await scenes.sync(
                uow, units=scenes.UNITS, positions=scenes.POSITIONS, people=scenes.PEOPLE
            )
            period = await scenes.open_period(uow)
            await scenes.do_all(uow, period, LAN)
            await scenes.move(uow, period, "freeze")
            for unit_id in (OFFICE, COMMUNE):
                index = scenes.index_fact(period, unit_id)
                await tell(broker, "congvu.feedback.index.computed.v1", f"idx_{unit_id}", index)

            async def reviewed() -> bool:
                return (await scenes.now_is(uow, period)).state is PeriodState.REVIEW

            await eventually(reviewed, within_s=30, what="the period is in review")
            await scenes.move(uow, period, "publish")

            async def announced() -> bool:
                lan = await scenes.evaluation_of(uow, period, LAN_ID)
                return lan.state is EvaluationState.PUBLISHED

            await eventually(announced, within_s=30, what="the results are announced")
            closed = await scenes.move(uow, period, "close")
            direct = await client.post("/graphql", json={"query": "{ __typename }"})
            found = await read(EVALUATIONS).count()
            policies = await read(POLICIES).count()

    assert closed.seal is not None
    assert closed.seal.counts["evaluations"] == found == 6
    assert policies >= 15
    assert direct.status_code == httpx.codes.UNAUTHORIZED


def test_a_misspelt_setting_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALUATION_RUN_WAITS", "1")

    with pytest.raises(BadSettings, match="EVALUATION_RUN_WAITS"):
        EvaluationSettings.from_environment()
