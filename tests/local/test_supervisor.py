"""A set of children: order, what a death means, and how one comes back."""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from congvu_local.errors import ProgramFailed
from congvu_local.room import Room
from congvu_local.supervisor import Supervisor
from local.children import program
from support.polling import until


class Told:
    """Collects what the supervisor tells, in order."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def __call__(self, name: str, what: str) -> None:
        self.lines.append((name, what))

    def has(self, name: str, beginning: str) -> bool:
        return any(who == name and what.startswith(beginning) for who, what in self.lines)


@pytest.fixture
def told() -> Told:
    return Told()


def test_tiers_start_in_order_and_all_end(tmp_path: Path, told: Told) -> None:
    supervisor = Supervisor(
        [[program(tmp_path, name="database")], [program(tmp_path, name="service")]], tell=told
    )

    supervisor.start()
    alive = [process.alive for process in supervisor.processes]
    supervisor.stop()

    assert [name for name, _ in told.lines] == ["database", "service"]
    assert alive == [True, True]
    assert not any(process.alive for process in supervisor.processes)


def test_a_failed_start_leaves_no_child(tmp_path: Path, told: Told) -> None:
    broken = program(tmp_path, "raise SystemExit(1)", name="broken")
    supervisor = Supervisor([[program(tmp_path, name="database")], [broken]], tell=told)

    with pytest.raises(ProgramFailed, match="broken ended by itself"):
        supervisor.start()

    assert not any(process.alive for process in supervisor.processes)


def test_a_death_is_told_by_name(tmp_path: Path, told: Told) -> None:
    supervisor = Supervisor([[program(tmp_path, name="a"), program(tmp_path, name="b")]], tell=told)
    supervisor.start()

    _kill_from_outside(supervisor, "b")

    with pytest.raises(ProgramFailed, match=r"b ended by itself \(signal 9\); its log is .*b\.log"):
        supervisor.wait(10)
    supervisor.stop()
    assert not any(process.alive for process in supervisor.processes)


def test_a_death_while_others_start_ends_the_start(tmp_path: Path, told: Told) -> None:
    short = program(tmp_path, "print('here', flush=True); raise SystemExit(4)", name="short")
    patient = program(tmp_path, "import time; time.sleep(60)", name="patient", ready_within_s=30)
    supervisor = Supervisor([[short], [patient]], tell=told)

    with pytest.raises(ProgramFailed, match=r"short ended by itself \(exit code 4\)"):
        supervisor.start()

    assert not any(process.alive for process in supervisor.processes)


def test_with_restarts_a_child_that_says_no_more_that_it_lives_is_ended_and_comes_back(
    tmp_path: Path, told: Told
) -> None:
    lives = threading.Event()
    lives.set()
    zombie = program(tmp_path, name="zombie", live=lives.is_set)
    supervisor = Supervisor([[zombie]], tell=told, restarts=True, liveless_s=1)
    supervisor.start()
    first = supervisor.process("zombie").pid

    until(lambda: told.has("zombie", "ready"), within_s=10, what="it runs")
    steady = supervisor.process("zombie").pid
    lives.clear()
    until(lambda: told.has("zombie", "lives and does not"), within_s=15, what="it is ended")
    lives.set()
    until(lambda: told.has("zombie", "ready again"), within_s=15, what="it is back")
    second = supervisor.process("zombie").pid
    supervisor.stop()

    assert (steady, second != first) == (first, True)


def test_with_restarts_a_child_comes_back_again_and_again(tmp_path: Path, told: Told) -> None:
    supervisor = Supervisor([[program(tmp_path)]], tell=told, restarts=True)
    supervisor.start()
    child = supervisor.process("child")

    for _ in range(2):
        first = child.pid
        supervisor.kill("child")
        until(lambda: told.has("child", "ready again"), within_s=10, what="it is back")
        assert child.alive
        assert child.pid != first
        told.lines.clear()

    supervisor.check()
    supervisor.stop()
    assert not child.alive


def test_without_restarts_a_child_killed_on_purpose_stays_down(tmp_path: Path, told: Told) -> None:
    supervisor = Supervisor([[program(tmp_path)]], tell=told)
    supervisor.start()
    child = supervisor.process("child")

    supervisor.kill("child")
    down = child.alive
    supervisor.restart("child")

    assert (down, child.alive) == (False, True)
    supervisor.check()
    _kill_from_outside(supervisor, "child")
    with pytest.raises(ProgramFailed):
        supervisor.wait(10)
    supervisor.stop()


def _kill_from_outside(supervisor: Supervisor, name: str) -> None:
    pid = supervisor.process(name).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_a_child_without_room_is_ended_and_comes_back_when_there_is_some(
    tmp_path: Path, told: Told
) -> None:
    room = [True]
    child = replace(program(tmp_path, name="database"), room=lambda: room[0])
    supervisor = Supervisor([[child]], tell=told)
    supervisor.start()
    process = supervisor.process("database")

    room[0] = False
    until(lambda: not process.alive, within_s=5, what="it is ended")
    supervisor.check()
    room[0] = True
    until(lambda: process.alive, within_s=5, what="it comes back")
    supervisor.stop()

    assert told.has("database", "is stopped: no room")


def test_room_that_was_short_must_be_more_than_enough(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)
    free_mb = disk.f_bavail * disk.f_frsize / 1_000_000
    plenty, short = Room(tmp_path, free_mb * 0.9), Room(tmp_path, free_mb * 0.9)
    short._enough = False

    assert (plenty(), short()) == (True, False)
    assert not Room(tmp_path, free_mb * 2)()
