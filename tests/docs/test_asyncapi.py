"""The AsyncAPI document: every message has an example, and each is what its schema says."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from congvu_kit.tools.contracts import ASYNCAPI

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / ASYNCAPI).read_text())
MESSAGES = [
    pytest.param(message, id=name)
    for channel in DOCUMENT["channels"].values()
    for name, message in channel["messages"].items()
]


@pytest.mark.parametrize("message", MESSAGES)
def test_every_example_is_what_the_document_says(message: dict[str, Any]) -> None:
    place = (ROOT / ASYNCAPI).parent / message["payload"]["$ref"]
    schema = yaml.safe_load(place.read_text())

    assert message["examples"]
    for example in message["examples"]:
        jsonschema.validate(example["payload"], schema)
        assert set(example["payload"]) == set(schema["properties"]), "an example shows every field"
        jsonschema.validate(example["headers"], message["headers"])


def test_every_operation_is_of_messages_that_there_are() -> None:
    for name, operation in DOCUMENT["operations"].items():
        for each in (operation["channel"], *operation.get("messages", ())):
            found: Any = DOCUMENT
            for part in each["$ref"].removeprefix("#/").split("/"):
                assert part in found, (name, each["$ref"])
                found = found[part]
