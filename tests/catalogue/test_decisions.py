"""What a decision must name, when it may take effect, and that the bounds bind at every step."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue import adjustment_steps, facts, inputs, scenes
from catalogue.inputs import Input, call
from catalogue.people import APPRAISER, COMMITTEE, COMMUNE, EDITOR, HEAD, PROVINCE_EDITOR
from catalogue_service.application.collections import POLICIES
from catalogue_service.domain.policy.policy import CataloguePolicy
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from support.graph import Graph


async def refused(
    uow: MemoryUnitOfWork, graph: Graph, mutation: str, actor: Actor, input: Input
) -> tuple[str, str, str | None]:
    """Code, field and rule of the refusal, which changed nothing."""
    before = await scenes.everything(uow)
    answer = await call(graph, mutation, actor, input)
    assert answer["__typename"] == "Problem"
    assert await scenes.everything(uow) == before
    return answer["code"], answer["field"], answer["ruleId"]


LONG = "x" * 2001
WITHOUT_REASON: list[tuple[str, Any, Actor, str]] = [
    ("requestChanges", inputs.submitted, APPRAISER, "reason"),
    ("rejectVersion", inputs.submitted, HEAD, "reason"),
    ("retireWorkProduct", inputs.published, HEAD, "reason"),
    ("decideProposal", inputs.proposal, COMMITTEE, "reason"),
    ("decideLocalAdjustment", inputs.proposed_norm, COMMITTEE, "reason"),
    ("proposeChange", inputs.wish, EDITOR, "justification"),
    ("proposeLocalAdjustment", inputs.wished_norm, EDITOR, "justification"),
]


@pytest.mark.parametrize("reason", ["", "  ", LONG])
@pytest.mark.parametrize(
    ("mutation", "given", "actor", "name"), WITHOUT_REASON, ids=[each[0] for each in WITHOUT_REASON]
)
async def test_a_reason_is_needed(
    uow: MemoryUnitOfWork,
    graph: Graph,
    *,
    mutation: str,
    given: Any,
    actor: Actor,
    name: str,
    reason: str,
) -> None:
    input = {**await given(uow), name: reason}
    if mutation == "decideLocalAdjustment":
        input["approve"] = False

    told = await refused(uow, graph, mutation, actor, input)

    assert told == ("INVALID", "input.reason", None)
    assert "code" not in await call(graph, mutation, actor, {**input, name: LONG[:2000]})


BY_DECISION: list[tuple[str, Any, Actor]] = [
    ("publishRelease", inputs.approved, HEAD),
    ("retireWorkProduct", inputs.published, HEAD),
    ("enactCataloguePolicy", inputs.policy, COMMITTEE),
]


@pytest.mark.parametrize("number", ["", " ", "x" * 61])
@pytest.mark.parametrize(
    ("mutation", "given", "actor"), BY_DECISION, ids=[each[0] for each in BY_DECISION]
)
async def test_a_decision_number_is_needed(
    uow: MemoryUnitOfWork, graph: Graph, *, mutation: str, given: Any, actor: Actor, number: str
) -> None:
    input = {**await given(uow), "decisionNumber": number}

    told = await refused(uow, graph, mutation, actor, input)

    assert told == ("INVALID", "input.decisionNumber", None)
    assert "code" not in await call(graph, mutation, actor, {**input, "decisionNumber": "x" * 60})


EFFECTIVE: list[tuple[str, Any, Actor, str]] = [
    ("publishRelease", inputs.approved, HEAD, "effectiveFrom"),
    ("retireWorkProduct", inputs.published, HEAD, "effectiveTo"),
    ("proposeLocalAdjustment", inputs.wished_norm, EDITOR, "validFrom"),
]


@pytest.mark.parametrize(
    ("mutation", "given", "actor", "name"), EFFECTIVE, ids=[each[0] for each in EFFECTIVE]
)
async def test_C_I5_nothing_takes_effect_in_the_past_or_in_a_closed_period(
    uow: MemoryUnitOfWork, graph: Graph, *, mutation: str, given: Any, actor: Actor, name: str
) -> None:
    input = await given(uow)
    await facts.close_quarter(uow)

    past = await refused(uow, graph, mutation, actor, {**input, name: "2026-06-14"})
    first = await refused(uow, graph, mutation, actor, {**input, name: "2026-07-01"})
    last = await refused(uow, graph, mutation, actor, {**input, name: "2026-09-30"})

    assert past == ("INVALID", f"input.{name}", "C-I5")
    assert first == last == ("CONFLICT", f"input.{name}", "C-I5")
    assert "code" not in await call(graph, mutation, actor, {**input, name: "2026-10-01"})


@pytest.mark.parametrize(
    ("mutation", "given", "actor", "name"), EFFECTIVE, ids=[each[0] for each in EFFECTIVE]
)
async def test_C_I10_a_period_closed_elsewhere_is_no_obstacle(
    uow: MemoryUnitOfWork, graph: Graph, *, mutation: str, given: Any, actor: Actor, name: str
) -> None:
    input = await given(uow)
    await facts.close_quarter(uow, replace(facts.QUARTER, unit_ids=("unit_other",)))
    await facts.close_quarter(uow, replace(facts.QUARTER, period_id="p_01", province="01"))

    assert "code" not in await call(graph, mutation, actor, {**input, name: "2026-07-01"})


async def test_C_I10_a_closed_period_of_one_agency_does_not_bind_the_shared_lists(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    input = await inputs.approved_shared(uow)
    await facts.tell_units(uow, facts.PROVINCE, facts.UNIT, facts.TEAM)
    await facts.close_quarter(uow)

    assert "code" not in await call(graph, "publishRelease", COMMITTEE, input)


async def test_C_I10_shared_lists_are_bound_where_every_unit_of_the_province_is_closed(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    input = await inputs.approved_shared(uow)
    gone = replace(facts.TEAM, unit_id="unit_gone", valid_to=date(2026, 7, 1))
    await facts.tell_units(uow, facts.PROVINCE, facts.UNIT, facts.TEAM, gone, facts.HANOI_UNIT)
    await facts.close_quarter(uow, replace(facts.QUARTER, unit_ids=("unit_province", "unit_team")))
    await facts.close_quarter(uow, replace(facts.QUARTER, period_id="period_of_the_commune"))

    told = await refused(uow, graph, "publishRelease", COMMITTEE, input)

    assert told == ("CONFLICT", "input.effectiveFrom", "C-I5")


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"province": "01"}, "input.province"),
        ({"unitId": "unit_ha_noi"}, "input.unitId"),
        ({"province": "56", "unitId": "unit_ha_noi"}, "input.unitId"),
    ],
)
async def test_C_I6_a_release_named_for_another_place_is_refused(
    uow: MemoryUnitOfWork, graph: Graph, named: Input, field: str
) -> None:
    input = await inputs.approved(uow)

    told = await refused(uow, graph, "publishRelease", HEAD, {**input, **named})

    assert told == ("INVALID", field, "C-I6")
    same = {"province": "56", "unitId": COMMUNE}
    assert "code" not in await call(graph, "publishRelease", HEAD, {**input, **same})


async def narrow(uow: MemoryUnitOfWork) -> None:
    """From now on the province allows less than the versions in work are worth."""
    policy = CataloguePolicy(id="56")
    policy.bounds = tuple(replace(each, most_coefficient=Decimal(2)) for each in policy.bounds)
    async with uow.begin() as tx:
        await tx.store(POLICIES).save(policy)


BOUND: list[tuple[str, Any, Actor]] = [
    ("submitVersion", inputs.drafted, EDITOR),
    ("approveVersion", inputs.appraised, HEAD),
    ("publishRelease", inputs.approved, HEAD),
    ("decideLocalAdjustment", inputs.proposed_norm, COMMITTEE),
]


@pytest.mark.parametrize(("mutation", "given", "actor"), BOUND, ids=[each[0] for each in BOUND])
async def test_C_I7_bounds_that_moved_since_bind_at_the_next_step(
    uow: MemoryUnitOfWork, graph: Graph, *, mutation: str, given: Any, actor: Actor
) -> None:
    input = await given(uow)
    await narrow(uow)

    code, _, rule = await refused(uow, graph, mutation, actor, input)

    assert (code, rule) == ("INVALID", "C-I7")


@pytest.mark.parametrize(
    ("step", "given", "actor"),
    [("SUBMIT", inputs.drafted, EDITOR), ("APPROVE", inputs.appraised, HEAD)],
)
async def test_C_I7_bounds_that_moved_since_bind_in_bulk_too(
    uow: MemoryUnitOfWork, graph: Graph, *, step: str, given: Any, actor: Actor
) -> None:
    await given(uow)
    await narrow(uow)

    answer = await inputs.advance(graph, actor, {"step": step})

    assert [item["refusal"]["ruleId"] for item in answer["items"]] == ["C-I7"]


async def test_C_I7_a_narrower_reach_refuses_what_was_asked_for_before(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    input = await inputs.proposed_norm(uow)
    policy = CataloguePolicy(id="56")
    policy.reaches = tuple(replace(each, percent=Decimal(5)) for each in policy.reaches)
    async with uow.begin() as tx:
        await tx.store(POLICIES).save(policy)

    told = await refused(uow, graph, "decideLocalAdjustment", COMMITTEE, input)

    assert told == ("INVALID", "input.value", "C-I7")


@pytest.mark.parametrize("unit", [facts.HANOI_UNIT.unit_id, "unit_that_nobody_knows"])
async def test_C_I6_a_draft_of_group_C_stays_in_a_known_unit_of_the_province(
    uow: MemoryUnitOfWork, graph: Graph, unit: str
) -> None:
    await facts.tell_units(uow, facts.HANOI_UNIT)
    input = {**await inputs.new_product(uow), "unitId": unit}

    code, field, _ = await refused(uow, graph, "draftWorkProduct", PROVINCE_EDITOR, input)

    assert (code, field) in (("INVALID", "input.unitId"), ("NOT_FOUND", "input.unitId"))


async def test_an_adjustment_ends_after_it_begins(uow: MemoryUnitOfWork, graph: Graph) -> None:
    input = await inputs.wished_norm(uow)

    told = await refused(
        uow, graph, "proposeLocalAdjustment", EDITOR, {**input, "validTo": input["validFrom"]}
    )

    assert told == ("INVALID", "input.validTo", None)


async def test_C_I2_a_product_is_not_retired_before_its_version_starts(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    input = await inputs.published(uow)

    told = await refused(
        uow, graph, "retireWorkProduct", HEAD, {**input, "effectiveTo": "2026-06-30"}
    )

    assert told == ("CONFLICT", "input.effectiveTo", "C-I2")
    done = await call(graph, "retireWorkProduct", HEAD, {**input, "effectiveTo": "2026-07-01"})
    assert "code" not in done
    assert (await scenes.product(uow)).number_on(date(2026, 7, 1)) is None


async def test_only_approved_adjustments_expire(uow: MemoryUnitOfWork) -> None:
    await adjustment_steps.in_place(uow)
    waiting = await adjustment_steps.propose(uow)

    assert await adjustment_steps.expire(uow) == 0
    assert await adjustment_steps.stored(uow, waiting.id) == waiting
