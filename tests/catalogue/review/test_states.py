"""Every state of a version meets every step: those that lead on, and all others."""

from collections.abc import Awaitable, Callable

import pytest

from catalogue import inputs, scenes
from catalogue.inputs import Input, call
from catalogue.people import APPRAISER, EDITOR, HEAD
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.products.versions import VersionState as V
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.products.work_products import ProductState, WorkProduct
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict
from support.graph import Graph

Scene = Callable[[UnitOfWork], Awaitable[WorkProductVersion]]


async def submitted(uow: UnitOfWork) -> WorkProductVersion:
    return await scenes.submit(uow, await scenes.draft(uow))


async def sent_back(uow: UnitOfWork) -> WorkProductVersion:
    return await scenes.request_changes(uow, await submitted(uow))


async def rejected(uow: UnitOfWork) -> WorkProductVersion:
    return await scenes.reject(uow, await submitted(uow))


async def superseded(uow: UnitOfWork) -> WorkProductVersion:
    first = await scenes.published(uow)
    await scenes.successor(uow, first)
    return await scenes.stored(uow, first.id)


async def retired(uow: UnitOfWork) -> WorkProductVersion:
    first = await scenes.published(uow)
    await scenes.retire(uow)
    return await scenes.stored(uow, first.id)


VERSIONS: dict[V, Scene] = {
    V.DRAFT: scenes.draft,
    V.SUBMITTED: submitted,
    V.IN_REVIEW: scenes.appraised,
    V.CHANGES_REQUESTED: sent_back,
    V.REJECTED: rejected,
    V.APPROVED: scenes.approved,
    V.PUBLISHED: scenes.published,
    V.SUPERSEDED: superseded,
    V.RETIRED: retired,
}
BY: dict[str, Actor] = {
    "reviseWorkProduct": EDITOR,
    "submitVersion": EDITOR,
    "withdrawVersion": EDITOR,
    "appraiseVersion": APPRAISER,
    "requestChanges": APPRAISER,
    "approveVersion": HEAD,
    "rejectVersion": HEAD,
    "publishRelease": HEAD,
}
LEADS: dict[V, dict[str, V]] = {
    V.DRAFT: {"reviseWorkProduct": V.DRAFT, "submitVersion": V.SUBMITTED},
    V.SUBMITTED: {
        "withdrawVersion": V.DRAFT,
        "appraiseVersion": V.IN_REVIEW,
        "requestChanges": V.CHANGES_REQUESTED,
        "rejectVersion": V.REJECTED,
    },
    V.IN_REVIEW: {
        "withdrawVersion": V.DRAFT,
        "requestChanges": V.CHANGES_REQUESTED,
        "approveVersion": V.APPROVED,
        "rejectVersion": V.REJECTED,
    },
    V.CHANGES_REQUESTED: {
        "reviseWorkProduct": V.CHANGES_REQUESTED,
        "submitVersion": V.SUBMITTED,
    },
    V.REJECTED: {"reviseWorkProduct": V.REJECTED},
    V.APPROVED: {"rejectVersion": V.REJECTED, "publishRelease": V.PUBLISHED},
    V.PUBLISHED: {"reviseWorkProduct": V.PUBLISHED},
    V.SUPERSEDED: {"reviseWorkProduct": V.SUPERSEDED},
    V.RETIRED: {},
}
OPENS_THE_NEXT = {V.REJECTED, V.PUBLISHED, V.SUPERSEDED}
"""The states after which a revision is a new version, and this one stays as it is."""


async def given(step: str, version: WorkProductVersion, uow: UnitOfWork) -> Input:
    if step == "publishRelease":
        return {**inputs.decision(version), "effectiveFrom": "2026-09-01"}
    if step == "reviseWorkProduct":
        product = await scenes.product(uow, version.code)
        newest = await scenes.stored(uow, product.last_version_id)
        changed = {**inputs.CONTENT, "points": "7.5"}
        return {"code": version.code, "expectedRevision": newest.revision, "content": changed}
    about = inputs.about(version)
    return {**about, "reason": "Lý do"} if step in ("requestChanges", "rejectVersion") else about


