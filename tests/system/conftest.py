"""One platform, on which the main story is told once."""

import asyncio
from collections.abc import Iterator

import pytest

from congvu_demo.client import Gateway
from congvu_demo.story import tell_all
from congvu_local.platform import Platform
from congvu_local.settings import LocalSettings
from support.collector import Collector
from system.recording import Recording
from system.telling import Told

DATES_PASS = {"FEEDBACK_SWEEP_EVERY_S": "1"}
"""A story waits for what a passed date does: it is noticed within a second."""


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    record = Recording()

    async def tell(platform: Platform) -> None:
        async with Gateway(platform.base_url, patience_s=60) as gateway:
            await tell_all(platform, gateway, record)

    settings = LocalSettings(
        data_dir=tmp_path_factory.mktemp("story"), ports={"gateway": 0}, passed_on=DATES_PASS
    )
    collector = Collector()
    with collector.listening(), Platform(settings=settings) as platform:
        asyncio.run(tell(platform))
        yield Told(platform, record, collector)
