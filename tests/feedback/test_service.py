"""The service as it runs: evaluation's events in over Kafka, requests under the gateway's
signature, its own events out."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.application.documents import adapter
from congvu_kit.domain.ids import new_id
from congvu_kit.service.app import create_app
from congvu_kit.service.bad_settings import BadSettings
from feedback import people
from feedback.scenes import (
    NOW,
    PERIOD,
    dossier_fact,
    make_needs,
    new_key,
    period_fact,
    rate,
    rating,
)
from feedback_service.adapters.files.keys import create_keys, load_keys
from feedback_service.application import reactions
from feedback_service.main import define
from feedback_service.settings import FeedbackSettings
from gateway.issuer import TableIssuer
from support.clock import FixedClock
from support.event_keys import event_settings, signed, signer
from support.polling import eventually
from support.servers import Server
from support.signed import SECRET, headers_for
from support.token_table import AUDIENCE, ISSUER
from support.token_table import signed as signed_token

RECEIVED = "congvu.feedback.submission.received.v1"
CHECKPOINTED = "congvu.feedback.log.checkpointed.v1"
COMPUTED = "congvu.feedback.index.computed.v1"
SATISFACTION = """query($unit: ID!, $period: ID!) {
  satisfaction(unitId: $unit, periodId: $period) { answers state }
}"""


@pytest.fixture
def settings(
    mongo_url: str, mongo_database: str, own_embedded_broker: Server, tmp_path: Path
) -> FeedbackSettings:
    create_keys(tmp_path / "keys")
    return FeedbackSettings(
        mongo_url=mongo_url,
        mongo_database_prefix=mongo_database,
        kafka_brokers=own_embedded_broker.address,
        kafka_idempotence=False,
        kafka_partitions=1,
        jwks_url="http://127.0.0.1:9/jwks",
        issuer="issuer",
        audience="congvu",
        gateway_secret=SECRET,
        data_dir=str(tmp_path),
        keys_dir=tmp_path / "keys",
        **event_settings("feedback"),
    )


@asynccontextmanager
async def running(settings: FeedbackSettings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(define(settings), settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://service") as client,
    ):
        await eventually(lambda: _ready(client), within_s=30, what="the service is ready")
        yield client


async def _ready(client: httpx.AsyncClient) -> bool:
    return (await client.get("/readyz")).status_code == httpx.codes.OK


async def ask(
    client: httpx.AsyncClient, settings: FeedbackSettings, query: str, **variables: object
) -> dict[str, Any]:
    """As the gateway asks for somebody who is not logged in."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = headers_for(settings.url, body)
    answer: dict[str, Any] = (await client.post("/graphql", content=body, headers=headers)).json()
    return answer


@asynccontextmanager
async def started(broker: KafkaBroker) -> AsyncIterator[None]:
    await broker.start()
    try:
        yield
    finally:
        await broker.stop()


async def tell(broker: KafkaBroker, name: str, subject: str, fact: object) -> None:
    """As evaluation's relay publishes."""
    data: dict[str, object] = adapter(type(fact)).dump_python(fact, mode="json")
    event = CloudEvent(
        id=new_id("evt"),
        type=f"congvu.evaluation.{name}.v1",
        source="//congvu/evaluation",
        subject=subject,
        time=NOW,
        sequence=1,
        data=data,
    )
    await broker.publish("congvu.evaluation.v1", [signed(event)])


