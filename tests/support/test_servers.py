"""The test servers are real: transactions, order of messages, and what a kill leaves."""

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from motor.motor_asyncio import AsyncIOMotorClient

from support.fixtures import MakeTopic, create_topics
from support.servers import Server


async def _send(brokers: str, topic: str, *values: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=brokers, acks="all")
    await producer.start()
    try:
        for value in values:
            await producer.send_and_wait(topic, value, key=b"one")
    finally:
        await producer.stop()


async def _read(brokers: str, topic: str, count: int) -> list[bytes | None]:
    consumer = AIOKafkaConsumer(bootstrap_servers=brokers, auto_offset_reset="earliest")
    consumer.assign([TopicPartition(topic, 0)])
    await consumer.start()
    try:
        return [(await consumer.getone()).value for _ in range(count)]
    finally:
        await consumer.stop()


async def test_a_transaction_that_is_aborted_leaves_nothing(
    mongo_url: str, mongo_database: str
) -> None:
    client: AsyncIOMotorClient[dict[str, object]] = AsyncIOMotorClient(mongo_url)
    rows = client[mongo_database]["rows"]
    await rows.insert_one({"_id": "before"})

    async with await client.start_session() as session:
        session.start_transaction()
        await rows.insert_one({"_id": "inside"}, session=session)
        await session.abort_transaction()

    assert [row["_id"] async for row in rows.find()] == ["before"]
    client.close()


async def test_messages_of_one_key_arrive_in_order(
    kafka_brokers: str, make_topic: MakeTopic
) -> None:
    topic = await make_topic("facts")

    await _send(kafka_brokers, topic, b"first", b"second", b"third")

    assert await _read(kafka_brokers, topic, 3) == [b"first", b"second", b"third"]


async def test_an_acknowledged_write_survives_a_kill(own_database: Server) -> None:
    client: AsyncIOMotorClient[dict[str, object]] = AsyncIOMotorClient(own_database.address)
    rows = client["kept"]["rows"]
    await rows.insert_many([{"_id": n} for n in range(100)])

    own_database.kill()
    own_database.start()

    assert await rows.count_documents({}) == 100
    client.close()


async def test_apache_kafka_keeps_acknowledged_messages_over_a_kill(
    own_apache_kafka: Server,
) -> None:
    brokers = own_apache_kafka.address
    await create_topics(brokers, {"facts": 1})
    await _send(brokers, "facts", b"first", b"second")

    own_apache_kafka.kill()
    own_apache_kafka.start()

    assert await _read(brokers, "facts", 2) == [b"first", b"second"]
