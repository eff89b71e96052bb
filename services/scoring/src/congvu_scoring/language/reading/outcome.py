"""What a policy does with the total: bands, states, constraints, rules, triggers."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeVar, get_args

from congvu_scoring.engine.policy import (
    Band,
    BandRule,
    Bands,
    Constraint,
    Effect,
    StateRule,
    Trigger,
)
from congvu_scoring.expressions.base import Expression
from congvu_scoring.expressions.place import Place
from congvu_scoring.language.reading.conditions import read_condition
from congvu_scoring.language.reading.measures import read_rule
from congvu_scoring.language.reading.numbers import read_number
from congvu_scoring.language.reading.row_numbers import read_threshold
from congvu_scoring.language.reading.texts import read_text
from congvu_scoring.operators.conditions import EventInForce
from congvu_scoring.operators.measures import Criteria
from congvu_scoring.operators.rows import Rows
from congvu_scoring.operators.values import MeasureValue, NumberInput, TextInput

T = TypeVar("T")
Kind = Literal["HARD_FAIL", "VETO", "GATE", "CAP"]


def band_codes(value: object, place: Place) -> tuple[str, ...]:
    given = place.names(value)
    table = place.at("table").items(given.get("table"))
    return tuple(
        place.at("table").at(index).text(place.at("table").at(index).names(row).get("code"))
        for index, row in enumerate(table)
    )


def former_codes(value: object, place: Place) -> tuple[str, ...]:
    """Bands that only a history can hold: those of earlier rules."""
    codes = place.at("former").items(place.names(value).get("former", []), 0)
    return tuple(place.at("former").text(code) for code in codes)


def read_bands(value: object, place: Place) -> Bands:
    given = place.mapping(value, ("clause", "text", "table"), ("of", "places", "read_on", "former"))
    table: list[Band] = []
    rows = place.at("table").items(given["table"])
    for index, row in enumerate(rows):
        spot = place.at("table").at(index)
        band = spot.keep(_band, row, spot, index == len(rows) - 1)
        if band is not None:
            table.append(band)
            spot.keep(_check_reached, table, spot)
    if len({band.code for band in table}) != len(table):
        raise place.refuse("two bands have one code", "trùng mã mức xếp loại")
    return Bands(
        read_rule(given, place, "bands"),
        tuple(table),
        read_number(given["of"], place.at("of")) if "of" in given else None,
        read_number(given["places"], place.at("places")) if "places" in given else None,
        read_text(given["read_on"], place.at("read_on")) if "read_on" in given else None,
        place.scope.former_bands,
    )


def _band(row: object, place: Place, lowest: bool) -> Band:
    if isinstance(row, Mapping) and {"at_most", "below", "less"} & set(row):
        raise place.refuse(
            "a band has no upper limit: the first band that is reached counts, best first",
            "mức không có cận trên: xét từ mức cao xuống, lấy mức đầu tiên đạt",
        )
    item = place.mapping(row, ("code", "text"), ("at_least", "above", "when"))
    code, words = place.at("code").text(item["code"]), place.at("text").words(item["text"])
    bare = not {"at_least", "above", "when"} & set(item)
    if lowest != bare:
        raise place.refuse(
            "every band but the last, lowest one needs at_least, above or when",
            "mọi mức trừ mức thấp nhất phải có at_least, above hoặc when",
        )
    when = read_condition(item["when"], place.at("when")) if "when" in item else None
    if "at_least" not in item and "above" not in item:
        return Band(code, words, None, when=when)
    threshold, strictly = read_threshold(item, place)
    return Band(code, words, threshold, strictly, when)


def _check_reached(table: list[Band], place: Place) -> None:
    """A band without condition hides every later one whose threshold is not lower."""
    latest = table[-1]
    for band in table[:-1]:
        if band.when is not None or latest.threshold is None or band.threshold is None:
            continue
        if (latest.threshold, latest.strictly) >= (band.threshold, band.strictly):
            raise place.refuse(
                "bands go from best to worst; this one is never reached",
                "các mức xếp từ cao xuống thấp; mức này không bao giờ đạt",
            )


def _each(value: object, place: Place, read: Callable[[object, Place], T]) -> Iterator[T]:
    for index, item in enumerate(place.items(value, 0)):
        spot = place.at(index).named_by(item)
        found = spot.keep(read, item, spot)
        if found is not None:
            yield found


def read_rules(value: object, place: Place) -> tuple[BandRule, ...]:
    return tuple(_each(value, place, _rule))


def _rule(value: object, place: Place) -> BandRule:
    given = place.mapping(value, ("id", "kind", "when", "then", "clause", "text"))
    place = place.of_rule(place.at("id").text(given["id"]))
    kind = place.at("kind").choice(given["kind"], get_args(Kind), "kind of rule")
    return BandRule(
        next(one for one in get_args(Kind) if one == kind),
        read_rule(given, place, place.rule),
        read_condition(given["when"], place.at("when")),
        _effect(given["then"], place.at("then")),
    )


_EFFECTS = ("band", "band_at_most", "band_at_least", "lower_by", "raise_by")


def _effect(value: object, place: Place) -> Effect:
    given = place.mapping(value, (), (*_EFFECTS, "counted_total"))
    if not given or ("band" in given and len(set(given) & set(_EFFECTS)) > 1):
        raise place.refuse(
            f"give band, or some of {', '.join(_EFFECTS[1:])}, and counted_total if it changes",
            f"cần band, hoặc {', '.join(_EFFECTS[1:])}, và counted_total nếu thay đổi",
        )

    def band(name: str) -> str | None:
        if name not in given:
            return None
        return place.at(name).choice(given[name], place.scope.bands, "band")

    counted = given.get("counted_total")
    return Effect(
        band("band"),
        band("band_at_most"),
        band("band_at_least"),
        place.at("lower_by").whole(given.get("lower_by", 0)),
        place.at("raise_by").whole(given.get("raise_by", 0)),
        None if counted is None else read_number(counted, place.at("counted_total")),
    )


def read_triggers(value: object, place: Place) -> tuple[Trigger, ...]:
    return tuple(_each(value, place, _trigger))


def _trigger(value: object, place: Place) -> Trigger:
    given = place.mapping(value, ("id", "when", "case", "clause", "text"))
    place = place.of_rule(place.at("id").text(given["id"]))
    return Trigger(
        read_rule(given, place, place.rule),
        read_condition(given["when"], place.at("when")),
        place.at("case").words(given["case"]),
    )


def read_states(value: object, place: Place) -> tuple[StateRule, ...]:
    return tuple(_each(value, place, _state))


def _state(value: object, place: Place) -> StateRule:
    given = place.mapping(value, ("id", "state", "when", "clause", "text"))
    place = place.of_rule(place.at("id").text(given["id"]))
    state = place.at("state").choice(given["state"], ("NOT_EVALUABLE", "NOT_RATED"), "state")
    return StateRule(
        read_rule(given, place, place.rule),
        read_condition(given["when"], place.at("when")),
        "NOT_RATED" if state == "NOT_RATED" else "NOT_EVALUABLE",
    )


def read_constraints(value: object, place: Place) -> tuple[Constraint, ...]:
    return tuple(_each(value, place, _constraint))


def _constraint(value: object, place: Place) -> Constraint:
    given = place.mapping(value, ("id", "require", "clause", "text"))
    place = place.of_rule(place.at("id").text(given["id"]))
    require = read_condition(given["require"], place.at("require"))
    return Constraint(read_rule(given, place, place.rule), require, reads_snapshot(require))


def reads_snapshot(expression: Expression) -> bool:
    """Whether more than switches and weights decides it."""
    reading = (NumberInput, TextInput, Rows, MeasureValue, EventInForce, Criteria)
    return any(isinstance(node, reading) for node in expression.walk())
