"""E-I20: nothing done is never excellent, and a small missing part never fails what was done."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, Snapshot, compile_policy, score
from congvu_scoring.documents.policy_files import shipped_policies

Document = dict[str, Any]

POLICIES = {id: compile_policy(policy) for id, policy in shipped_policies().items()}
LEVELS = ("RESULTS", "LEADING", "CHANGE", "ACUMEN", "COALITIONS", "MERIT")
KINDS = ("SPEARHEAD", "HARD", "SOFT")
WORK = [
    {"item": "w@1", "kind": kind, "orientation": "PUBLIC_SERVICE", "coefficient": 1,
     "assigned": 5, "completed": 5}
    for kind in KINDS
]  # fmt: skip
OF_UNIT = {
    **dict.fromkeys(("quantity", "quality", "progress", "on_time", "answered", "kept"), 1),
    "workload": 12,
}
UNIT = {"subordinates": 4, "not_completed": 0, "organising": "FULL", "unity": "FULL"}
CITIZENS = {"index": 1, "n": 40}
SAID: Document = {
    "citizens": {"due": 9, "answered": 9, "decided": 9, "upheld": 0, "promised": 4, "kept": 4,
                 "partly": 0},
    "colleagues": {"development": 1, "development_n": 9, "sharing": 1, "sharing_n": 9,
                   "trained": 1, "trained_n": 9, "coordination": 1, "coordination_n": 9},
    "procedures": [{"procedure": "1.001193", "answers": 40, "satisfied": 40}],
    "crises": [{"crisis": "lu", "outcome": "RESOLVED", "hours": 4, "hours_allowed": 8}],
}  # fmt: skip
WHOLE = ("citizens", "colleagues")
"""What comes in one event, and so is there as a whole or not at all."""
INITIATIVES: Document = {
    "initiatives": [
        {"initiative": "tin-nhan", "kind": "SHORTER_TIME", "points": 10, "state": "FINAL"}
    ]
}
DONE = {"baseline": 0, "target": 10, "actual": 10}


def indicators(*perspectives: str) -> list[Document]:
    return [
        {"code": each.lower(), "perspective": each, "weight": 1, **DONE} for each in perspectives
    ]


def elements(rating: object, *names: str) -> Document:
    return dict.fromkeys(names, rating)


DECREE: Document = {"general_total": 30, "work": WORK}
EVERYTHING: Mapping[str, Document] = {
    "ND335-2025-STAFF": DECREE,
    "ND335-2025-DEPUTY": {**DECREE, "unit": UNIT, **INITIATIVES},
    "ND335-2025-LEADER": {**DECREE, "unit": UNIT, **INITIATIVES},
    "ND335-2025-AGENCY": {
        "general": dict.fromkeys(("POLICY_LAW", "DISCIPLINE", "HEAD", "ENVIRONMENT"), 1),
        "unit": OF_UNIT,
        "satisfaction": CITIZENS,
        "indicators": indicators("PLAN", "PROGRESS", "MANAGEMENT", "PROCEDURES"),
    },
    "KHANHHOA-2025": {"work": WORK},
    "KHANHHOA-UNIT-2025": {
        "indicators": indicators("ADMIN_REFORM", "CITIZEN_SERVICE", "SOCIO_ECONOMIC"),
        "unit": OF_UNIT,
        "satisfaction": CITIZENS,
    },
    "UEB-VNU": {"work": WORK},
    "LEADER-CONTRACT-BSC": {"indicators": indicators("OPERATIONS", "SOCIAL", "CAPACITY_INTEGRITY")},
    "BSC-CASCADE": {
        "indicators": [
            {**each, "parent": "unit"}
            for each in indicators("FINANCE", "CUSTOMER", "PROCESS", "LEARNING")
        ]
    },
    "PETITION-57": {
        "work": WORK,
        "unit": UNIT,
        "satisfaction": CITIZENS,
        "indicators": indicators("PROCESS_REFORM"),
        **SAID,
        **INITIATIVES,
        "elements": elements(
            1, "CRISIS", "COORDINATION", "PEOPLE", "PROCESS_REFORM", "TRANSPARENCY", "SOCIAL_IMPACT"
        ),
    },
    "CN-TARGET": {"indicators": indicators("A", "B", "C")},
    "NZ-OUTPUT": {"indicators": [each for each in indicators("O1", "O2", "O3", "O4")]},
    "US-SES": {"elements": elements(5, *LEVELS)},
    "MY-LAB": {"indicators": indicators("A", "B", "C")},
    "IN-SPARROW": {"elements": elements(10, "work_output", "attributes", "competency")},
    "PUBLIC-COMMITMENT": {**DECREE, "unit": UNIT, "satisfaction": CITIZENS},
}


OWN = ("work", "elements", "indicators")
"""What somebody did, or was rated for; the rest is of the unit, of citizens, or conduct."""


def test_every_policy_is_among_them() -> None:
    assert EVERYTHING.keys() == shipped_policies().keys()


def parts(document: Document) -> list[tuple[str, ...]]:
    """What can be missing: a whole section, or one entry of a table of facts."""
    return [
        (section, *inner)
        for section, facts in document.items()
        for inner in [(), *((name,) for name in (facts if apart(section, facts) else ()))]
    ]


def apart(section: str, facts: object) -> bool:
    return isinstance(facts, dict) and section not in WHOLE


def without(document: Document, missing: Sequence[tuple[str, ...]]) -> Document:
    left = deepcopy(document)
    for section, *inner in missing:
        if inner:
            left.get(section, {}).pop(inner[0], None)
        else:
            left.pop(section, None)
    return left


def some_missing(document: Document) -> Iterator[Document]:
    """Without any one part, any two, any section beside them."""
    every = parts(document)
    for count in (1, 2, 3):
        yield from (without(document, some) for some in combinations(every, count))


def undone(document: Document) -> Document:
    """The same work, targets and ratings, and nothing came of them."""
    found = deepcopy(document)
    for row in found.get("work", []):
        row["completed"] = 0
    for row in found.get("indicators", []):
        row["actual"] = row["baseline"]
    for name in found.get("elements", {}):
        found["elements"][name] = 1 if name in SCALED else 0
    return found


def with_unhappy_citizens(document: Document) -> Document:
    return document | (
        {"satisfaction": {"index": 0, "n": 40}} if "satisfaction" in document else {}
    )


@pytest.mark.parametrize("policy", sorted(EVERYTHING))
def test_E_I20_everything_done_is_the_best_band(policy: str) -> None:
    assert band(policy, EVERYTHING[policy]) == best(policy)


@pytest.mark.parametrize("policy", sorted(EVERYTHING))
def test_E_I20_nothing_done_is_never_excellent(policy: str) -> None:
    nothing = undone(EVERYTHING[policy])

    found = {band(policy, each) for each in (nothing, *some_missing(nothing))}

    assert best(policy) not in found


@pytest.mark.parametrize("policy", sorted(EVERYTHING))
def test_E_I20_what_others_did_lifts_nobody_who_has_nothing_of_their_own(policy: str) -> None:
    others = without(EVERYTHING[policy], [(section,) for section in OWN])

    found = {band(policy, each) for each in (others, *some_missing(others))}

    assert found == {None}


def chosen_otherwise() -> Iterator[tuple[str, str, str]]:
    """Each choice of each switch that is not the default."""
    for id, compiled in POLICIES.items():
        for name, switch in compiled.policy.switches.items():
            for value, _ in switch.values:
                if value != switch.default:
                    yield id, name, value


@pytest.mark.parametrize(("policy", "switch", "value"), [*chosen_otherwise()])
def test_E_I20_no_switch_makes_nothing_excellent(policy: str, switch: str, value: str) -> None:
    compiled = compile_policy(POLICIES[policy].policy, {switch: value})
    nothing = undone(EVERYTHING[policy])
    others = without(EVERYTHING[policy], [(section,) for section in OWN])
    shown = [without(each, [part]) for each in (nothing, others) for part in parts(each)]

    found = {band(policy, each, compiled) for each in (nothing, others, *shown)}

    assert best(policy) not in found


@pytest.mark.parametrize("policy", sorted(EVERYTHING))
def test_E_I20_missing_parts_never_fail_what_was_done(policy: str) -> None:
    done = EVERYTHING[policy]
    found = {
        band(policy, each): each
        for shown in (done, with_unhappy_citizens(done))
        for each in some_missing(shown)
    }

    assert worst(policy) not in found, found[worst(policy)]


def band(policy: str, document: Document, chosen: CompiledPolicy | None = None) -> str | None:
    """None when it cannot be scored, or is refused."""
    try:
        return score(chosen or POLICIES[policy], Snapshot.from_document(document)).band
    except Invalid:
        return None


def best(policy: str) -> str:
    return POLICIES[policy].policy.bands.codes[0]


def worst(policy: str) -> str:
    return POLICIES[policy].policy.bands.codes[-1]


SCALED = ("work_output", "attributes", "competency", *LEVELS)
"""Rated on a scale that begins at 1."""
