"""What was measured is told as it is: what missed its bound, what was not run, what broke off."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from congvu_faults import __main__ as command
from congvu_faults.figures import Figure, NotRun, Ran, read_json, table, write_json
from congvu_faults.running import Run, Scenario, Trial, ran

HELD = Figure(what="lost", value=0, bound=0, load=1.0)
MISSED = Figure(what="back after", value=16.04, unit="s", bound=15, load=2.0)
SLOW = Figure(what="events", value=1999, unit="/s", bound=2000, at_least=True, load=2.0)


async def holds(_: Trial) -> Sequence[Figure]:
    return [HELD]


async def misses(_: Trial) -> Sequence[Figure]:
    return [HELD, MISSED]


async def lacks(_: Trial) -> Sequence[Figure]:
    raise NotRun("libfaketime is missing")


async def breaks(_: Trial) -> Sequence[Figure]:
    raise TimeoutError("it never came\nat all")


def a_run(run: Run, folder: Path) -> Ran:
    return asyncio.run(ran(Scenario("some", "what it does", run), Trial(folder=folder, long=True)))


def test_a_figure_holds_to_its_bound_and_no_further() -> None:
    assert [each.holds for each in (HELD, MISSED, SLOW)] == [True, False, False]
    assert Figure(what="acknowledged", value=9e9).holds


def test_the_table_tells_what_missed_what_was_not_run_and_what_broke(tmp_path: Path) -> None:
    told = table([a_run(each, tmp_path) for each in (misses, lacks, breaks)]).splitlines()[2:]

    day = a_run(holds, tmp_path).at
    assert told == [
        f"| some | lost | 0 | ≤ 0 | 1 | {day} |",
        f"| some | back after | **16 s** | ≤ 15 s | 2 | {day} |",
        f"| some | not run: libfaketime is missing | | | | {day} |",
        f"| some | **broke off**: TimeoutError: it never came | | | | {day} |",
    ]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    run = a_run(misses, tmp_path)

    write_json([run], tmp_path / "var")

    assert read_json(tmp_path / "var") == [run]


@pytest.mark.parametrize(("run", "code"), [(holds, 0), (misses, 1), (lacks, 3), (breaks, 1)])
def test_the_command_passes_only_when_all_was_run_and_held(
    run: Run, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "SCENARIOS", [Scenario("some", "what it does", run)])

    assert command.main([]) == code
    assert (tmp_path / "var/faults/table.md").read_text().startswith("| scenario |")


def test_a_name_that_is_no_scenario_is_told() -> None:
    with pytest.raises(SystemExit, match="kills"):
        command.main(["--only", "nothing"])
