"""The tests can be run on another day, and in time every day comes up."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from congvu_local.servers import system_environment
from deploy.mutants.__main__ import unwatched
from support.today import SETTING, another_day, reckoned, told

TESTS = Path(__file__).parents[1]
NOON = datetime(2026, 11, 28, 5, tzinfo=UTC)

INNER = """
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

IMPORTED = datetime.now(UTC)

def test_day():
    assert IMPORTED.strftime("%Y-%m-%dT%H:%M") == "2026-12-31T16:30"
    assert time.time() > IMPORTED.timestamp()

def test_process():
    subprocess.run([sys.executable, "--version"])

@pytest.mark.mongo
def test_server():
    raise AssertionError("it has the machine's clock")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "test_inner.py").write_text(INNER)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  mongo: a server\n")
    return tmp_path


def run(folder: Path, **setting: str) -> subprocess.CompletedProcess[str]:
    environment = unwatched(system_environment({"PYTHONPATH": str(TESTS), **setting}))
    command = [sys.executable, "-m", "pytest", "-p", "support.today", "-p", "no:randomly", "-rs"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_clock_goes_on_from_the_day_and_what_has_another_clock_is_left_out(
    folder: Path,
) -> None:
    done = run(folder, **{SETTING: "2026-12-31T23:30"})

    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 skipped, 1 deselected" in done.stdout
    assert "starts a process, which would have the machine's clock" in done.stdout
    assert "ran from 2026-12-31T23:30 on: make test TODAY=2026-12-31T23:30" in done.stdout


def test_without_the_setting_nothing_is_moved_or_left_out(folder: Path) -> None:
    done = run(folder)

    assert "2 failed, 1 passed" in done.stdout
    assert "TODAY" not in done.stdout


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2027-02-28", datetime(2027, 2, 28, 2, tzinfo=UTC)),
        ("2026-12-31T23:30", datetime(2026, 12, 31, 16, 30, tzinfo=UTC)),
        ("2026-12-31T23:30+00:00", datetime(2026, 12, 31, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_day_is_one_of_vietnam_and_begins_at_nine(said: str, at: datetime) -> None:
    assert reckoned(said, NOON) == at


def test_what_is_told_can_be_asked_for_again() -> None:
    at = reckoned("another", NOON)

    assert reckoned(told(at), NOON + timedelta(days=3)) == at


def test_every_day_of_four_years_comes_up_in_as_many_days() -> None:
    first = date(2026, 11, 28)
    nights = [NOON + timedelta(days=days) for days in range(1461)]

    met = {another_day(night).strftime("%m-%d") for night in nights}
    by_weekday = {(another_day(night).strftime("%m-%d %a")) for night in nights}

    days = {(first + timedelta(days=each)).strftime("%m-%d") for each in range(1461)}
    assert met == days
    assert len(met) == 366
    assert len(by_weekday) > 1000


def test_a_day_follows_from_the_calendar_of_vietnam_alone() -> None:
    early, late = datetime(2026, 11, 27, 17, tzinfo=UTC), datetime(2026, 11, 28, 16, 59, tzinfo=UTC)

    assert reckoned("another", early) == reckoned("another", late)
    assert reckoned("another", late) != reckoned("another", late + timedelta(minutes=1))


def test_what_runs_again_on_another_day_is_there() -> None:
    paths = (TESTS / "dated.txt").read_text().split()

    assert paths == sorted(set(paths))
    assert [path for path in paths if not (TESTS.parent / path).exists()] == []


def test_make_runs_it_on_another_day_and_all_on_a_day_that_is_named() -> None:
    def made(*setting: str) -> list[str]:
        done = subprocess.run(
            ["make", "-n", "test", *setting],
            cwd=TESTS.parent,
            env=system_environment({}),
            capture_output=True,
            text=True,
            check=True,
        )
        return [line for line in done.stdout.splitlines() if " -m pytest " in line]

    whole, again = made()
    [that_day] = made("TODAY=2027-02-28")

    assert SETTING not in whole
    assert again.startswith(f"{SETTING}=another ")
    assert again.endswith(" @tests/dated.txt")
    assert that_day.startswith(f"{SETTING}=2027-02-28 ")
