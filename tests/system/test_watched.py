"""Prometheus, with our rules and nothing else, watches the running platform."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from congvu_local.layout import Layout
from congvu_local.ports import LOOPBACK, free_port
from support.polling import until
from system.telling import Told

pytestmark = [pytest.mark.system]

ROOT = Path(__file__).parents[2]
OBSERVABILITY = ROOT / "deploy/observability"
PROMETHEUS = ROOT / ".venv/prometheus"

WATCHED_WITHIN_S = 30
FIRES_WITHIN_S = 60
"""A part that is gone is told 30 s after it was missed first."""


@dataclass(frozen=True)
class Prometheus:
    url: str

    def ask(self, path: str, **asked: str) -> Any:
        return httpx.get(f"{self.url}/api/v1/{path}", params=asked, timeout=10).json()["data"]

    def value(self, query: str) -> Sequence[Any]:
        found: Sequence[Any] = self.ask("query", query=query)["result"]
        return found

    def is_up(self) -> bool:
        try:
            return httpx.get(f"{self.url}/-/ready", timeout=1).is_success
        except httpx.HTTPError:
            return False


@pytest.fixture(scope="module")
def prometheus(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    if not PROMETHEUS.exists():
        if os.environ.get("CONGVU_TEST_REQUIRE_PROMTOOL"):
            pytest.fail("Prometheus is missing: `make promtool`")
        pytest.skip("no Prometheus here: `make promtool`")
    folder, port = tmp_path_factory.mktemp("prometheus"), free_port()
    settings = yaml.safe_load((OBSERVABILITY / "prometheus.yaml").read_text())
    settings["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    settings["rule_files"] = [str(OBSERVABILITY / "alerts.yaml")]
    [scraped] = settings["scrape_configs"]
    scraped["static_configs"] = [{"targets": addresses(told.platform.layout, scraped)}]
    (folder / "prometheus.yaml").write_text(yaml.safe_dump(settings))
    command = [
        str(PROMETHEUS),
        f"--config.file={folder / 'prometheus.yaml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={LOOPBACK}:{port}",
    ]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as running:
        watching = Prometheus(f"http://{LOOPBACK}:{port}")
        until(watching.is_up, within_s=WATCHED_WITHIN_S, what="Prometheus is up")
        yield watching
        running.terminate()


def addresses(layout: Layout, scraped: dict[str, Any]) -> list[str]:
    """Here, of the parts that are scraped there."""
    [there] = scraped["static_configs"]
    parts = [each.partition(":")[0] for each in there["targets"]]
    return [f"{LOOPBACK}:{layout.ports[part]}" for part in parts]


def test_every_part_is_watched_and_every_rule_is_understood(prometheus: Prometheus) -> None:
    until(
        lambda: len(prometheus.value('up{job="congvu"} == 1')) == 5,
        within_s=WATCHED_WITHIN_S,
        what="all five parts are up",
    )
    groups = prometheus.ask("rules")["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    until(
        lambda: all(
            rule["health"] == "ok"
            for group in prometheus.ask("rules")["groups"]
            for rule in group["rules"]
        ),
        within_s=WATCHED_WITHIN_S,
        what="every rule was judged",
    )
    assert len(rules) > 25
    asked = {
        selector
        for rule in rules
        for selector in re.findall(r"\bcongvu_\w+(?:{.*?})?", rule["query"])
    }
    unknown = {each for each in asked if not prometheus.value(f"count({each})")}
    assert unknown - NOT_HERE == set()


NOT_HERE = {
    'congvu_database_disk_bytes{kind="total"}',
    'congvu_database_disk_bytes{kind="used"}',
    "congvu_rate_limit_store_up",
    'congvu_operations_total{outcome=~"INTERNAL|UNAVAILABLE",part="gateway"}',
}
"""The embedded database says nothing of its disk, one gateway counts alone, and nothing failed."""


def test_a_part_that_does_not_answer_is_told_and_is_well_again(
    told: Told, prometheus: Prometheus
) -> None:
    def firing() -> set[str]:
        alerts = prometheus.ask("alerts")["alerts"]
        return {each["labels"]["alertname"] for each in alerts if each["state"] == "firing"}

    until(lambda: not firing(), within_s=FIRES_WITHIN_S, what="no alert while all is well")
    pages = told.platform.supervisor.process("pages").pid
    assert pages is not None
    os.kill(pages, signal.SIGSTOP)
    try:
        until(lambda: "CongvuPartDown" in firing(), within_s=FIRES_WITHIN_S, what="it is told")
    finally:
        os.kill(pages, signal.SIGCONT)
    until(lambda: not firing(), within_s=FIRES_WITHIN_S, what="and is over")
