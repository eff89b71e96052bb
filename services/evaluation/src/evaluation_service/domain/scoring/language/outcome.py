"""What a policy does with the total: bands, rules, triggers, quota, roll-up, workflow."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

from ..exact import exact
from ..expressions.base import Expression
from ..expressions.conditions import EventInForce
from ..expressions.measures import Criteria
from ..expressions.rows import Rows
from ..expressions.values import MeasureValue, NumberInput, TextInput
from ..policy import (
    Band,
    BandRule,
    Bands,
    Constraint,
    Effect,
    Quota,
    RollUp,
    RollUpMethod,
    Stage,
    StateRule,
    Trigger,
    Workflow,
)
from .conditions import read_condition
from .measures import read_rule
from .numbers import read_number
from .place import Place
from .texts import read_text

Kind = Literal["HARD_FAIL", "VETO", "GATE", "CAP"]
ORDER_KEYS = ("total", "result", "general")
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def band_codes(value: object, place: Place) -> tuple[str, ...]:
    given = place.names(value)
    table = place.at("table").items(given.get("table"))
    return tuple(
        place.at("table").at(index).text(place.at("table").at(index).names(row).get("code"))
        for index, row in enumerate(table)
    )


def read_bands(value: object, place: Place) -> Bands:
    given = place.mapping(value, ("clause", "text", "table"), ("of", "places", "read_on"))
    table: list[Band] = []
    rows = place.at("table").items(given["table"])
    for index, row in enumerate(rows):
        spot = place.at("table").at(index)
        item = spot.mapping(row, ("code", "text"), ("at_least",))
        lowest = index == len(rows) - 1
        if lowest != (item.get("at_least") is None):
            raise spot.refuse(
                "every band but the last, lowest one needs at_least",
                "mọi mức trừ mức thấp nhất phải có at_least",
            )
        least = None if lowest else exact(item["at_least"], spot.at("at_least").path)
        above = table[-1].at_least if table else None
        if least is not None and above is not None and least >= above:
            raise spot.refuse(
                "bands go from best to worst; this one is never reached",
                "các mức xếp từ cao xuống thấp; mức này không bao giờ đạt",
            )
        table.append(Band(spot.text(item["code"]), spot.at("text").words(item["text"]), least))
    if len({band.code for band in table}) != len(table):
        raise place.refuse("two bands have one code", "trùng mã mức xếp loại")
    return Bands(
        read_rule(given, place, "bands"),
        tuple(table),
        read_number(given["of"], place.at("of")) if "of" in given else None,
        read_number(given["places"], place.at("places")) if "places" in given else None,
        read_text(given["read_on"], place.at("read_on")) if "read_on" in given else None,
    )


def read_rules(value: object, place: Place) -> tuple[BandRule, ...]:
    rules = []
    for index, item in enumerate(place.items(value, 0)):
        spot = place.at(index)
        given = spot.mapping(item, ("id", "kind", "when", "then", "clause", "text"))
        spot = spot.of_rule(spot.at("id").text(given["id"]))
        kind = spot.at("kind").choice(given["kind"], get_args(Kind), "kind of rule")
        rules.append(
            BandRule(
                next(one for one in get_args(Kind) if one == kind),
                read_rule(given, spot, spot.rule),
                read_condition(given["when"], spot.at("when")),
                _effect(given["then"], spot.at("then")),
            )
        )
    return tuple(rules)


def _effect(value: object, place: Place) -> Effect:
    given = place.mapping(value, (), ("band", "band_at_most", "counted_total"))
    if not given or {"band", "band_at_most"} <= set(given):
        raise place.refuse(
            "give band or band_at_most, and counted_total if it changes",
            "cần band hoặc band_at_most, và counted_total nếu thay đổi",
        )
    bands = place.scope.bands
    counted = given.get("counted_total")
    return Effect(
        place.at("band").choice(given["band"], bands, "band") if "band" in given else None,
        place.at("band_at_most").choice(given["band_at_most"], bands, "band")
        if "band_at_most" in given
        else None,
        None if counted is None else read_number(counted, place.at("counted_total")),
    )


def read_triggers(value: object, place: Place) -> tuple[Trigger, ...]:
    triggers = []
    for index, item in enumerate(place.items(value, 0)):
        spot = place.at(index)
        given = spot.mapping(item, ("id", "when", "case", "clause", "text"))
        spot = spot.of_rule(spot.at("id").text(given["id"]))
        triggers.append(
            Trigger(
                read_rule(given, spot, spot.rule),
                read_condition(given["when"], spot.at("when")),
                spot.at("case").words(given["case"]),
            )
        )
    return tuple(triggers)


def read_states(value: object, place: Place) -> tuple[StateRule, ...]:
    states = []
    for index, item in enumerate(place.items(value, 0)):
        spot = place.at(index)
        given = spot.mapping(item, ("id", "state", "when", "clause", "text"))
        spot = spot.of_rule(spot.at("id").text(given["id"]))
        state = spot.at("state").choice(given["state"], ("NOT_EVALUABLE", "NOT_RATED"), "state")
        states.append(
            StateRule(
                read_rule(given, spot, spot.rule),
                read_condition(given["when"], spot.at("when")),
                "NOT_RATED" if state == "NOT_RATED" else "NOT_EVALUABLE",
            )
        )
    return tuple(states)


def read_constraints(value: object, place: Place) -> tuple[Constraint, ...]:
    constraints = []
    for index, item in enumerate(place.items(value, 0)):
        spot = place.at(index)
        given = spot.mapping(item, ("id", "require", "clause", "text"))
        spot = spot.of_rule(spot.at("id").text(given["id"]))
        require = read_condition(given["require"], spot.at("require"))
        constraints.append(
            Constraint(read_rule(given, spot, spot.rule), require, reads_snapshot(require))
        )
    return tuple(constraints)


def reads_snapshot(expression: Expression) -> bool:
    """Whether more than switches and weights decides it."""
    reading = (NumberInput, TextInput, Rows, MeasureValue, EventInForce, Criteria)
    return any(isinstance(node, reading) for node in expression.walk())


def read_quota(value: object, place: Place) -> Quota:
    keys = ("top", "otherwise", "base", "rate", "clause", "text")
    given = place.mapping(value, keys, ("scopes", "order"))
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
    scopes = place.at("scopes").items(given.get("scopes", ["unit", "duty_group"]))
    order = place.at("order").items(given.get("order", list(ORDER_KEYS)))
    return Quota(
        read_rule(given, place, "quota"),
        top,
        otherwise,
        base,
        switch,
        read_number(given["rate"], place.at("rate")),
        tuple(place.choice(scope, ("unit", "duty_group"), "scope") for scope in scopes),
        tuple(place.choice(key, ORDER_KEYS, "ranking key") for key in order),
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
    if given.get("total") is not None:
        return RollUpMethod(rule, read_number(given["total"], place.at("total")))
    if given.get("bands") is None or given.get("otherwise") is None:
        raise place.refuse(
            "give total, or bands and otherwise", "cần total, hoặc bands và otherwise"
        )
    cases = []
    for index, item in enumerate(place.at("bands").items(given["bands"])):
        spot = place.at("bands").at(index)
        pair = spot.mapping(item, ("when", "band"))
        band = spot.at("band").choice(pair["band"], place.scope.bands, "band")
        cases.append((read_condition(pair["when"], spot.at("when")), band))
    otherwise = place.at("otherwise").choice(given["otherwise"], place.scope.bands, "band")
    return RollUpMethod(rule, None, tuple(cases), otherwise)


def read_workflow(value: object, place: Place) -> Workflow:
    given = place.mapping(value, (), ("stages", "final_day", "settings"))
    stages = tuple(
        _stage(item, place.at("stages").at(index))
        for index, item in enumerate(place.at("stages").items(given.get("stages", []), 0))
    )
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
    return int(match[1]), int(match[2])
