"""A part that changes after the result it counts in was closed: closed stays closed (E-I3), the
board is asked, and one step takes the part as it is now."""

from dataclasses import replace
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Conflict, Invalid
from evaluation import review_scenes, scenes
from evaluation.people import BOARD, LAN, LAN_ID, MINH, OTHER_BOARD
from evaluation.review_scenes import decide_audit
from evaluation.scenes import Pump, evaluation_of
from evaluation.transfers.test_handovers import STEPS, decree_total, runs_to
from evaluation.transfers.test_late_parts import accept_part, unchecked
from evaluation_service.application.collections import ASSIGNMENTS, HANDOVERS, POST_AUDITS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import list_waiting
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.review.post_audits import (
    PostAudit,
    PostAuditOrigin,
    PostAuditState,
)
from support.clock import FixedClock
from support.graph import Graph

ANOTHER = replace(BOARD, subject="another", officer="cs_another")
"""Who decided before decides no more of the same result (E-I4)."""

PARTS = "query($id: ID!) { evaluation(id: $id) { handedOverParts { id changed } } }"


async def audits(uow: MemoryUnitOfWork) -> list[PostAudit]:
    return await uow.reading().store(POST_AUDITS).select()


async def checked_anew(uow: MemoryUnitOfWork, old: EvaluationPeriod, quantity: str) -> None:
    """The old agency opens its figures by decision, checks, and is scored again."""
    opened = await review_scenes.unfrozen(uow, old)
    await Pump(uow).run()
    [work] = [
        each
        for each in await uow.reading().store(ASSIGNMENTS).select()
        if each.period_id == old.id and each.civil_servant_id == LAN_ID
    ]
    await accept_part(uow, work, quantity)
    await scenes.reviewed(uow, opened)
    await Pump(uow).run()


