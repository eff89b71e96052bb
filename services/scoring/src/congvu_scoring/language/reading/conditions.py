"""Conditions of the policy language."""

from collections.abc import Callable, Mapping, Sequence
from typing import get_args

from congvu_scoring.common.exact import is_exact
from congvu_scoring.expressions.base import Condition
from congvu_scoring.expressions.place import Place
from congvu_scoring.language.reading.known_texts import check_texts
from congvu_scoring.language.reading.numbers import read_number
from congvu_scoring.language.reading.row_lists import read_rows
from congvu_scoring.language.reading.texts import looks_like_text, read_text
from congvu_scoring.operators.conditions import (
    All,
    Always,
    AnyOf,
    BandRank,
    Compare,
    Comparison,
    EndsWith,
    EventInForce,
    Flag,
    Not,
    OneOf,
    Present,
    StartsWith,
    TextPresent,
)
from congvu_scoring.operators.rows import Every, Some
from congvu_scoring.operators.timeline import TIMELINE, TimesWithin
from congvu_scoring.snapshots.sections import HISTORY, Section

Reader = Callable[[object, Place], Condition]
_ALSO = {
    "and": "all",
    "or": "any",
    "in": "one_of",
    ">": "greater",
    ">=": "at_least",
    "<": "less",
    "<=": "at_most",
    "==": "equals",
    "more": "greater",
    "above": "greater",
    "below": "less",
}
"""What other languages call a condition."""
_TIMELINE = Section(TIMELINE, "period", HISTORY.fields)


def read_condition(value: object, place: Place) -> Condition:
    if isinstance(value, bool):
        return Always(value)
    if not isinstance(value, Mapping) or len(value) != 1:
        raise place.refuse(
            f"a condition with exactly one operator is expected, not {value!r}",
            "cần một điều kiện có đúng một toán tử",
        )
    operator, body = next(iter(value.items()))
    reader = CONDITION_OPERATORS.get(str(operator))
    if reader is None:
        raise place.unknown("condition", operator, CONDITION_OPERATORS, _ALSO)
    return reader(body, place.at(str(operator)))


def _compare(comparison: Comparison) -> Reader:
    def read(body: object, place: Place) -> Condition:
        pair = place.items(body, 2)
        if len(pair) != 2:  # noqa: PLR2004  # a comparison has two sides
            raise place.refuse("exactly two operands are expected", "cần đúng hai toán hạng")
        if any(looks_like_text(item, place) for item in pair):
            return _compare_texts(comparison, pair[0], pair[1], place)
        _check_declared_text(pair, place)
        return Compare(
            comparison, read_number(pair[0], place.at(0)), read_number(pair[1], place.at(1))
        )

    return read


def _check_declared_text(pair: Sequence[object], place: Place) -> None:
    """An input compared with a bare code is meant as a text, which only `values` declare."""
    for one, other in (pair, reversed(pair)):
        path = one.get("input") if isinstance(one, Mapping) else None
        declared = place.scope.inputs.get(str(path))
        is_code = isinstance(other, str) and not is_exact(other)
        if is_code and declared and other not in place.scope.measures:
            raise place.refuse(
                f"{path} is declared as a number; declare its values to compare it with {other!r}",
                f"{path} được khai là số; hãy khai values để so sánh với {other!r}",
            )


def _compare_texts(comparison: str, left: object, right: object, place: Place) -> Condition:
    one, other = read_text(left, place.at(0)), read_text(right, place.at(1))
    check_texts(one, (other,), place)
    same = OneOf(one, (other,))
    match comparison:
        case "equals":
            return same
        case "not_equals":
            return Not(same)
    raise place.refuse("texts have no order", "chuỗi ký tự không so sánh lớn nhỏ")


def _one_of(body: object, place: Place) -> Condition:
    given = place.mapping(body, ("of", "values"))
    values = place.at("values").items(given["values"])
    of = read_text(given["of"], place.at("of"))
    choices = tuple(read_text(item, place.at("values").at(i)) for i, item in enumerate(values))
    check_texts(of, choices, place.at("values"))
    return OneOf(of, choices)


def _starts_with(body: object, place: Place) -> Condition:
    given = place.mapping(body, ("of", "prefixes"))
    prefixes = place.at("prefixes").items(given["prefixes"])
    return StartsWith(
        read_text(given["of"], place.at("of")), tuple(place.text(prefix) for prefix in prefixes)
    )


