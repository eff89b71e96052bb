"""The checks of the manifests find what they are there to find."""

import copy
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MANIFESTS: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "deploy/manifests.py"))

Resource = dict[str, Any]
CONTAINER = ("spec", "template", "spec", "containers", 0)
POD = CONTAINER[:3]


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
    assert list(MANIFESTS["problems_of"](MANIFESTS["resources"]())) == []
    assert list(MANIFESTS["kustomization_problems"]()) == []


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
        (without("NetworkPolicy", "nobody"), "no network policy denies what none allows"),
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
    broken = copy.deepcopy(MANIFESTS["resources"]())
    change(broken)

    found = list(MANIFESTS["problems_of"](broken))

    assert found
    assert found[0].startswith(problem)
