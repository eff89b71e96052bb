"""The demo data is loaded once, into a platform that nobody has used."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from congvu_kit.adapters.outbox import OUTBOX
from congvu_local.demo import FILE, DemoData, is_loaded


@pytest.fixture
def client(mongo_url: str) -> Iterator[MongoClient[dict[str, object]]]:
    opened: MongoClient[dict[str, object]] = MongoClient(mongo_url)
    yield opened
    opened.close()


@pytest.fixture
def make_data(tmp_path: Path, mongo_url: str, mongo_database: str) -> Callable[[], DemoData]:
    """As one start of the platform after the other makes it."""
    prefix = f"{mongo_database}_"
    return lambda: DemoData(tmp_path / FILE, mongo_url=mongo_url, database_prefix=prefix)


async def _nothing() -> None:
    """A loader with nothing to do."""


async def _breaks_off() -> None:
    raise ConnectionError("the gateway is gone")


def test_it_is_loaded_once(make_data: Callable[[], DemoData], tmp_path: Path) -> None:
    first = make_data()
    wanted_at_first = first.wanted()
    first.load(_nothing)

    again = make_data()
    assert (wanted_at_first, again.wanted(), is_loaded(tmp_path)) == (True, False, True)


def test_a_broken_load_is_taken_up_again(make_data: Callable[[], DemoData], tmp_path: Path) -> None:
    with pytest.raises(ConnectionError, match="the gateway is gone"):
        make_data().load(_breaks_off)

    again = make_data()
    assert (again.wanted(), is_loaded(tmp_path)) == (True, False)


def test_a_platform_in_use_gets_none(
    make_data: Callable[[], DemoData],
    client: MongoClient[dict[str, object]],
    mongo_database: str,
    tmp_path: Path,
) -> None:
    database = f"{mongo_database}_feedback"
    client[database][OUTBOX].insert_one({"_id": "a first event"})
    try:
        data = make_data()

        assert (data.wanted(), is_loaded(tmp_path)) == (False, False)
    finally:
        client.drop_database(database)
