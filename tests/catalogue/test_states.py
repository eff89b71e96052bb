"""Every state meets every step: those that lead on, and all others, which change nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from catalogue import adjustment_steps, proposal_steps, scenes
from catalogue.inputs import Input, call
from catalogue.people import COMMITTEE, EDITOR, HEAD
from catalogue_service.domain.adjustments.adjustments import AdjustmentState
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.proposals.proposals import ProposalState
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from support.clock import FixedClock
from support.graph import Graph

Scene = Callable[[UnitOfWork], Awaitable[WorkProductVersion]]


async def retired(uow: UnitOfWork) -> WorkProductVersion:
    first = await scenes.published(uow)
    await scenes.retire(uow)
    return await scenes.stored(uow, first.id)


@pytest.mark.parametrize(
    ("scene", "code"),
    [(scenes.approved, "CONFLICT"), (scenes.published, None), (retired, "CONFLICT")],
    ids=["never published", "active", "retired"],
)
async def test_only_an_active_product_is_retired(
    uow: MemoryUnitOfWork, graph: Graph, scene: Scene, code: str | None
) -> None:
    await scene(uow)
    before = await scenes.everything(uow)
    product = await scenes.product(uow)
    command: dict[str, Any] = {
        "code": product.id,
        "expectedRevision": product.revision,
        "effectiveTo": "2026-09-01",
        "decisionNumber": "1/QĐ",
        "reason": "Lý do",
    }

    answer = await call(graph, "retireWorkProduct", HEAD, command)

    assert answer.get("code") == code
    assert (await scenes.everything(uow) == before) is (code is not None)


async def decided_adjustment(
    uow: MemoryUnitOfWork, clock: FixedClock, state: AdjustmentState
) -> Input:
    await adjustment_steps.in_place(uow)
    adjustment = await adjustment_steps.propose(uow)
    if state is AdjustmentState.REJECTED:
        adjustment = await adjustment_steps.decide(uow, adjustment, approve=False, reason="Không")
    elif state is not AdjustmentState.PROPOSED:
        adjustment = await adjustment_steps.decide(uow, adjustment)
    if state is AdjustmentState.EXPIRED:
        clock.at = clock.at.replace(year=2028)
        await adjustment_steps.expire(uow)
        adjustment = await adjustment_steps.stored(uow, adjustment.id)
    assert adjustment.state is state
    return {
        "adjustmentId": adjustment.id,
        "expectedRevision": adjustment.revision,
        "reason": "Lý do",
    }


@pytest.mark.parametrize("approve", [True, False])
@pytest.mark.parametrize("state", AdjustmentState)
async def test_only_a_proposed_adjustment_is_decided(
    uow: MemoryUnitOfWork,
    graph: Graph,
    clock: FixedClock,
    *,
    state: AdjustmentState,
    approve: bool,
) -> None:
    about = await decided_adjustment(uow, clock, state)
    before = await scenes.everything(uow)

    answer = await call(graph, "decideLocalAdjustment", COMMITTEE, {**about, "approve": approve})

    after = await adjustment_steps.stored(uow, about["adjustmentId"])
    if state is AdjustmentState.PROPOSED:
        assert after.state.value == ("APPROVED" if approve else "REJECTED")
    else:
        assert answer["code"] == "CONFLICT"
        assert await scenes.everything(uow) == before


PROPOSAL_STEPS: dict[str, tuple[str, Actor, Input]] = {
    "comment": ("commentOnProposal", EDITOR, {"text": "Ý kiến"}),
    "accept": ("decideProposal", COMMITTEE, {"accept": True, "reason": "Được"}),
    "decline": ("decideProposal", COMMITTEE, {"accept": False, "reason": "Không"}),
    "withdraw": ("withdrawProposal", EDITOR, {}),
}


@pytest.mark.parametrize("step", PROPOSAL_STEPS)
@pytest.mark.parametrize("state", ProposalState)
async def test_only_an_open_proposal_takes_a_step(
    uow: MemoryUnitOfWork, graph: Graph, state: ProposalState, step: str
) -> None:
    proposal = await proposal_steps.propose(uow)
    if state is ProposalState.WITHDRAWN:
        proposal = await proposal_steps.withdraw(uow, proposal)
    elif state is not ProposalState.OPEN:
        accept = state is ProposalState.ACCEPTED
        proposal = await proposal_steps.decide(uow, proposal, accept=accept)
    mutation, actor, more = PROPOSAL_STEPS[step]
    about: Input = {"proposalId": proposal.id, **more}
    if step != "comment":
        about["expectedRevision"] = proposal.revision
    before = await scenes.everything(uow)

    answer = await call(graph, mutation, actor, about)

    if state is ProposalState.OPEN:
        assert answer == {"__typename": "ChangeProposal"}
        assert await scenes.everything(uow) != before
    else:
        assert answer["code"] == "CONFLICT"
        assert await scenes.everything(uow) == before
