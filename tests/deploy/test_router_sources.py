"""What holds of the router where nobody compiles it, as in CI: it knows every setting and message
that both gateways read, and its lock is that of its manifest."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

GATEWAY = Path(__file__).parents[2] / "services/gateway"
ROUTER = GATEWAY / "router"
SOURCE = "\n".join(each.read_text() for each in sorted(ROUTER.glob("src/**/*.rs")))
MANIFEST = tomllib.loads((ROUTER / "Cargo.toml").read_text())
PACKAGES = tomllib.loads((ROUTER / "Cargo.lock").read_text())["package"]

SETTINGS = {each["key"] for each in json.loads((GATEWAY / "settings.json").read_text())["settings"]}
MESSAGES = set(json.loads((GATEWAY / "messages.json").read_text()))
ADDRESSES = re.compile(r"(catalogue|evaluation|feedback)Urls")
"""Read by the name of the service."""


def asked(pattern: str) -> set[str]:
    return set(re.findall(pattern, SOURCE))


def test_every_setting_that_is_read_is_described_and_every_one_described_is_read() -> None:
    read = asked(r'settings\s*\.(?:text|number|list)\("(\w+)"\)')
    described = {key for key in SETTINGS if not ADDRESSES.fullmatch(key)}

    assert read <= SETTINGS
    assert {key for key in described if f'"{key}"' not in SOURCE} == set()
    assert len(read) > 25


def test_every_message_that_is_said_is_there_and_every_one_there_is_said() -> None:
    said = asked(r'\bsay\("(\w+)"')

    assert said <= MESSAGES
    assert {key for key in MESSAGES if f'"{key}"' not in SOURCE} == set()
    assert len(said) > 5


def caret(requirement: str) -> SpecifierSet:
    """What Cargo reads into a version: up to the next that may break its callers."""
    if requirement.startswith("="):
        return SpecifierSet(f"=={requirement.removeprefix('=')}")
    parts = [int(each) for each in requirement.split(".")]
    first = next((at for at, each in enumerate(parts) if each), len(parts) - 1)
    next_one = ".".join(map(str, [*parts[:first], parts[first] + 1]))
    return SpecifierSet(f">={requirement},<{next_one}")


def unlocked(manifest: dict[str, object]) -> Iterator[str]:
    """Dependencies that the lock does not hold, or in no version that is asked for."""
    [own] = (each for each in PACKAGES if each["name"] == MANIFEST["package"]["name"])
    locked = {
        name: version for name, _, version in (each.partition(" ") for each in own["dependencies"])
    }
    yield from (name for name in locked if name not in manifest)
    for name, wanted in manifest.items():
        requirement = wanted["version"] if isinstance(wanted, dict) else str(wanted)
        versions = [
            each["version"]
            for each in PACKAGES
            if each["name"] == name and locked.get(name) in ("", each["version"])
        ]
        if not any(caret(requirement).contains(version.partition("+")[0]) for version in versions):
            yield name


def test_the_lock_is_that_of_the_manifest() -> None:
    assert list(unlocked(MANIFEST["dependencies"])) == []


@pytest.mark.parametrize(
    ("name", "version"),
    [("bytes", "2"), ("base64", "0.23"), ("hive-router", "=0.2.12"), ("x", "1")],
)
def test_a_manifest_that_changed_alone_is_told(name: str, version: str) -> None:
    assert list(unlocked({**MANIFEST["dependencies"], name: version})) == [name]


def test_a_dependency_that_is_gone_from_the_manifest_is_told() -> None:
    rest = {name: each for name, each in MANIFEST["dependencies"].items() if name != "url"}

    assert list(unlocked(rest)) == ["url"]
