"""Each mutation meets four callers: nobody, the wrong role, the wrong place, and the right one."""

from typing import Any

import pytest

from catalogue import inputs, people, proposal_steps, scenes
from catalogue.cases import (
    CASES,
    Case,
    in_another_province,
    in_another_unit,
)
from catalogue.inputs import Input, call
from catalogue_service.adapters.graphql.schema import schema
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from support.graph import Graph

IN_BULK = {"importWorkProducts", "advanceVersions"}


def test_every_mutation_meets_its_callers() -> None:
    mutation = schema._schema.mutation_type
    assert mutation is not None

    assert set(mutation.fields) == {case.mutation for case in CASES} | IN_BULK


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_four_callers(case: Case, uow: MemoryUnitOfWork, graph: Graph) -> None:
    given = await case.given(uow)
    before = await scenes.everything(uow)
    callers = (ANONYMOUS, case.wrong_role, *case.elsewhere)

    refusals = [(await call(graph, case.mutation, actor, given))["code"] for actor in callers]

    by_role, by_place = case.refusals
    assert refusals == ["UNAUTHENTICATED", by_role, *(by_place for _ in case.elsewhere)]
    assert await scenes.everything(uow) == before
    allowed = await call(graph, case.mutation, case.right, given)
    assert allowed == {"__typename": case.answer}
    assert await scenes.everything(uow) != before


REVISED = [
    case
    for case in CASES
    if "expectedRevision"
    in schema._schema.type_map[f"{case.mutation[0].upper()}{case.mutation[1:]}Input"].fields  # type: ignore[attr-defined] # an input type
]


@pytest.mark.parametrize("off", [-1, 1])
@pytest.mark.parametrize("case", REVISED, ids=lambda case: case.name)
async def test_whoever_saw_another_revision_changes_nothing(
    case: Case, off: int, uow: MemoryUnitOfWork, graph: Graph
) -> None:
    given = await case.given(uow)
    stale = {**given, "expectedRevision": given["expectedRevision"] + off}
    before = await scenes.everything(uow)

    answer = await call(graph, case.mutation, case.right, stale)

    assert (answer["code"], answer["field"]) == ("CONFLICT", "input.expectedRevision")
    assert await scenes.everything(uow) == before


async def test_a_colleague_with_every_role_does_not_withdraw_a_proposal(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    given = await inputs.own_proposal(uow)
    before = await scenes.everything(uow)

    answer = await call(graph, "withdrawProposal", people.EVERY_ROLE, given)

    assert answer["code"] == "FORBIDDEN"
    assert await scenes.everything(uow) == before


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
    elsewhere = [in_another_province(right)]
    if right.unit is not None:
        elsewhere.append(in_another_unit(right))

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


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("advanceVersions", {"step": "SUBMIT"}),
        ("proposeChange", {"kind": "ADD", "group": "B", "code": scenes.PLAN, "content":
                           inputs.CONTENT, "justification": "Cần", "province": "56"}),
    ],
)  # fmt: skip
async def test_whoever_has_no_place_is_told_so(
    uow: MemoryUnitOfWork, graph: Graph, name: str, given: Input
) -> None:
    await scenes.draft(uow)
    before = await scenes.everything(uow)

    for actor in (people.NOWHERE, people.PROVINCELESS):
        answer = await call(graph, name, actor, given)
        assert answer["code"] == "FORBIDDEN"

    assert await scenes.everything(uow) == before


ROWS: Input = {"rows": [inputs.ROW], "province": "56", "unit": people.COMMUNE}


@pytest.mark.parametrize(
    "actor",
    [
        people.person("wrong-role", *(set(Role) - {Role.CATALOGUE_EDITOR}), unit=people.COMMUNE),
        in_another_province(people.EDITOR),
        in_another_unit(people.EDITOR),
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
