"""What follows the single result: quotas, the year from its periods, the workflow's dates."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from congvu_scoring.engine.policy import Quota, RollUp, RollUpMethod, Stage, Workflow
from congvu_scoring.expressions.place import Place
from congvu_scoring.language.reading.conditions import read_condition
from congvu_scoring.language.reading.measures import read_rule
from congvu_scoring.language.reading.numbers import read_number
from congvu_scoring.operators.values import Literal as Constant

ORDER_KEYS = ("total", "result", "general")
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_ANY_YEAR = 2026
"""Any year that is no leap year."""
_ROUNDING: Mapping[str, Literal["FLOOR", "HALF_UP", "CEILING"]] = {
    "FLOOR": "FLOOR",
    "HALF_UP": "HALF_UP",
    "CEILING": "CEILING",
}


def read_quotas(value: object, place: Place) -> tuple[Quota, ...]:
    """One quota, or several applied in order."""
    if isinstance(value, Mapping):
        return (_quota(value, place),)
    return tuple(_quota(item, place.at(i)) for i, item in enumerate(place.items(value)))


def _quota(value: object, place: Place) -> Quota:
    keys = ("top", "otherwise", "base", "rate", "clause", "text")
    given = place.mapping(value, keys, ("id", "scopes", "order", "rounding"))
    place = place.of_rule(place.at("id").text(given.get("id", "quota")))
    bands = place.scope.bands
    top = place.at("top").choice(given["top"], bands, "band")
    otherwise = place.at("otherwise").choice(given["otherwise"], bands, "band")
    if bands.index(otherwise) <= bands.index(top):
        raise place.refuse("otherwise must be a lower band than top", "otherwise phải thấp hơn top")
    switch, base = _quota_base(given["base"], place.at("base"))
    for _, counted in base:
        if otherwise not in counted:
            raise place.at("base").refuse(
                f"the base must count {otherwise}, where the others end up",
                f"cơ sở tính phải gồm {otherwise}",
            )
    rate = read_number(given["rate"], place.at("rate"))
    if isinstance(rate, Constant) and not 0 <= rate.value <= 1:
        raise place.at("rate").refuse(
            "a rate lies in 0 to 1: 20 % is 0.2", "tỷ lệ nằm trong 0 đến 1: 20 % ghi là 0.2"
        )
    scopes = place.at("scopes").items(given.get("scopes", ["unit", "duty_group"]))
    order = place.at("order").items(given.get("order", list(ORDER_KEYS)))
    return Quota(
        read_rule(given, place, place.rule),
        top,
        otherwise,
        base,
        switch,
        rate,
        tuple(place.choice(scope, ("unit", "duty_group"), "scope") for scope in scopes),
        tuple(place.choice(key, ORDER_KEYS, "ranking key") for key in order),
        _ROUNDING[
            place.at("rounding").choice(given.get("rounding", "FLOOR"), tuple(_ROUNDING), "way")
        ],
    )


def _quota_base(
    value: object, place: Place
) -> tuple[str | None, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Either a list of bands, or a switch with one such list a value."""

    def bands(item: object, spot: Place) -> tuple[str, ...]:
        return tuple(spot.choice(code, spot.scope.bands, "band") for code in spot.items(item))

    if not isinstance(value, Mapping):
        return None, (("", bands(value, place)),)
    given = place.mapping(value, ("switch", "bands"))
    name = place.at("switch").text(given["switch"])
    switch = place.scope.switches.get(name)
    if switch is None or switch.numeric:
        raise place.unknown("switch with named values", name, place.scope.switches)
    spot = place.at("bands")
    table = spot.mapping(given["bands"], [key for key, _ in switch.values])
    return name, tuple((key, bands(item, spot.at(key))) for key, item in table.items())


