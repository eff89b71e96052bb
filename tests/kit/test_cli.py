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
