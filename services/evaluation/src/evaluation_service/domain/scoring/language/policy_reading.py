"""`read_policy`: a plain document becomes a checked, immutable `Policy`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from congvu_kit.errors import Invalid

from ..canonical import Json, fingerprint
from ..environment import Measure
from ..policy import Policy, WeightGroup
from ..sections import UNITS
from .checks import check_policy
from .header import (
    read_bounds,
    read_date,
    read_inputs,
    read_sources,
    read_subjects,
    read_switches,
    read_weight_groups,
)
from .measures import read_rule
from .numbers import read_number
from .outcome import (
    band_codes,
    former_codes,
    read_bands,
    read_constraints,
    read_rules,
    read_states,
    read_triggers,
)
from .place import Place, Scope
from .yearly import read_quotas, read_roll_up, read_workflow

FORMAT = "congvu.policy/1"
REQUIRED = ("format", "id", "version", "title", "sources", "subjects", "measures", "total", "bands")
OPTIONAL = (
    "summary",
    "effective_from",
    "effective_to",
    "units",
    "switches",
    "weights",
    "inputs",
    "constraints",
    "states",
    "rules",
    "triggers",
    "quota",
    "roll_up",
    "workflow",
    "derived_from",
)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_NAME = re.compile(r"[^\W\d]\w*")


def read_policy(document: object, file: str = "") -> Policy:
    """Raise `Invalid` that says the file, the path in it, and the rule."""
    try:
        return _read(document)
    except Invalid as error:
        if not file:
            raise
        raise Invalid(
            en=f"{file}: {error.en}",
            vi=f"{file}: {error.vi}",
            field=error.field,
            rule_id=error.rule_id,
        ) from error


def _read(document: object) -> Policy:
    place = Place("", "policy", Scope())
    given = place.mapping(document, REQUIRED, OPTIONAL)
    place.at("format").choice(given["format"], (FORMAT,), "format")
    weights = read_weight_groups(given.get("weights", {}), place.at("weights"))
    bands = band_codes(given["bands"], place.at("bands"))
    former = former_codes(given["bands"], place.at("bands"))
    scope = replace(_declared(given, weights, place), bands=bands, former_bands=former)
    measures = _measures(given["measures"], replace(place, scope=scope).at("measures"))
    total = place.at("total").choice(given["total"], tuple(measures), "measure")
    known = replace(scope, measures=frozenset(measures))
    place = replace(place, scope=known)
    after = replace(place, scope=replace(known, outcome=True))
    yearly = Scope(scope.switches, scope.weights, bands=bands, former_bands=former, rollup=True)
    rollup = replace(place, scope=yearly)
    policy = Policy(
        id=_policy_id(given["id"], place.at("id")),
        version=place.at("version").whole(given["version"]),
        title=place.at("title").words(given["title"]),
        summary=place.at("summary").words(given.get("summary", given["title"])),
        sources=read_sources(given["sources"], place.at("sources")),
        subjects=read_subjects(given["subjects"], place.at("subjects")),
        units=tuple(str(unit) for unit in place.at("units").items(given.get("units", []), 0)),
        effective_from=read_date(given.get("effective_from"), place.at("effective_from")),
        effective_to=read_date(given.get("effective_to"), place.at("effective_to")),
        switches=scope.switches,
        weight_groups=weights,
        inputs=scope.inputs,
        measures=measures,
        total=total,
        constraints=read_constraints(given.get("constraints", []), place.at("constraints")),
        states=read_states(given.get("states", []), place.at("states")),
        bands=read_bands(given["bands"], place.at("bands").of_rule("bands")),
        rules=read_rules(given.get("rules", []), after.at("rules")),
        triggers=read_triggers(given.get("triggers", []), after.at("triggers")),
        quotas=read_quotas(given["quota"], place.at("quota")) if "quota" in given else (),
        roll_up=read_roll_up(given["roll_up"], rollup.at("roll_up").of_rule("roll_up"))
        if "roll_up" in given
        else None,
        workflow=read_workflow(given.get("workflow", {}), place.at("workflow")),
        document=given,
        hash=fingerprint(plain(given)),
    )
    check_policy(policy)
    return policy


def _policy_id(value: object, place: Place) -> str:
    policy_id = place.text(value)
    if not _ID.fullmatch(policy_id):
        raise place.refuse("an id is letters, digits, dots and hyphens", "mã sai dạng")
    return policy_id


def _declared(given: Mapping[str, object], weights: tuple[WeightGroup, ...], place: Place) -> Scope:
    """The switches, weights and inputs; a switch and a weight never share a name."""
    switches = read_switches(given.get("switches", {}), place.at("switches"))
    inputs = read_inputs(given.get("inputs", {}), place.at("inputs"))
    names = [weight.name for group in weights for weight in group.weights]
    for name in names:
        if name in switches or names.count(name) > 1:
            raise place.at("weights").refuse(f"{name!r} is named twice", f"{name!r} bị trùng tên")
    return Scope(switches, frozenset(names), inputs)


def _measures(value: object, place: Place) -> Mapping[str, Measure]:
    """In order: each may use the ones above it, so there are no circles."""
    measures: dict[str, Measure] = {}
    for name, item in place.names(value).items():
        spot = place.at(name).of_rule(name)
        if not _NAME.fullmatch(name) or name in measures:
            raise spot.refuse("a name is letters, digits and _", "tên chỉ gồm chữ, số và _")
        spot = replace(spot, scope=replace(spot.scope, measures=frozenset(measures)))
        measures[name] = _measure(name, item, spot)
    return measures


def _measure(name: str, value: object, place: Place) -> Measure:
    given = place.mapping(
        value, ("clause", "text", "unit", "value"), ("min", "max", "hidden", "evidence")
    )
    low, high = read_bounds(given, place)
    return Measure(
        read_rule(given, place, name),
        read_number(given["value"], place.at("value")),
        place.at("unit").choice(given["unit"], UNITS, "unit"),
        low,
        high,
        given.get("hidden") is not True,
        given.get("evidence") is True,
    )


def plain(value: object) -> Json:
    """The document with every exact number and date as text, so that it can be hashed."""
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
