"""The checks of the manifests find what they are there to find."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from catalogue_service.settings import CatalogueSettings
from congvu_kit.service.settings import ReadSettings
from deploy.cluster import manifests, reach
from deploy.cluster.rendering import NotRendered, Resource, rendered, resources
from evaluation_service.settings import EvaluationSettings
from feedback_service.settings import FeedbackSettings
from pages_service.settings import PagesSettings

CONTAINER = ("spec", "template", "spec", "containers", 0)
POD = CONTAINER[:3]
TRIGGER = ("spec", "triggers", 0, "metadata")
SECRET_VARIABLE = {
    "name": "CONGVU_KAFKA_PASSWORD_FILE",
    "valueFrom": {"secretKeyRef": {"name": "x", "key": "y"}},
}


_whole: list[Resource] = []


def whole() -> list[Resource]:
    """Rendered once; where no kustomize is, what is said of data and scaling is not looked at."""
    if not _whole:
        try:
            _whole.extend(rendered())
        except NotRendered as exception:
            pytest.skip(str(exception))
    return _whole


def changed(kind: str, name: str, *path: str | int, to: object) -> Callable[[list[Resource]], None]:
    def change(found: list[Resource]) -> None:
        *inner, last = path
        target: Any = next(
            each for each in found if (each["kind"], each["metadata"]["name"]) == (kind, name)
        )
        for each in inner:
            target = target[each]
        if to is None:
            del target[last]
        else:
            target[last] = to

    return change


def without(kind: str, name: str) -> Callable[[list[Resource]], None]:
    def change(found: list[Resource]) -> None:
        found[:] = [
            each for each in found if (each["kind"], each["metadata"]["name"]) != (kind, name)
        ]

    return change


def test_the_manifests_as_committed_are_sound() -> None:
    found = resources()

    assert list(manifests.problems_of(found)) == []
    assert list(manifests.kustomization_problems()) == []
    assert list(reach.problems_of(found)) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            changed("Deployment", "catalogue", *POD, "securityContext", "runAsNonRoot", to=False),
            "Deployment catalogue has securityContext.runAsNonRoot False, not True",
        ),
        (
            changed("Deployment", "gateway", *POD, "automountServiceAccountToken", to=None),
            "Deployment gateway has automountServiceAccountToken None, not False",
        ),
        (
            changed("Job", "broker-rights", *CONTAINER, "securityContext", to={"privileged": True}),
            "Job broker-rights has securityContext.allowPrivilegeEscalation None, not False",
        ),
        (
            changed("Deployment", "feedback", *CONTAINER, "resources", "limits", "memory", to=None),
            "Deployment feedback has no limit of memory",
        ),
        (
            changed("Deployment", "feedback", *CONTAINER, "readinessProbe", to=None),
            "Deployment feedback has no readinessProbe",
        ),
        (
            changed("Deployment", "feedback", *CONTAINER, "image", to="congvu/services:latest"),
            "Deployment feedback runs the image 'congvu/services:latest', which is not pinned",
        ),
        (
            changed("Deployment", "feedback", *CONTAINER, "env", 0, "name", to="CONGVU_X"),
            "Deployment feedback sets CONGVU_X, which nothing reads",
        ),
        (
            changed("ConfigMap", "servers", "data", "CONGVU_MONGO_PASSWORD", to="x"),
            "servers tells CONGVU_MONGO_PASSWORD in the open",
        ),
        (
            without("PodDisruptionBudget", "gateway"),
            "Deployment gateway has no PodDisruptionBudget",
        ),
        (
            without("NetworkPolicy", "feedback"),
            "Deployment feedback has no NetworkPolicy of its own",
        ),
        (
            changed("PodDisruptionBudget", "gateway", "spec", "minAvailable", to=2),
            "Deployment gateway has a PodDisruptionBudget that lets none go",
        ),
        (
            changed("StatefulSet", "mongo-north", "spec", "replicas", to=1),
            "StatefulSet mongo-north has 1 replica",
        ),
        (
            changed("StatefulSet", "kafka", *POD, "topologySpreadConstraints", to=[]),
            "StatefulSet kafka is not spread over kubernetes.io/hostname",
        ),
        (
            changed("StatefulSet", "mongos", *CONTAINER, "securityContext", to={}),
            "StatefulSet mongos has securityContext.allowPrivilegeEscalation None",
        ),
        (
            changed("Deployment", "feedback", *CONTAINER, "env", 0, to=SECRET_VARIABLE),
            "Deployment feedback has the secret CONGVU_KAFKA_PASSWORD_FILE in its environment",
        ),
        (
            changed("Deployment", "feedback", *CONTAINER, "envFrom", 0, to={"secretRef": {}}),
            "Deployment feedback has a secret in its environment",
        ),
        (
            changed("ScaledObject", "evaluation", "spec", "maxReplicaCount", to=7),
            "ScaledObject evaluation makes more consumers than there are partitions (6)",
        ),
        (
            changed("ScaledObject", "evaluation", "spec", "minReplicaCount", to=0),
            "ScaledObject evaluation may leave fewer than 2",
        ),
        (
            changed("ScaledObject", "evaluation", *TRIGGER, "query", to="sum(congvu_lag)"),
            "ScaledObject evaluation asks for congvu_lag, which evaluation does not tell",
        ),
        (
            changed("ScaledObject", "evaluation", "spec", "scaleTargetRef", "name", to="x"),
            "ScaledObject evaluation scales x, which is not there",
        ),
        (
            changed("Service", "feedback", "spec", "type", to="NodePort"),
            "the service 'feedback' is open to the outside",
        ),
        (
            changed("ConfigMap", "congvu", "kind", to="Secret"),
            "the secret 'congvu' does not belong here",
        ),
    ],
)
def test_what_is_open_is_found(change: Callable[[list[Resource]], None], problem: str) -> None:
    broken = copy.deepcopy(whole())
    change(broken)

    found = list(manifests.problems_of(broken))

    assert found
    assert found[0].startswith(problem)


def test_the_last_policy_that_denies_is_missed() -> None:
    broken = [each for each in whole() if each["metadata"]["name"] != "nobody"]

    assert "no network policy denies what none allows" in list(manifests.problems_of(broken))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            without("NetworkPolicy", "services-to-data"),
            "Deployment catalogue may not reach kafka.congvu-data:9092",
        ),
        (
            changed("NetworkPolicy", "gateway", "spec", "ingress", 1, "ports", 0, "port", to=1),
            "Deployment pages may not reach gateway:80",
        ),
        (
            changed("NetworkPolicy", "mongo-members", "spec", "egress", to=[]),
            "StatefulSet mongos may not reach mongo-config-0.mongo-config:27017",
        ),
        (
            without("Service", "feedback"),
            "Deployment gateway names feedback:4103, where nothing is",
        ),
    ],
)
def test_a_part_that_may_not_reach_what_it_names_is_found(
    change: Callable[[list[Resource]], None], problem: str
) -> None:
    broken = copy.deepcopy(whole())
    change(broken)

    assert problem in list(reach.problems_of(broken))


def test_what_no_schema_knows_is_found() -> None:
    broken = copy.deepcopy(whole())
    changed("ScaledObject", "feedback", "spec", "maxReplicas", to=3)(broken)
    changed("Deployment", "feedback", "spec", "replica", to=3)(broken)

    told = "\n".join(manifests.schema_problems(broken))

    assert "'maxReplicas' was unexpected" in told
    assert "'replica' was unexpected" in told


PARTS: dict[str, type[ReadSettings]] = {
    "catalogue": CatalogueSettings,
    "evaluation": EvaluationSettings,
    "feedback": FeedbackSettings,
    "pages": PagesSettings,
}


def environment_of(deployment: str, found: Sequence[Resource]) -> Iterator[tuple[str, str]]:
    by_name = {(each["kind"], each["metadata"]["name"]): each for each in found}
    pod = by_name["Deployment", deployment]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    for each in container.get("envFrom", ()):
        yield from by_name["ConfigMap", each["configMapRef"]["name"]]["data"].items()
    for each in container["env"]:
        yield each["name"], each["value"]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_starts_with_the_settings_of_its_pod(
    part: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("s" * 32)
    for name, value in environment_of(part, resources()):
        mounted = name.endswith(("_PASSWORD_FILE", "_SECRET_FILE"))
        monkeypatch.setenv(name, str(tmp_path / "secret") if mounted else value)

    read = PARTS[part].from_environment()

    assert read.model_dump()["host"] == "0.0.0.0"