async def heard(brokers: str, *types: str) -> list[Mapping[str, object]]:
    """Events of these types from feedback's topic, type and body, once all have come; between them
    others may come, as a checkpoint of the log does whenever it is due."""
    consumer = AIOKafkaConsumer(
        "congvu.feedback.v1", bootstrap_servers=brokers, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        found: list[Mapping[str, object]] = []
        missing = Counter(types)
        async with asyncio.timeout(30):
            while missing.total():
                record = await consumer.getone()
                kind = dict(record.headers)["ce_type"].decode()
                if missing[kind]:
                    missing[kind] -= 1
                    found.append({"type": kind, **json.loads(record.value)})
        return found
    finally:
        await consumer.stop()


@pytest.mark.mongo
@pytest.mark.kafka
async def test_from_evaluations_events_to_the_index_on_the_topic(
    settings: FeedbackSettings,
) -> None:
    broker = KafkaBroker(settings.kafka_brokers, idempotence=False, partitions=1)

    with closing(connect(settings.mongo_url)) as mongo:
        database = mongo[settings.mongo_database_prefix + "feedback"]
        uow = MongoUnitOfWork(database, signer=signer("feedback"), clock=FixedClock(NOW))
        async with running(settings) as client, started(broker):
            # The counter comes before the ward above it, as partitions may bring them.
            for unit_id, parent_id in ((people.COUNTER, people.WARD), (people.WARD, None)):
                fact = reactions.UnitSynced(
                    unit_id=unit_id, name="x", province="56", revision=1, parent_id=parent_id
                )
                await tell(broker, "org_unit.synced", unit_id, fact)
            await tell(broker, "dossier.recorded", "dossier_1", dossier_fact(1))
            await tell(broker, "period.opened", PERIOD, period_fact(minimum_answers=1))
            asked = {"unit": people.COUNTER, "period": PERIOD}

            async def known() -> bool:
                answer = await ask(client, settings, SATISFACTION, **asked)
                return answer["data"]["satisfaction"] is not None

            await eventually(known, within_s=30, what="the period is known")
            await rate(uow, make_needs(), rating())
            units = (people.WARD, people.COUNTER)
            frozen = reactions.PeriodFrozen(period_id=PERIOD, province="56", unit_ids=units)
            await tell(broker, "period.frozen", PERIOD, frozen)
            events = await heard(settings.kafka_brokers, RECEIVED, CHECKPOINTED, COMPUTED, COMPUTED)
            answer = await ask(client, settings, SATISFACTION, **asked)
            log = await ask(client, settings, "{ logCheckpoints { edges { node { size } } } }")

    indexes = [event for event in events if "index_id" in event]
    assert {(event["unit_id"], event["index"], event["state"]) for event in indexes} == {
        (people.WARD, "1", "MEASURED"),
        (people.COUNTER, "1", "MEASURED"),
    }
    assert answer["data"]["satisfaction"] == {"answers": 1, "state": "MEASURED"}
    assert log["data"]["logCheckpoints"]["edges"] == [{"node": {"size": 0}}]


RATE = """mutation Rate($input: SubmitSatisfactionInput!) { submitSatisfaction(input: $input) {
  __typename ... on Submission { id receipt } ... on Problem { code message } } }"""


@pytest.mark.mongo
@pytest.mark.kafka
async def test_what_citizens_send_is_acknowledged_while_the_broker_is_away(
    settings: FeedbackSettings, table_issuer: TableIssuer, own_embedded_broker: Server
) -> None:
    """With a receipt that is kept: the answer is in the log, and told once the broker is back."""
    knows = settings.model_copy(
        update={"jwks_url": table_issuer.jwks_url, "issuer": ISSUER, "audience": AUDIENCE}
    )
    broker = KafkaBroker(settings.kafka_brokers, idempotence=False, partitions=1)
    sent = rating()
    portal = {"sub": people.PORTAL.subject, "roles": ["service-portal"], "province": "56"}
    given = {
        "idempotencyKey": new_key(),
        "dossierCode": sent.dossier_code,
        "ratingCode": sent.rating_code,
        "submitterToken": sent.submitter_token,
        "answer": "SATISFIED",
    }
    async with running(knows) as client:
        async with started(broker):
            fact = reactions.UnitSynced(unit_id=people.COUNTER, name="x", province="56", revision=1)
            await tell(broker, "org_unit.synced", people.COUNTER, fact)
            await tell(broker, "dossier.recorded", "dossier_1", dossier_fact(1))
            with closing(connect(settings.mongo_url)) as mongo:
                dossiers = mongo[settings.mongo_database_prefix + "feedback"]["dossiers"]

                async def known() -> bool:
                    return await dossiers.count_documents({}) == 1

                await eventually(known, within_s=30, what="the dossier is known")
        own_embedded_broker.kill()
        body = json.dumps({"query": RATE, "variables": {"input": given}}).encode()
        token = signed_token(portal, {})
        headers = headers_for(knows.url, body, authorization=f"Bearer {token}")

        answer = (await client.post("/graphql", content=body, headers=headers)).json()

        took = answer["data"]["submitSatisfaction"]
        assert took["__typename"] == "Submission", took
        assert took["receipt"]

        async def merged() -> bool:
            asked = "{ publicLog { edges { node { subject type } } } }"
            entries = (await ask(client, knows, asked))["data"]["publicLog"]["edges"]
            return took["id"] in [each["node"]["subject"] for each in entries]

        await eventually(merged, within_s=30, what="the answer is in the log")
        own_embedded_broker.start()
        (told,) = await heard(settings.kafka_brokers, RECEIVED)
    assert told["submission_id"] == took["id"]


def test_a_given_key_folder_must_hold_the_keys(tmp_path: Path) -> None:
    """Only the data folder's own keys are made at first start; replicas share given ones."""
    with pytest.raises(BadSettings, match="is no folder"):
        load_keys(tmp_path / "given", tmp_path, production=True)

    create_keys(tmp_path / "given")
    first = load_keys(tmp_path / "given", tmp_path, production=True)
    own = load_keys(None, tmp_path / "data", production=False)
    again = load_keys(None, tmp_path / "data", production=False)

    assert first.now.vault != own.now.vault
    assert own.now.vault == again.now.vault
    with pytest.raises(BadSettings, match="make-log-keys"):
        load_keys(None, tmp_path / "data", production=True)
    (tmp_path / "given" / "vault.key").write_text("00" * 8)
    with pytest.raises(BadSettings, match=r"vault\.key holds no key"):
        load_keys(tmp_path / "given", tmp_path, production=True)
