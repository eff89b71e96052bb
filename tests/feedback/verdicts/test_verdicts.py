"""How a complaint ends: the unit's word, the complainant's, and the verdict from outside."""

from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from feedback import people
from feedback.complaints.steps import S, close, confirm, reopen
from feedback.scenes import (
    DOSSIER,
    all_of,
    answer,
    answered,
    classify,
    decide,
    dispute,
    disputed,
    dossier_fact,
    everything,
    file,
    log_of,
    verdict,
)
from feedback_service.application import collections, reactions
from feedback_service.application.log import results
from feedback_service.application.needs import Needs
from feedback_service.domain.complaints.values import (
    Category,
    ClosingBasis,
    ComplaintState,
    Verdict,
)
from feedback_service.domain.log.entry import EntryType
from feedback_service.domain.verdicts.post_audit import PostAuditRequested
from support.clock import FixedClock


async def test_the_whole_way_to_an_upheld_complaint(any_uow: UnitOfWork, needs: Needs) -> None:
    filed = await file(any_uow, needs)
    assert (filed.state, filed.due_on, filed.answer_by) == (
        S.RECEIVED,
        date(2026, 8, 5),
        date(2026, 8, 17),
    )
    assert (filed.unit_id, filed.civil_servant_id) == (people.COUNTER, people.LAN_ID)

    contested = await dispute(
        any_uow,
        needs,
        await answer(any_uow, needs, await classify(any_uow, needs, filed)),
    )
    assert (contested.state, contested.category) == (S.DISPUTED, Category.DELAY)

    decided = await decide(any_uow, needs, verdict(contested))

    assert (decided.state, decided.basis) == (S.CLOSED_RESOLVED, ClosingBasis.DECISION)
    assert [entry.type for entry in await log_of(any_uow)] == [
        "COMPLAINT_FILED",
        "COMPLAINT_CLASSIFIED",
        "COMPLAINT_ANSWERED",
        "COMPLAINT_DISPUTED",
        "COMPLAINT_DECIDED",
    ]
    [audit] = await all_of(any_uow, collections.POST_AUDITS)
    assert (audit.complaint_id, audit.civil_servant_id, audit.dossier_code) == (
        decided.id,
        people.LAN_ID,
        DOSSIER,
    )


