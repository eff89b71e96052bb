"""Alerts and dashboards stand on figures that there are, and alerts fire when they should."""

import importlib.util
import os
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from congvu_kit.adapters import metrics

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("check", ROOT / "deploy/observability/check.py")
assert _spec is not None
assert _spec.loader is not None
check = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(check)


def test_every_query_names_figures_of_the_catalogue() -> None:
    assert list(check.unknown_names()) == []
    assert len(list(check.queries())) > 60


def test_every_alert_says_what_it_is_and_what_to_do() -> None:
    assert list(check.faults_of_alerts()) == []


def test_rules_fire_for_their_faults_and_are_silent_before() -> None:
    tool = check.promtool()
    if tool is None:
        no_promtool()

    assert list(check.judged_by_promtool(tool)) == []


def test_what_a_part_tells_is_as_prometheus_wants_it() -> None:
    """The gateway's are held to the same names, and told by its own library."""
    tool = check.promtool()
    if tool is None:
        no_promtool()

    told = metrics.exposed("feedback", metrics.SERVICES)
    judged = subprocess.run(
        [tool, "check", "metrics"], input=told, capture_output=True, check=False
    )

    ours = [line for line in judged.stdout.decode().splitlines() if line.startswith("congvu_")]
    assert (judged.stderr, ours) == (b"", [])
    assert told.count(b"# HELP congvu_") > 25


def no_promtool() -> NoReturn:
    if os.environ.get("CONGVU_TEST_REQUIRE_PROMTOOL"):
        pytest.fail("promtool is missing: `make promtool`")
    pytest.skip("no promtool here: `make promtool`")


def test_a_query_for_what_nobody_tells_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 'sum by (part) (rate(congvu_operations_total{part="gateway"}[5m])) / congvu_nothing'
    monkeypatch.setattr(check, "queries", lambda: [("here", asked)])

    assert list(check.unknown_names()) == ["here: congvu_nothing is in no catalogue"]


@pytest.mark.parametrize("dashboard", [name for name, _ in check.dashboards()])
def test_dashboards_are_what_they_are_made_of(dashboard: str) -> None:
    made = importlib.util.spec_from_file_location("boards", ROOT / "deploy/observability/boards.py")
    assert made is not None
    assert made.loader is not None
    boards = importlib.util.module_from_spec(made)
    made.loader.exec_module(boards)

    kept = (ROOT / "deploy/observability/dashboards" / dashboard).read_text()

    assert boards.texts()[dashboard] == kept
