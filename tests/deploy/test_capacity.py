"""The arithmetic of the capacity page, and that the page is what it says."""

from pathlib import Path

import pytest

from congvu_bench.capacity import (
    PARTS,
    SIZES,
    Assumed,
    Cost,
    Operation,
    need,
    read,
    tables,
)

PAGE = Path(__file__).parents[2] / "docs/capacity.md"


def assumed(**changes: float) -> Assumed:
    operations = {
        "written": Operation(cost="write", per_person=100, peak_share=0.1),
        "closing": Operation(cost="close", per_person=1, peak_share=0),
    }
    given = {
        "close_within_h": 2.0,
        "busy_share": 0.5,
        "index_factor": 2.0,
        "copies": 3,
        "broker_copies": 3,
        "broker_keep_days": 91.0,
        "quarter_days": 91.0,
        "node_cores": 4,
        "node_memory_gb": 8.0,
        "cached_share": 0.5,
    }
    memory = {"gateway": 0.5, "service": 1.0, "database": 1.0, "broker": 2.0}
    return Assumed(operations=operations, memory_gb=memory, **(given | changes))  # type: ignore[arg-type]


def costs(ms: float = 36.0) -> dict[str, Cost]:
    each = Cost(ms=dict.fromkeys(PARTS, ms), stored_bytes=1_000, event_bytes=500)
    return {"write": each, "close": each}


def test_the_busiest_hour_is_what_falls_into_it_and_the_closing_beside_it() -> None:
    found = need(10_000, costs(), assumed())

    # 10,000 people write 100,000 times in that hour, and 5,000 of them are closed in it.
    assert found.requests_s == pytest.approx(105_000 / 3_600)
    # 105,000 times 36 ms are 1.05 hours of a core, which may be half busy.
    assert found.cores == pytest.approx(dict.fromkeys(PARTS, 2.1))
    assert found.all_cores == pytest.approx(8.4)


def test_a_year_leaves_four_quarters_in_every_copy() -> None:
    found = need(10_000, costs(), assumed())

    # 1,010,000 operations of 1,000 bytes a quarter.
    assert found.stored_gb_year == pytest.approx(4.04)
    assert found.database_disk_gb_year == pytest.approx(4.04 * 2 * 3)
    # The broker keeps one quarter of 500 bytes each, three times.
    assert found.broker_disk_gb == pytest.approx(1.515)


def test_the_database_is_sharded_when_a_machine_has_not_the_cores_or_the_memory() -> None:
    assert need(10_000, costs(), assumed()).shards == 1
    assert need(10_000, costs(ms=36 * 4), assumed()).shards == 3  # 8.4 cores of 4
    assert need(10_000, costs(), assumed(node_memory_gb=2.0)).shards == 3  # 4.04 GB of 2

    assert need(10_000, costs(), assumed(node_memory_gb=2.0)).replicas["database"] == 9


def test_the_smallest_place_has_two_of_everything_and_three_that_vote() -> None:
    found = need(1, costs(), assumed())

    assert found.replicas == {"gateway": 2, "service": 6, "database": 3, "broker": 3}
    assert found.memory_gb["service"] == 6.0


def test_ten_times_the_people_need_ten_times_the_cores_and_the_disk() -> None:
    small, large = need(10_000, costs(), assumed()), need(100_000, costs(), assumed())

    for part in PARTS:
        assert large.cores[part] == pytest.approx(10 * small.cores[part])
    assert large.database_disk_gb_year == pytest.approx(10 * small.database_disk_gb_year)


def test_every_cost_that_is_assumed_was_measured() -> None:
    measured, assumptions = read()

    assert {each.cost for each in assumptions.operations.values()} <= measured.keys()
    assert SIZES.keys() == {"a commune", "a province", "the nation"}


def test_the_page_has_the_tables_of_the_committed_costs() -> None:
    """`python -m congvu_bench.capacity` prints them."""
    assert tables() in PAGE.read_text(encoding="utf-8")
