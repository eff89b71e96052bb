"""Many versions at one step: previewed, then exactly that, each by the rules of the single step."""

import pytest

from catalogue import scenes
from catalogue.people import APPRAISER, COMMITTEE, EDITOR, EVERY_ROLE, HEAD, OTHER_APPRAISER
from catalogue_service.application.review import commands as bulk
from catalogue_service.application.review.commands import (
    AdvanceVersions,
    BulkReport,
    advance_versions,
)
from catalogue_service.domain.common.kinds import Group
from catalogue_service.domain.products.versions import VersionState
from catalogue_service.domain.review.bulk import BulkStep
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor
from congvu_kit.domain.errors import Conflict, Unauthenticated

CODES = [f"C.56.22363.{n}" for n in range(1, 4)]


async def advance(
    uow: UnitOfWork,
    step: BulkStep,
    actor: Actor,
    preview: str | None = None,
    group: Group | None = None,
) -> BulkReport:
    command = AdvanceVersions(
        actor=actor,
        idempotency_key=scenes.key(),
        step=step,
        group=group,
        unit_id=None,
        note="Theo tờ trình 12",
        preview=preview,
    )
    return await perform(advance_versions, command, uow)


async def states(uow: UnitOfWork) -> list[VersionState]:
    return [(await scenes.stored(uow, f"{code}@1")).state for code in CODES]


@pytest.fixture
async def drafted(any_uow: UnitOfWork) -> UnitOfWork:
    for number, code in enumerate(CODES):
        await scenes.draft(any_uow, code, scenes.named(f"Việc số {number}"))
    return any_uow


async def test_a_preview_does_nothing_and_its_own_words_do_it(drafted: UnitOfWork) -> None:
    preview = await advance(drafted, BulkStep.SUBMIT, EDITOR)
    before = await states(drafted)
    done = await advance(drafted, BulkStep.SUBMIT, EDITOR, preview.preview)

    assert (preview.done, before) == (False, [VersionState.DRAFT] * 3)
    assert (done.done, done.items) == (True, preview.items)
    assert await states(drafted) == [VersionState.SUBMITTED] * 3


async def test_all_three_steps_go_in_bulk(drafted: UnitOfWork) -> None:
    for step, actor in (
        (BulkStep.SUBMIT, EDITOR),
        (BulkStep.APPRAISE, APPRAISER),
        (BulkStep.APPROVE, HEAD),
    ):
        preview = await advance(drafted, step, actor)
        await advance(drafted, step, actor, preview.preview)

    assert await states(drafted) == [VersionState.APPROVED] * 3


async def test_what_moved_since_the_preview_is_not_decided(drafted: UnitOfWork) -> None:
    preview = await advance(drafted, BulkStep.SUBMIT, EDITOR)
    await scenes.draft(drafted, "C.56.22363.9", scenes.named("Chen vào"))

    with pytest.raises(Conflict, match="changed since the preview"):
        await advance(drafted, BulkStep.SUBMIT, EDITOR, preview.preview)

    assert await states(drafted) == [VersionState.DRAFT] * 3


async def test_C_I3_a_bulk_step_refuses_what_is_ones_own_and_takes_the_rest(
    uow: MemoryUnitOfWork,
) -> None:
    own, other, _ = CODES
    await scenes.submit(uow, await scenes.draft(uow, own, actor=EVERY_ROLE))
    await scenes.submit(uow, await scenes.draft(uow, other, scenes.named("Việc khác")))

    preview = await advance(uow, BulkStep.APPRAISE, EVERY_ROLE)
    done = await advance(uow, BulkStep.APPRAISE, EVERY_ROLE, preview.preview)

    told = [(item.code, item.refusal and item.refusal.rule_id) for item in done.items]
    assert told == [(own, "C-I3"), (other, None)]
    assert (await scenes.stored(uow, f"{own}@1")).state is VersionState.SUBMITTED
    assert (await scenes.stored(uow, f"{other}@1")).state is VersionState.IN_REVIEW


async def test_an_incomplete_draft_is_left_out_with_its_reason(uow: MemoryUnitOfWork) -> None:
    await scenes.draft(uow, CODES[0], scenes.named("Thiếu", lead_days=None))

    report = await advance(uow, BulkStep.SUBMIT, EDITOR)

    [item] = report.items
    assert item.refusal is not None
    assert (item.refusal.rule_id, item.refusal.code) == ("SMART", "INVALID")


async def test_a_head_cannot_bulk_approve_the_shared_lists(uow: MemoryUnitOfWork) -> None:
    version = await scenes.draft(uow, scenes.PLAN)
    version = await scenes.appraise(uow, await scenes.submit(uow, version))

    preview = await advance(uow, BulkStep.APPROVE, HEAD)
    await advance(uow, BulkStep.APPROVE, HEAD, preview.preview)

    assert [item.refusal and item.refusal.code for item in preview.items] == ["FORBIDDEN"]
    assert await scenes.stored(uow, version.id) == version
    assert [item.refusal for item in (await advance(uow, BulkStep.APPROVE, COMMITTEE)).items] == [
        None
    ]


async def test_another_provinces_versions_never_match(drafted: UnitOfWork) -> None:
    report = await advance(drafted, BulkStep.APPRAISE, OTHER_APPRAISER)

    assert (report.items, report.more) == ((), False)
    with pytest.raises(Unauthenticated):
        await advance(drafted, BulkStep.SUBMIT, ANONYMOUS)


async def test_a_group_narrows_the_step(drafted: UnitOfWork) -> None:
    await scenes.draft(drafted, scenes.PLAN)

    report = await advance(drafted, BulkStep.SUBMIT, EDITOR, group=Group.B)

    assert [item.code for item in report.items] == [scenes.PLAN]


async def test_more_than_one_call_holds_is_told(
    uow: MemoryUnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BULK_MAX", 2)
    for number, code in enumerate(CODES):
        await scenes.draft(uow, code, scenes.named(f"Việc số {number}"))

    report = await advance(uow, BulkStep.SUBMIT, EDITOR)

    assert (len(report.items), report.more) == (2, True)
    monkeypatch.setattr(bulk, "BULK_MAX", 3)
    assert not (await advance(uow, BulkStep.SUBMIT, EDITOR)).more
