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
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    BILINGUAL,
    CONDITION,
    NAME,
    NUMBER,
    RULED,
    TEXT,
    WHOLE,
    Choice,
    Keys,
    ListOf,
    Shape,
)
from congvu_scoring.operators.choices import THRESHOLD, read_threshold

T = TypeVar("T")
Kind = Literal["HARD_FAIL", "VETO", "GATE", "CAP"]
State = Literal["NOT_EVALUABLE", "NOT_RATED"]

_BAND = Keys(
    {"code": NAME, "text": BILINGUAL}, {**THRESHOLD, "from_switch": NAME, "when": CONDITION}
)
BANDS = Keys(
    {**RULED, "table": ListOf(_BAND, 1)},
    {"of": NUMBER, "places": NUMBER, "read_on": TEXT, "former": ListOf(NAME)},
)
_BAND_EFFECTS: Mapping[str, Shape] = {
    "band": NAME,
    "band_at_most": NAME,
    "band_at_least": NAME,
    "lower_by": WHOLE,
    "raise_by": WHOLE,
}
_EFFECT = Keys({}, {**_BAND_EFFECTS, "counted_total": NUMBER}, least=1)
_RULE = Keys(
    {"id": NAME, "kind": Choice(get_args(Kind)), "when": CONDITION, "then": _EFFECT, **RULED}
)
_TRIGGER = Keys({"id": NAME, "when": CONDITION, "case": BILINGUAL, **RULED})
_STATE = Keys({"id": NAME, "state": Choice(get_args(State)), "when": CONDITION, **RULED})
_CONSTRAINT = Keys({"id": NAME, "require": CONDITION, **RULED})
RULES, TRIGGERS, STATES = ListOf(_RULE), ListOf(_TRIGGER), ListOf(_STATE)
CONSTRAINTS = ListOf(_CONSTRAINT)


def band_codes(value: object, here: Location) -> tuple[str, ...]:
    table = here.at("table").items(here.names(value).get("table"))
    spots = [(here.at("table").at(index), row) for index, row in enumerate(table)]
    return tuple(spot.text(spot.names(row).get("code")) for spot, row in spots)


def former_codes(value: object, here: Location) -> tuple[str, ...]:
    """Bands that only a history can hold: those of earlier rules."""
    codes = here.at("former").items(here.names(value).get("former", []), 0)
    return tuple(here.at("former").text(code) for code in codes)


def read_bands(value: object, here: Location) -> Bands:
    given = Given.read(BANDS, value, here)
    table: list[Band] = []
    rows = given.items("table")
    for index, (row, spot) in enumerate(rows):
        band = spot.gather(_band, row, spot, index == len(rows) - 1)
        if band is not None:
            table.append(band)
            spot.gather(_check_reached, table, spot)
    if len({band.code for band in table}) != len(table):
        raise here.refuse("two bands have one code", "trùng mã mức xếp loại")
    return Bands(
        given.rule("bands"),
        tuple(table),
        given.number("of") if "of" in given else None,
        given.number("places") if "places" in given else None,
        given.text("read_on") if "read_on" in given else None,
        here.scope.former_bands,
    )


def _band(row: object, here: Location, lowest: bool) -> Band:
    if isinstance(row, Mapping) and {"at_most", "below", "less"} & set(row):
        raise here.refuse(
            "a band has no upper limit: the first band that is reached counts, best first",
            "mức không có cận trên: xét từ mức cao xuống, lấy mức đầu tiên đạt",
        )
    given = Given.read(_BAND, row, here)
    code, text = given.name("code"), given.bilingual("text")
    bare = not any(key in given for key in _BAND.optional)
    if lowest != bare:
        raise here.refuse(
            "every band but the last, lowest one needs at_least, above, from_switch or when",
            "mọi mức trừ mức thấp nhất phải có at_least, above, from_switch hoặc when",
        )
    when = given.condition("when") if "when" in given else None
    if "from_switch" in given:
        return Band(code, text, None, when=when, switch=_numeric_switch(given))
    if not any(key in given for key in THRESHOLD):
        return Band(code, text, None, when=when)
    return Band(code, text, *read_threshold(given), when)


