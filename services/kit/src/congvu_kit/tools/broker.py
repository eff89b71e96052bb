"""Who may do what on the broker, from what the services publish and read, and its preparation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ConfigResource,
    ConfigResourceType,
    KafkaAdminClient,
    ResourcePattern,
    ResourceType,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from kafka.errors import TopicAlreadyExistsError

from congvu_kit.adapters.dead_letters import TOPIC_SETTINGS
from congvu_kit.adapters.kafka import copies_of
from congvu_kit.service.definition import dead_letters_of, group_of, topic_of
from congvu_kit.tools.failure import Failure

OPERATOR = "operator"
"""Sends dead letters again, and notes what became of each. It may write to every topic and cannot
sign: consumers believe only what it found."""

SCRAM_ITERATIONS = 4096
"""The least that Kafka takes; passwords are long and random."""


class Reads(Protocol):
    """What of a service's contracts counts here."""

    @property
    def service(self) -> str: ...
    @property
    def consumes(self) -> Sequence[str]: ...


@dataclass(frozen=True, order=True)
class Right:
    """One user's rights on one topic or group; Kafka adds the right to describe it."""

    user: str
    kind: str
    name: str
    operation: str


def rights(services: Sequence[Reads]) -> list[Right]:
    """The least with which everything works."""
    return sorted({right for each in services for right in _rights_of(each)})


def _rights_of(each: Reads) -> Iterator[Right]:
    own, letters = topic_of(each.service), dead_letters_of(each.service)
    yield Right(each.service, "topic", own, "WRITE")
    yield Right(each.service, "topic", letters, "WRITE")
    yield Right(each.service, "group", group_of(each.service), "READ")
    for other in each.consumes:
        yield Right(each.service, "topic", topic_of(other), "READ")
    yield Right(OPERATOR, "topic", own, "WRITE")
    yield Right(OPERATOR, "topic", letters, "READ")
    yield Right(OPERATOR, "topic", letters, "WRITE")


def table(granted: Sequence[Right]) -> str:
    """As docs/operations.md shows it."""
    lines = ["| user | may write | may read | in the group |", "|---|---|---|---|"]
    for user in sorted({each.user for each in granted}):
        mine = [each for each in granted if each.user == user]
        cells = (
            ", ".join(f"`{each.name}`" for each in mine if (each.kind, each.operation) == wanted)
            for wanted in (("topic", "WRITE"), ("topic", "READ"), ("group", "READ"))
        )
        lines.append(f"| `{user}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def prepare(
    brokers: str,
    security: dict[str, Any],
    services: Sequence[Reads],
    *,
    partitions: int,
    passwords: Path | None,
) -> None:
    """Make topics, users and rights; safe to repeat. With `passwords`, a folder with a file for
    each user, they get them. Needs a user who may everything."""
    granted = rights(services)
    admin = KafkaAdminClient(bootstrap_servers=brokers, **security)
    try:
        replicas, durable = copies_of(len(admin.describe_cluster()["brokers"]))
        shape = {"num_partitions": partitions, "replication_factor": replicas}
        for each in services:
            letters = {dead_letters_of(each.service): durable | TOPIC_SETTINGS}
            for topic, settings in ({topic_of(each.service): durable} | letters).items():
                keep_topic(admin, topic, shape, settings)
        if passwords is not None:
            _set_passwords(admin, sorted({each.user for each in granted}), passwords)
        failed = admin.create_acls([_acl(each) for each in granted])["failed"]
        if failed:
            raise Failure(
                vi=f"Hệ thống chuyển sự kiện từ chối cấp quyền: {failed}",
                en=f"the broker refused rights: {failed}",
            )
    finally:
        admin.close()


class Topics(Protocol):
    """What is asked of the broker's administration."""

    def create_topics(self, topics: dict[str, Any], /) -> Any: ...
    def alter_configs(self, resources: list[Any], /, *, raise_on_unknown: bool) -> Any: ...


def keep_topic(
    admin: Topics, topic: str, shape: dict[str, Any], settings: Mapping[str, str]
) -> None:
    """It is there with these settings, whether it is made now or was made with others."""
    try:
        admin.create_topics({topic: {**shape, "configs": settings}})
    except TopicAlreadyExistsError:
        resource = ConfigResource(ConfigResourceType.TOPIC, topic, settings)
        # The client would compare with what one broker says it knows, which lags behind.
        answered = admin.alter_configs([resource], raise_on_unknown=False)
        refused = {why for each in answered.values() for why in each.values()} - {"OK"}
        if refused:
            raise Failure(
                vi=f"Hệ thống chuyển sự kiện từ chối cấu hình của {topic}: {refused}",
                en=f"the broker refused settings of {topic}: {refused}",
            ) from None


def _set_passwords(admin: KafkaAdminClient, users: Sequence[str], folder: Path) -> None:
    wanted = [
        UserScramCredentialUpsertion(
            user,
            ScramMechanism.SCRAM_SHA_512,
            (folder / user).read_text().strip().encode(),
            iterations=SCRAM_ITERATIONS,
        )
        for user in users
    ]
    refused = {user: why for user, why in admin.alter_user_scram_credentials(wanted).items() if why}
    if refused:
        raise Failure(
            vi=f"Hệ thống chuyển sự kiện từ chối tạo tài khoản: {refused}",
            en=f"the broker refused users: {refused}",
        )


def _acl(right: Right) -> Any:
    return ACL(
        principal=f"User:{right.user}",
        host="*",
        operation=ACLOperation[right.operation],
        permission_type=ACLPermissionType.ALLOW,
        resource_pattern=ResourcePattern(ResourceType[right.kind.upper()], right.name),
    )
