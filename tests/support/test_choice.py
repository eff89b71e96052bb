"""The order in which tests choose their servers, and what is an error instead of a fall-back."""

from pathlib import Path

import pytest

from support import maven_kafka
from support.maven_kafka import KafkaNotResolved
from support.servers import GivenServer, start_broker, start_database


@pytest.fixture
def machine_without_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """No given address, no Docker engine, no Java and no Maven."""
    monkeypatch.delenv("CONGVU_TEST_KAFKA_BROKERS", raising=False)
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    monkeypatch.setenv("PATH", "")


def test_a_given_address_is_used_and_never_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONGVU_TEST_MONGO_URL", "mongodb://db.example:27017")
    monkeypatch.setenv("CONGVU_TEST_KAFKA_BROKERS", "kafka.example:9092")

    database, broker = start_database(tmp_path), start_broker(tmp_path)

    assert isinstance(database, GivenServer)
    assert (database.address, broker.address) == (
        "mongodb://db.example:27017",
        "kafka.example:9092",
    )
    broker.stop()
    with pytest.raises(RuntimeError, match="is not ours to kill"):
        broker.kill()


@pytest.mark.usefixtures("machine_without_java")
def test_without_java_the_embedded_broker_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONGVU_TEST_REQUIRE_KAFKA", raising=False)

    broker = start_broker(tmp_path)
    broker.stop()

    assert broker.label.startswith("Tansu")


@pytest.mark.usefixtures("machine_without_java")
def test_where_apache_kafka_is_required_falling_back_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONGVU_TEST_REQUIRE_KAFKA", "apache")

    with pytest.raises(KafkaNotResolved, match="java is not on the path"):
        start_broker(tmp_path)


def test_jars_that_cannot_be_had_leave_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"java": "exit 0", "mvn": "echo no such artifact; exit 1"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("CONGVU_CACHE_DIR", str(tmp_path / "cache"))

    with pytest.raises(KafkaNotResolved, match="no such artifact"):
        maven_kafka.jars()

    assert list((tmp_path / "cache").iterdir()) == []
