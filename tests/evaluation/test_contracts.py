"""What evaluation promises is what is committed, and it reads what the others promise."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from congvu_kit.adapters.subscriptions import AnySubscription
from congvu_kit.application.documents import adapter
from congvu_kit.tools.contracts import Published, stale
from evaluation_service.adapters.contracts import CONTRACTS
from evaluation_service.adapters.subscriptions import REACTIONS

ROOT = Path(__file__).parents[2]


def test_the_committed_contracts_are_those_of_the_code() -> None:
    assert list(stale(ROOT, dict(CONTRACTS.files()))) == []


@pytest.mark.parametrize("event", CONTRACTS.events, ids=lambda event: event.name)
def test_every_example_is_valid(event: Published) -> None:
    jsonschema.validate(event.example_data(), event.schema())

    assert event.name.startswith("congvu.evaluation.")


@pytest.mark.parametrize("event", CONTRACTS.events, ids=lambda event: event.name)
def test_no_event_carries_a_persons_name(event: Published) -> None:
    assert "full_name" not in json.dumps(event.example_data())


@pytest.mark.parametrize("subscription", REACTIONS, ids=lambda each: each.event_type)
def test_the_publishers_examples_can_be_read(subscription: AnySubscription) -> None:
    service = subscription.event_type.split(".")[1]
    path = ROOT / "services" / service / "events" / f"{subscription.event_type}.example.json"
    example: dict[str, Any] = json.loads(path.read_text())

    fact = adapter(subscription.fact).validate_python(example)

    read = {name: value for name, value in vars(fact).items() if isinstance(value, str | int)}
    assert read
    assert {name: example[name] for name in read} == read
