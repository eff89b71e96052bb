"""One process at a time, by the clock of the database."""

from datetime import timedelta

import pytest

from congvu_kit.adapters.leases import MongoLeases
from congvu_kit.adapters.mongo import Database

pytestmark = [pytest.mark.mongo]

LONG, OVER = timedelta(minutes=1), timedelta(seconds=-1)


async def test_one_holds_a_lease_and_renews_it(database: Database) -> None:
    first, second = MongoLeases(database), MongoLeases(database)

    taken = [await first.take("log", within=LONG), await first.take("log", within=LONG)]

    assert taken == [1, 2]
    assert await second.take("log", within=LONG) is None
    assert await second.take("other", within=LONG) == 1


async def test_one_that_ran_out_goes_to_another_with_a_higher_number(database: Database) -> None:
    first, second = MongoLeases(database), MongoLeases(database)

    before = await first.take("log", within=OVER)
    after = await second.take("log", within=LONG)

    assert before is not None
    assert after is not None
    assert after > before
    assert await first.take("log", within=LONG) is None
