"""Checks the Kubernetes manifests; part of `make check`.

Against the published schemas by kubernetes-validate, and that no workload may do more than it
needs: no root, no writable root filesystem, no capabilities, limits, probes, a disruption budget,
a network policy, settings that the code reads, and no secret in the repository.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from congvu_kit.service.settings import PLATFORM_NAMES

FOLDER = Path(__file__).resolve().parent / "kubernetes"
KUSTOMIZATION = "kustomization.yaml"
OWN_PREFIXES = ("CATALOGUE_", "EVALUATION_", "FEEDBACK_", "PAGES_")

Resource = dict[str, Any]

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


def files() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.yaml") if path.name != KUSTOMIZATION)


def resources() -> list[Resource]:
    loaded = (yaml.safe_load_all(path.read_text()) for path in files())
    return [resource for documents in loaded for resource in documents]


def schema_problems() -> Iterator[str]:
    program = Path(sys.executable).parent / "kubernetes-validate"
    command = [str(program), "--strict", "--quiet", *map(str, files())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f"kubernetes-validate: {done.stdout}{done.stderr}".strip()


def kustomization_problems() -> Iterator[str]:
    listed = set(yaml.safe_load((FOLDER / KUSTOMIZATION).read_text())["resources"])
    for name in sorted(listed ^ {path.name for path in files()}):
        yield f"{KUSTOMIZATION} and the folder disagree about {name}"


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
    for kind in ("Deployment", "Job"):
        for workload in by_kind.get(kind, ()):
            name = workload["metadata"]["name"]
            for problem in _workload_problems(workload, by_kind):
                yield f"{kind} {name} {problem}"
    for settings in by_kind.get("ConfigMap", ()):
        yield from _unknown(settings["metadata"]["name"], settings["data"])


def _denies_all(policy: Resource) -> bool:
    spec = policy["spec"]
    return spec["podSelector"] == {} and not spec.keys() & {"ingress", "egress"}


def _workload_problems(workload: Resource, by_kind: dict[str, list[Resource]]) -> Iterator[str]:
    template = workload["spec"]["template"]
    labels, pod = template["metadata"]["labels"], template["spec"]
    yield from _differences("", POD, pod)
    yield from _differences("securityContext.", POD_SECURITY, pod.get("securityContext", {}))
    for container in pod["containers"]:
        yield from _container_problems(container)
        if workload["kind"] == "Deployment":
            yield from (f"has no {probe}" for probe in PROBES if probe not in container)
    deployed = workload["kind"] == "Deployment"
    policies = [
        each["spec"]
        for each in by_kind.get("NetworkPolicy", ())
        if not deployed or "ingress" in each["spec"]
    ]
    if not any(_selects(each["podSelector"], labels) for each in policies):
        yield "has no NetworkPolicy of its own"
    budgets = [each["spec"] for each in by_kind.get("PodDisruptionBudget", ())]
    if deployed and not any(_selects(each["selector"], labels) for each in budgets):
        yield "has no PodDisruptionBudget of its own"


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
    names = {each["name"]: each.get("value") for each in container.get("env", ())}
    yield from _unknown("", names)


def _unknown(where: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name not in PLATFORM_NAMES and not name.startswith(OWN_PREFIXES):
            yield f"{where} sets {name}, which nothing reads".strip()
        if name.endswith(("PASSWORD", "SECRET")):
            yield f"{where} tells {name} in the open".strip()


def _differences(place: str, wanted: Resource, found: Resource) -> Iterator[str]:
    for name, value in wanted.items():
        if found.get(name) != value:
            yield f"has {place}{name} {found.get(name)}, not {value}"


def main() -> int:
    problems = [*schema_problems(), *kustomization_problems(), *problems_of(resources())]
    for problem in problems:
        sys.stderr.write(f"kubernetes: {problem}\n")
    if not problems:
        sys.stdout.write("manifests are sound\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
