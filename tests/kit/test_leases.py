"""One process at a time, by the clock of the database."""

from datetime import UTC, datetime, timedelta

import pytest

from congvu_kit.adapters import metrics
from congvu_kit.adapters.database_clock import DatabaseClock
from congvu_kit.adapters.leases import LEASES, MongoLeases
from congvu_kit.adapters.mongo import Database
from support.clock import FixedClock

pytestmark = [pytest.mark.mongo]

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
LONG, OVER = timedelta(minutes=1), timedelta(seconds=-1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


async def test_one_holds_a_lease_and_renews_it(database: Database) -> None:
    first, second = MongoLeases(database), MongoLeases(database)

    taken = [await first.take("log", within=LONG), await first.take("log", within=LONG)]

    assert taken == [1, 1]
    assert await second.take("log", within=LONG) is None
    assert await second.take("other", within=LONG) == 1


async def test_one_that_ran_out_goes_to_another_with_a_higher_number(database: Database) -> None:
    first, second = MongoLeases(database), MongoLeases(database)

    before = await first.take("log", within=OVER)
    after = await second.take("log", within=LONG)

    assert (before, after) == (1, 2)
    assert await first.take("log", within=LONG) is None


async def test_it_is_renewed_after_half_of_it_and_then_asked_for_again(
    database: Database, clock: FixedClock
) -> None:
    first, second = (
        MongoLeases(database, clock=clock, monotonic_s=clock.seconds) for _ in range(2)
    )

    async def until() -> datetime:
        lease = await database[LEASES].find_one({"_id": "log"})
        assert lease is not None
        until: datetime = lease["until"]
        return until

    await first.take("log", within=LONG)
    clock.pass_seconds(29.9)
    await first.take("log", within=LONG)
    early = await until()
    clock.pass_seconds(0.1)
    await first.take("log", within=LONG)

    assert (early, await until()) == (NOW + LONG, NOW + LONG / 2 + LONG)
    clock.pass_seconds(60.001)
    assert await second.take("log", within=LONG) == 2
    assert await first.take("log", within=LONG) is None


async def test_who_leaves_lets_the_next_in_at_once_with_a_higher_number(
    database: Database,
) -> None:
    first, second = MongoLeases(database), MongoLeases(database)
    await first.take("log", within=LONG)

    await first.leave("log")

    assert await second.take("log", within=LONG) == 2
    await first.leave("log")
    assert await second.take("log", within=LONG) == 2


async def test_the_clock_that_counts_is_the_databases(database: Database) -> None:
    """A machine an hour ahead says so, and goes by the database's time."""
    true = datetime.now(UTC)
    clock = DatabaseClock(database, own=FixedClock(true + timedelta(hours=1)))

    read = await clock.read()

    assert abs(read - true) < timedelta(seconds=5)
    assert timedelta(0) <= clock.now() - read < timedelta(seconds=5)
    assert metrics.SERVICES.get_sample_value("congvu_clock_skew_seconds") == pytest.approx(
        3600, abs=5
    )
