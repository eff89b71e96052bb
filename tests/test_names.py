"""Names under which something is stored or addressed: `names.json` has them all.

A name that changes forgets what was kept under it: thirty days of idempotency keys, a group's
place in its topics, a collection. So it is written here a second time, and changing it takes two
hands. New names are added; old ones only go together with what was stored.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from catalogue_service.main import define as define_catalogue
from catalogue_service.settings import CatalogueSettings
from congvu_kit.adapters import leases, migrating, mongo, outbox, relay, sessions
from congvu_kit.application.commands import Command
from congvu_kit.service.app import ServiceDefinition
from congvu_kit.service.definition import dead_letters_of
from congvu_kit.service.settings import ServiceSettings
from evaluation_service.main import define as define_evaluation
from evaluation_service.settings import EvaluationSettings
from feedback_service.main import define as define_feedback
from feedback_service.settings import FeedbackSettings

NAMES: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("names.json").read_text())

S = TypeVar("S", bound=ServiceSettings)


def settings(kind: type[S], folder: Path) -> S:
    return kind(
        mongo_url="mongodb://x",
        kafka_brokers="x",
        jwks_url="x",
        issuer="x",
        audience="x",
        gateway_secret="s" * 32,
        profile="open",
        data_dir=str(folder),
        event_keys_dir=folder,
        event_key_file=folder / "key",
    )


@pytest.fixture
def definitions(tmp_path: Path) -> list[ServiceDefinition]:
    return [
        define_catalogue(settings(CatalogueSettings, tmp_path)),
        define_evaluation(settings(EvaluationSettings, tmp_path)),
        define_feedback(settings(FeedbackSettings, tmp_path)),
    ]


def commands(kind: type[Command] = Command) -> Iterator[type[Command]]:
    """Every command of a service that says its operation."""
    for each in kind.__subclasses__():
        if "operation" in vars(each) and "_service." in each.__module__:
            yield each
        yield from commands(each)


def operations(service: str) -> list[str]:
    return sorted(
        each.operation for each in commands() if each.__module__.startswith(f"{service}_")
    )


def test_what_a_service_stores_and_addresses_keeps_its_name(
    definitions: list[ServiceDefinition],
) -> None:
    found = {
        each.name: {
            "operations": operations(each.name),
            "collections": sorted(collection.name for collection in each.collections),
            "workers": sorted(worker.name for worker in each.workers),
            "group": each.group,
            "topic": each.topic,
            "dead_letters": dead_letters_of(each.name),
        }
        for each in definitions
    }

    assert found == {name: NAMES[name] for name in found}


def test_what_the_kit_stores_keeps_its_name() -> None:
    assert NAMES["kit"] == {
        "collections": sorted(
            [
                outbox.OUTBOX,
                relay.RELAY,
                leases.LEASES,
                mongo.INBOX,
                mongo.ANSWERS,
                migrating.MIGRATIONS,
                sessions.SESSIONS,
            ]
        )
    }
