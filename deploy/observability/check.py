"""Alerts and dashboards against the catalogue of figures: `python deploy/observability/check.py`.

promtool judges the rules and runs their tests. Where it is missing this says so; where
`CONGVU_TEST_REQUIRE_PROMTOOL` is set that is a failure. `make promtool` puts it beside the other
tools (Debian's package, unpacked).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MANUAL = ROOT / "docs/operations.md"
OWN_PROMTOOL = ROOT / ".venv/promtool"

OTHERS = frozenset({"up", "process_resident_memory_bytes", "process_open_fds"})
"""What Prometheus itself and the client libraries tell."""
SUFFIXES = ("_bucket", "_sum", "_count")
SEVERITIES = frozenset({"page", "ticket"})


def catalogue() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "metrics.toml").read_text())


def rules() -> Sequence[Mapping[str, Any]]:
    groups = yaml.safe_load((HERE / "alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def alerts() -> Mapping[str, Mapping[str, Any]]:
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def dashboards() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for file in sorted((HERE / "dashboards").glob("*.json")):
        yield file.name, json.loads(file.read_text())


def queries() -> Iterator[tuple[str, str]]:
    """Every expression with where it stands."""
    for rule in rules():
        yield f"alerts.yaml: {rule.get('alert') or rule['record']}", rule["expr"]
    for name, board in dashboards():
        for panel in board["panels"]:
            for target in panel.get("targets", ()):
                yield f"{name}: {panel['title']}", target["expr"]


def names_in(expression: str) -> set[str]:
    plain = re.sub(r'"[^"]*"|\{[^}]*\}', "", expression)
    plain = re.sub(r"\b(by|on|without|ignoring)\s*\([^)]*\)", "", plain)
    return set(re.findall(r"(?<![:\w])[a-z]\w*_\w+(?![\w(:])|\bup\b", plain))


def unknown_names() -> Iterator[str]:
    known = set(catalogue())
    known |= {name + each for name, of in catalogue().items() for each in SUFFIXES
              if of["type"] == "histogram"}  # fmt: skip
    functions = {"humanize", "histogram_quantile", "label_replace"}
    for where, expression in queries():
        for name in sorted(names_in(expression) - known - OTHERS - functions):
            yield f"{where}: {name} is in no catalogue"


def faults_of_alerts() -> Iterator[str]:
    """Of what a person needs who is woken by one."""
    headings = re.findall(r"^#+ (\w+)$", MANUAL.read_text(), re.MULTILINE)
    tests = yaml.safe_load((HERE / "alerts.test.yaml").read_text())["tests"]
    asked = [each for test in tests for each in test["alert_rule_test"]]
    for name, alert in alerts().items():
        notes = alert["annotations"]
        if alert["labels"].get("severity") not in SEVERITIES:
            yield f"{name}: its severity is none of {', '.join(sorted(SEVERITIES))}"
        if not notes.get("summary"):
            yield f"{name}: has no summary"
        if notes.get("runbook") != f"docs/operations.md#{name.lower()}" or name not in headings:
            yield f"{name}: has no section of its own in docs/operations.md"
        fires = {bool(each["exp_alerts"]) for each in asked if each["alertname"] == name}
        if fires != {True, False}:
            yield f"{name}: no test in which it fires, or none in which it is silent"


def promtool() -> str | None:
    own = str(OWN_PROMTOOL) if OWN_PROMTOOL.exists() else None
    return own or shutil.which("promtool")


def judged_by_promtool(tool: str) -> Iterator[str]:
    for arguments in (["check", "rules", "alerts.yaml"], ["test", "rules", "alerts.test.yaml"]):
        done = subprocess.run(
            [tool, *arguments], cwd=HERE, capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield f"promtool {' '.join(arguments)}:\n{done.stdout}{done.stderr}"


def main() -> int:
    faults = [*unknown_names(), *faults_of_alerts()]
    if (tool := promtool()) is not None:
        faults += judged_by_promtool(tool)
    elif os.environ.get("CONGVU_TEST_REQUIRE_PROMTOOL"):
        faults.append("promtool is missing: `make promtool`")
    else:
        sys.stdout.write("alerts: promtool is missing, so rules were not run (`make promtool`)\n")
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
