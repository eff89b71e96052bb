"""What whoever runs the platform types."""

from pathlib import Path
from typing import Any

import pytest
from kafka.errors import TopicAlreadyExistsError
from typer.testing import CliRunner

from congvu_kit.adapters.signatures import read_owner
from congvu_kit.tools.broker import Right, keep_topic, rights
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


class Topics:
    """Of a cluster whose brokers have not heard yet of what its controller knows."""

    def __init__(self, answer: str = "OK") -> None:
        self.known: dict[str, dict[str, str]] = {}
        self.answer = answer

    def create_topics(self, topics: dict[str, Any]) -> None:
        for name, shape in topics.items():
            if name in self.known:
                raise TopicAlreadyExistsError
            self.known[name] = shape["configs"]

    def alter_configs(self, resources: list[Any], *, raise_on_unknown: bool) -> Any:
        if raise_on_unknown:
            raise ValueError("Unrecognized configs")
        for each in resources:
            self.known[each.name] = each.configs
        return {"topic": {each.name: self.answer for each in resources}}


def test_a_topic_gets_its_settings_made_now_or_from_before() -> None:
    cluster = Topics()

    for keep in ("1", "-1"):
        keep_topic(cluster, "desks", {"num_partitions": 4}, {"retention.ms": keep})

    assert cluster.known == {"desks": {"retention.ms": "-1"}}


def test_settings_that_the_broker_refuses_are_told() -> None:
    cluster = Topics("[Error 40] InvalidConfigurationError: retention.ms")
    keep_topic(cluster, "desks", {}, {})

    with pytest.raises(Failure, match=r"refused settings of desks.*InvalidConfiguration"):
        keep_topic(cluster, "desks", {}, {"retention.ms": "x"})


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
