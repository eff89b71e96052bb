"""Checks the Kubernetes manifests as they are rendered: `python -m deploy.cluster.manifests`.

Against the published schemas by kubernetes-validate, and that no workload may do more than it
needs: no root, no writable root filesystem, no capabilities, limits, probes, replicas apart from
each other, a disruption budget that lets one go, a network policy that reaches what the settings
name, settings that the code reads, and no secret in the repository or in an environment.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import jsonschema
import yaml

from congvu_kit.service.settings import PLATFORM_NAMES, KafkaSettings
from deploy.cluster import reach
from deploy.cluster.rendering import FOLDER, ROOT, NotRendered, Resource, rendered, resources

OWN_PREFIXES = ("CATALOGUE_", "EVALUATION_", "FEEDBACK_", "PAGES_")
FEWEST = 2
"""Replicas of everything: one may go."""
KUSTOMIZATION = "kustomization.yaml"
RUNS = ("Deployment", "StatefulSet")
APART = ("kubernetes.io/hostname", "topology.kubernetes.io/zone")
OTHERS_NAMES = frozenset({"HOME", "LOG_DIR", "KAFKA_HEAP_OPTS", "SET"})
"""What the images of others read."""
MAY_BE_AWAY = "congvu.vn/may-be-away"
"""Says that one replica is enough, since nobody waits for it."""

POD = {
    "automountServiceAccountToken": False,
    "enableServiceLinks": False,
}
POD_SECURITY = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
SECURITY = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}
PROBES = ("startupProbe", "livenessProbe", "readinessProbe")


def schema_problems(found: Iterable[Resource]) -> Iterator[str]:
    """Kinds that others define have their schemas beside the manifests."""
    ours: list[Resource] = []
    builtin: list[Resource] = []
    for each in found:
        (ours if each["kind"] == "ScaledObject" else builtin).append(each)
    schema = json.loads((FOLDER / "schemas/scaledobject.json").read_text())
    for each in ours:
        for error in jsonschema.Draft7Validator(schema).iter_errors(each):
            yield f"ScaledObject {each['metadata']['name']}: {error.json_path}: {error.message}"
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump_all(builtin, file)
        file.flush()
        program = Path(sys.executable).parent / "kubernetes-validate"
        command = [str(program), "--strict", "--quiet", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f"kubernetes-validate: {done.stdout}{done.stderr}".strip()


def kustomization_problems() -> Iterator[str]:
    """A file that no kustomization lists is in no cluster."""
    for folder in sorted({each.parent for each in FOLDER.rglob("*.yaml")}):
        kustomization = yaml.safe_load((folder / KUSTOMIZATION).read_text())
        listed = {each for each in kustomization["resources"] if each.endswith(".yaml")}
        there = {each.name for each in folder.glob("*.yaml")} - {KUSTOMIZATION}
        for name in sorted(listed ^ there):
            yield f"{folder.name}: {KUSTOMIZATION} and the folder disagree about {name}"


def problems_of(found: Iterable[Resource]) -> Iterator[str]:
    by_kind: dict[str, list[Resource]] = {}
    for resource in found:
        by_kind.setdefault(resource["kind"], []).append(resource)
    for secret in by_kind.get("Secret", ()):
        yield f"the secret {secret['metadata']['name']!r} does not belong here"
    for service in by_kind.get("Service", ()):
        if service["spec"].get("type", "ClusterIP") != "ClusterIP":
            yield f"the service {service['metadata']['name']!r} is open to the outside"
    if not any(_denies_all(each) for each in by_kind.get("NetworkPolicy", ())):
        yield "no network policy denies what none allows"
    for kind in (*RUNS, "Job"):
        for workload in by_kind.get(kind, ()):
            name = workload["metadata"]["name"]
            for problem in _workload_problems(workload, by_kind):
                yield f"{kind} {name} {problem}"
    for settings in by_kind.get("ConfigMap", ()):
        if all(name.isupper() for name in settings["data"]):  # Others are files.
            yield from _unknown(settings["metadata"]["name"], settings["data"])
    for scaled in by_kind.get("ScaledObject", ()):
        yield from _scaling_problems(scaled, by_kind)


def _denies_all(policy: Resource) -> bool:
    spec = policy["spec"]
    return spec["podSelector"] == {} and not spec.keys() & {"ingress", "egress"}


def _workload_problems(workload: Resource, by_kind: dict[str, list[Resource]]) -> Iterator[str]:
    template = workload["spec"]["template"]
    labels, pod = template["metadata"]["labels"], template["spec"]
    yield from _differences("", POD, pod)
    yield from _differences("securityContext.", POD_SECURITY, pod.get("securityContext", {}))
    deployed = workload["kind"] in RUNS
    for container in pod["containers"]:
        yield from _container_problems(container)
        if deployed:
            yield from (f"has no {probe}" for probe in PROBES if probe not in container)
    if deployed:
        yield from _replica_problems(workload, by_kind)
    policies = [
        each["spec"]
        for each in by_kind.get("NetworkPolicy", ())
        if not deployed or "ingress" in each["spec"]
    ]
    if not any(_selects(each["podSelector"], labels) for each in policies):
        yield "has no NetworkPolicy of its own"


def _replica_problems(workload: Resource, by_kind: dict[str, list[Resource]]) -> Iterator[str]:
    """One may go, and the others are elsewhere."""
    labels = workload["spec"]["template"]["metadata"]["labels"]
    replicas = workload["spec"].get("replicas", FEWEST)  # Else its scaling says how many at least.
    if replicas < FEWEST and MAY_BE_AWAY not in workload["metadata"]["labels"]:
        yield f"has {replicas} replica"
    spread = {
        each["topologyKey"]
        for each in workload["spec"]["template"]["spec"].get("topologySpreadConstraints", ())
        if _selects(each["labelSelector"], labels)
    }
    yield from (f"is not spread over {key}" for key in APART if key not in spread)
    budgets = [
        each["spec"]
        for each in by_kind.get("PodDisruptionBudget", ())
        if _selects(each["spec"]["selector"], labels)
    ]
    if not budgets:
        yield "has no PodDisruptionBudget of its own"
    for each in budgets:
        if each.get("minAvailable", 0) >= replicas or each.get("maxUnavailable", 1) < 1:
            yield "has a PodDisruptionBudget that lets none go"


def _scaling_problems(scaled: Resource, by_kind: dict[str, list[Resource]]) -> Iterator[str]:
    """Its target is there, its figures are ours, and no consumer is one too many."""
    name, spec = scaled["metadata"]["name"], scaled["spec"]
    target = spec["scaleTargetRef"]["name"]
    if target not in {each["metadata"]["name"] for each in by_kind["Deployment"]}:
        yield f"ScaledObject {name} scales {target}, which is not there"
    if spec.get("minReplicaCount", 0) < FEWEST:
        yield f"ScaledObject {name} may leave fewer than {FEWEST}"
    partitions = KafkaSettings.model_fields["kafka_partitions"].default
    if spec["maxReplicaCount"] > partitions:
        yield f"ScaledObject {name} makes more consumers than there are partitions ({partitions})"
    figures = tomllib.loads((ROOT / "deploy/observability/metrics.toml").read_text())
    for trigger in spec["triggers"]:
        for figure in _figures_in(trigger["metadata"].get("query", "")):
            if name not in figures.get(figure, {}).get("parts", ()):
                yield f"ScaledObject {name} asks for {figure}, which {name} does not tell"


def _figures_in(query: str) -> Sequence[str]:
    return re.findall(r"congvu_\w+", query)


def _selects(selector: Resource, labels: dict[str, str]) -> bool:
    matched: dict[str, str] = selector.get("matchLabels", {})
    return bool(matched) and matched.items() <= labels.items()


def _container_problems(container: Resource) -> Iterator[str]:
    yield from _differences("securityContext.", SECURITY, container.get("securityContext", {}))
    limits = container.get("resources", {}).get("limits", {})
    yield from (f"has no limit of {each}" for each in ("cpu", "memory") if each not in limits)
    tag = container["image"].rpartition(":")[2]
    if tag == container["image"] or tag == "latest":
        yield f"runs the image {container['image']!r}, which is not pinned"
    given = container.get("env", ())
    yield from _unknown("", (each["name"] for each in given))
    for each in given:
        if "secretKeyRef" in each.get("valueFrom", {}):
            yield f"has the secret {each['name']} in its environment: mount it as a file"
    if any("secretRef" in each for each in container.get("envFrom", ())):
        yield "has a secret in its environment: mount it as a file"


def _unknown(where: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name not in PLATFORM_NAMES | OTHERS_NAMES and not name.startswith(OWN_PREFIXES):
            yield f"{where} sets {name}, which nothing reads".strip()
        if name.endswith(("PASSWORD", "SECRET")):
            yield f"{where} tells {name} in the open".strip()


def _differences(place: str, wanted: Resource, found: Resource) -> Iterator[str]:
    for name, value in wanted.items():
        if found.get(name) != value:
            yield f"has {place}{name} {found.get(name)}, not {value}"


def main() -> int:
    try:
        found = rendered()
    except NotRendered as exception:
        sys.stdout.write(f"kubernetes: the base alone was checked, as written: {exception}\n")
        found = resources()
    problems = [
        *schema_problems(found),
        *kustomization_problems(),
        *problems_of(found),
        *reach.problems_of(found),
    ]
    for problem in problems:
        sys.stderr.write(f"kubernetes: {problem}\n")
    if not problems:
        sys.stdout.write("manifests are sound\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
