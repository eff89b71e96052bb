"""The checks of the container files find what they are there to find."""

import runpy
from pathlib import Path
from typing import Any

import yaml

CHECK: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "deploy/check.py"))


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(CHECK["COMPOSE"].read_text())
    return loaded


def test_the_compose_file_as_committed_is_sound() -> None:
    assert list(CHECK["compose_problems"](compose())) == []


def test_a_part_without_health_or_order_is_found() -> None:
    broken = compose()
    del broken["services"]["mongo"]["healthcheck"]
    broken["services"]["gateway"]["depends_on"]["feedback"]["condition"] = "service_started"
    broken["services"]["gateway"]["depends_on"]["nobody"] = {"condition": "service_healthy"}

    assert list(CHECK["compose_problems"](broken)) == [
        "compose: mongo has no health check",
        "compose: gateway does not wait until feedback is healthy",
        "compose: gateway depends on 'nobody', which is not there",
    ]


def test_an_open_port_and_a_misspelt_variable_are_found() -> None:
    broken = compose()
    broken["services"]["evaluation"]["ports"] = ["4102:4102"]
    broken["services"]["evaluation"]["environment"]["CONGVU_MONGO_ULR"] = "x"

    assert list(CHECK["compose_problems"](broken)) == [
        "compose: evaluation has a port outside the internal network",
        "compose: evaluation sets CONGVU_MONGO_ULR, which nothing reads",
    ]


def test_a_source_that_is_not_there_is_found() -> None:
    found = list(CHECK["missing_sources"]("FROM x\nCOPY requirements.lock nowhere ./\n"))

    assert found == ["Dockerfile copies 'nowhere', which is not there"]
