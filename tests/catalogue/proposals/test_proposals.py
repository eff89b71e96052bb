"""Any unit may ask a list above it for a change; the list's owner discusses and decides."""

from dataclasses import replace

import pytest

from catalogue import scenes
from catalogue.people import (
    APPRAISER,
    COMMITTEE,
    EDITOR,
    EVERY_ROLE,
    HEAD,
    OFFICER,
    OTHER_COMMITTEE,
    OTHER_EDITOR,
)
from catalogue.proposal_steps import comment, decide, propose, stored, withdraw
from catalogue_service.application.collections import PROPOSALS, VERSIONS
from catalogue_service.application.proposals.queries import proposals
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.products.versions import VersionState
from catalogue_service.domain.proposals.proposals import (
    ProposalDecided,
    ProposalKind,
    ProposalState,
)
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated


async def test_an_accepted_addition_opens_a_draft_in_the_proposers_name(
    any_uow: UnitOfWork,
) -> None:
    proposal = await decide(any_uow, await propose(any_uow))

    version = await scenes.stored(any_uow, f"{scenes.PLAN}@1")
    assert (proposal.state, proposal.version_id) == (ProposalState.ACCEPTED, version.id)
    assert (version.state, version.authors) == (VersionState.DRAFT, (EDITOR.subject,))


async def test_an_accepted_change_opens_the_next_version(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow, scenes.PLAN)

    proposal = await propose(uow, ProposalKind.CHANGE, content=scenes.named("Kế hoạch năm"))
    await decide(uow, proposal)

    assert (await scenes.stored(uow, f"{scenes.PLAN}@2")).content.name_vi == "Kế hoạch năm"
    assert await scenes.stored(uow, first.id) == first


async def test_an_accepted_removal_leaves_the_retiring_to_the_authority(
    uow: MemoryUnitOfWork,
) -> None:
    first = await scenes.published(uow, scenes.PLAN)

    proposal = await decide(uow, await propose(uow, ProposalKind.REMOVE, content=None))

    assert (proposal.state, proposal.version_id) == (ProposalState.ACCEPTED, None)
    assert await scenes.stored(uow, first.id) == first


async def test_a_declined_proposal_changes_no_list_and_says_why(uow: MemoryUnitOfWork) -> None:
    proposal = await decide(uow, await propose(uow), accept=False, reason="Đã có mã tương tự")

    assert (proposal.state, proposal.steps[-1].reason) == (
        ProposalState.DECLINED,
        "Đã có mã tương tự",
    )
    assert await uow.reading().store(VERSIONS).count() == 0
    [told] = uow.outbox
    assert isinstance(told, ProposalDecided)
    assert (told.accepted, told.reason, told.code) == (False, "Đã có mã tương tự", scenes.PLAN)


async def test_C_I3_a_proposer_neither_decides_nor_approves_what_came_of_it(
    uow: MemoryUnitOfWork,
) -> None:
    proposal = await propose(uow, actor=EVERY_ROLE)

    with pytest.raises(Forbidden) as deciding:
        await decide(uow, proposal, actor=EVERY_ROLE)
    await decide(uow, proposal)
    version = await scenes.submit(uow, await scenes.stored(uow, f"{scenes.PLAN}@1"))
    version = await scenes.appraise(uow, version)
    with pytest.raises(Forbidden) as approving:
        await scenes.approve(uow, version, EVERY_ROLE)

    assert [deciding.value.rule_id, approving.value.rule_id] == ["C-I3", "C-I3"]


@pytest.mark.parametrize("actor", [HEAD, APPRAISER, EDITOR])
async def test_only_the_lists_owner_decides(uow: MemoryUnitOfWork, actor: Actor) -> None:
    proposal = await propose(uow)

    with pytest.raises(Forbidden):
        await decide(uow, proposal, actor=actor)

    assert await stored(uow, proposal.id) == proposal


async def test_another_province_does_not_even_see_it(uow: MemoryUnitOfWork) -> None:
    proposal = await propose(uow)

    with pytest.raises(NotFound):
        await decide(uow, proposal, actor=OTHER_COMMITTEE)
    page = await proposals(uow.reading(), OTHER_EDITOR, None, asked_of_us=True, first=9, after=None)

    assert list(page.items) == []


@pytest.mark.parametrize("actor", [ANONYMOUS, OFFICER, COMMITTEE])
async def test_only_people_of_a_unit_propose(uow: MemoryUnitOfWork, actor: Actor) -> None:
    with pytest.raises((Unauthenticated, Forbidden)):
        await propose(uow, actor=actor)

    assert await uow.reading().store(PROPOSALS).count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"group": Group.C, "code": "C.56.1"}, "input.group"),
        ({"province": "01", "code": "B.01.1"}, "input.province"),
        ({"code": "A.56.1"}, "input.code"),
        ({"content": None}, "input.content"),
        ({"kind": ProposalKind.REMOVE}, "input.code"),
        ({"content": replace(scenes.FULL, lead_days=0)}, "input.content.leadDays"),
    ],
)
async def test_a_proposal_meets_the_rules_of_the_list(
    uow: MemoryUnitOfWork, changes: dict[str, object], field: str
) -> None:
    with pytest.raises((Invalid, NotFound)) as refusal:
        await propose(uow, **changes)  # type: ignore[arg-type] # a test's own words

    assert refusal.value.field == field
    assert await uow.reading().store(PROPOSALS).count() == 0


async def test_a_proposal_is_discussed_while_it_is_open(any_uow: UnitOfWork) -> None:
    proposal = await propose(any_uow)

    await comment(any_uow, proposal, "Có trùng với mã B.56.KH-002 không?", COMMITTEE)
    commented = await comment(any_uow, proposal, "Không, phạm vi khác.", EDITOR)
    await decide(any_uow, commented)

    assert [(each.by, each.text) for each in commented.comments] == [
        ("committee", "Có trùng với mã B.56.KH-002 không?"),
        ("editor", "Không, phạm vi khác."),
    ]
    with pytest.raises(Conflict):
        await comment(any_uow, proposal, "Muộn", EDITOR)


async def test_a_proposal_is_withdrawn_by_its_proposer_alone(uow: MemoryUnitOfWork) -> None:
    proposal = await propose(uow)

    with pytest.raises(Forbidden):
        await withdraw(uow, proposal, HEAD)

    assert (await withdraw(uow, proposal, EDITOR)).state is ProposalState.WITHDRAWN


async def test_a_change_waits_until_the_version_in_work_is_finished(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow, scenes.PLAN)
    proposal = await propose(uow, ProposalKind.CHANGE, content=scenes.named("Kế hoạch năm"))
    other = await scenes.revise(uow, first, scenes.named("Kế hoạch quý"))

    with pytest.raises(Conflict, match="finish it before"):
        await decide(uow, proposal)

    assert await scenes.stored(uow, other.id) == other
    assert (await stored(uow, proposal.id)).state is ProposalState.OPEN
