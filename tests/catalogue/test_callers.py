"""Each mutation meets four callers: nobody, the wrong role, the wrong place, and the right one."""

from dataclasses import replace
from typing import Any

import pytest

from catalogue import inputs, people, proposal_steps, scenes
from catalogue.cases import CASES
from catalogue.inputs import Input, call
from catalogue_service.adapters.graphql.schema import schema
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from support.callers import Case, Stage, meet_a_stale_revision, meet_callers, mutations
from support.graph import Graph

IN_BULK = {"importWorkProducts", "advanceVersions"}


EACH_ROLE_ALONE = [
    pytest.param(case, role, id=f"{case.mutation}-{role}-{case.right.subject}")
    for case in CASES
    for role in case.roles
]
REVISED = [case for case in CASES if "expectedRevision" in mutations(schema)[case.mutation].fields]


def test_every_mutation_meets_its_callers() -> None:
    assert set(mutations(schema)) == {case.mutation for case in CASES} | IN_BULK


@pytest.mark.parametrize(("case", "role"), EACH_ROLE_ALONE)
async def test_a_mutation_meets_its_callers(stage: Stage, case: Case[Stage], role: Role) -> None:
    await meet_callers(case, stage, role)


@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize("case", REVISED, ids=lambda case: f"{case.mutation}-{case.right.subject}")
async def test_a_stale_revision_changes_nothing(stage: Stage, case: Case[Stage], step: int) -> None:
    await meet_a_stale_revision(case, stage, step)


def _in_another_province(actor: Actor) -> Actor:
    return replace(actor, subject="another-province", province="01")


def _in_another_unit(actor: Actor) -> Actor:
    return replace(actor, subject="another-unit", unit=people.OTHER_COMMUNE)


STEPS = [
    ("SUBMIT", inputs.drafted, people.EDITOR, {Role.CATALOGUE_EDITOR}),
    ("APPRAISE", inputs.submitted, people.APPRAISER, {Role.CATALOGUE_APPRAISER}),
    ("APPROVE", inputs.appraised, people.HEAD, {Role.UNIT_HEAD}),
]


@pytest.mark.parametrize(("step", "given", "right", "roles"), STEPS, ids=[s[0] for s in STEPS])
async def test_four_callers_of_a_bulk_step(
    uow: MemoryUnitOfWork, graph: Graph, *, step: str, given: Any, right: Actor, roles: set[Role]
) -> None:
    await given(uow)
    before = await scenes.everything(uow)
    others = frozenset(set(Role) - roles)
    wrong_role = people.person("wrong-role", *others, unit=right.unit)
    elsewhere = [_in_another_province(right)]
    if right.unit is not None:
        elsewhere.append(_in_another_unit(right))

    async def taken(actor: Actor) -> Any:
        answer = await inputs.advance(graph, actor, {"step": step})
        return answer.get("code") or [item["refusal"] for item in answer["items"]]

    assert await taken(ANONYMOUS) == "UNAUTHENTICATED"
    assert await taken(wrong_role) == [{"code": "FORBIDDEN", "ruleId": None}]
    assert await taken(elsewhere[0]) == []
    for actor in elsewhere[1:]:
        assert await taken(actor) == [{"code": "FORBIDDEN", "ruleId": None}]
    assert await scenes.everything(uow) == before
    assert await taken(right) == [None]
    assert await scenes.everything(uow) != before


async def test_whoever_has_no_province_takes_no_bulk_step(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.draft(uow)
    before = await scenes.everything(uow)

    answer = await call(graph, "advanceVersions", people.NOWHERE, {"step": "SUBMIT"})

    assert answer["code"] == "FORBIDDEN"
    assert await scenes.everything(uow) == before


ROWS: Input = {"rows": [inputs.ROW], "province": "56", "unitId": people.COMMUNE}


@pytest.mark.parametrize(
    "actor",
    [
        people.person("wrong-role", *(set(Role) - {Role.CATALOGUE_EDITOR}), unit=people.COMMUNE),
        _in_another_province(people.EDITOR),
        _in_another_unit(people.EDITOR),
    ],
    ids=lambda actor: str(actor.subject),
)
async def test_an_import_writes_nothing_for_strangers(
    uow: MemoryUnitOfWork, graph: Graph, actor: Actor
) -> None:
    before = await scenes.everything(uow)

    nobody = await inputs.import_rows(graph, ANONYMOUS, ROWS)
    refused = await inputs.import_rows(graph, actor, ROWS)

    assert nobody["code"] == "UNAUTHENTICATED"
    assert (refused["written"], refused["refused"]) == (0, 1)
    assert [*(await scenes.everything(uow))[:-1]] == [*before[:-1]]
    done = await inputs.import_rows(graph, people.EDITOR, ROWS)
    assert (done["written"], done["refused"]) == (1, 0)


async def test_the_same_key_answers_again_and_another_body_does_not(graph: Graph) -> None:
    given = {
        "idempotencyKey": "same",
        "group": "C",
        "code": scenes.BIRTH,
        "content": inputs.CONTENT,
    }

    first = await call(graph, "draftWorkProduct", people.EDITOR, given)
    again = await call(graph, "draftWorkProduct", people.EDITOR, given)
    changed = {**given, "content": {**inputs.CONTENT, "points": "5"}}
    other = await call(graph, "draftWorkProduct", people.EDITOR, changed)

    assert (first, other["code"]) == (again, "IDEMPOTENCY_MISMATCH")


async def test_what_an_accepted_proposal_opened_is_read_back(uow: MemoryUnitOfWork) -> None:
    proposal = await proposal_steps.decide(uow, await proposal_steps.propose(uow))

    assert await proposal_steps.stored(uow, proposal.id) == proposal
