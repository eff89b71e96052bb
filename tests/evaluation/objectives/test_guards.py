"""What the rules on objectives refuse, each by itself."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid
from congvu_kit.domain.text import camel
from evaluation import specimens as a
from evaluation_service.domain.common.sizes import ENTRIES_MAX
from evaluation_service.domain.objectives.content import (
    TEXT_MAX_CHARS,
    TITLE_MAX_CHARS,
    ObjectiveContent,
)
from evaluation_service.domain.objectives.objectives import (
    CODE_MAX_CHARS,
    VERSIONS_MAX,
    Basis,
    Objective,
    ObjectiveLevel,
    ObjectiveState,
)
from evaluation_service.domain.objectives.scorecards import Scorecard, ScorecardLine, WeightScope

CONTENT = a.objective().content
WHY = Basis(reason="Giao lại", decision=None)
LONG = {
    "title": TITLE_MAX_CHARS,
    "description": TEXT_MAX_CHARS,
    "indicator.unit_of_measure": TITLE_MAX_CHARS,
    "indicator.data_source": TITLE_MAX_CHARS,
}


def saying(name: str, text: str) -> ObjectiveContent:
    place, _, inner = name.partition(".")
    if not inner:
        return replace(CONTENT, **{place: text})  # type: ignore[arg-type]
    changed: dict[str, Any] = {inner: text}
    return replace(CONTENT, indicator=replace(CONTENT.indicator, **changed))


@pytest.mark.parametrize("name", LONG)
def test_each_text_says_something_and_not_too_much(name: str) -> None:
    saying(name, "x" * LONG[name]).check()

    for text in (" ", "x" * (LONG[name] + 1)):
        with pytest.raises(Invalid) as refusal:
            saying(name, text).check()
        assert refusal.value.field == f"input.content.{camel(name)}"


@pytest.mark.parametrize("code", ["", "  ", "x" * (CODE_MAX_CHARS + 1)])
def test_a_code_says_something_and_not_too_much(code: str) -> None:
    longest, wrong = (
        replace(a.objective(), versions=(), code=each) for each in ("x" * CODE_MAX_CHARS, code)
    )

    longest.define(CONTENT, a.SOMEBODY, a.NOW)
    with pytest.raises(Invalid) as refusal:
        wrong.define(CONTENT, a.SOMEBODY, a.NOW)

    assert (refusal.value.field, wrong.versions) == ("input.code", ())


def revised(objective: Objective, content: ObjectiveContent, reason: str = "Giao lại") -> None:
    objective.revise(content, Basis(reason=reason, decision=None), a.APPROVER, a.NOW, [])


@pytest.mark.parametrize(
    ("content", "reason", "kind"),
    [
        (replace(CONTENT, title="Khác"), " ", Invalid),
        (replace(CONTENT, title=" "), "Giao lại", Invalid),
        (CONTENT, "Giao lại", Conflict),
    ],
)
def test_a_revision_has_a_reason_is_whole_and_changes_something(
    content: ObjectiveContent, reason: str, kind: type[DomainError]
) -> None:
    objective = a.objective()

    with pytest.raises(kind):
        revised(objective, content, reason)

    assert len(objective.versions) == 1


def test_an_objective_has_so_many_versions_and_no_more() -> None:
    objective = a.objective()
    for n in range(VERSIONS_MAX - 1):
        revised(objective, replace(CONTENT, title=f"Lần {n}"))

    with pytest.raises(Conflict):
        revised(objective, replace(CONTENT, title="Lần nữa"))

    assert len(objective.versions) == VERSIONS_MAX


def setter() -> Actor:
    """By another account of the same person (C-I11)."""
    return replace(a.APPROVER, subject="another account", officer="cs_setter")


@pytest.mark.parametrize(
    ("by", "reason", "kind"), [(a.APPROVER, " ", Invalid), (setter(), "Bỏ", Forbidden)]
)
def test_E_I15_an_objective_is_withdrawn_by_another_and_with_a_reason(
    by: Actor, reason: str, kind: type[DomainError]
) -> None:
    first = replace(a.objective().versions[0], set_by=Participant.of(setter()))
    objective = replace(a.objective(), versions=(first,))

    with pytest.raises(kind):
        objective.withdraw(Basis(reason=reason, decision=None), by, a.NOW, in_use=False)

    assert (objective.state, objective.recorded) == (ObjectiveState.IN_FORCE, ())
    objective.withdraw(WHY, a.APPROVER, a.NOW, in_use=False)
    assert objective.state is ObjectiveState.WITHDRAWN


def test_a_scorecard_holds_so_many_objectives_and_no_more() -> None:
    card = Scorecard(
        id="card", period_id="p", province="56", level=ObjectiveLevel.UNIT, unit_id="unit_1"
    )
    one = replace(ScorecardLine.of(a.objective(), []), weight=Decimal(1))
    lines = [replace(one, objective_id=f"o{n}", code=f"C{n}") for n in range(ENTRIES_MAX + 1)]
    for line in lines[:-1]:
        card.put(line, WeightScope.OWNER, "input.content.weight")

    with pytest.raises(Conflict):
        card.put(lines[-1], WeightScope.OWNER, "input.content.weight")

    assert len(card.lines) == ENTRIES_MAX
