"""From draft to approval: each step by whoever has it, and by nobody else."""

import pytest

from catalogue import scenes
from catalogue.people import (
    APPRAISER,
    COMMITTEE,
    EDITOR,
    EVERY_ROLE,
    HEAD,
    OFFICER,
    OTHER_APPRAISER,
    OTHER_COMMITTEE,
    OTHER_EDITOR,
    OTHER_HEAD,
    PROVINCE_EDITOR,
)
from catalogue_service.application.review.commands import Opinion
from catalogue_service.domain.products.versions import (
    VersionApproved,
    VersionRejected,
    VersionState,
    VersionSubmitted,
)
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, Unauthenticated


async def test_a_draft_goes_all_the_way_to_approval(uow: MemoryUnitOfWork) -> None:
    version = await scenes.approved(uow)

    assert version.state is VersionState.APPROVED
    assert [step.action for step in version.steps] == [
        "DRAFTED",
        "SUBMITTED",
        "APPRAISED",
        "APPROVED",
    ]
    assert [type(event) for event in uow.outbox] == [VersionSubmitted, VersionApproved]


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        (ANONYMOUS, Unauthenticated),
        (OFFICER, Forbidden),
        (OTHER_EDITOR, Forbidden),
    ],
)
async def test_only_editors_of_the_place_draft(
    uow: MemoryUnitOfWork, actor: Actor, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await scenes.draft(uow, "B.56.X-1", actor=actor)

    assert uow.outbox == []
    assert await _versions(uow) == 0


@pytest.mark.parametrize("actor", [EDITOR, OFFICER, OTHER_APPRAISER, HEAD])
async def test_only_the_provinces_appraiser_appraises(uow: MemoryUnitOfWork, actor: Actor) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow))

    with pytest.raises(Forbidden):
        await scenes.appraise(uow, version, actor)

    assert await scenes.stored(uow, version.id) == version


@pytest.mark.parametrize("actor", [COMMITTEE, OTHER_HEAD, APPRAISER, OTHER_COMMITTEE])
async def test_group_C_is_approved_by_the_head_of_the_unit_alone(
    uow: MemoryUnitOfWork, actor: Actor
) -> None:
    version = await scenes.appraise(uow, await scenes.submit(uow, await scenes.draft(uow)))

    with pytest.raises(Forbidden):
        await scenes.approve(uow, version, actor)

    assert (await scenes.approve(uow, version, HEAD)).state is VersionState.APPROVED


@pytest.mark.parametrize("actor", [HEAD, OTHER_COMMITTEE, APPRAISER])
@pytest.mark.parametrize("code", ["A.56.QL-1", "B.56.KH-1", "D.56.K-1"])
async def test_groups_A_B_D_are_approved_by_the_steering_committee_alone(
    uow: MemoryUnitOfWork, actor: Actor, code: str
) -> None:
    version = await scenes.draft(uow, code, actor=PROVINCE_EDITOR)
    version = await scenes.appraise(uow, await scenes.submit(uow, version, PROVINCE_EDITOR))

    with pytest.raises(Forbidden):
        await scenes.approve(uow, version, actor)

    assert (await scenes.approve(uow, version, COMMITTEE)).state is VersionState.APPROVED


async def test_C_I3_whoever_drafted_never_appraises_nor_approves(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow, actor=EVERY_ROLE))

    with pytest.raises(Forbidden) as appraising:
        await scenes.appraise(uow, version, EVERY_ROLE)
    version = await scenes.appraise(uow, version)
    with pytest.raises(Forbidden) as approving:
        await scenes.approve(uow, version, EVERY_ROLE)

    assert [appraising.value.rule_id, approving.value.rule_id] == ["C-I3", "C-I3"]
    assert await scenes.stored(uow, version.id) == version


