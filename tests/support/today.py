"""The tests on another day: `CONGVU_TEST_TODAY=2027-02-28`, an instant (`2026-12-31T23:30`, in
Vietnam), or `another`, a day that follows from the calendar, so that all of them come up in time.

The clock of this process goes on from there. What needs a process or a server beside this one is
left out and says so: those keep the machine's clock.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from congvu_kit.domain.clock import VIETNAM

if TYPE_CHECKING:
    import time_machine

SETTING = "CONGVU_TEST_TODAY"
ANOTHER = "another"

DAYS_OF_FOUR_YEARS = 1461
STRIDE_DAYS = 100
"""One more than it has no divisor in common with the days of four years, so every one is met."""

HOURS = (time(0, 30), time(6, 30), time(12), time(23, 30))
"""In Vietnam: the day before in UTC, at work, and about to end."""

SERVERS = frozenset(
    {
        "broker_server", "database_server", "gateway", "own_apache_kafka", "own_database",
        "own_embedded_broker", "start_gateway", "strict_gateway", "world",
    }
)  # fmt: skip
MARKS = ("mongo", "kafka", "system")
STARTS = frozenset({"subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"})
"""Events by which Python says that another process comes to be (PEP 578)."""

_travel: "pytest.StashKey[time_machine.travel]" = pytest.StashKey()
_in_a_test = False


def another_day(today: datetime) -> datetime:
    """The day and hour of Vietnam that the tests of `today` meet besides."""
    number = today.toordinal()
    day = today.date() + timedelta(days=number * STRIDE_DAYS % DAYS_OF_FOUR_YEARS)
    return datetime.combine(day, HOURS[number % len(HOURS)], VIETNAM)


def reckoned(said: str, now: datetime) -> datetime:
    """The instant that the setting names; a day begins at nine."""
    if said == ANOTHER:
        return another_day(now.astimezone(VIETNAM))
    at = datetime.fromisoformat(said)
    if "T" not in said:
        at = at.replace(hour=9)
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def told(at: datetime) -> str:
    """So that the same day can be asked for again."""
    return at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def pytest_configure(config: pytest.Config) -> None:
    said = os.environ.get(SETTING)
    if not said:
        return
    import time_machine

    at = reckoned(said, datetime.now(UTC))
    # What processes share the work have the same day, whenever they start.
    os.environ[SETTING] = told(at)
    travel = time_machine.travel(int(at.timestamp()), tick=True)
    travel.start()
    config.stash[_travel] = travel
    sys.addaudithook(_leave_out_processes)


def pytest_unconfigure(config: pytest.Config) -> None:
    if travel := config.stash.get(_travel, None):
        travel.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if _travel not in config.stash:
        return
    left = [item for item in items if _needs_server(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not _needs_server(item)]


def _needs_server(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    marked = any(item.get_closest_marker(mark) for mark in MARKS)
    return marked or not SERVERS.isdisjoint(fixtures)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    global _in_a_test  # noqa: PLW0603 # a hook of the interpreter cannot be told otherwise
    _in_a_test = True
    try:
        return (yield)
    finally:
        _in_a_test = False


def _leave_out_processes(event: str, _: tuple[object, ...]) -> None:
    if _in_a_test and event in STARTS:
        raise pytest.skip.Exception("starts a process, which would have the machine's clock")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if _travel in config.stash:
        day = os.environ[SETTING]
        terminalreporter.write_line(f"these tests ran from {day} on: make test TODAY={day}")
