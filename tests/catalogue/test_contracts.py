"""What the catalogue publishes keeps its word, and what it reads is what others publish."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from catalogue_service.adapters.contracts import CONTRACTS
from catalogue_service.adapters.subscriptions import SUBSCRIPTIONS
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.documents import adapter
from congvu_kit.domain.aggregate import Event
from congvu_kit.tools.contracts import Published

ROOT = Path(__file__).parents[2]


def concrete(kind: type[Event]) -> Iterator[type[Event]]:
    for each in kind.__subclasses__():
        if "TYPE" in vars(each) and each.__module__.startswith("catalogue_service."):
            yield each
        yield from concrete(each)


def test_every_event_is_published_with_an_example() -> None:
    assert {each.kind for each in CONTRACTS.events} == set(concrete(Event))


@pytest.mark.parametrize("published", CONTRACTS.events, ids=lambda each: each.name)
def test_an_example_is_valid_and_comes_back_as_it_was(published: Published) -> None:
    data = published.example_data()

    jsonschema.validate(data, published.schema())

    assert adapter(published.kind).validate_python(data) == published.example


@pytest.mark.parametrize("subscription", SUBSCRIPTIONS, ids=lambda each: each.event_type)
def test_what_others_publish_is_read(subscription: Subscription[object]) -> None:
    service = subscription.event_type.split(".")[1]
    example = ROOT / f"services/{service}/events/{subscription.event_type}.example.json"

    fact = adapter(subscription.fact).validate_python(json.loads(example.read_text()))

    assert fact