async def test_C_I3_whoever_edited_last_is_an_author_too(uow: MemoryUnitOfWork) -> None:
    version = await scenes.draft(uow)
    version = await scenes.revise(uow, version, scenes.named("Khai sinh"), EVERY_ROLE)
    version = await scenes.appraise(uow, await scenes.submit(uow, version))

    with pytest.raises(Forbidden, match="proposed or judged"):
        await scenes.approve(uow, version, EVERY_ROLE)


async def test_C_I3_the_appraiser_does_not_approve(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow))
    version = await scenes.appraise(uow, version, EVERY_ROLE)

    with pytest.raises(Forbidden) as refusal:
        await scenes.approve(uow, version, EVERY_ROLE)

    assert refusal.value.rule_id == "C-I3"


async def test_C_I3_whoever_drafted_never_publishes(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow, actor=EVERY_ROLE))
    version = await scenes.approve(uow, await scenes.appraise(uow, version))

    with pytest.raises(Forbidden) as refusal:
        await scenes.publish(uow, [version], actor=EVERY_ROLE)

    assert refusal.value.rule_id == "C-I3"
    assert await scenes.stored(uow, version.id) == version


async def test_C_I4_a_rejected_draft_leaves_the_version_in_force(uow: MemoryUnitOfWork) -> None:
    first = await scenes.published(uow)
    second = await scenes.revise(uow, first, scenes.named("Khai sinh lưu động"))
    second = await scenes.submit(uow, second)

    second = await scenes.reject(uow, second)

    assert second.state is VersionState.REJECTED
    assert await scenes.stored(uow, first.id) == first
    assert isinstance(uow.outbox[-1], VersionRejected)


async def test_after_a_rejection_the_next_edit_is_a_new_version(uow: MemoryUnitOfWork) -> None:
    rejected = await scenes.reject(uow, await scenes.submit(uow, await scenes.draft(uow)))

    again = await scenes.revise(uow, rejected, scenes.named("Khai sinh"))

    assert (again.id, again.state) == (f"{scenes.BIRTH}@2", VersionState.DRAFT)


async def test_changes_are_asked_for_with_a_reason_and_made(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow))

    with pytest.raises(Invalid, match="reason"):
        await scenes.appraise(uow, version, opinion=Opinion.CHANGES_NEEDED)
    version = await scenes.appraise(
        uow, version, opinion=Opinion.CHANGES_NEEDED, note="Bổ sung căn cứ"
    )
    edited = await scenes.revise(uow, version, scenes.named("Đăng ký khai sinh mới"))

    assert (version.state, version.steps[-1].reason) == (
        VersionState.CHANGES_REQUESTED,
        "Bổ sung căn cứ",
    )
    assert (edited.id, edited.content.name_vi) == (version.id, "Đăng ký khai sinh mới")


async def test_what_is_under_decision_cannot_be_edited(uow: MemoryUnitOfWork) -> None:
    version = await scenes.submit(uow, await scenes.draft(uow))

    with pytest.raises(Conflict, match="withdraw it or wait"):
        await scenes.revise(uow, version, scenes.named("Khác"))

    assert await scenes.stored(uow, version.id) == version


async def test_a_step_needs_the_revision_that_was_seen(uow: MemoryUnitOfWork) -> None:
    version = await scenes.draft(uow)
    await scenes.revise(uow, version, scenes.named("Khác"))

    with pytest.raises(Conflict, match="revision"):
        await scenes.submit(uow, version)

    assert uow.outbox == []


async def test_an_incomplete_draft_is_not_submitted_and_hears_all_that_is_missing(
    uow: MemoryUnitOfWork,
) -> None:
    version = await scenes.draft(
        uow, content=scenes.named("Khai sinh", lead_days=None, legal_basis=None)
    )

    with pytest.raises(Invalid, match="missing R:legalBasis, T:leadDays") as refusal:
        await scenes.submit(uow, version)

    assert refusal.value.rule_id == "SMART"
    assert await scenes.stored(uow, version.id) == version


async def _versions(uow: MemoryUnitOfWork) -> int:
    from catalogue_service.application.collections import VERSIONS

    return await uow.reading().store(VERSIONS).count()