def read_roll_up(value: object, place: Place) -> RollUp:
    given = place.mapping(value, ("methods",), ("switch",))
    methods = {
        name: _method(name, item, place.at("methods").at(name))
        for name, item in place.at("methods").names(given["methods"]).items()
    }
    name = given.get("switch")
    if name is None:
        if len(methods) != 1:
            raise place.refuse("several methods need a switch", "nhiều cách tính cần một công tắc")
        return RollUp(None, methods)
    switch = place.scope.switches.get(str(name))
    if switch is None or {key for key, _ in switch.values} != set(methods):
        raise place.refuse(
            f"the values of switch {name!r} and the methods must be the same",
            f"giá trị của {name!r} phải trùng tên các cách tính",
        )
    return RollUp(str(name), methods)


def _method(name: str, value: object, place: Place) -> RollUpMethod:
    given = place.mapping(value, ("clause", "text"), ("total", "bands", "otherwise"))
    rule = read_rule(given, place, f"roll_up.{name}")
    total = given.get("total")
    if total is None and ("bands" not in given or "otherwise" not in given):
        raise place.refuse(
            "give total, or bands and otherwise", "cần total, hoặc bands và otherwise"
        )
    inside = replace(place, scope=replace(place.scope, outcome=total is not None))
    cases = []
    for index, item in enumerate(place.at("bands").items(given.get("bands", []), 0)):
        spot = inside.at("bands").at(index)
        pair = spot.mapping(item, ("when", "band"))
        band = spot.at("band").choice(pair["band"], place.scope.bands, "band")
        cases.append((read_condition(pair["when"], spot.at("when")), band))
    otherwise = given.get("otherwise")
    return RollUpMethod(
        rule,
        None if total is None else read_number(total, place.at("total")),
        tuple(cases),
        None
        if otherwise is None
        else place.at("otherwise").choice(otherwise, place.scope.bands, "band"),
    )


def read_workflow(value: object, place: Place) -> Workflow:
    given = place.mapping(value, (), ("stages", "final_day", "settings"))
    items = enumerate(place.at("stages").items(given.get("stages", []), 0))
    spots = [(place.at("stages").at(index).named_by(item), item) for index, item in items]
    read = [spot.keep(_stage, item, spot) for spot, item in spots]
    stages = tuple(stage for stage in read if stage is not None)
    final = _day(given["final_day"], place.at("final_day")) if "final_day" in given else None
    settings = place.at("settings").names(given.get("settings", {}))
    return Workflow(
        stages,
        final[0] if final else None,
        final[1] if final else None,
        {key: place.at("settings").at(key).text(item) for key, item in settings.items()},
    )


def _stage(value: object, place: Place) -> Stage:
    keys = ("id", "actor", "clause", "text")
    given = place.mapping(value, keys, ("last_day", "days", "when_late"))
    spot = place.of_rule(place.at("id").text(given["id"]))
    rule = read_rule(given, spot, spot.rule)
    if ("last_day" in given) == ("days" in given):
        raise spot.refuse("give last_day or days", "cần last_day hoặc days")
    last = _day(given["last_day"], spot.at("last_day")) if "last_day" in given else None
    late = spot.at("when_late").choice(given.get("when_late", "WAIT"), ("MOVE_ON", "WAIT"), "way")
    return Stage(
        spot.rule,
        rule.words,
        rule.clause,
        spot.at("actor").text(given["actor"]),
        last[0] if last else None,
        last[1] if last else None,
        spot.at("days").whole(given["days"]) if "days" in given else None,
        "MOVE_ON" if late == "MOVE_ON" else "WAIT",
    )


def _day(value: object, place: Place) -> tuple[int, int]:
    match = _DAY.fullmatch(place.text(value))
    if match is None:
        raise place.refuse(f"{value!r} is no day MM-DD", f"{value!r} không phải ngày MM-DD")
    month, day = int(match[1]), int(match[2])
    if day > monthrange(_ANY_YEAR, month)[1]:
        raise place.refuse(
            f"{value!r} is not a day of every year", f"{value!r} không phải ngày có hằng năm"
        )
    return month, day
