"""Who did what, when, why and by which decision: read back from the store after each step."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from catalogue import adjustment_steps, facts, inputs, people, proposal_steps, scenes
from catalogue.people import APPRAISER, COMMITTEE, EDITOR, HEAD, PROVINCE_EDITOR, person
from catalogue_service.application.collections import POLICIES, PRODUCTS, RELEASES, TALLIES
from catalogue_service.application.review.commands import Opinion
from catalogue_service.domain.common.steps import Step
from catalogue_service.domain.products.work_products import ProductState, Span
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Role
from support.clock import FixedClock
from support.graph import Graph

Told = tuple[str, str, str | None, str | None]


def told(steps: Sequence[Step]) -> list[Told]:
    return [(step.action, step.by, step.reason, step.decision_number) for step in steps]


async def test_a_version_keeps_every_step_of_its_life(
    any_uow: UnitOfWork, clock: FixedClock
) -> None:
    uow = any_uow
    reviser = person("reviser", Role.CATALOGUE_EDITOR, officer="officer-7")
    version = await scenes.draft(uow)
    version = await scenes.revise(uow, version, scenes.named("Một"), reviser, reason="Sửa tên")
    version = await scenes.withdraw(uow, await scenes.submit(uow, version))
    version = await scenes.request_changes(uow, await scenes.submit(uow, version, PROVINCE_EDITOR))
    version = await scenes.submit(uow, version)
    version = await scenes.appraise(
        uow, version, opinion=Opinion.CHANGES_NEEDED, note="Thiếu căn cứ"
    )
    version = await scenes.appraise(uow, await scenes.submit(uow, version), note="Đạt")
    version = await scenes.approve(uow, version, note="Đồng ý")
    await scenes.publish(uow, [version])
    await scenes.successor(uow, await scenes.stored(uow, version.id))

    kept = await scenes.stored(uow, version.id)
    assert told(kept.steps) == [
        ("DRAFTED", "editor", None, None),
        ("EDITED", "reviser", "Sửa tên", None),
        ("SUBMITTED", "editor", None, None),
        ("WITHDRAWN", "editor", "Bổ sung thêm", None),
        ("SUBMITTED", "province-editor", None, None),
        ("CHANGES_REQUESTED", "appraiser", "Chưa rõ", None),
        ("SUBMITTED", "editor", None, None),
        ("CHANGES_REQUESTED", "appraiser", "Thiếu căn cứ", None),
        ("SUBMITTED", "editor", None, None),
        ("APPRAISED", "appraiser", "Đạt", None),
        ("APPROVED", "head", "Đồng ý", None),
        ("PUBLISHED", "head", None, "283/QĐ-UBND"),
        ("SUPERSEDED", "head", None, "283/QĐ-UBND"),
    ]
    assert {step.at for step in kept.steps} == {clock.at}
    assert kept.steps[1].officer == "officer-7"
    assert kept.authors == ("editor", "reviser", "province-editor")
    assert kept.decision_number == "283/QĐ-UBND"


async def test_rejecting_and_retiring_are_kept_too(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow)
    second = await scenes.revise(uow, first, scenes.named("Hai"))
    second = await scenes.reject(uow, await scenes.submit(uow, second), APPRAISER)
    await scenes.retire(uow)

    assert told((await scenes.stored(uow, second.id)).steps)[-1] == (
        "REJECTED",
        "appraiser",
        "Chưa phù hợp",
        None,
    )
    kept = await scenes.stored(uow, first.id)
    assert told(kept.steps)[-1] == ("RETIRED", "head", "Không còn thực hiện", "300/QĐ-UBND")
    assert kept.effective_to == scenes.AUGUST


async def test_steps_in_bulk_are_kept_as_single_ones(uow: MemoryUnitOfWork, graph: Graph) -> None:
    version = await scenes.draft(uow)
    for step, actor in (("SUBMIT", EDITOR), ("APPRAISE", APPRAISER), ("APPROVE", HEAD)):
        await inputs.advance(graph, actor, {"step": step, "note": "Theo tờ trình"})

    assert told((await scenes.stored(uow, version.id)).steps)[1:] == [
        ("SUBMITTED", "editor", None, None),
        ("APPRAISED", "appraiser", "Theo tờ trình", None),
        ("APPROVED", "head", "Theo tờ trình", None),
    ]


async def test_a_release_and_its_products_are_read_back(any_uow: UnitOfWork) -> None:
    uow = any_uow
    first = await scenes.published(uow)
    second = await scenes.approved_again(uow, first)
    release = await scenes.publish(uow, [second], scenes.AUGUST)
    retired = await scenes.retire(uow, effective_to=scenes.AUGUST + timedelta(days=31))

    tx = uow.reading()
    assert await tx.store(RELEASES).get(release.id) == release
    assert (release.published_by, release.published_at) == ("head", scenes.NOW)
    assert (release.province, release.effective_from) == ("56", scenes.AUGUST)
    assert release.version_ids == (second.id,)
    product = await tx.store(PRODUCTS).get(scenes.BIRTH)
    assert product == retired
    assert (product.state, product.name_vi, product.last_number) == (
        ProductState.RETIRED,
        "Khai sinh mới",
        2,
    )
    assert product.timeline == (
        Span(number=1, starts_on=scenes.JULY, ends_on=scenes.AUGUST),
        Span(number=2, starts_on=scenes.AUGUST, ends_on=scenes.AUGUST + timedelta(days=31)),
    )
    assert [tally.products for tally in await tx.store(TALLIES).select()] == [0]


async def test_a_policy_keeps_who_enacted_it_and_by_which_decision(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    for revision in (0, 1):
        given = {**inputs.POLICY, "expectedRevision": revision}
        answer = await inputs.call(graph, "enactCataloguePolicy", COMMITTEE, given)
        assert "code" not in answer

    kept = await uow.reading().store(POLICIES).get("56")
    assert told(kept.steps) == [("POLICY_ENACTED", "committee", None, "5/QĐ")] * 2
    assert (kept.revision, kept.decision_number) == (2, "5/QĐ")


async def test_an_adjustment_keeps_its_steps(any_uow: UnitOfWork, clock: FixedClock) -> None:
    await adjustment_steps.in_place(any_uow)
    other = await adjustment_steps.propose(any_uow, "2.8")
    await adjustment_steps.decide(any_uow, other, approve=False, reason="Không đủ căn cứ")
    approved = await adjustment_steps.propose(any_uow)
    await adjustment_steps.decide(any_uow, approved, reason="Đúng quy định")
    clock.at = clock.at.replace(year=2028)
    await adjustment_steps.expire(any_uow)

    assert told((await adjustment_steps.stored(any_uow, approved.id)).steps) == [
        ("PROPOSED", "editor", adjustment_steps.WHY, None),
        ("APPROVED", "committee", "Đúng quy định", None),
        ("EXPIRED", "catalogue", None, None),
    ]
    assert told((await adjustment_steps.stored(any_uow, other.id)).steps)[-1] == (
        "REJECTED",
        "committee",
        "Không đủ căn cứ",
        None,
    )


@pytest.mark.parametrize(
    ("accept", "action"), [(True, "ACCEPTED"), (False, "DECLINED"), (None, "WITHDRAWN")]
)
async def test_a_proposal_keeps_its_steps(
    any_uow: UnitOfWork, accept: bool | None, action: str
) -> None:
    proposal = await proposal_steps.propose(any_uow)
    if accept is None:
        done = await proposal_steps.withdraw(any_uow, proposal)
    else:
        done = await proposal_steps.decide(any_uow, proposal, accept=accept, reason="Vì thế")

    kept = await proposal_steps.stored(any_uow, proposal.id)
    decided = ("committee", "Vì thế") if accept is not None else ("editor", None)
    assert told(kept.steps) == [
        ("PROPOSED", "editor", "Nhiều xã cùng thực hiện", None),
        (action, *decided, None),
    ]
    assert kept == done
    assert (kept.proposed_by, kept.unit_id, kept.province) == ("editor", people.COMMUNE, "56")


async def test_the_draft_of_a_proposal_is_its_proposers(uow: MemoryUnitOfWork) -> None:
    asking = person("asking", Role.MANAGER, unit=people.COMMUNE, officer="officer-9")
    proposal = await proposal_steps.decide(uow, await proposal_steps.propose(uow, actor=asking))

    version = await scenes.stored(uow, str(proposal.version_id))
    assert told(version.steps) == [("DRAFTED", "asking", "Nhiều xã cùng thực hiện", None)]
    assert version.steps[0].officer == "officer-9"


async def test_an_import_keeps_who_imported(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await facts.tell_units(uow, facts.UNIT)
    await inputs.import_rows(graph, EDITOR, {"rows": [inputs.ROW]})
    changed = {**inputs.ROW, "nameVi": "Khai sinh lại"}
    await inputs.import_rows(graph, PROVINCE_EDITOR, {"rows": [changed], "unitId": people.COMMUNE})

    assert told((await scenes.stored(uow, f"{scenes.BIRTH}@1")).steps) == [
        ("DRAFTED", "editor", "import", None),
        ("EDITED", "province-editor", "import", None),
    ]
