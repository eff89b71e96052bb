"""What citizens write in confidence lies open nowhere: not in a log, a topic, a metric, a file."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from pymongo import MongoClient

from congvu_demo.acts.world import World
from congvu_demo.cast import Cast
from congvu_demo.client import Gateway, Refused
from congvu_demo.dataset import dataset
from congvu_local.platform import Platform
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

SENDERS = 200


SHAPES = re.compile(
    r"Hoàng Ẩn Danh \d{3}|nguoi-gui-\d{3}"
    r"|(?<![0-9a-f])(?:09\d{8}|0010850\d{5})(?![0-9a-f])".encode()
)
"""One pass over what may be hundreds of megabytes; what has the shape is looked up."""


@dataclass(frozen=True)
class Canary:
    """Somebody who writes more about themself than they need to."""

    number: int

    @property
    def secrets(self) -> tuple[str, ...]:
        n = self.number
        return (f"Hoàng Ẩn Danh {n:03}", f"09{n:03}45678", f"0010850{n:05}", f"nguoi-gui-{n:03}")

    def suggestion(self, unit_id: str) -> dict[str, object]:
        name, phone, citizen, token = self.secrets
        return {
            "idempotencyKey": f"canary/{self.number}",
            "unitId": unit_id,
            "kind": "SUGGESTION",
            "text": f"Tôi là {name}, số {phone}, định danh {citizen}",
            "submitterToken": token,
        }


@pytest.fixture(scope="module")
def platform(told: Told) -> Platform:
    """Two hundred have written, and some wrote what does not fit or is not allowed."""

    async def write() -> None:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            data = dataset()
            world = World(gateway, Cast(data, told.platform.token_for), data)
            asked = [Canary(n).suggestion(world.commune_id) for n in range(SENDERS)]
            portal, then = world.cast.portal, "Submission { id }"
            sent = await gateway.do_all(portal, "submitSuggestion", asked, then)
            assert len({each["id"] for each in sent}) == SENDERS
            for broken in ({"kind": "x"}, {"text": ""}, {"unitId": "nowhere"}, {"text": [1]}):
                spoilt = {**asked[7], "idempotencyKey": "spoilt", **broken}
                with pytest.raises(Refused):
                    await gateway.do(portal, "submitSuggestion", spoilt, then)

    asyncio.run(write())
    return told.platform


def open_places(told: Told) -> Iterator[tuple[str, bytes]]:
    """Every file of the platform (logs, the broker's topics, the database), every stored row,
    every span, and what each service measures."""
    for body in told.collector.bodies:
        yield "spans", body
    platform = told.platform
    for path in sorted(platform.settings.data_dir.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes()
    with MongoClient[dict[str, object]](platform.mongo_url) as client:
        for name in client.list_database_names():
            for collection in client[name].list_collection_names():
                rows = "\n".join(str(row) for row in client[name][collection].find())
                yield f"{name}.{collection}", rows.encode()
    for service in ("catalogue", "evaluation", "feedback"):
        url = f"{platform.service_url(service)}/metrics"
        yield url, httpx.get(url).content


def test_the_search_finds_what_lies_open() -> None:
    written = str(Canary(7).suggestion("unit")).encode()

    assert {text.decode() for text in SHAPES.findall(written)} == set(Canary(7).secrets)


def test_what_was_written_in_confidence_lies_open_nowhere(platform: Platform, told: Told) -> None:
    secrets = {text.encode() for n in range(SENDERS) for text in Canary(n).secrets}
    places = list(open_places(told))

    found = {
        (place, text)
        for place, content in places
        for text in SHAPES.findall(content)
        if text in secrets
    }

    assert found == set()
    looked_at = {place for place, content in places if b"SUGGESTION" in content}
    assert any("feedback.submissions" in place for place in looked_at)
    assert any("feedback.log_entries" in place for place in looked_at)
    assert any(place.endswith(".log") for place, _ in places)
    assert any(place == "spans" and b"submitSuggestion" in content for place, content in places)
    assert platform is told.platform
