"""Reads every event off Kafka and holds it against the schema that its publisher committed."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import ConsumerRecord

from congvu_demo.client import PATIENCE_S
from congvu_demo.story.telling import Story, Unexpected
from congvu_kit.service.definition import dead_letters_of, topic_of
from congvu_local.settings import SERVICES

SCHEMAS = Path(__file__).resolve().parents[5] / "services"
"""Where this repository keeps services/NAME/events/TYPE.schema.json."""

HEADERS = (
    "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_specversion", "ce_sequence",
    "content-type",
)  # fmt: skip

SILENCE_MS = 1_000
"""With nothing new for this long, a topic that nobody writes to any more is read."""


@dataclass(frozen=True)
class Told:
    """One message: its CloudEvents attributes, its key and its data."""

    headers: dict[str, str]
    key: str
    data: Any

    @property
    def type(self) -> str:
        return self.headers["ce_type"]

    @property
    def aggregate(self) -> tuple[str, str]:
        return (self.headers["ce_source"], self.key)


async def read_all(brokers: str, topics: Sequence[str]) -> list[Told]:
    """Everything from the beginning until nothing comes any more.

    End offsets would say when to stop, but the embedded broker's are too low.
    """
    consumer = AIOKafkaConsumer(
        *topics, bootstrap_servers=brokers, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    told: list[Told] = []
    try:
        while batches := await consumer.getmany(timeout_ms=SILENCE_MS):
            told += [_told(record) for batch in batches.values() for record in batch]
    finally:
        await consumer.stop()
    return told


def _told(record: "ConsumerRecord[bytes, bytes]") -> Told:
    headers = {name: value.decode() for name, value in record.headers}
    return Told(
        headers=headers, key=(record.key or b"").decode(), data=json.loads(record.value or b"null")
    )


def schema_of(service: str, type: str) -> dict[str, Any]:
    """Any: a JSON Schema."""
    file = SCHEMAS / service / "events" / f"{type}.schema.json"
    if not file.exists():
        raise Unexpected(f"{type} is on the topic but has no committed schema")
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def check(told: Sequence[Told]) -> None:
    """Raise `Unexpected` for a message that is no CloudEvent of its committed schema."""
    schemas: dict[str, Any] = {}
    for each in told:
        missing = [name for name in HEADERS if name not in each.headers]
        if missing:
            raise Unexpected(f"{each.headers.get('ce_type')} lacks {', '.join(missing)}")
        service = each.type.split(".")[1]
        schema = schemas.setdefault(each.type, schema_of(service, each.type))
        try:
            jsonschema.validate(each.data, schema)
        except jsonschema.ValidationError as error:
            raise Unexpected(f"{each.type} {each.headers['ce_id']}: {error.message}") from error


def regressions(told: Sequence[Told]) -> list[str]:
    """Ids of events that came before an earlier one of their aggregate.

    Of repeats the last counts: what was on its way when the embedded broker lost its log may reach
    the new one first, and everything is sent again after it (decision 0004).
    """
    final = {each.headers["ce_id"]: position for position, each in enumerate(told)}
    last: dict[tuple[str, str], int] = {}
    wrong = []
    for position, each in enumerate(told):
        if final[each.headers["ce_id"]] != position:
            continue
        sequence = int(each.headers["ce_sequence"])
        if sequence <= last.get(each.aggregate, 0):
            wrong.append(each.headers["ce_id"])
        last[each.aggregate] = sequence
    return wrong


EXPECTED = (
    "congvu.evaluation.org_unit.synced.v1",
    "congvu.evaluation.civil_servant.synced.v1",
    "congvu.catalogue.work_product.published.v1",
    "congvu.catalogue.release.published.v1",
    "congvu.evaluation.period.opened.v1",
    "congvu.evaluation.assignment.created.v1",
    "congvu.evaluation.dossier.recorded.v1",
    "congvu.feedback.submission.received.v1",
    "congvu.feedback.complaint.upheld.v1",
    "congvu.feedback.post_audit.requested.v1",
    "congvu.evaluation.period.frozen.v1",
    "congvu.feedback.index.computed.v1",
    "congvu.evaluation.evaluation.scored.v1",
    "congvu.evaluation.period.closed.v1",
)
"""One for each thing that the story has made happen by its end."""


def _missing(told: Sequence[Told]) -> list[str]:
    there = {each.type for each in told}
    return [type for type in EXPECTED if type not in there]


async def partners_read_the_events(story: Story) -> None:
    """The outbox relay may be a moment behind: it is read until the last event is there."""
    brokers = story.place.kafka_brokers
    if brokers is None:
        story.said("nobody here may read the broker: left out")
        return
    topics = [topic_of(service) for service in SERVICES]

    deadline = time.monotonic() + PATIENCE_S
    told = await read_all(brokers, topics)
    while _missing(told) and time.monotonic() < deadline:
        told = await read_all(brokers, topics)
    story.expect("event types that never came", _missing(told), [])
    check(told)
    counts = Counter(each.type for each in told)
    for type, count in sorted(counts.items()):
        story.said(f"{count:5} × {type}")
    story.expect("events out of order in their aggregate", regressions(told), [])
    dead = await read_all(brokers, [dead_letters_of(service) for service in SERVICES])
    story.expect("dead letters", [each.headers for each in dead], [])
    released = [each for each in told if each.type == "congvu.catalogue.release.published.v1"]
    ids = {each.data["release_id"] for each in released}
    story.expect("releases announced", set(story.facts.release_ids) <= ids, True)
