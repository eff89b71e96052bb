"""`read_policy`: a plain document becomes a checked, immutable `Policy`."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.canonical import Json, fingerprint
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.declarations import WeightGroup
from congvu_scoring.expressions.environment import Measure
from congvu_scoring.expressions.place import Place, Scope
from congvu_scoring.language.checking.policy import check_policy
from congvu_scoring.language.invalid_policy import Unsound
from congvu_scoring.language.reading.header import (
    read_bounds,
    read_date,
    read_inputs,
    read_sources,
    read_subjects,
    read_switches,
    read_weight_groups,
)
from congvu_scoring.language.reading.measures import read_rule
from congvu_scoring.language.reading.numbers import read_number
from congvu_scoring.language.reading.outcome import (
    band_codes,
    former_codes,
    read_bands,
    read_constraints,
    read_rules,
    read_states,
    read_triggers,
)
from congvu_scoring.language.reading.yearly import read_quotas, read_roll_up, read_workflow
from congvu_scoring.snapshots.sections import UNITS

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
    """Raise `Unsound`, which holds every error: each says the file, the path in it, the rule."""
    place = Place("", "policy", Scope())
    try:
        policy = _read(document, place)
        check_policy(policy, place)
    except Invalid as first:
        faults = _survey(document)
        if first.en not in [fault.en for fault in faults]:
            faults.append(first)
        raise Unsound(faults, file) from None
    return policy


def _survey(document: object) -> list[Invalid]:
    """Every error that can be told without mending another one first."""
    faults: list[Invalid] = []
    place = Place("", "policy", Scope(), faults)
    given = place.keep(place.mapping, document, REQUIRED, OPTIONAL)
    if given is None or faults:
        return faults
    place.keep(_header, given, place)
    place.keep(read_sources, given["sources"], place.at("sources"))
    weights = place.keep(read_weight_groups, given.get("weights", {}), place.at("weights"))
    scopes = place.keep(_scopes, given, weights or (), place)
    if scopes is None:
        return faults
    before, after, rollup = scopes
    place.keep(_measures, given["measures"], before.at("measures"))
    place.keep(after.at("total").choice, given["total"], after.scope.measures, "measure")
    for name, read, where in _SECTIONS:
        if name in given:
            spot = {"before": after.out(), "after": after, "rollup": rollup}[where].at(name)
            place.keep(read, given[name], spot.of_rule(name) if name in _OWN_RULE else spot)
    if not faults:
        check_policy(_read(document, replace(place, faults=None)), place)
    return faults


def _header(given: Mapping[str, object], place: Place) -> None:
    place.keep(place.at("format").choice, given["format"], (FORMAT,), "format")
    place.keep(_policy_id, given["id"], place.at("id"))
    place.keep(place.at("version").whole, given["version"])
    place.keep(place.at("title").words, given["title"])
    place.keep(read_subjects, given["subjects"], place.at("subjects"))
    for name in ("effective_from", "effective_to"):
        place.keep(read_date, given.get(name), place.at(name))


_OWN_RULE = ("bands", "roll_up")
_SECTIONS: tuple[tuple[str, Callable[[object, Place], object], str], ...] = (
    ("constraints", read_constraints, "before"),
    ("states", read_states, "before"),
    ("bands", read_bands, "before"),
    ("rules", read_rules, "after"),
    ("triggers", read_triggers, "after"),
    ("quota", read_quotas, "before"),
    ("roll_up", read_roll_up, "rollup"),
    ("workflow", read_workflow, "before"),
)


def _scopes(
    given: Mapping[str, object], weights: tuple[WeightGroup, ...], place: Place
) -> tuple[Place, Place, Place]:
    """Where measures are read, where the outcome is known, and where periods are."""
    bands = band_codes(given["bands"], place.at("bands"))
    former = former_codes(given["bands"], place.at("bands"))
    declared = _declared(given, weights, place)
    names = frozenset(place.at("measures").names(given["measures"]))
    scope = replace(declared, bands=bands, former_bands=former, every_measure=names)
    after = replace(scope, measures=names, outcome=True)
    yearly = Scope(scope.switches, scope.weights, bands=bands, former_bands=former, rollup=True)
    before, outcome, rollup = (replace(place, scope=one) for one in (scope, after, yearly))
    return before, outcome, rollup


def _read(document: object, place: Place) -> Policy:
    given = place.mapping(document, REQUIRED, OPTIONAL)
    place.at("format").choice(given["format"], (FORMAT,), "format")
    weights = read_weight_groups(given.get("weights", {}), place.at("weights"))
    before, after, rollup = _scopes(given, weights, place)
    scope = before.scope
    measures = _measures(given["measures"], before.at("measures"))
    total = place.at("total").choice(given["total"], tuple(measures), "measure")
    place = after.out()
    return Policy(
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
    return Scope(switches, frozenset((*names, *_weights_named(given.get("weights")))), inputs)


def _weights_named(groups: object) -> Iterator[str]:
    """Those of groups that could not be read too, so that nothing else complains of them."""
    for group in groups.values() if isinstance(groups, Mapping) else ():
        items = group.get("items") if isinstance(group, Mapping) else None
        if isinstance(items, Mapping):
            yield from map(str, items)


def _measures(value: object, place: Place) -> Mapping[str, Measure]:
    """In order: each may use the ones above it, so there are no circles."""
    measures: dict[str, Measure] = {}
    known: set[str] = set()
    for name, item in place.names(value).items():
        spot = place.at(name).of_rule(name)
        if not _NAME.fullmatch(name) or name in known:
            raise spot.refuse("a name is letters, digits and _", "tên chỉ gồm chữ, số và _")
        spot = replace(spot, scope=replace(spot.scope, measures=frozenset(known), measuring=name))
        known.add(name)
        measure = spot.keep(_measure, name, item, spot)
        if measure is not None:
            measures[name] = measure
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
