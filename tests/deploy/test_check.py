"""The checks of the container files find what they are there to find."""

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECK: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "deploy/check.py"))

Services = dict[str, Any]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = CHECK["composed"]()
    return loaded


def test_the_files_as_committed_are_sound() -> None:
    assert list(CHECK["compose_problems"](compose())) == []
    assert list(CHECK["dockerfile_problems"](CHECK["DOCKERFILE"].read_text())) == []


def drop(name: str, key: str) -> Callable[[Services], object]:
    return lambda services: services[name].pop(key)


def put(name: str, key: str, value: object) -> Callable[[Services], object]:
    """`key` with dots goes into what is there."""

    def change(services: Services) -> None:
        inner, *rest = key.split("/")
        target = services[name]
        for each in rest:
            target, inner = target[inner], each
        target[inner] = value

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (drop("mongo", "healthcheck"), "mongo has no health check"),
        (
            put("gateway", "depends_on/feedback/condition", "service_started"),
            "gateway does not wait until feedback is healthy",
        ),
        (
            put("feedback", "depends_on/kafka-rights/condition", "service_healthy"),
            "feedback does not wait until kafka-rights is done",
        ),
        (
            put("gateway", "depends_on/nobody", {"condition": "service_healthy"}),
            "gateway depends on 'nobody', which is not there",
        ),
        (
            put("evaluation", "ports", ["4102:4102"]),
            "evaluation has a port outside the internal network",
        ),
        (
            put("evaluation", "environment/CONGVU_MONGO_ULR", "x"),
            "evaluation sets CONGVU_MONGO_ULR, which nothing reads",
        ),
        (
            put("feedback", "environment/CONGVU_KAFKA_PASSWORD", "x"),
            "feedback is told CONGVU_KAFKA_PASSWORD in its environment, where it can be seen",
        ),
        (
            put("gateway", "environment/CONGVU_ISSUER", "http://issuer:4199"),
            "gateway trusts the local issuer by CONGVU_ISSUER",
        ),
        (drop("catalogue", "read_only"), "catalogue may write to its root filesystem"),
        (put("kafka", "cap_drop", ["NET_RAW"]), "kafka keeps capabilities"),
        (drop("valkey", "security_opt"), "valkey may gain privileges"),
        (drop("mongo", "user"), "mongo runs as root"),
        (put("mongo", "user", "0:999"), "mongo runs as root"),
        (drop("gateway", "pids_limit"), "gateway has no pids_limit"),
        (drop("gateway", "mem_limit"), "gateway has no mem_limit"),
        (drop("gateway", "cpus"), "gateway has no cpus"),
        (put("mongo", "image", "mongo:8.0"), "mongo runs the image 'mongo:8.0', which is not"),
        (put("mongo", "image", "mongo"), "mongo runs the image 'mongo', which is not pinned"),
    ],
)
def test_what_is_open_is_found(change: Callable[[Services], object], problem: str) -> None:
    broken = json.loads(json.dumps(compose()))  # without what anchors share
    change(broken["services"])

    [found] = CHECK["compose_problems"](broken)

    assert found.startswith(f"compose: {problem}")


def test_a_digest_is_a_pin() -> None:
    pinned = compose()
    pinned["services"]["mongo"]["image"] = f"mongo:8@sha256:{'0' * 64}"

    assert list(CHECK["compose_problems"](pinned)) == []


def test_an_open_network_is_found() -> None:
    broken = compose()
    broken["networks"]["data"] = None

    [found] = CHECK["compose_problems"](broken)

    assert found == "compose: a network between the parts is not internal"


def test_a_source_that_is_not_there_and_a_moving_base_are_found() -> None:
    found = CHECK["dockerfile_problems"](
        "FROM python:3.11 AS base\nFROM base AS next\nCOPY requirements.lock nowhere ./\n"
    )

    assert list(found) == [
        "Dockerfile: the image 'python:3.11' is not pinned",
        "Dockerfile copies 'nowhere', which is not there",
    ]
