"""The figures of every part are those of one catalogue, and the catalogue has no others."""

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.metrics import MetricWrapperBase

import catalogue_service.main
import evaluation_service.main
import feedback_service.main
import pages_service.main
from congvu_kit.adapters import metrics
from congvu_local.node import node_binary

ROOT = Path(__file__).parents[2]
CATALOGUE = tomllib.loads((ROOT / "deploy/observability/metrics.toml").read_text())
LOADED = (
    catalogue_service.main,
    evaluation_service.main,
    feedback_service.main,
    pages_service.main,
)
SERVICES = ("catalogue", "evaluation", "feedback")


READS_GATEWAY = """
const { createMetrics } = await import(process.argv[1]);
const made = createMetrics();
made.storeUp();
const all = await made.registry.getMetricsAsJSON();
const told = all.map(({ name, type, help }) => {
  return { name, type, help, labels: made.registry.getSingleMetric(name).labelNames ?? [] };
});
console.log(JSON.stringify(told));
"""

Told = dict[str, dict[str, object]]


def of_python() -> Iterator[tuple[str, MetricWrapperBase]]:
    """Every metric of ours with the module that declares it."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith("congvu_kit.") or name.partition(".")[0].endswith("_service"):
            for each in vars(module).values():
                if isinstance(each, MetricWrapperBase):
                    yield name, each


def parts_of(module: str, metric: MetricWrapperBase) -> tuple[str, ...]:
    owner = module.partition(".")[0].removesuffix("_service")
    if owner in SERVICES:
        return (owner,)
    assert module == metrics.__name__, f"{module} declares figures of its own"
    own = metric in metrics.SERVICES._collector_to_names
    return SERVICES if own else (*SERVICES, "pages")


def of_gateway() -> list[dict[str, object]]:
    module = (ROOT / "services/gateway/src/metrics.mjs").as_uri()
    done = subprocess.run(
        [str(node_binary()), "--input-type=module", "-e", READS_GATEWAY, module],
        cwd=ROOT / "services/gateway",
        capture_output=True,
        text=True,
        check=True,
    )
    told: list[dict[str, object]] = json.loads(done.stdout)
    return [each for each in told if not re.match("process_|nodejs_", str(each["name"]))]


@pytest.fixture(scope="module")
def declared() -> Told:
    """By name, as the code of all parts says it."""
    parts: defaultdict[str, set[str]] = defaultdict(set)
    found: Told = {}

    def tell(name: str, **about: object) -> None:
        assert found.setdefault(name, about) == about, f"{name} is told in two ways"

    for module, each in of_python():
        name = each._name + ("_total" if each._type == "counter" else "")
        labels = sorted(each._labelnames)
        tell(name, type=each._type, help=each._documentation, labels=labels)
        parts[name].update(parts_of(module, each))
    for told in of_gateway():
        labels = sorted(map(str, told["labels"]))  # type: ignore[call-overload] # a list in JSON
        tell(str(told["name"]), type=told["type"], help=told["help"], labels=labels)
        parts[str(told["name"])].add("gateway")
    return {name: {**about, "parts": sorted(parts[name])} for name, about in found.items()}


def test_the_catalogue_is_what_the_parts_tell(declared: Told) -> None:
    assert LOADED
    assert declared == CATALOGUE


@pytest.mark.parametrize("name", CATALOGUE)
def test_names_follow_the_conventions_of_prometheus(name: str) -> None:
    about = CATALOGUE[name]

    assert re.fullmatch(r"congvu_[a-z0-9]+(_[a-z0-9]+)*", name)
    assert name.endswith("_total") is (about["type"] == "counter")
    assert about["type"] != "histogram" or name.endswith("_seconds")
    assert not re.search(r"_(ms|milliseconds|minutes|mb|kb|count)$", name)
    assert about["help"][0].isupper() or about["help"][0] == "1"
    assert not about["help"].endswith(".")
    assert "part" not in about["labels"]