async def test_an_upheld_complaint_asks_for_a_post_audit(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    contested = await disputed(uow, needs)
    before = len(uow.outbox)

    await decide(uow, needs, verdict(contested, Verdict.PARTLY))

    told = [type(event) for event in uow.outbox[before:]]
    assert sorted(kind.__name__ for kind in told) == [
        "ComplaintClosed",
        "ComplaintUpheld",
        "PostAuditRequested",
    ]
    [request] = [event for event in uow.outbox if isinstance(event, PostAuditRequested)]
    assert (request.verdict, request.decided_on) == ("PARTLY", date(2026, 8, 3))


async def test_each_officer_with_a_part_of_the_dossier_is_audited_once(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    ids = (people.LAN_ID, "cs_second", "cs_third")
    handlers = tuple(reactions.HandlerFact(civil_servant_id=each) for each in ids)
    async with any_uow.begin() as tx:
        await reactions.keep_dossier(dossier_fact(1, handlers=handlers), tx)

    contested = await disputed(any_uow, needs)
    await decide(any_uow, needs, verdict(contested))

    audits = await all_of(any_uow, collections.POST_AUDITS)
    assert sorted(each.civil_servant_id or "" for each in audits) == sorted(ids)
    assert len({each.id for each in audits}) == len(ids)
    assert {(each.complaint_id, each.dossier_code) for each in audits} == {(contested.id, DOSSIER)}
    with pytest.raises(Conflict):
        await decide(any_uow, needs, verdict(contested))
    assert await all_of(any_uow, collections.POST_AUDITS) == audits


async def test_a_complaint_not_upheld_asks_for_none(uow: MemoryUnitOfWork, needs: Needs) -> None:
    decided = await decide(uow, needs, verdict(await disputed(uow, needs), Verdict.NOT_UPHELD))

    assert decided.state is S.CLOSED_UNFOUNDED
    assert await all_of(uow, collections.POST_AUDITS) == []
    assert not [event for event in uow.outbox if isinstance(event, PostAuditRequested)]


async def test_what_became_of_a_post_audit_is_told_once(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    decided = await decide(uow, needs, verdict(await disputed(uow, needs)))
    [audit] = await all_of(uow, collections.POST_AUDITS)
    fact = results.EvaluationCorrected(
        province="56", evaluation_id="eval_1", sheet=2, basis=audit.id
    )

    for _ in range(2):
        async with uow.begin() as tx:
            await results.note_correction(fact, tx)
            await results.note_correction(replace(fact, basis="appeal_1"), tx)

    entries = await log_of(uow)
    assert [entry.type for entry in entries].count(EntryType.EVALUATION_CORRECTED) == 1
    assert entries[-1].subject == decided.id


async def test_F_I6_staff_cannot_close_as_resolved_against_a_standing_dispute(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    contested = await disputed(any_uow, needs)
    before = await everything(any_uow)

    with pytest.raises(Conflict, match="a dispute stands") as refused:
        await close(any_uow, needs, contested)

    assert refused.value.rule_id == "F-I6"
    assert await everything(any_uow) == before
    kept = await any_uow.reading().store(collections.COMPLAINTS).get(contested.id)
    assert kept.state is S.DISPUTED


async def test_F_I6_nor_after_it_was_sent_back(uow: MemoryUnitOfWork, needs: Needs) -> None:
    reopened = await reopen(uow, needs, await disputed(uow, needs))

    with pytest.raises(Conflict, match="a dispute stands"):
        await close(uow, needs, reopened)


async def test_F_I6_nor_while_the_complainant_may_still_dispute(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    complaint = await answered(uow, needs)
    clock.pass_days(14)

    with pytest.raises(Conflict, match="may still dispute, until 2026-08-17"):
        await close(uow, needs, complaint)
    clock.pass_days(1)
    closed = await close(uow, needs, complaint)

    assert (closed.state, closed.basis) == (S.CLOSED_RESOLVED, ClosingBasis.SILENCE)


async def test_silence_after_a_dispute_is_not_a_resolution(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    again = await answer(uow, needs, await reopen(uow, needs, await disputed(uow, needs)))
    clock.pass_days(30)

    closed = await close(uow, needs, again)

    assert (closed.state, closed.basis) == (S.CLOSED_UNRESOLVED, ClosingBasis.SILENCE)


@pytest.mark.parametrize("outcome", [S.CLOSED_UNFOUNDED, S.CLOSED_UNRESOLVED, S.RECEIVED])
async def test_F_I6_a_unit_gives_no_verdict_on_itself(
    uow: MemoryUnitOfWork, needs: Needs, outcome: ComplaintState
) -> None:
    complaint = await answered(uow, needs)

    with pytest.raises(Invalid, match="cannot close a complaint as"):
        await close(uow, needs, complaint, outcome, reason="x")

    assert (await all_of(uow, collections.COMPLAINTS))[0].state is S.ANSWERED


async def test_a_complaint_set_aside_can_be_disputed(uow: MemoryUnitOfWork, needs: Needs) -> None:
    aside = await close(
        uow, needs, await file(uow, needs), S.CLOSED_NOT_COMPETENT, reason="Thuộc thẩm quyền tỉnh"
    )
    assert (aside.state, aside.basis) == (S.CLOSED_NOT_COMPETENT, ClosingBasis.UNIT)

    contested = await dispute(uow, needs, aside)

    assert (contested.state, contested.basis, contested.closed_on) == (S.DISPUTED, None, None)


async def test_a_duplicate_names_an_earlier_complaint(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    first = await file(uow, needs)
    clock.pass_days(1)
    second = await file(uow, needs)

    for wrong in (second.id, "cpl_nope", None):
        with pytest.raises(Invalid, match="earlier complaint"):
            await close(uow, needs, second, S.CLOSED_DUPLICATE, reason="Trùng", duplicate_of=wrong)
    closed = await close(
        uow, needs, second, S.CLOSED_DUPLICATE, reason="Trùng", duplicate_of=first.id
    )

    assert (closed.state, closed.duplicate_of) == (S.CLOSED_DUPLICATE, first.id)


async def test_only_who_complained_confirms(uow: MemoryUnitOfWork, needs: Needs) -> None:
    complaint = await answered(uow, needs)
    before = await everything(uow)

    for actor, token in (
        (people.OTHER_CITIZEN, None),
        (people.PORTAL, "dan-2"),
        (people.COUNTER_HEAD, None),
        (people.HANOI_PORTAL, "dan-1"),
    ):
        with pytest.raises(Forbidden):
            await confirm(uow, needs, complaint, actor, token)
    assert await everything(uow) == before

    confirmed = await confirm(uow, needs, complaint, people.PORTAL, "dan-1")
    closed = await close(uow, needs, confirmed)

    assert (closed.state, closed.basis) == (S.CLOSED_RESOLVED, ClosingBasis.CONFIRMED)


async def test_disputing_ends_with_the_window(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    complaint = await answered(uow, needs)
    clock.pass_days(15)
    before = await everything(uow)

    with pytest.raises(Conflict, match="ended on 2026-08-17"):
        await dispute(uow, needs, complaint)

    assert await everything(uow) == before


@pytest.mark.parametrize(
    "actor",
    [
        people.COUNTER_BOARD,
        people.HANOI_BOARD,
        people.OTHER_CHAIR,
        people.COUNTER_HEAD,
        people.COUNTER_MANAGER,
        people.EVERY_ROLE,
        people.CITIZEN,
        people.person("lan", Role.REVIEW_BOARD, officer=people.LAN_ID),
        people.person("quan-ly", Role.REVIEW_BOARD),
    ],
    ids=lambda actor: f"{actor.subject}-{actor.province}",
)
async def test_F_I6_the_verdict_comes_from_outside_and_from_nobody_who_handled_it(
    uow: MemoryUnitOfWork, needs: Needs, actor: Actor
) -> None:
    contested = await disputed(uow, needs)
    rows, events = await everything(uow), list(uow.outbox)

    with pytest.raises(Forbidden):
        await decide(uow, needs, replace(verdict(contested), actor=actor))

    assert (await everything(uow), list(uow.outbox)) == (rows, events)


async def test_the_head_of_the_unit_above_may_decide(uow: MemoryUnitOfWork, needs: Needs) -> None:
    contested = await disputed(uow, needs)

    decided = await decide(uow, needs, replace(verdict(contested), actor=people.CHAIR))

    assert decided.decision is not None
    assert decided.decision.by == "chu-tich"
    assert (await log_of(uow))[-1].by == "SUPERIOR"


async def test_nobody_decides_before_an_answer(uow: MemoryUnitOfWork, needs: Needs) -> None:
    filed = await file(uow, needs)
    before = await everything(uow)

    with pytest.raises(Conflict, match="RECEIVED"):
        await decide(uow, needs, verdict(filed))

    assert await everything(uow) == before
