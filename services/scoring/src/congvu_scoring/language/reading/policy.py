"""`read_policy`: a plain document becomes a checked, immutable `Policy`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from congvu_kit.domain.canonical import fingerprint
from congvu_kit.domain.errors import Invalid
from congvu_scoring.common.plain import plain
from congvu_scoring.engine.counted_rows import with_standing
from congvu_scoring.engine.policy import CITIZENS, Policy, RollUp
from congvu_scoring.engine.reads import reads_of
from congvu_scoring.expressions.declarations import WeightGroup
from congvu_scoring.expressions.location import Location, Scope
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import (
    BILINGUAL,
    NAME,
    WHOLE,
    Choice,
    Keys,
    ListOf,
    MapOf,
    Plain,
)
from congvu_scoring.language.checking.policy import check_policy
from congvu_scoring.language.invalid_policy import InvalidPolicy
from congvu_scoring.language.reading.agreement import AGREEMENT, read_agreement
from congvu_scoring.language.reading.consequences import CONSEQUENCES, read_consequences
from congvu_scoring.language.reading.header import (
    HISTORY,
    INPUTS,
    SOURCES,
    SUBJECTS,
    SWITCHES,
    WEIGHTS,
    read_date,
    read_inputs,
    read_lineage,
    read_sources,
    read_subjects,
    read_switches,
    read_weight_groups,
)
from congvu_scoring.language.reading.initiatives import INITIATIVES, read_initiatives
from congvu_scoring.language.reading.measures import MEASURE, read_measures
from congvu_scoring.language.reading.others import OTHERS, read_rated_by_others
from congvu_scoring.language.reading.outcome import (
    BANDS,
    CONSTRAINTS,
    RULES,
    STATES,
    TRIGGERS,
    band_codes,
    former_codes,
    read_bands,
    read_constraints,
    read_rules,
    read_states,
    read_triggers,
)
from congvu_scoring.language.reading.size import check_size
from congvu_scoring.language.reading.workflow import WORKFLOW, read_workflow
from congvu_scoring.language.reading.yearly import QUOTA, ROLL_UP, read_quotas, read_roll_up

S = TypeVar("S")

FORMAT = "congvu.policy/1"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_DATE = Plain({"type": "string", "format": "date"})
POLICY = Keys(
    {
        "format": Plain({"const": FORMAT}),
        "id": Plain({"type": "string", "pattern": f"^{_ID.pattern}$"}),
        "version": WHOLE,
        "title": BILINGUAL,
        "sources": SOURCES,
        "subjects": SUBJECTS,
        "measures": MapOf(MEASURE),
        "total": NAME,
        "bands": BANDS,
    },
    {
        "summary": BILINGUAL,
        "effective_from": _DATE,
        "effective_to": _DATE,
        "units": ListOf(NAME),
        "citizens": Choice(CITIZENS),
        "family": NAME,
        "history": HISTORY,
        "switches": SWITCHES,
        "weights": WEIGHTS,
        "inputs": INPUTS,
        "constraints": CONSTRAINTS,
        "states": STATES,
        "rules": RULES,
        "triggers": TRIGGERS,
        "quota": QUOTA,
        "roll_up": ROLL_UP,
        "workflow": WORKFLOW,
        "consequences": CONSEQUENCES,
        "agreement": AGREEMENT,
        "initiatives": INITIATIVES,
        "rated_by_others": OTHERS,
        "derived_from": Keys({"id": NAME, "version": WHOLE, "hash": NAME}),
    },
)


def read_policy(document: object, file: str = "") -> Policy:
    """Raise `InvalidPolicy`, which holds every error, each with file, path and rule."""
    here = Location("", "policy", Scope())
    try:
        check_size(document, here)
    except Invalid as error:
        raise InvalidPolicy([error], file) from None
    try:
        policy = _read(document, here)
        check_policy(policy, here)
    except Invalid as first:
        faults = _survey(document)
        if first.en not in [fault.en for fault in faults]:
            faults.append(first)
        raise InvalidPolicy(faults, file) from None
    return policy


def _survey(document: object) -> list[Invalid]:
    """Every error that can be told without mending another one first."""
    faults: list[Invalid] = []
    here = Location("", "policy", Scope(), faults)
    top = here.gather(Given.read, POLICY, document, here)
    if top is None or faults:
        return faults
    given = top.values
    here.gather(_header, given, here)
    here.gather(read_sources, given["sources"], here.at("sources"))
    weights = here.gather(read_weight_groups, given.get("weights", {}), here.at("weights"))
    scopes = here.gather(_scopes, given, weights or (), here)
    if scopes is None:
        return faults
    before, after, rollup = scopes
    here.gather(read_measures, given["measures"], before.at("measures"))
    here.gather(after.at("total").choice, given["total"], after.scope.measures, "measure")
    known = {"before": after.without_outcome(), "after": after, "rollup": rollup}
    for name, read, where in _SECTIONS:
        if name in given:
            spot = known[where].at(name)
            here.gather(read, given[name], spot.of_rule(name) if name in _OWN_RULE else spot)
    if not faults:
        policy = here.gather(_read, document, replace(here, faults=None))
        if policy is not None:
            check_policy(policy, here)
    return faults


def _header(given: Mapping[str, object], here: Location) -> None:
    here.gather(here.at("format").choice, given["format"], (FORMAT,), "format")
    here.gather(_policy_id, given["id"], here.at("id"))
    here.gather(here.at("version").whole, given["version"])
    here.gather(here.at("title").bilingual, given["title"])
    here.gather(read_subjects, given["subjects"], here.at("subjects"))
    here.gather(_citizens, given, here)
    for name in ("effective_from", "effective_to"):
        here.gather(read_date, given.get(name), here.at(name))
    here.gather(read_lineage, given, here)


_OWN_RULE = ("bands", "roll_up")
_SECTIONS: tuple[tuple[str, Callable[[object, Location], object], str], ...] = (
    ("constraints", read_constraints, "before"),
    ("states", read_states, "before"),
    ("bands", read_bands, "before"),
    ("rules", read_rules, "after"),
    ("triggers", read_triggers, "after"),
    ("quota", read_quotas, "before"),
    ("roll_up", read_roll_up, "rollup"),
    ("workflow", read_workflow, "before"),
    ("consequences", read_consequences, "after"),
    ("agreement", read_agreement, "before"),
    ("initiatives", read_initiatives, "before"),
    ("rated_by_others", read_rated_by_others, "before"),
)


def _scopes(
    given: Mapping[str, object], weights: tuple[WeightGroup, ...], here: Location
) -> tuple[Location, Location, Location]:
    """Where measures are read, where the outcome is known, and where periods are."""
    bands = band_codes(given["bands"], here.at("bands"))
    former = former_codes(given["bands"], here.at("bands"))
    declared = _declared(given, weights, here)
    names = frozenset(here.at("measures").names(given["measures"]))
    scope = replace(declared, bands=bands, former_bands=former, every_measure=names)
    after = replace(scope, measures=names, outcome=True)
    yearly = Scope(scope.switches, scope.weights, bands=bands, former_bands=former, rollup=True)
    before, outcome, rollup = (replace(here, scope=one) for one in (scope, after, yearly))
    return before, outcome, rollup


def _read(document: object, here: Location) -> Policy:
    given = _formatted(document, here)
    weights = read_weight_groups(given.get("weights", {}), here.at("weights"))
    before, after, rollup = _scopes(given, weights, here)
    measures = read_measures(given["measures"], before.at("measures"))
    family, history = read_lineage(given, here := after.without_outcome())
    policy = Policy(
        id=_policy_id(given["id"], here.at("id")),
        version=here.at("version").whole(given["version"]),
        title=here.at("title").bilingual(given["title"]),
        summary=here.at("summary").bilingual(given.get("summary", given["title"])),
        sources=read_sources(given["sources"], here.at("sources")),
        subjects=read_subjects(given["subjects"], here.at("subjects")),
        units=tuple(map(str, here.at("units").items(given.get("units", []), 0))),
        citizens=_citizens(given, here),
        effective_from=read_date(given.get("effective_from"), here.at("effective_from")),
        effective_to=read_date(given.get("effective_to"), here.at("effective_to")),
        switches=before.scope.switches,
        weight_groups=weights,
        inputs=before.scope.inputs,
        measures=measures,
        total=here.at("total").choice(given["total"], tuple(measures), "measure"),
        constraints=read_constraints(given.get("constraints", []), here.at("constraints")),
        states=read_states(given.get("states", []), here.at("states")),
        bands=read_bands(given["bands"], here.at("bands").of_rule("bands")),
        rules=read_rules(given.get("rules", []), after.at("rules")),
        triggers=read_triggers(given.get("triggers", []), after.at("triggers")),
        quotas=read_quotas(given["quota"], here.at("quota")) if "quota" in given else (),
        roll_up=_roll_up(given, rollup.at("roll_up").of_rule("roll_up")),
        workflow=read_workflow(given.get("workflow", {}), here.at("workflow")),
        consequences=read_consequences(given.get("consequences", {}), after.at("consequences")),
        agreement=_optional("agreement", read_agreement, given, here),
        initiatives=_optional("initiatives", read_initiatives, given, here),
        rated_by_others=_optional("rated_by_others", read_rated_by_others, given, here),
        family=family,
        history=history,
        document=given,
        hash=fingerprint(plain(given)),
    )
    return with_standing(policy, reads_of(policy).lists)


def _formatted(document: object, here: Location) -> Mapping[str, object]:
    given = Given.read(POLICY, document, here).values
    here.at("format").choice(given["format"], (FORMAT,), "format")
    return given


def _optional(
    name: str,
    read: Callable[[object, Location], S],
    given: Mapping[str, object],
    here: Location,
) -> S | None:
    return read(given[name], here.at(name)) if name in given else None


def _citizens(given: Mapping[str, object], here: Location) -> str:
    return here.at("citizens").choice(given.get("citizens", CITIZENS[0]), CITIZENS, "choice")


def _roll_up(given: Mapping[str, object], here: Location) -> RollUp | None:
    return read_roll_up(given["roll_up"], here) if "roll_up" in given else None


def _policy_id(value: object, here: Location) -> str:
    policy_id = here.text(value)
    if not _ID.fullmatch(policy_id):
        raise here.refuse("an id is letters, digits, dots and hyphens", "mã sai dạng")
    return policy_id


def _declared(
    given: Mapping[str, object], weights: tuple[WeightGroup, ...], here: Location
) -> Scope:
    """The switches, weights and inputs; a switch and a weight never share a name."""
    switches = read_switches(given.get("switches", {}), here.at("switches"))
    inputs = read_inputs(given.get("inputs", {}), here.at("inputs"))
    names = [weight.name for group in weights for weight in group.weights]
    for name in names:
        if name in switches or names.count(name) > 1:
            raise here.at("weights").refuse(f"{name!r} is named twice", f"{name!r} bị trùng tên")
    return Scope(switches, frozenset((*names, *_weights_named(given.get("weights")))), inputs)


def _weights_named(groups: object) -> Iterator[str]:
    """Those of groups that could not be read too, so that nothing else complains of them."""
    for group in groups.values() if isinstance(groups, Mapping) else ():
        items = group.get("items") if isinstance(group, Mapping) else None
        if isinstance(items, Mapping):
            yield from map(str, items)
