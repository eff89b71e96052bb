"""The consumer that the documents offer, run as it is, over an end of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.running import Gateway, World
from gateway.subgraphs import CHANGES
from support.polling import until

LISTEN = Path(__file__).parents[2] / "docs" / "examples" / "listen.py"
RESULT = "congvu.evaluation.evaluation.published.v1"
UNIT = "congvu.evaluation.org_evaluation.published.v1"
OPENED = "congvu.evaluation.period.opened.v1"


@pytest.fixture(autouse=True)
def feed() -> Iterator[None]:
    CHANGES[:] = [RESULT, OPENED, UNIT]
    yield
    CHANGES.clear()


def heard(gateway: Gateway, token: str, kept: Path, end: str) -> list[str]:
    """What it prints until it has kept the cursor `end`."""
    command = [sys.executable, str(LISTEN), gateway.base_url, "results", str(kept)]
    with subprocess.Popen(
        command, env={**os.environ, "TOKEN": token}, stdout=subprocess.PIPE, text=True
    ) as process:
        until(lambda: kept.read_text() == end, within_s=15, what=f"cursor {end}")
        process.send_signal(signal.SIGTERM)
        told, _ = process.communicate()
    return [json.loads(line)["type"] for line in told.splitlines()]


def test_it_hears_each_result_and_goes_on_where_it_stopped(
    gateway: Gateway, world: World, tmp_path: Path
) -> None:
    token, kept = world.issuer.token(), tmp_path / "cursor"
    kept.write_text("1")

    first = heard(gateway, token, kept, "3")
    CHANGES.extend((OPENED, RESULT))
    second = heard(gateway, token, kept, "5")

    assert (first, second) == ([UNIT], [RESULT])


def test_it_ends_with_the_reason_when_it_may_not_listen(gateway: Gateway, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, LISTEN, gateway.base_url, "results", tmp_path / "cursor"],
        env={**os.environ, "TOKEN": "nonsense"},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert ended.returncode == 1
    assert "UNAUTHENTICATED" in ended.stderr
