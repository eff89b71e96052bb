"""A group of consumers whose members are killed, all or some, goes on in time: on both brokers."""

import os
import resource
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import count
from pathlib import Path
from time import monotonic

import pytest

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.consumer import HEARTBEATS, SESSION_TIMEOUT_S
from congvu_kit.adapters.kafka import KafkaBroker, ensure_topics
from congvu_kit.domain.clock import SystemClock
from congvu_local.processes import Process, Program, python, stop_all
from congvu_local.servers import system_environment
from kit.desks import DeskRenamed
from kit.member import BEGUN, EFFECTS, HELD
from support import event_keys
from support.event_keys import signed
from support.polling import eventually
from support.servers import Server

pytestmark = [pytest.mark.kafka]

PARTITIONS = 4
GOES_ON_S = (2 + 1 / HEARTBEATS) * SESSION_TIMEOUT_S
"""What `Consumer` promises."""
JOINING = "(Re-)joining group"
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
                stop_within_s=START_S,
                stop_signal=signal.SIGINT,
            )
            self.members.append(Process(program))
            self.members[-1].spawn()

    async def joining(self, member: Process) -> None:
        def begun() -> bool:
            log = member.program.log
            return log.exists() and JOINING in log.read_text()

        await eventually(begun, within_s=START_S, what=f"{member.name} joins")

    def told_to_end(self, members: Sequence[Process]) -> None:
        """As a deployment does: they say good-bye to the group, if they ever do."""
        stop_all(members)
        self.members = [each for each in self.members if each not in members]

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


async def test_who_comes_gets_partitions_when_all_others_leave_while_the_group_forms(
    group: Group,
) -> None:
    first, then = list(names("a")), list(names("b"))
    for _ in range(2):  # One after the other, so that the group is of a second generation.
        group.joined_by(1)
        await group.joining(group.members[-1])
    await group.send(*first)
    await group.done(*first, within_s=START_S + GOES_ON_S)
    group.joined_by(1)
    *leaving, _ = group.members
    await group.joining(group.members[-1])

    group.told_to_end(leaving)
    await group.send(*then)

    await group.done(*then, within_s=START_S + GOES_ON_S)


ASLEEP_S = 8.0
"""Longer than the group waits for a member."""
BACKLOG, BODY_CHARS = 2_000, 4_000
GROWTH_MAX_BYTES = 100_000_000
CATCH_UP_S = 60.0


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.timeout(180)
async def test_a_member_that_slept_catches_up_and_nobody_grows_by_it(group: Group) -> None:
    first = list(names("a"))
    group.joined_by(1)
    await group.send(*first)
    await group.done(*first, within_s=START_S + GOES_ON_S)
    [member] = group.members
    assert member.pid is not None
    pids = (os.getpid(), member.pid)
    before = [resident_bytes(pid) for pid in pids]

    # The child may stand behind others of its group: all of it sleeps.
    os.killpg(member.pid, signal.SIGSTOP)
    asleep_until = monotonic() + ASLEEP_S
    backlog = [f"s{number}-{'x' * BODY_CHARS}" for number in range(BACKLOG)]
    for start in range(0, BACKLOG, 100):
        await group.send(*backlog[start : start + 100])
    await eventually(lambda: monotonic() > asleep_until, within_s=ASLEEP_S, what="it slept")
    os.killpg(member.pid, signal.SIGCONT)

    await group.done(*backlog, within_s=CATCH_UP_S)
    grown = [resident_bytes(pid) - then for pid, then in zip(pids, before, strict=True)]
    assert max(grown) < GROWTH_MAX_BYTES
