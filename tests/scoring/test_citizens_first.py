"""What citizens said is nobody's to overrule: whatever a superior types, no figure of it moves."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_kit.domain.errors import Invalid
from congvu_scoring import CompiledPolicy, Snapshot, compile_policy, score
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.expressions.base import Expression
from congvu_scoring.expressions.leaves import MeasureValue
from scoring.test_nothing_done import EVERYTHING

Document = dict[str, Any]

CITIZENS = ("satisfaction", "citizens", "procedures")
"""Sections of the snapshot that citizens fill."""
POLICIES = {id: compile_policy(policy) for id, policy in shipped_policies().items()}


def reads(compiled: CompiledPolicy, node: Expression) -> frozenset[str]:
    """The sections that an expression and the measures it names read."""
    found = node.reads_in_all()
    below = (
        reads(compiled, compiled.policy.measures[each.name].value)
        for each in node.walk()
        if isinstance(each, MeasureValue)
    )
    own = {path.partition(".")[0] for path in found.inputs} | found.lists
    return frozenset(own).union(*below)


def of_citizens(compiled: CompiledPolicy) -> Iterator[str]:
    """Components that read what citizens said, and no work and no section of somebody else but what
    a superior may type where nobody said anything."""
    others = {"work", "indicators", "conduct", "crises", "colleagues", "unit", "general"}
    for name, measure in compiled.policy.measures.items():
        found = reads(compiled, measure.value)
        if found & set(CITIZENS) and not found & others:
            yield name


HEARD = sorted((id, name) for id, each in POLICIES.items() for name in of_citizens(each))


def test_the_policies_that_hear_citizens_are_among_them() -> None:
    assert {("PETITION-57", "SOCIAL_IMPACT"), ("PETITION-57", "TRANSPARENCY")} <= set(HEARD)
    assert ("PUBLIC-COMMITMENT", "COMMITMENT") in HEARD


def typed(compiled: CompiledPolicy) -> st.SearchStrategy[Document]:
    """Whatever a superior may type: elements, criteria, marks of the leader, conduct."""
    known = compiled.vocabulary
    numbers = st.sampled_from([0, 1, "0.5"])
    elements = st.dictionaries(st.sampled_from(sorted(known.elements or {"x"})), numbers)
    general = st.dictionaries(st.sampled_from(sorted(known.criteria or {"x"})), numbers)
    return st.fixed_dictionaries(
        {},
        optional={
            "elements": elements if known.elements else st.just({}),
            "general": general if known.criteria else st.just({}),
            "unit": st.fixed_dictionaries(
                {
                    "subordinates": st.just(4),
                    "not_completed": st.sampled_from([0, 1]),
                    "organising": st.sampled_from(["FULL", "SHORTCOMING"]),
                    "unity": st.sampled_from(["FULL", "CONFLICT"]),
                }
            ),
        },
    )


def said(share: float) -> Document:
    """Enough people said something, and it was good or bad."""
    good = round(40 * share)
    return {
        "satisfaction": {"index": f"{good}/40", "n": 40},
        "procedures": [{"procedure": "1.001193", "answers": 40, "satisfied": good}],
        "citizens": {
            "received": 40, "due": 40, "answered": good, "decided": 40, "upheld": 40 - good,
            "own_decided": 40, "own_upheld": 40 - good, "promised": 40, "kept": good, "partly": 0,
        },
    }  # fmt: skip


@pytest.mark.parametrize(("policy", "component"), HEARD)
@given(data=st.data(), share=st.sampled_from([0.0, 0.5, 1.0]))
def test_whatever_a_superior_types_no_evidence_of_citizens_moves(
    policy: str, component: str, data: st.DataObject, share: float
) -> None:
    compiled = POLICIES[policy]
    document = {
        name: facts for name, facts in EVERYTHING[policy].items() if name in ("work", "indicators")
    } | said(share)
    first, second = data.draw(typed(compiled)), data.draw(typed(compiled))

    found = {value(compiled, {**document, **each}, component) for each in (first, second)}

    assert len(found) == 1


@given(data=st.data())
def test_no_typed_figure_passes_the_gate_of_unhappy_citizens(data: st.DataObject) -> None:
    compiled = POLICIES["PETITION-57"]
    document = EVERYTHING["PETITION-57"] | said(0.0) | data.draw(typed(compiled))

    result = score(compiled, Snapshot.from_document(document))

    assert result.components["PUBLIC_SERVICE"] == 0
    assert result.band in ("HT", "KHT")


def value(compiled: CompiledPolicy, document: Document, component: str) -> object:
    try:
        result = score(compiled, Snapshot.from_document(document))
    except Invalid as refused:
        return refused.rule_id
    return result.components.get(component)
