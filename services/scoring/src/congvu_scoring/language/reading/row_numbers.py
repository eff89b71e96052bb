"""Numbers made from rows, and numbers chosen by conditions, steps or codes."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from congvu_scoring.common.exact import exact
from congvu_scoring.expressions.base import Number
from congvu_scoring.expressions.place import Place
from congvu_scoring.language.reading.conditions import read_condition
from congvu_scoring.language.reading.known_texts import check_texts
from congvu_scoring.language.reading.numbers import (
    read_average,
    read_max,
    read_min,
    read_number,
    read_numbers,
)
from congvu_scoring.language.reading.row_lists import read_rows
from congvu_scoring.language.reading.texts import read_text
from congvu_scoring.operators.choices import Choose, Interpolate, Lookup, Steps
from congvu_scoring.operators.rows import CountOver, ExtremeOver, MeanOver, SumOver
from congvu_scoring.operators.values import Literal, Missing, TextLiteral

Reader = Callable[[object, Place], Number]
_ROWS = ("by", "where")


def _sum(body: object, place: Place) -> Number:
    if not isinstance(body, Mapping):
        from congvu_scoring.operators.arithmetic import Sum

        return Sum(read_numbers(body, place))
    given = place.mapping(body, ("over", "of"), _ROWS)
    rows, inside = read_rows(given, place)
    return SumOver(rows, read_number(given["of"], inside.at("of")))


def _average(body: object, place: Place) -> Number:
    if not isinstance(body, Mapping):
        return read_average(body, place)
    given = place.mapping(body, ("over", "of", "if_none"), (*_ROWS, "weight"))
    rows, inside = read_rows(given, place)
    weight = given.get("weight")
    return MeanOver(
        rows,
        read_number(given["of"], inside.at("of")),
        None if weight is None else read_number(weight, inside.at("weight")),
        read_number(given["if_none"], place.at("if_none")),
    )


def _share(body: object, place: Place) -> Number:
    given = place.mapping(body, ("over", "meets", "if_none"), (*_ROWS, "weight"))
    rows, inside = read_rows(given, place)
    meets = read_condition(given["meets"], inside.at("meets"))
    weight = given.get("weight")
    return MeanOver(
        rows,
        Choose(((meets, Literal(exact(1, place.path))),), Literal(exact(0, place.path))),
        None if weight is None else read_number(weight, inside.at("weight")),
        read_number(given["if_none"], place.at("if_none")),
    )


def _count(body: object, place: Place) -> Number:
    given = place.mapping(body, ("over",), _ROWS)
    return CountOver(read_rows(given, place)[0])


def _extreme(which: str, listed: Reader | None) -> Reader:
    def read(body: object, place: Place) -> Number:
        if listed is not None and not isinstance(body, Mapping):
            return listed(body, place)
        given = place.mapping(body, ("over", "of", "if_none"), _ROWS)
        rows, inside = read_rows(given, place)
        of = read_number(given["of"], inside.at("of"))
        return ExtremeOver(rows, of, which, read_number(given["if_none"], place.at("if_none")))

    return read


def _if(body: object, place: Place) -> Number:
    given = place.mapping(body, ("when", "then", "else"))
    condition = read_condition(given["when"], place.at("when"))
    then = read_number(given["then"], place.at("then"))
    return Choose(((condition, then),), read_number(given["else"], place.at("else")))


def _choose(body: object, place: Place) -> Number:
    given = place.mapping(body, ("cases", "otherwise"))
    cases = []
    for index, case in enumerate(place.at("cases").items(given["cases"])):
        spot = place.at("cases").at(index)
        pair = spot.mapping(case, ("when", "value"))
        cases.append(
            (
                read_condition(pair["when"], spot.at("when")),
                read_number(pair["value"], spot.at("value")),
            )
        )
    return Choose(tuple(cases), read_number(given["otherwise"], place.at("otherwise")))


def read_threshold(given: Mapping[str, object], place: Place) -> tuple[Fraction, bool]:
    """`at_least: x` (from x on) or `above: x` (more than x)."""
    if ("at_least" in given) == ("above" in given):
        raise place.refuse("give at_least or above", "cần at_least hoặc above")
    name = "above" if "above" in given else "at_least"
    return exact(given[name], place.at(name).path), name == "above"


def _steps(body: object, place: Place) -> Number:
    given = place.mapping(body, ("of", "table", "below"))
    table: list[tuple[Fraction, bool, Number]] = []
    for index, step in enumerate(place.at("table").items(given["table"])):
        spot = place.at("table").at(index)
        pair = spot.mapping(step, ("value",), ("at_least", "above"))
        threshold, strictly = read_threshold(pair, spot)
        if table and (threshold, strictly) <= table[-1][:2]:
            raise spot.refuse(
                "thresholds must ascend; this step is never reached",
                "các ngưỡng phải tăng dần; bậc này không bao giờ đạt",
            )
        table.append((threshold, strictly, read_number(pair["value"], spot.at("value"))))
    return Steps(
        read_number(given["of"], place.at("of")),
        tuple(table),
        read_number(given["below"], place.at("below")),
    )


def _interpolate(body: object, place: Place) -> Number:
    given = place.mapping(body, ("of", "points"))
    points: list[tuple[Fraction, Fraction]] = []
    for index, point in enumerate(place.at("points").items(given["points"], 2)):
        spot = place.at("points").at(index)
        x, y = (exact(item, spot.path) for item in spot.items(point, 2)[:2])
        if points and x <= points[-1][0]:
            raise spot.refuse("points must ascend", "các điểm phải tăng dần")
        points.append((x, y))
    return Interpolate(read_number(given["of"], place.at("of")), tuple(points))


def _lookup(body: object, place: Place) -> Number:
    given = place.mapping(body, ("of", "table"), ("otherwise",))
    otherwise = given.get("otherwise")
    of, table = read_text(given["of"], place.at("of")), place.at("table").names(given["table"])
    check_texts(of, tuple(TextLiteral(key) for key in table), place.at("table"))
    return Lookup(
        of,
        tuple((key, read_number(value, place.at("table").at(key))) for key, value in table.items()),
        Missing() if otherwise is None else read_number(otherwise, place.at("otherwise")),
    )


ROW_OPERATORS: dict[str, Reader] = {
    "sum": _sum,
    "average": _average,
    "share": _share,
    "count": _count,
    "min": _extreme("min", read_min),
    "max": _extreme("max", read_max),
    "first": _extreme("first", None),
    "last": _extreme("last", None),
    "if": _if,
    "choose": _choose,
    "steps": _steps,
    "interpolate": _interpolate,
    "lookup": _lookup,
}
