"""Whether the network policies let each part reach the addresses that its settings name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deploy.cluster.rendering import Resource

_HOST_AND_PORT = re.compile(r"(?:(\w+)://|[,@=/]|^)([a-z0-9.-]+)(?::(\d+))?(?=[/,?]|$)")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
OUTSIDE = "443"
"""What leaves the cluster: the issuer, and the platform's own public address."""


@dataclass(frozen=True)
class Pod:
    namespace: str
    labels: Mapping[str, str]
    ports: Mapping[str, int]
    """By name."""


@dataclass(frozen=True)
class Cluster:
    resources: Sequence[Resource]

    def of(self, *kinds: str) -> Iterator[Resource]:
        return (each for each in self.resources if each["kind"] in kinds)

    def namespace_labels(self, name: str) -> Mapping[str, str]:
        own = {"kubernetes.io/metadata.name": name}
        for each in self.of("Namespace"):
            if each["metadata"]["name"] == name:
                return {**own, **each["metadata"].get("labels", {})}
        return own

    def workloads(self) -> Iterator[tuple[Resource, Pod]]:
        for each in self.of("Deployment", "StatefulSet", "Job"):
            template = each["spec"]["template"]
            ports = {
                port["name"]: port["containerPort"]
                for container in template["spec"]["containers"]
                for port in container.get("ports", ())
            }
            yield each, Pod(each["metadata"]["namespace"], template["metadata"]["labels"], ports)

    def behind(self, host: str, port: int, namespace: str) -> list[tuple[Pod, int]]:
        """The pods that a name of the cluster leads to, each with its own port."""
        words = host.split(".")
        for service in self.of("Service"):
            name, of = service["metadata"]["name"], service["metadata"]["namespace"]
            # `mongos-0.mongos.congvu-data`: one pod of a service without an address of its own.
            here = of == namespace and name in (host, ".".join(words[1:]))
            if here or [name, of] in (words[:2], words[1:3]):
                return list(self._pods(service, port))
        return []

    def _pods(self, service: Resource, port: int) -> Iterator[tuple[Pod, int]]:
        for _, pod in self.workloads():
            chosen = service["spec"]["selector"].items() <= pod.labels.items()
            if chosen and pod.namespace == service["metadata"]["namespace"]:
                for each in service["spec"]["ports"]:
                    if each["port"] == port:
                        target = each.get("targetPort", port)
                        yield pod, pod.ports.get(target, target)

    def allows(self, source: Pod, target: Pod, port: int) -> bool:
        return self._way(source, "Egress", target, target, port) and self._way(
            target, "Ingress", source, target, port
        )

    def _way(self, at: Pod, direction: str, other: Pod, target: Pod, port: int) -> bool:
        """Whether one of the policies of `at` names `other`; who has none may do all."""
        policies = [
            each["spec"]
            for each in self.of("NetworkPolicy")
            if each["metadata"]["namespace"] == at.namespace
            and direction in each["spec"]["policyTypes"]
            and _selects(each["spec"]["podSelector"], at.labels)
        ]
        side = "to" if direction == "Egress" else "from"
        rules = [rule for each in policies for rule in each.get(direction.lower(), ())]
        return not policies or any(
            any(self._names(peer, at, other) for peer in rule.get(side, [{}]))
            and any(target.ports.get(p["port"], p["port"]) == port for p in rule["ports"])
            for rule in rules
        )

    def _names(self, peer: Mapping[str, Any], at: Pod, other: Pod) -> bool:
        if "ipBlock" in peer:
            return False
        spaces = peer.get("namespaceSelector")
        there = (
            other.namespace == at.namespace
            if spaces is None
            else _selects(spaces, self.namespace_labels(other.namespace))
        )
        return there and _selects(peer.get("podSelector", {}), other.labels)


def _selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    wanted: Mapping[str, str] = selector.get("matchLabels", {})
    return wanted.items() <= labels.items()


def problems_of(found: Sequence[Resource]) -> Iterator[str]:
    cluster = Cluster(found)
    for workload, pod in cluster.workloads():
        for text in _told(workload, cluster):
            for scheme, host, port in _HOST_AND_PORT.findall(text):
                number = port or _DEFAULT_PORTS.get(scheme)
                if number is None or host == "0.0.0.0":
                    continue
                targets = cluster.behind(host, int(number), pod.namespace)
                name = f"{workload['kind']} {workload['metadata']['name']}"
                if not targets and number != OUTSIDE:
                    yield f"{name} names {host}:{number}, where nothing is"
                for target, own in targets:
                    if target != pod and not cluster.allows(pod, target, own):
                        yield f"{name} may not reach {host}:{number}"


def _told(workload: Resource, cluster: Cluster) -> Iterator[str]:
    """Every value of its environment, and the words of its commands."""
    for container in workload["spec"]["template"]["spec"]["containers"]:
        yield from (str(each.get("value", "")) for each in container.get("env", ()))
        yield from container.get("command", ())
        wanted = [each["configMapRef"]["name"] for each in container.get("envFrom", ())]
        for each in cluster.of("ConfigMap"):
            if each["metadata"]["name"] in wanted:
                yield from each["data"].values()
