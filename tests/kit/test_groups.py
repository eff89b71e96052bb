"""A group of consumers whose members are killed, all or some, goes on in time: on both brokers."""

import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.consumer import HEARTBEATS, REJOINS, SESSION_TIMEOUT_S
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.domain.clock import SystemClock
from congvu_local.processes import Process, Program, python
from congvu_local.servers import system_environment
from kit.desks import DeskRenamed
from kit.member import BEGUN, EFFECTS, HELD
from support import event_keys
from support.event_keys import signed
from support.polling import eventually
from support.servers import Server

pytestmark = [pytest.mark.kafka]

PARTITIONS = 4
GOES_ON_S = (1 + 1 / REJOINS + 1 / HEARTBEATS) * SESSION_TIMEOUT_S
"""What `Consumer` promises."""
START_S = 15.0
"""Of a process, on a busy machine."""


@pytest.fixture(params=["the broker under test", "the embedded broker"])
def server(request: pytest.FixtureRequest) -> Server:
    embedded = request.param == "the embedded broker"
    made: Server = request.getfixturevalue("own_embedded_broker" if embedded else "broker_server")
    return made


class Group:
    """Its topic, and its members as processes."""

    def __init__(self, folder: Path, server: Server, topic: str) -> None:
        self._folder = folder
        self._topic = topic
        self._numbers = count()
        self._embedded = "Kafka" not in server.label
        self.brokers = server.address
        self.broker = KafkaBroker(
            self.brokers, idempotence=not self._embedded, partitions=PARTITIONS
        )
        self.members: list[Process] = []
        self.hold()

    def hold(self, *names: str) -> None:
        (self._folder / HELD).write_text(" ".join(names))

    def told(self, file: str) -> Sequence[str]:
        found = self._folder / file
        return found.read_text().split() if found.exists() else []

    def joined_by(self, members: int) -> None:
        for _ in range(members):
            name = f"member-{next(self._numbers)}"
            program = Program(
                name=name,
                command=[
                    *python("kit.member", str(self._folder), self.brokers, self._topic),
                    str(SESSION_TIMEOUT_S),
                    *(["--loses-log"] if self._embedded else []),
                ],
                log=self._folder / f"{name}.log",
                environment=system_environment({"PYTHONPATH": str(Path(__file__).parents[1])}),
            )
            self.members.append(Process(program))
            self.members[-1].spawn()

    def killed(self, members: int) -> None:
        for _ in range(members):
            self.members.pop(0).kill()

    async def send(self, *names: str) -> None:
        now = SystemClock().now()
        events = [
            CloudEvent(
                id=f"evt_{name}",
                type=DeskRenamed.TYPE,
                source="//congvu/test",
                subject=name,
                time=now,
                sequence=1,
                data={"name": name},
            )
            for name in names
        ]
        await self.broker.publish(self._topic, [signed(each) for each in events])

    async def done(self, *names: str, within_s: float) -> None:
        await eventually(
            lambda: set(names) <= set(self.told(EFFECTS)),
            within_s=within_s,
            what=f"{len(names)} facts, of each partition some",
        )


@pytest.fixture
async def group(tmp_path: Path, server: Server, topic_prefix: str) -> AsyncIterator[Group]:
    folder = tmp_path / "group"
    shutil.copytree(event_keys.folder(), folder)
    topic = f"{topic_prefix}desks"
    await ensure_topics(server.address, [topic], partitions=PARTITIONS)
    made = Group(folder, server, topic)
    await made.broker.start()
    yield made
    made.killed(len(made.members))
    await made.broker.stop()


def names(word: str) -> Iterator[str]:
    """Enough that every partition has some."""
    return (f"{word}{number}" for number in range(12))


@pytest.mark.parametrize(("killed", "come"), [(2, 2), (1, 0)], ids=["all", "some"])
async def test_who_is_left_or_comes_goes_on_after_members_were_killed_in_the_middle(
    group: Group, killed: int, come: int
) -> None:
    first, then = list(names("a")), list(names("b"))
    group.joined_by(2)
    await group.send(*first)
    await group.done(*first, within_s=START_S + GOES_ON_S)
    group.hold(*then)
    await group.send(*then)
    await eventually(
        lambda: len(group.told(BEGUN)) >= 2, within_s=START_S + GOES_ON_S, what="both at work"
    )

    before = [name for name in group.told(EFFECTS) if name in first]

    group.killed(killed)
    group.hold()
    group.joined_by(come)

    await group.done(*then, within_s=GOES_ON_S + (START_S if come else 0))
    # Members know nothing of each other's claims: what was read again would have an effect again.
    assert [name for name in group.told(EFFECTS) if name in first] == before
