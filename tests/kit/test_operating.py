"""What whoever runs the platform types."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from congvu_kit.adapters.signatures import read_owner
from congvu_kit.tools.broker import Right, rights
from congvu_kit.tools.cli import Failure, build

ROOT = Path(__file__).parents[2]


class Desks:
    service = "desks"
    consumes = ("chairs",)


def test_a_service_writes_its_own_topics_and_reads_what_it_listens_to() -> None:
    mine = [each for each in rights([Desks()]) if each.user == "desks"]

    assert mine == [
        Right("desks", "group", "congvu.desks", "READ"),
        Right("desks", "topic", "congvu.chairs.v1", "READ"),
        Right("desks", "topic", "congvu.desks.dlq", "WRITE"),
        Right("desks", "topic", "congvu.desks.v1", "WRITE"),
    ]


def test_the_manual_shows_the_rights_there_are() -> None:
    shown = CliRunner().invoke(build(), ["broker", "rights"]).output

    assert shown in (ROOT / "docs/operations.md").read_text()


def test_keys_are_made_once(tmp_path: Path) -> None:
    def make(*options: str) -> list[str]:
        done = CliRunner().invoke(build(), ["make-event-keys", str(tmp_path), *options])
        assert done.exit_code == 0
        return sorted(Path(each).name for each in done.output.split())

    assert make() == [
        f"{name}.pem" for name in ("catalogue", "evaluation", "feedback") for _ in "ab"
    ]
    assert make() == []
    assert len(read_owner("feedback", tmp_path).keys) == 1


@pytest.mark.parametrize("command", [["replay"], ["dlq", "list"], ["dlq", "redrive", "--all"]])
def test_a_service_that_is_not_there_has_no_dead_letters(command: list[str]) -> None:
    done = CliRunner().invoke(build(), [*command, "desk"], env={"CONGVU_KAFKA_BROKERS": "x"})

    assert isinstance(done.exception, Failure)
    assert "there are catalogue, evaluation, feedback" in str(done.exception)


@pytest.mark.parametrize(
    "options",
    [
        ["redrive"],
        ["redrive", "0/1", "--all"],
        ["drop", "0/1"],
        ["drop", "--by", "An", "--why", "a test"],
        ["drop", "0/1", "--by", " ", "--why", "a test"],
        ["drop", "0/1", "--by", "An", "--why", ""],
    ],
)
def test_letters_are_chosen_and_dropping_one_says_who_and_why(options: list[str]) -> None:
    command, *others = options

    done = CliRunner().invoke(build(), ["dlq", command, "catalogue", *others])

    assert done.exit_code == 2
