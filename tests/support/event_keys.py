"""Keys of the services for a test run, made once: who tells an event here also signs it."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from congvu_kit.adapters.cloudevents import CloudEvent
from congvu_kit.adapters.signatures import (
    EventOwner,
    EventSigner,
    create_keys,
    private_file,
    read_owner,
    read_signer,
)

SERVICES = ("catalogue", "evaluation", "feedback", "desks", "test")

_made = TemporaryDirectory(prefix="congvu-event-keys-")


@cache
def folder() -> Path:
    create_keys(Path(_made.name), SERVICES)
    return Path(_made.name)


def event_settings(service: str) -> dict[str, Any]:
    """What the settings of a service say about its events."""
    return {
        "event_keys_dir": folder(),
        "event_key_file": private_file(folder(), service),
    }


@cache
def signer(service: str) -> EventSigner:
    return read_signer(service, private_file(folder(), service))


@cache
def owner(service: str) -> EventOwner:
    return read_owner(service, folder())


def signed(event: CloudEvent, service: str | None = None) -> CloudEvent:
    """As its source would tell it, or as `service` would that pretends to be it."""
    by = signer(service or event.source.rpartition("/")[2])
    return replace(event, signature=by.sign(event))
