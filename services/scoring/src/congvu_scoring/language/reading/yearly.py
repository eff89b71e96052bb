"""What follows the single result: quotas, and the year from its periods."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from congvu_scoring.engine.policy import Quota, RollUp, RollUpMethod
from congvu_scoring.expressions.leaves import Literal as Constant
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    CONDITION,
    NAME,
    NUMBER,
    RULED,
    Choice,
    Either,
    Keys,
    ListOf,
    MapOf,
)

_ROUNDING: Mapping[str, Literal["FLOOR", "HALF_UP", "CEILING"]] = {
    "FLOOR": "FLOOR",
    "HALF_UP": "HALF_UP",
    "CEILING": "CEILING",
}
_SCOPES = ("unit", "duty_group")
_ORDER = ("total", "result", "general")
_CODES = ListOf(NAME, 1)
_BASE = Keys({"switch": NAME, "bands": MapOf(_CODES)})
_QUOTA = Keys(
    {"top": NAME, "otherwise": NAME, "base": Either((_CODES, _BASE)), "rate": NUMBER, **RULED},
    {
        "id": NAME,
        "scopes": ListOf(Choice(_SCOPES), 1),
        "order": ListOf(Choice(_ORDER), 1),
        "rounding": Choice(tuple(_ROUNDING)),
    },
)
_CASE = Keys({"when": CONDITION, "band": NAME})
_METHOD = Keys(RULED, {"total": NUMBER, "bands": ListOf(_CASE, 1), "otherwise": NAME})
QUOTA = Either((_QUOTA, ListOf(_QUOTA, 1)))
ROLL_UP = Keys({"methods": MapOf(_METHOD)}, {"switch": NAME})


def read_quotas(value: object, here: Location) -> tuple[Quota, ...]:
    """One quota, or several applied in order."""
    if isinstance(value, Mapping):
        return (_quota(value, here),)
    return tuple(_quota(item, here.at(i)) for i, item in enumerate(here.items(value)))


def _quota(value: object, here: Location) -> Quota:
    given = Given.read(_QUOTA, value, here)
    given = given.of_rule(given.name("id", "quota"))
    here = given.here
    bands = here.scope.bands
    top, otherwise = given.choice("top", bands, "band"), given.choice("otherwise", bands, "band")
    if bands.index(otherwise) <= bands.index(top):
        raise here.refuse("otherwise must be a lower band than top", "otherwise phải thấp hơn top")
    switch, base = _quota_base(given["base"], given.at("base"))
    for _, counted in base:
        if otherwise not in counted:
            raise given.at("base").refuse(
                f"the base must count {otherwise}, where the others end up",
                f"cơ sở tính phải gồm {otherwise}",
            )
    rate = given.number("rate")
    if isinstance(rate, Constant) and not 0 <= rate.value <= 1:
        raise given.at("rate").refuse(
            "a rate lies in 0 to 1: 20 % is 0.2", "tỷ lệ nằm trong 0 đến 1: 20 % ghi là 0.2"
        )
    scopes = given.at("scopes").items(given.get("scopes", list(_SCOPES)))
    order = given.at("order").items(given.get("order", list(_ORDER)))
    return Quota(
        given.rule(here.rule),
        top,
        otherwise,
        base,
        switch,
        rate,
        tuple(here.choice(scope, _SCOPES, "scope") for scope in scopes),
        tuple(here.choice(key, _ORDER, "ranking key") for key in order),
        _ROUNDING[given.choice("rounding", tuple(_ROUNDING), "way", "FLOOR")],
    )


def _quota_base(
    value: object, here: Location
) -> tuple[str | None, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Either a list of bands, or a switch with one such list a value."""

    def bands(item: object, spot: Location) -> tuple[str, ...]:
        return tuple(spot.choice(code, spot.scope.bands, "band") for code in spot.items(item))

    if not isinstance(value, Mapping):
        return None, (("", bands(value, here)),)
    given = Given.read(_BASE, value, here)
    name = given.name("switch")
    switch = here.scope.switches.get(name)
    if switch is None or switch.numeric:
        raise here.unknown("switch with named values", name, here.scope.switches)
    spot = given.at("bands")
    table = spot.mapping(given["bands"], [key for key, _ in switch.values])
    return name, tuple((key, bands(item, spot.at(key))) for key, item in table.items())


def read_roll_up(value: object, here: Location) -> RollUp:
    given = Given.read(ROLL_UP, value, here)
    methods = {name: _method(name, item, spot) for name, item, spot in given.entries("methods")}
    name = given.get("switch")
    if name is None:
        if len(methods) != 1:
            raise here.refuse("several methods need a switch", "nhiều cách tính cần một công tắc")
        return RollUp(None, methods)
    switch = here.scope.switches.get(str(name))
    if switch is None or {key for key, _ in switch.values} != set(methods):
        raise here.refuse(
            f"the values of switch {name!r} and the methods must be the same",
            f"giá trị của {name!r} phải trùng tên các cách tính",
        )
    return RollUp(str(name), methods)


def _method(name: str, value: object, here: Location) -> RollUpMethod:
    given = Given.read(_METHOD, value, here)
    rule = given.rule(f"roll_up.{name}")
    totalled = given.has("total")
    if not totalled and ("bands" not in given or "otherwise" not in given):
        raise here.refuse(
            "give total, or bands and otherwise", "cần total, hoặc bands và otherwise"
        )
    bands = here.scope.bands
    cases = []
    for item, spot in given.items("bands", 0):
        inside = replace(spot, scope=replace(spot.scope, outcome=totalled))
        case = Given.read(_CASE, item, inside)
        band = case.choice("band", bands, "band")
        cases.append((case.condition("when"), band))
    return RollUpMethod(
        rule,
        given.number("total") if totalled else None,
        tuple(cases),
        given.choice("otherwise", bands, "band") if given.has("otherwise") else None,
    )
