"""The measures of a policy: named numbers, each of which may use those above it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from congvu_scoring.engine.policy import Measure
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import FLAG, NUMBER, RULED, Choice, Keys
from congvu_scoring.language.reading.header import BOUNDS, read_bounds
from congvu_scoring.snapshots.sections import UNITS

MEASURE = Keys(
    {**RULED, "unit": Choice(UNITS), "value": NUMBER}, {**BOUNDS, "hidden": FLAG, "evidence": FLAG}
)
_NAME = re.compile(r"[^\W\d]\w*")


def read_measures(value: object, here: Location) -> Mapping[str, Measure]:
    """In order: each may use the ones above it, so there are no circles."""
    measures: dict[str, Measure] = {}
    known: set[str] = set()
    for name, item in here.names(value).items():
        spot = here.at(name).of_rule(name)
        if not _NAME.fullmatch(name):
            raise spot.refuse("a name is letters, digits and _", "tên chỉ gồm chữ, số và _")
        spot = replace(spot, scope=replace(spot.scope, measures=frozenset(known), measuring=name))
        known.add(name)
        measure = spot.gather(_measure, name, item, spot)
        if measure is not None:
            measures[name] = measure
    return measures


def _measure(name: str, value: object, here: Location) -> Measure:
    given = Given.read(MEASURE, value, here)
    low, high = read_bounds(given)
    rule, number = given.rule(name), given.number("value")
    unit = given.choice("unit", UNITS, "unit")
    shown, evidence = given.get("hidden") is not True, given.get("evidence") is True
    return Measure(rule, number, unit, low, high, shown, evidence)
