"""Ids, time and Vietnamese text."""

import re
import string
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from congvu_kit.domain.clock import SystemClock, business_date
from congvu_kit.domain.ids import derived_id, new_id
from congvu_kit.domain.procedures import canonical_code
from congvu_kit.domain.text import canonical_text, fold, sort_key, words


def test_a_new_id_is_opaque_and_in_order_of_time() -> None:
    ids = [new_id("desk") for _ in range(100)]

    assert all(re.fullmatch(r"desk_[0-9a-f]{32}", id) for id in ids)
    assert len(set(ids)) == 100
    times = [id[:17] for id in ids]
    assert times == sorted(times)


def test_a_derived_id_is_the_same_everywhere() -> None:
    assert derived_id("unit", "hrm", "H56") == "unit_494696be24f55d488ce4a899bb50f666"
    assert derived_id("unit", "hrm", "H56") != derived_id("unit", "hrmH56")
    assert derived_id("unit", "a", "bc") != derived_id("unit", "ab", "c")


def test_now_is_utc_in_whole_milliseconds() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
    assert timedelta(milliseconds=-1) < now - before < timedelta(seconds=5)


def test_the_business_day_begins_at_midnight_in_vietnam() -> None:
    assert business_date(datetime(2026, 8, 2, 16, 59, 59, tzinfo=UTC)) == date(2026, 8, 2)
    assert business_date(datetime(2026, 8, 2, 17, tzinfo=UTC)) == date(2026, 8, 3)


def test_folded_text_has_no_marks() -> None:
    assert fold("Đăng ký  Khai SINH\n") == "dang ky khai sinh"
    assert words("Hộ tịch: hộ-tịch, số 1.001193.") == ["ho", "tich", "so", "1.001193"]


def test_letters_are_in_vietnamese_order() -> None:
    names = ["Đỗ", "Dũng", "Ân", "Ăn", "An", "Ánh", "Bảo", "ấn", "Z1", "z"]

    assert sorted(names, key=sort_key) == [
        "An", "Ánh", "Ăn", "Ân", "ấn", "Bảo", "Dũng", "Đỗ", "z", "Z1",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " "])
def test_no_text_has_no_words(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize("form", [fold, canonical_text, canonical_code])
def test_plain_letters_come_out_as_they_do_among_others(form: Callable[[str], str | None]) -> None:
    """They go a shorter way, and one letter with its mark keeps them from it."""
    for text in (string.printable, "C.56 \x1c 12\tH32.", "\x00a\x7fB", "", " "):
        among_others = (form(text + "é") or "")[:-1].strip()
        assert (form(text) or "") == among_others