@pytest.fixture
async def changed(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> tuple[EvaluationPeriod, EvaluationPeriod]:
    """Ten of ten were deemed done when the new agency closed; then six of them are accepted."""
    old, new, _ = await unchecked(uow, clock)
    for step in STEPS[1:]:
        await runs_to(uow, new, step)
    await checked_anew(uow, old, "6")
    return old, new


async def test_E_I3_closed_stays_closed_and_the_board_is_asked_once(
    uow: MemoryUnitOfWork, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    _, new = changed
    rated = await evaluation_of(uow, new, LAN_ID)
    await Pump(uow).run()

    [part] = await uow.reading().store(HANDOVERS).select()
    [audit] = await audits(uow)
    assert [each.total for each in rated.sheets] == [decree_total([(10, 10), (1, 4)], Fraction(20))]
    assert not rated.took(part.hash)
    assert (audit.origin, audit.state) == (PostAuditOrigin.CHANGED_PART, PostAuditState.REQUESTED)
    assert (audit.subject_id, audit.concerned_id) == (part.id, rated.id)
    assert (audit.period_id, audit.unit_id) == (new.id, rated.unit_id)


async def test_the_board_and_the_person_see_it_and_nobody_else(
    uow: MemoryUnitOfWork, graph: Graph, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    _, new = changed
    rated = await evaluation_of(uow, new, LAN_ID)
    [audit] = await audits(uow)

    found = {
        (reader.subject, kind): [each.subject_id for each in page.items]
        for reader in (BOARD, OTHER_BOARD, LAN, MINH)
        for kind in (InboxKind.POST_AUDIT, InboxKind.CHANGED_RESULT)
        for page in [await list_waiting(reader, uow.reading(), kind, first=9, after=None)]
        if page.items
    }

    assert found == {
        ("board", InboxKind.POST_AUDIT): [audit.id],
        ("lan", InboxKind.CHANGED_RESULT): [audit.id],
    }
    shown = (await graph.ask(PARTS, LAN, id=rated.id))["evaluation"]["handedOverParts"]
    assert shown == [{"id": audit.subject_id, "changed": True}]


async def test_E_I10_one_step_takes_the_part_as_it_is_under_the_next_seal(
    uow: MemoryUnitOfWork, graph: Graph, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    _, new = changed
    [audit] = await audits(uow)

    decided = await decide_audit(uow, audit, None, None, take_part=True)

    rated = await evaluation_of(uow, new, LAN_ID)
    [part] = await uow.reading().store(HANDOVERS).select()
    seal = (await scenes.now_is(uow, new)).seal
    assert (decided.state, decided.evaluation_id) == (PostAuditState.CORRECTED, rated.id)
    assert rated.sheets[-1].total == decree_total([(6, 10), (1, 4)], Fraction(20))
    assert (rated.sheets[-1].basis, len(rated.sheets)) == (audit.id, 2)
    assert rated.took(part.hash)
    assert seal is not None
    assert (seal.number, seal.basis) == (2, audit.id)
    assert (await list_waiting(LAN, uow.reading(), InboxKind.CHANGED_RESULT, first=9, after=None)
            ).items == []  # fmt: skip
    shown = (await graph.ask(PARTS, LAN, id=rated.id))["evaluation"]["handedOverParts"]
    assert shown == [{"id": part.id, "changed": False}]


async def test_a_part_that_changes_twice_is_asked_once_and_counts_as_it_is_now(
    uow: MemoryUnitOfWork, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    old, new = changed
    opened = await review_scenes.unfrozen(uow, old)
    await Pump(uow).run()
    work = await scenes.assign(uow, opened, quantity="10")
    await scenes.reviewed(uow, opened)
    await Pump(uow).run()
    [audit] = await audits(uow)

    await decide_audit(uow, audit, None, None, take_part=True)

    rated = await evaluation_of(uow, new, LAN_ID)
    assert work.civil_servant_id == LAN_ID
    assert rated.sheets[-1].total == decree_total([(6, 10), (0, 10), (1, 4)], Fraction(20))


async def test_what_was_taken_by_one_decision_gives_way_to_the_next(
    uow: MemoryUnitOfWork, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    """The first decision is no word on the rows themselves."""
    old, new = changed
    [first] = await audits(uow)
    await decide_audit(uow, first, None, None, take_part=True)
    opened = await review_scenes.unfrozen(uow, old)
    await Pump(uow).run()
    [work] = [
        each
        for each in await uow.reading().store(ASSIGNMENTS).select()
        if each.period_id == old.id and each.civil_servant_id == LAN_ID
    ]
    await scenes.accept(uow, await scenes.report(uow, work, "3"))
    await scenes.reviewed(uow, opened)
    await Pump(uow).run()
    [second] = [each for each in await audits(uow) if each.id != first.id]

    await decide_audit(uow, second, None, None, take_part=True, actor=ANOTHER)

    rated = await evaluation_of(uow, new, LAN_ID)
    assert rated.sheets[-1].total == decree_total([(9, 10), (1, 4)], Fraction(20))


async def test_dismissed_it_stays_as_it_was(
    uow: MemoryUnitOfWork, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    _, new = changed
    rated = await evaluation_of(uow, new, LAN_ID)
    [audit] = await audits(uow)

    await decide_audit(uow, audit, None, None)

    assert await evaluation_of(uow, new, LAN_ID) == rated
    assert [each.state for each in await audits(uow)] == [PostAuditState.DISMISSED]


async def test_only_a_changed_part_is_taken_and_nothing_beside_it(
    uow: MemoryUnitOfWork, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    _, new = changed
    rated = await evaluation_of(uow, new, LAN_ID)
    [audit] = await audits(uow)
    complained = await review_scenes.post_audit(uow, LAN_ID)

    for each, correction in ((audit, review_scenes.LOWER), (complained, None)):
        with pytest.raises(Invalid) as refused:
            await decide_audit(uow, each, rated, correction, take_part=True)
        assert refused.value.field == "input.takePart"

    assert await evaluation_of(uow, new, LAN_ID) == rated


async def test_a_part_that_counts_already_is_not_taken_again(
    uow: MemoryUnitOfWork, changed: tuple[EvaluationPeriod, EvaluationPeriod]
) -> None:
    _, new = changed
    [audit] = await audits(uow)
    await decide_audit(uow, audit, None, None, take_part=True)
    async with uow.begin() as tx:
        again = await tx.store(POST_AUDITS).get(audit.id)
        again.state = PostAuditState.REQUESTED
        await tx.store(POST_AUDITS).save(again)
    rated = await evaluation_of(uow, new, LAN_ID)

    with pytest.raises(Conflict):
        await decide_audit(uow, again, None, None, take_part=True, actor=ANOTHER)

    assert await evaluation_of(uow, new, LAN_ID) == rated
