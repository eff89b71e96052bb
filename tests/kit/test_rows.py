"""Bulk rows, each on its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from congvu_kit.application.rows import Refusal, each_row
from congvu_kit.domain.errors import Code, Invalid, Transient, Unavailable
from congvu_kit.domain.times import PastTime

NOW = datetime(2026, 8, 10, 3, 0, tzinfo=UTC)


async def take(row: int) -> int:
    match row:
        case 13:
            raise Invalid(en="unlucky", vi="xui", field="row", rule_id="X-1")
        case 14:
            raise Unavailable(en="closed", vi="đóng cửa")
        case 15:
            raise Transient(en="busy", vi="bận")
        case 16:
            raise ZeroDivisionError
    return row * 2


async def test_a_refused_row_stops_no_other() -> None:
    results = await each_row([1, 13, 14, 2], take, now=NOW)

    unlucky = Refusal(code=Code.INVALID, vi="xui", en="unlucky", field="row", rule_id="X-1")
    closed = Refusal(code=Code.UNAVAILABLE, vi="đóng cửa", en="closed", field=None, rule_id=None)
    assert results == [2, unlucky, closed, 4]
    assert (unlucky.message("vi"), unlucky.message("en")) == ("xui", "unlucky")


async def test_a_transient_failure_is_no_refusal() -> None:
    with pytest.raises(Transient):
        await each_row([1, 15, 2], take, now=NOW)


async def test_a_bug_is_no_refusal() -> None:
    with pytest.raises(ZeroDivisionError):
        await each_row([16], take, now=NOW)


async def test_a_row_with_a_citizen_number_is_refused_alone_and_never_taken() -> None:
    taken: list[object] = []

    async def keep(row: dict[str, str]) -> str:
        taken.append(row)
        return row["full_name"]

    results = await each_row([{"full_name": "001085000123"}, {"full_name": "Hoa"}], keep, now=NOW)

    refused, good = results
    assert isinstance(refused, Refusal)
    assert (refused.rule_id, refused.field, good) == ("PERSONAL-ID", "fullName", "Hoa")
    assert taken == [{"full_name": "Hoa"}]


@dataclass(frozen=True, kw_only=True)
class Sighting:
    seen_at: PastTime


async def test_a_row_from_the_future_is_refused_alone() -> None:
    async def seen(row: Sighting) -> datetime:
        return row.seen_at

    ahead, now = await each_row(
        [Sighting(seen_at=NOW + timedelta(minutes=6)), Sighting(seen_at=NOW)], seen, now=NOW
    )

    assert isinstance(ahead, Refusal)
    assert (ahead.code, ahead.field, now) == (Code.INVALID, "seenAt", NOW)
