"""C-I3, C-I11: whoever had a part in a matter never decides it, whatever roles and accounts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest

from catalogue import adjustment_steps, inputs, proposal_steps, scenes
from catalogue.inputs import Input, call
from catalogue.people import APPRAISER, COMMUNE, EDITOR, HEAD, person
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.proposals.proposals import ProposalKind
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from support.graph import Graph

ONE = person("one", *Role, unit=COMMUNE, officer="officer-1")
"""Somebody with every role, who has just one part in each of these matters."""

ACCOUNTS = [ONE, replace(ONE, subject="the-same-person")]
OTHER = replace(ONE, subject="other", officer="officer-2")


@dataclass(frozen=True)
class Cast:
    """Who takes each step on the way of a version."""

    drafter: Actor = EDITOR
    editor: Actor = EDITOR
    submitter: Actor = EDITOR
    appraiser: Actor = APPRAISER
    approver: Actor = HEAD


async def submitted(uow: UnitOfWork, cast: Cast) -> WorkProductVersion:
    version = await scenes.draft(uow, actor=cast.drafter)
    version = await scenes.revise(uow, version, scenes.named("Khai sinh"), cast.editor)
    return await scenes.submit(uow, version, cast.submitter)


async def appraised(uow: UnitOfWork, cast: Cast) -> WorkProductVersion:
    return await scenes.appraise(uow, await submitted(uow, cast), cast.appraiser)


async def approved(uow: UnitOfWork, cast: Cast) -> WorkProductVersion:
    return await scenes.approve(uow, await appraised(uow, cast), cast.approver)


async def published(uow: UnitOfWork, cast: Cast) -> WorkProductVersion:
    version = await approved(uow, cast)
    await scenes.publish(uow, [version])
    return version


Scene = Callable[[UnitOfWork, Cast], Awaitable[WorkProductVersion]]
DECISIONS: dict[str, tuple[Scene, str, Input]] = {
    "appraise": (submitted, "appraiseVersion", {}),
    "find wanting": (submitted, "appraiseVersion", {"opinion": "CHANGES_NEEDED", "note": "Rõ"}),
    "send back": (submitted, "requestChanges", {"reason": "Chưa rõ"}),
    "send back later": (appraised, "requestChanges", {"reason": "Chưa rõ"}),
    "reject": (submitted, "rejectVersion", {"reason": "Chưa rõ"}),
    "reject later": (approved, "rejectVersion", {"reason": "Chưa rõ"}),
    "approve": (appraised, "approveVersion", {}),
    "publish": (approved, "publishRelease", {}),
    "retire": (published, "retireWorkProduct", {}),
}
AUTHORS = {
    "drafter": Cast(drafter=ONE),
    "editor": Cast(editor=ONE),
    "submitter": Cast(submitter=ONE),
}


async def given(uow: UnitOfWork, name: str, cast: Cast) -> tuple[str, Input]:
    scene, mutation, more = DECISIONS[name]
    version = await scene(uow, cast)
    if mutation == "publishRelease":
        return mutation, inputs.decision(version)
    if mutation == "retireWorkProduct":
        product = await scenes.product(uow)
        return mutation, {
            "code": product.id,
            "expectedRevision": product.revision,
            "effectiveTo": "2026-08-01",
            "decisionNumber": "1/QĐ",
            "reason": "Lý do",
        }
    return mutation, {**inputs.about(version), **more}


async def refused(uow: MemoryUnitOfWork, graph: Graph, mutation: str, input: Input) -> None:
    """`ONE` under either account; the other person may, so nothing else was in the way."""
    before = await scenes.everything(uow)
    for account in ACCOUNTS:
        answer = await call(graph, mutation, account, input)
        assert (answer["code"], answer["ruleId"]) == ("FORBIDDEN", "C-I3")
    assert await scenes.everything(uow) == before
    assert "code" not in await call(graph, mutation, OTHER, input)


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("part", AUTHORS)
async def test_C_I3_no_author_judges_the_version(
    uow: MemoryUnitOfWork, graph: Graph, part: str, decision: str
) -> None:
    mutation, input = await given(uow, decision, AUTHORS[part])

    await refused(uow, graph, mutation, input)


async def test_C_I3_the_appraiser_does_not_approve_the_version(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    mutation, input = await given(uow, "approve", Cast(appraiser=ONE))

    await refused(uow, graph, mutation, input)


@pytest.mark.parametrize("accept", [True, False])
async def test_C_I3_the_proposer_does_not_decide_the_proposal(
    uow: MemoryUnitOfWork, graph: Graph, *, accept: bool
) -> None:
    proposal = await proposal_steps.propose(uow, actor=ONE)
    about = {"proposalId": proposal.id, "expectedRevision": proposal.revision}

    await refused(uow, graph, "decideProposal", {**about, "accept": accept, "reason": "Lý do"})


@pytest.mark.parametrize("kind", ["ADD", "CHANGE"])
async def test_C_I3_the_proposer_does_not_appraise_the_draft_that_came_of_it(
    uow: MemoryUnitOfWork, graph: Graph, kind: str
) -> None:
    if kind == "CHANGE":
        await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch"))
    proposal = await proposal_steps.propose(
        uow, ProposalKind(kind), content=scenes.named("Kế hoạch năm"), actor=ONE
    )
    proposal = await proposal_steps.decide(uow, proposal)
    assert proposal.version_id is not None
    version = await scenes.submit(uow, await scenes.stored(uow, proposal.version_id))

    await refused(uow, graph, "appraiseVersion", inputs.about(version))


@pytest.mark.parametrize("approve", [True, False])
async def test_C_I3_the_proposer_does_not_decide_the_adjustment(
    uow: MemoryUnitOfWork, graph: Graph, *, approve: bool
) -> None:
    await adjustment_steps.in_place(uow)
    adjustment = await adjustment_steps.propose(uow, actor=ONE)
    about = {
        "adjustmentId": adjustment.id,
        "expectedRevision": adjustment.revision,
        "reason": "Lý do",
    }

    await refused(uow, graph, "decideLocalAdjustment", {**about, "approve": approve})


async def test_C_I3_the_importer_is_the_author(uow: MemoryUnitOfWork, graph: Graph) -> None:
    rows = {"rows": [{**inputs.ROW, **SMART}]}
    assert (await inputs.import_rows(graph, ONE, rows))["written"] == 1
    version = await scenes.submit(uow, await scenes.stored(uow, f"{scenes.BIRTH}@1"))

    await refused(uow, graph, "appraiseVersion", inputs.about(version))


SMART: Input = {
    "orientation": "PUBLIC_SERVICE",
    "qualityCriteria": "Đúng hạn",
    "evidenceRequired": "Mã hồ sơ",
    "standardHours": "0,5",
    "jobPositions": "ho-tich",
    "legalBasis": "Luật Hộ tịch",
    "leadDays": "1",
}

IN_BULK: dict[str, tuple[Scene, str, Cast]] = {
    **{f"{part} appraises": (submitted, "APPRAISE", cast) for part, cast in AUTHORS.items()},
    **{f"{part} approves": (appraised, "APPROVE", cast) for part, cast in AUTHORS.items()},
    "appraiser approves": (appraised, "APPROVE", Cast(appraiser=ONE)),
}


@pytest.mark.parametrize("case", IN_BULK)
async def test_C_I3_a_step_in_bulk_leaves_out_what_is_ones_own(
    uow: MemoryUnitOfWork, graph: Graph, case: str
) -> None:
    scene, step, cast = IN_BULK[case]
    await scene(uow, cast)
    before = await scenes.everything(uow)

    for account in ACCOUNTS:
        answer = await inputs.advance(graph, account, {"step": step})
        assert [item["refusal"] for item in answer["items"]] == [
            {"code": "FORBIDDEN", "ruleId": "C-I3"}
        ]

    assert await scenes.everything(uow) == before


async def test_C_I11_the_proposer_withdraws_under_another_account_too(
    uow: MemoryUnitOfWork,
) -> None:
    proposal = await proposal_steps.propose(uow, actor=ONE)

    withdrawn = await proposal_steps.withdraw(uow, proposal, ACCOUNTS[1])

    assert [(step.action, step.by, step.officer) for step in withdrawn.steps] == [
        ("PROPOSED", "one", "officer-1"),
        ("WITHDRAWN", "the-same-person", "officer-1"),
    ]


async def test_people_without_an_officer_id_are_not_taken_for_one(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow))

    assert EDITOR.officer is APPRAISER.officer is None
    assert (await scenes.appraise(uow, version)).steps[-1].by == APPRAISER.subject