def _ends_with(body: object, place: Place) -> Condition:
    given = place.mapping(body, ("of", "suffixes"))
    suffixes = place.at("suffixes").items(given["suffixes"])
    return EndsWith(
        read_text(given["of"], place.at("of")), tuple(place.text(suffix) for suffix in suffixes)
    )


def _flag(body: object, place: Place) -> Condition:
    name = place.text(body)
    section = place.scope.rows[-1] if place.scope.rows else None
    found = section.field(name) if section else None
    if found is None or found.kind != "flag":
        raise place.refuse(f"no true-or-false field {name!r} here", f"không có trường {name!r}")
    return Flag(name)


def _event(body: object, place: Place) -> Condition:
    names = [body] if isinstance(body, str) else place.items(body)
    return EventInForce(tuple(place.text(name) for name in names))


def _present(body: object, place: Place) -> Condition:
    if looks_like_text(body, place):
        return TextPresent(read_text(body, place))
    return Present(read_number(body, place))


def _band(body: object, place: Place) -> tuple[object, str]:
    given = place.mapping(body, ("of", "band"))
    return given["of"], place.at("band").choice(given["band"], place.scope.bands, "band")


def _band_below(body: object, place: Place) -> Condition:
    of, band = _band(body, place)
    return BandRank(read_text(of, place.at("of")), "BELOW", band)


def _band_at_least(body: object, place: Place) -> Condition:
    of, band = _band(body, place)
    return BandRank(read_text(of, place.at("of")), "AT_LEAST", band)


def _several(body: object, place: Place) -> tuple[Condition, ...]:
    return tuple(read_condition(item, place.at(i)) for i, item in enumerate(place.items(body)))


def _all(body: object, place: Place) -> Condition:
    return All(_several(body, place))


def _any(body: object, place: Place) -> Condition:
    return AnyOf(_several(body, place))


def _not(body: object, place: Place) -> Condition:
    return Not(read_condition(body, place))


def _every(body: object, place: Place) -> Condition:
    given = place.mapping(body, ("over", "meets"), ("by", "where"))
    rows, below = read_rows(given, place)
    return Every(rows, read_condition(given["meets"], below.at("meets")))


def _some(body: object, place: Place) -> Condition:
    given = place.mapping(body, ("over", "meets"), ("by", "where"))
    rows, below = read_rows(given, place)
    return Some(rows, read_condition(given["meets"], below.at("meets")))


def _meets(given: Mapping[str, object], place: Place) -> Condition:
    if not place.scope.outcome:
        raise place.refuse(
            "periods up to now are known only in rules and triggers",
            "chỉ dùng được trong quy tắc và hồ sơ xử lý",
        )
    return read_condition(given["meets"], place.within(_TIMELINE).at("meets"))


def _consecutive(body: object, place: Place) -> Condition:
    given = place.mapping(body, ("periods", "meets"))
    periods = place.at("periods").whole(given["periods"])
    return TimesWithin(periods, periods, None, _meets(given, place))


def _times_within(body: object, place: Place) -> Condition:
    given = place.mapping(body, ("times", "meets"), ("periods", "years"))
    if ("periods" in given) == ("years" in given):
        raise place.refuse("give either periods or years", "chọn một: periods hoặc years")
    times = place.at("times").whole(given["times"])
    unit = "periods" if "periods" in given else "years"
    width = place.at(unit).whole(given[unit])
    if not times > 0 or (unit == "periods" and times > width):
        raise place.refuse(
            f"{times} times within {width} {unit} can never hold",
            f"{times} lần trong {width} kỳ không bao giờ xảy ra",
        )
    meets = _meets(given, place)
    return TimesWithin(
        times, width if unit == "periods" else None, width if unit == "years" else None, meets
    )


CONDITION_OPERATORS: dict[str, Reader] = {
    **{name: _compare(name) for name in get_args(Comparison)},
    "one_of": _one_of,
    "starts_with": _starts_with,
    "ends_with": _ends_with,
    "flag": _flag,
    "event": _event,
    "present": _present,
    "band_below": _band_below,
    "band_at_least": _band_at_least,
    "all": _all,
    "any": _any,
    "not": _not,
    "every": _every,
    "some": _some,
    "consecutive": _consecutive,
    "times_within": _times_within,
}
