"""What Kubernetes puts into the environment for a Service is taken for a setting by no part.

Made from the settings themselves: every name of every part, cut at each underscore, is the name
that some Service of the namespace may have.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from catalogue_service.settings import CatalogueSettings
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.service_links import without_service_links
from congvu_kit.service.settings import PLATFORM_NAMES, ReadSettings
from congvu_local.node import node_binary
from congvu_local.settings import LocalSettings
from evaluation_service.settings import EvaluationSettings
from feedback_service.settings import FeedbackSettings
from pages_service.settings import PagesSettings

GATEWAY = Path(__file__).parents[2] / "services/gateway"
PARTS: list[type[ReadSettings]] = [
    CatalogueSettings,
    EvaluationSettings,
    FeedbackSettings,
    PagesSettings,
]
NEEDED = {
    "CONGVU_MONGO_URL": "mongodb://mongo",
    "CONGVU_KAFKA_BROKERS": "kafka:9092",
    "CONGVU_JWKS_URL": "https://issuer.example.vn/keys",
    "CONGVU_ISSUER": "https://issuer.example.vn",
    "CONGVU_AUDIENCE": "congvu",
    "CONGVU_GATEWAY_SECRET": "s" * 32,
    "CONGVU_EVENT_KEYS_DIR": "/nowhere",
    **{f"{part}_EVENT_KEY_FILE": "/nowhere" for part in ("CATALOGUE", "EVALUATION", "FEEDBACK")},
}


def names_of(part: type[ReadSettings]) -> set[str]:
    prefix = str(part.model_config["env_prefix"])
    return {
        field.alias or f"{prefix}{name.upper()}" for name, field in part.model_fields.items()
    } | PLATFORM_NAMES


def services_like(names: set[str]) -> set[str]:
    """`CONGVU_GATEWAY_PORT`: Services called congvu, congvu-gateway and congvu-gateway-port."""
    words = [name.split("_") for name in names]
    return {"_".join(each[:end]) for each in words for end in range(1, len(each) + 1)}


def injected(service: str) -> dict[str, str]:
    """As the kubelet writes them, for one port with a name."""
    port = f"{service}_PORT_4101_TCP"
    return {
        f"{service}_SERVICE_HOST": "10.0.0.7",
        f"{service}_SERVICE_PORT": "4101",
        f"{service}_SERVICE_PORT_HTTP": "4101",
        f"{service}_PORT": "tcp://10.0.0.7:4101",
        port: "tcp://10.0.0.7:4101",
        f"{port}_PROTO": "tcp",
        f"{port}_PORT": "4101",
        f"{port}_ADDR": "10.0.0.7",
    }


def every_link(names: set[str]) -> dict[str, str]:
    return {
        name: value
        for service in services_like(names)
        for name, value in injected(service).items()
        if name not in NEEDED
    }


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in list(os.environ):
        if name.startswith(("CONGVU_", "CATALOGUE_", "EVALUATION_", "FEEDBACK_", "PAGES_")):
            monkeypatch.delenv(name)
    for name, value in NEEDED.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.parametrize("part", PARTS)
def test_a_service_of_the_namespace_sets_nothing(
    environment: pytest.MonkeyPatch, part: type[ReadSettings]
) -> None:
    alone = part.from_environment()
    links = every_link(names_of(part))
    assert f"{part.model_config['env_prefix']}PORT" in links

    for name, value in links.items():
        environment.setenv(name, value)

    assert part.from_environment() == alone


@pytest.mark.parametrize("part", PARTS)
def test_a_port_that_somebody_set_counts_beside_a_service(
    environment: pytest.MonkeyPatch, part: type[ReadSettings]
) -> None:
    prefix = str(part.model_config["env_prefix"])
    for name, value in injected(prefix.rstrip("_")).items():
        environment.setenv(name, value)
    environment.setenv(f"{prefix}PORT", "4242")

    assert part.from_environment().model_dump()["port"] == 4242


@pytest.mark.parametrize("part", PARTS)
def test_a_misspelt_name_beside_a_service_is_refused(
    environment: pytest.MonkeyPatch, part: type[ReadSettings]
) -> None:
    prefix = str(part.model_config["env_prefix"])
    for name, value in injected(prefix.rstrip("_")).items():
        environment.setenv(name, value)
    environment.setenv(f"{prefix}PROT", "4242")

    with pytest.raises(BadSettings, match=f"unknown environment variable: {prefix}PROT$"):
        part.from_environment()


def test_no_setting_has_a_name_that_a_service_would_take_away() -> None:
    """But for a port, which counts unless its value is an address."""
    named = {name for part in PARTS for name in names_of(part)}

    def beside(service: str) -> Mapping[str, str]:
        return {**injected(service), **dict.fromkeys(named, "1")}

    taken = {
        name
        for service in services_like(named)
        for name in named
        - without_service_links(injected(service) | dict.fromkeys(named, "1")).keys()
    }

    assert taken == set()


def test_the_embedded_profile_takes_none_either() -> None:
    links = every_link(set(PLATFORM_NAMES))
    alone = LocalSettings.from_environment({"PATH": "/bin"})

    assert LocalSettings.from_environment({"PATH": "/bin"} | links) == alone


def read_by_the_gateway(environments: Sequence[Mapping[str, str]]) -> Iterator[Any]:
    code = f"""
      import {{ readSettings }} from '{(GATEWAY / "src/config.mjs").as_uri()}';
      const told = JSON.parse(process.argv[1]).map(readSettings);
      console.log(JSON.stringify(told));
    """
    command = [str(node_binary()), "--input-type=module", "-e", code, json.dumps(environments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    yield from json.loads(done.stdout)


def test_the_gateway_takes_none_either() -> None:
    described = json.loads((GATEWAY / "settings.json").read_text())["settings"]
    links = every_link({row["name"] for row in described} | PLATFORM_NAMES)
    beside = injected("CONGVU_GATEWAY") | {"CONGVU_GATEWAY_PORT": "4242"}
    assert "CONGVU_GATEWAY_PORT" in links

    alone, linked, said = read_by_the_gateway([NEEDED, NEEDED | links, NEEDED | beside])

    assert linked == alone
    assert said == alone | {"port": 4242}