@pytest.mark.parametrize("step", BY)
@pytest.mark.parametrize("state", V)
async def test_a_version_takes_the_steps_of_its_state_alone(
    uow: MemoryUnitOfWork, graph: Graph, state: V, step: str
) -> None:
    version = await VERSIONS[state](uow)
    before = await scenes.everything(uow)
    input = await given(step, version, uow)

    answer = await call(graph, step, BY[step], input)

    after = await scenes.stored(uow, version.id)
    leads = LEADS[state].get(step)
    if leads is None:
        assert answer["code"] == "CONFLICT"
        assert await scenes.everything(uow) == before
        return
    assert "code" not in answer
    assert after.state is leads
    if step == "reviseWorkProduct" and state in OPENS_THE_NEXT:
        assert after == version
        opened = await scenes.product(uow, version.code)
        assert (await scenes.stored(uow, opened.last_version_id)).state is V.DRAFT
    else:
        assert after.revision == version.revision + 1


ACT = Act(by="somebody", at=scenes.NOW, reason="Lý do", decision_number="1/QĐ")
DOMAIN_STEPS: dict[str, tuple[set[V], Callable[[WorkProductVersion], object]]] = {
    "edit": ({V.DRAFT, V.CHANGES_REQUESTED}, lambda v: v.edit(v.content, ACT)),
    "submit": ({V.DRAFT, V.CHANGES_REQUESTED}, lambda v: v.submit(ACT)),
    "withdraw": ({V.SUBMITTED, V.IN_REVIEW}, lambda v: v.withdraw(ACT)),
    "appraise": ({V.SUBMITTED}, lambda v: v.appraise(ACT)),
    "request_changes": ({V.SUBMITTED, V.IN_REVIEW}, lambda v: v.request_changes(ACT)),
    "approve": ({V.IN_REVIEW}, lambda v: v.approve(ACT)),
    "reject": ({V.SUBMITTED, V.IN_REVIEW, V.APPROVED}, lambda v: v.reject(ACT)),
    "publish": ({V.APPROVED}, lambda v: v.publish("rel", scenes.JULY, ACT)),
    "supersede": ({V.PUBLISHED}, lambda v: v.supersede("x@2", scenes.AUGUST, ACT)),
    "retire": ({V.PUBLISHED}, lambda v: v.retire(scenes.AUGUST, ACT)),
}


@pytest.mark.parametrize("step", DOMAIN_STEPS)
async def test_a_version_guards_its_own_state(uow: MemoryUnitOfWork, step: str) -> None:
    version = await scenes.draft(uow)
    allowed, take = DOMAIN_STEPS[step]
    taken = set()

    for state in V:
        version.state = state
        steps = version.steps
        try:
            take(version)
        except Conflict:
            assert (version.state, version.steps) == (state, steps)
        else:
            assert version.steps[:-1] == steps
            taken.add(state)

    assert taken == allowed


PRODUCT_STEPS: dict[str, Callable[[WorkProduct, WorkProductVersion], object]] = {
    "next_number": lambda product, _: product.next_number(),
    "issue": lambda product, version: product.issue(version, scenes.AUGUST),
    "retire": lambda product, _: product.retire(scenes.AUGUST, None, ACT),
}


@pytest.mark.parametrize("step", PRODUCT_STEPS)
async def test_C_I9_a_retired_product_takes_no_step(uow: MemoryUnitOfWork, step: str) -> None:
    version = await scenes.published(uow)
    product = await scenes.product(uow)
    product.state = ProductState.RETIRED

    with pytest.raises(Conflict, match="is retired") as refusal:
        PRODUCT_STEPS[step](product, version)

    assert refusal.value.rule_id == "C-I9"
    product.state = ProductState.ACTIVE
    assert PRODUCT_STEPS[step](product, version)


async def test_C_I9_the_open_draft_of_a_retired_product_is_dead(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    first = await scenes.published(uow)
    draft = await scenes.revise(uow, first, scenes.named("Khai sinh mới"))
    await scenes.retire(uow)
    before = await scenes.everything(uow)

    answer = await call(
        graph, "reviseWorkProduct", EDITOR, await given("reviseWorkProduct", draft, uow)
    )

    assert (answer["code"], answer["ruleId"]) == ("CONFLICT", "C-I9")
    assert await scenes.everything(uow) == before


async def test_C_I9_an_approved_version_of_a_retired_product_is_never_issued(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    version = await scenes.approved_again(uow, await scenes.published(uow))
    await scenes.retire(uow)
    before = await scenes.everything(uow)

    answer = await call(graph, "publishRelease", HEAD, await given("publishRelease", version, uow))

    assert (answer["code"], answer["ruleId"]) == ("CONFLICT", "C-I9")
    assert await scenes.everything(uow) == before