def _numeric_switch(given: Given) -> str:
    name, switches = given.name("from_switch"), given.here.scope.switches
    numeric = [key for key, item in switches.items() if item.numeric]
    if any(key in given for key in THRESHOLD):
        raise given.here.refuse(
            "a band has one threshold: a number or a switch",
            "mức có một ngưỡng: số hoặc công tắc",
        )
    return given.at("from_switch").choice(name, numeric, "numeric switch")


def _check_reached(table: list[Band], here: Location) -> None:
    """A band without condition hides every later one whose threshold is not lower."""
    latest = table[-1]
    for band in table[:-1]:
        if band.when is not None or latest.threshold is None or band.threshold is None:
            continue
        if (latest.threshold, latest.strictly) >= (band.threshold, band.strictly):
            raise here.refuse(
                "bands go from best to worst; this one is never reached",
                "các mức xếp từ cao xuống thấp; mức này không bao giờ đạt",
            )


def _each(value: object, here: Location, shape: Shape, read: Callable[[Given], T]) -> Iterator[T]:
    """Every entry of a list of rules, each known by its `id`."""

    def entry(item: object, spot: Location) -> T:
        return read(Given.read(shape, item, spot).named())

    for index, item in enumerate(here.items(value, 0)):
        spot = here.at(index).named_by(item)
        found = spot.gather(entry, item, spot)
        if found is not None:
            yield found


def read_rules(value: object, here: Location) -> tuple[BandRule, ...]:
    return tuple(_each(value, here, _RULE, _rule))


def _rule(given: Given) -> BandRule:
    kind = given.choice("kind", get_args(Kind), "kind of rule")
    return BandRule(
        next(one for one in get_args(Kind) if one == kind),
        given.rule(given.here.rule),
        given.condition("when"),
        _effect(given["then"], given.at("then")),
    )


def _effect(value: object, here: Location) -> Effect:
    given = Given.read(_EFFECT, value, here)
    effects = [name for name in _BAND_EFFECTS if name in given]
    if not given.values or ("band" in given and len(effects) > 1):
        others = ", ".join(name for name in _BAND_EFFECTS if name != "band")
        raise here.refuse(
            f"give band, or some of {others}, and counted_total if it changes",
            f"cần band, hoặc {others}, và counted_total nếu thay đổi",
        )

    def band(name: str) -> str | None:
        return given.choice(name, here.scope.bands, "band") if name in given else None

    return Effect(
        band("band"),
        band("band_at_most"),
        band("band_at_least"),
        given.whole("lower_by"),
        given.whole("raise_by"),
        given.number("counted_total") if given.has("counted_total") else None,
    )


def read_triggers(value: object, here: Location) -> tuple[Trigger, ...]:
    return tuple(_each(value, here, _TRIGGER, _trigger))


def _trigger(given: Given) -> Trigger:
    rule, when = given.rule(given.here.rule), given.condition("when")
    return Trigger(rule, when, given.bilingual("case"))


def read_states(value: object, here: Location) -> tuple[StateRule, ...]:
    return tuple(_each(value, here, _STATE, _state))


def _state(given: Given) -> StateRule:
    state = given.choice("state", get_args(State), "state")
    rule, when = given.rule(given.here.rule), given.condition("when")
    return StateRule(rule, when, "NOT_RATED" if state == "NOT_RATED" else "NOT_EVALUABLE")


def read_constraints(value: object, here: Location) -> tuple[Constraint, ...]:
    return tuple(_each(value, here, _CONSTRAINT, _constraint))


def _constraint(given: Given) -> Constraint:
    require = given.condition("require")
    rule = given.rule(given.here.rule)
    return Constraint(rule, require, reads_snapshot=require.reads_in_all().facts)
