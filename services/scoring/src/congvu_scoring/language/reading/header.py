"""What a policy declares before its measures: sources, switches, weights, inputs."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from congvu_scoring.common.bilingual import Bilingual
from congvu_scoring.engine.policy import SourceText
from congvu_scoring.expressions.declarations import DeclaredInput, Switch, Weight, WeightGroup
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    BILINGUAL,
    EXACT,
    FLAG,
    NAME,
    RULED,
    Choice,
    Either,
    Keys,
    ListOf,
    MapOf,
    Shape,
)
from congvu_scoring.operators.weighted_sum import HUNDRED
from congvu_scoring.snapshots.sections import SUBJECT_KINDS, UNITS

_FOR_WHOM = re.compile(r"-(STAFF|DEPUTY|LEADER)$")
_SOURCE_KINDS = ("LAW", "READ", "DEFAULT")
BOUNDS: Mapping[str, Shape] = {"min": EXACT, "max": EXACT}
_SOURCE = Keys({"id": NAME, "kind": Choice(_SOURCE_KINDS), "text": BILINGUAL})
_SWITCH = Keys({"default": Either((EXACT, NAME)), **RULED}, {"values": MapOf(BILINGUAL), **BOUNDS})
_WEIGHT = Keys({"text": BILINGUAL}, {"default": EXACT, **BOUNDS, "rest": FLAG})
_WEIGHT_GROUP = Keys({**RULED, "items": MapOf(_WEIGHT)})
_INPUT = Keys({"text": BILINGUAL}, {"unit": Choice(UNITS), **BOUNDS, "values": ListOf(NAME, 1)})

ANY_FAMILY = "ANY"
HISTORY = Either((Choice((ANY_FAMILY,)), ListOf(NAME, 1)))
SOURCES = ListOf(_SOURCE, 1)
SUBJECTS = ListOf(Choice(SUBJECT_KINDS), 1)
SWITCHES, WEIGHTS, INPUTS = MapOf(_SWITCH), MapOf(_WEIGHT_GROUP), MapOf(_INPUT)


def read_sources(value: object, here: Location) -> tuple[SourceText, ...]:
    spots = [(here.at(index), item) for index, item in enumerate(here.items(value))]
    read = [spot.gather(_source, item, spot) for spot, item in spots]
    return tuple(source for source in read if source is not None)


def _source(value: object, here: Location) -> SourceText:
    given = Given.read(_SOURCE, value, here)
    name, text = given.name("id"), given.bilingual("text")
    return SourceText(name, text, given.choice("kind", _SOURCE_KINDS, "kind of source"))


def read_date(value: object, here: Location) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(here.text(value))
    except ValueError as error:
        raise here.refuse(f"{value!r} is no date YYYY-MM-DD", f"{value!r} sai ngày") from error


def read_lineage(given: Mapping[str, object], here: Location) -> tuple[str, frozenset[str] | None]:
    """The family, and the families whose results count as former ones, its own among them; None
    for those of any."""
    family = _family(given, here)
    value = given.get("history", [family])
    if value == ANY_FAMILY:
        return family, None
    spot = here.at("history")
    return family, frozenset((family, *(spot.text(name) for name in spot.items(value))))


def _family(given: Mapping[str, object], here: Location) -> str:
    """As stated; else the id it derives from or its own, without the ending that says for whom."""
    if "family" in given:
        return here.at("family").text(given["family"])
    base = given.get("derived_from")
    name = base.get("id") if isinstance(base, Mapping) else given["id"]
    return _FOR_WHOM.sub("", str(name)) or str(name)


def read_subjects(value: object, here: Location) -> tuple[str, ...]:
    kinds = here.items(value)
    return tuple(here.choice(kind, SUBJECT_KINDS, "subject") for kind in kinds)


def read_switches(value: object, here: Location) -> Mapping[str, Switch]:
    switches = {}
    for name, item in here.names(value).items():
        spot = here.at(name).of_rule(name)
        # A switch that cannot be read still has its name, so that nothing else complains of it.
        switches[name] = spot.gather(_switch, name, item, spot) or _stand_in(name, item)
    return switches


def _stand_in(name: str, value: object) -> Switch:
    given = value if isinstance(value, Mapping) else {}
    named = given.get("values")
    keys = tuple(map(str, named)) if isinstance(named, Mapping) else ()
    text = Bilingual(name, name)
    return Switch(name, text, "", "0", tuple((key, text) for key in keys))


def _switch(name: str, value: object, here: Location) -> Switch:
    given = Given.read(_SWITCH, value, here)
    rule = given.rule(name)
    if given.has("values"):
        values = tuple((key, spot.bilingual(text)) for key, text, spot in given.entries("values"))
        default = given.choice("default", [key for key, _ in values], "value of the switch")
        return Switch(name, rule.text, rule.clause, default, values)
    low, high = read_bounds(given)
    _check_within(given.exact("default"), low, high, given.at("default"))
    return Switch(name, rule.text, rule.clause, str(given["default"]), (), low, high)


def read_bounds(given: Given) -> tuple[Fraction | None, Fraction | None]:
    low, high = given.exact_or_none("min"), given.exact_or_none("max")
    if low is not None and high is not None and low > high:
        raise given.here.refuse("min is above max", "min lớn hơn max")
    return low, high


def _check_within(
    value: Fraction, low: Fraction | None, high: Fraction | None, here: Location
) -> None:
    if (low is not None and value < low) or (high is not None and value > high):
        raise here.refuse(
            f"{value} lies outside {low} to {high}", f"{value} ngoài khoảng {low} đến {high}"
        )


def read_weight_groups(value: object, here: Location) -> tuple[WeightGroup, ...]:
    spots = [(name, item, here.at(name).of_rule(name)) for name, item in here.names(value).items()]
    read = [spot.gather(_weight_group, name, item, spot) for name, item, spot in spots]
    return tuple(group for group in read if group is not None)


def _weight_group(name: str, value: object, here: Location) -> WeightGroup:
    given = Given.read(_WEIGHT_GROUP, value, here)
    rule = given.rule(name)
    weights = tuple(
        _weight(key, Given.read(_WEIGHT, item, spot)) for key, item, spot in given.entries("items")
    )
    if sum(weight.rest for weight in weights) > 1:
        raise here.refuse("only one weight can take the rest", "chỉ một trọng số nhận phần còn lại")
    return WeightGroup(rule, weights)


def _weight(name: str, given: Given) -> Weight:
    low, high = read_bounds(given)
    rest = given.get("rest") is True
    if rest == given.has("default"):
        raise given.here.refuse("give a default, or rest: true", "cần default hoặc rest: true")
    return Weight(
        name,
        given.bilingual("text"),
        None if rest else given.exact("default"),
        Fraction(0) if low is None else low,
        HUNDRED if high is None else high,
        rest,
    )


def read_inputs(value: object, here: Location) -> Mapping[str, DeclaredInput]:
    inputs = {}
    for path, item in here.names(value).items():
        spot = here.at(path)
        inputs[path] = spot.gather(_declared, path, item, spot) or DeclaredInput(
            path, Bilingual(path, path), "", None, None
        )
    return inputs


def _declared(path: str, value: object, here: Location) -> DeclaredInput:
    starts = ("elements.", "general.", "unit.", "satisfaction.", "citizens.", "colleagues.")
    if not path.startswith(starts) and path not in ("general_total", "working_days"):
        listed = ", ".join(starts)
        raise here.refuse(
            f"an input starts with one of {listed}", f"đầu vào phải bắt đầu bằng một trong {listed}"
        )
    given = Given.read(_INPUT, value, here)
    if "unit" in given:
        given.choice("unit", UNITS, "unit")
    low, high = read_bounds(given)
    text = given.bilingual("text")
    values = (
        tuple(here.text(item) for item, _ in given.items("values")) if given.has("values") else ()
    )
    return DeclaredInput(path, text, str(given.get("unit", "")), low, high, values)
