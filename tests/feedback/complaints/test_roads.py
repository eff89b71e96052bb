"""Where a complaint goes: to the competent unit, back from silence, and up when nobody moves."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from feedback import people
from feedback.complaints.steps import assign, close, confirm
from feedback.scenes import (
    answer,
    answered,
    calendar_comes,
    classify,
    decide,
    disputed,
    everything,
    file,
    follow_calendars,
    log_of,
    new_key,
    sweep,
    verdict,
)
from feedback_service.application import reactions
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.complaints.commands import ForwardComplaint, forward_complaint
from feedback_service.application.desk.queries import ComplaintTask, list_waiting
from feedback_service.application.log.rows import differing_rows
from feedback_service.application.needs import Needs
from feedback_service.application.verdicts.commands import ReopenComplaint, reopen_complaint
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.events import ComplaintAnswerOverdue, ComplaintEscalated
from feedback_service.domain.complaints.values import ComplaintState
from support.clock import FixedClock
from support.graph import Graph

S = ComplaintState
HEADS = {people.COUNTER: "cs_counter_head", people.WARD: people.CHAIR_ID}
LEFT = date(2026, 1, 1)


async def know_the_heads(uow: UnitOfWork, heads: dict[str, str] = HEADS) -> None:
    """Each unit has a head, and one who headed it before."""
    async with uow.begin() as tx:
        for unit_id, head in heads.items():
            for id, until in ((head, None), (f"cs_a_before_{unit_id}", LEFT)):
                post = reactions.AppointmentFact(
                    unit_id=unit_id, role="HEAD", valid_from=date(2020, 1, 1), valid_to=until
                )
                fact = reactions.CivilServantSynced(
                    civil_servant_id=id, province="56", revision=2, appointments=(post,)
                )
                await reactions.keep_civil_servant(fact, tx)


async def fetched(uow: UnitOfWork, complaint: Complaint) -> Complaint:
    return await uow.reading().store(COMPLAINTS).get(complaint.id)


async def forward(
    uow: UnitOfWork,
    needs: Needs,
    complaint: Complaint,
    unit_id: str = people.OTHER_WARD,
    *,
    actor: Actor = people.COUNTER_HEAD,
    reason: str = "Việc này thuộc thẩm quyền đơn vị khác",
) -> Complaint:
    command = ForwardComplaint(
        actor=actor,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        unit_id=unit_id,
        reason=reason,
    )
    return await perform(forward_complaint, command, uow, needs=needs)


async def reopen_as(
    uow: UnitOfWork, needs: Needs, complaint: Complaint, actor: Actor = people.CITIZEN
) -> Complaint:
    command = ReopenComplaint(
        actor=actor,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        reason="Kết quả vẫn chưa có, gọi tôi 0905 123 456",
    )
    return await perform(reopen_complaint, command, uow, needs=needs)


async def refused(uow: UnitOfWork, doing: Any, kind: type[DomainError]) -> DomainError:
    """What it says, once it is sure that nothing was written."""
    before = await everything(uow)
    with pytest.raises(kind) as said:
        await doing
    assert await everything(uow) == before
    return said.value


async def waiting(uow: UnitOfWork, actor: Actor, task: ComplaintTask) -> list[str]:
    page = await list_waiting(actor, uow.reading(), task, first=20, after=None)
    return [each.id for each in page.items]


async def test_a_forwarded_complaint_is_the_competent_units_with_its_whole_term(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    complaint = await classify(any_uow, needs, await file(any_uow, needs))
    clock.pass_days(7)

    sent = await forward(any_uow, needs, complaint)

    dates = (sent.state, sent.filed_on, sent.due_on, sent.answer_by)
    assert dates == (S.RECEIVED, date(2026, 8, 3), date(2026, 8, 12), date(2026, 8, 24))
    assert (sent.unit_id, sent.unit_path) == (people.OTHER_WARD, (people.OTHER_WARD,))
    assert await waiting(any_uow, people.OTHER_CHAIR, ComplaintTask.ANSWER) == [sent.id]
    assert await waiting(any_uow, people.COUNTER_HEAD, ComplaintTask.ANSWER) == []
    assert (await log_of(any_uow))[-1].shown("path") == people.OTHER_WARD
    assert await differing_rows(any_uow) == []
    await refused(any_uow, answer(any_uow, needs, sent), Forbidden)
    assert sent.handled_by[-1].subject == people.COUNTER_HEAD.subject


async def test_a_forwarded_complaint_keeps_its_term_under_another_calendar(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    complaint = await classify(uow, needs, await file(uow, needs))
    clock.pass_days(7)
    sent = await forward(uow, needs, complaint)

    await calendar_comes(uow, off=[date(2026, 8, 13)])
    await follow_calendars(uow)

    moved = await fetched(uow, sent)
    assert (moved.due_on, moved.answer_by) == (date(2026, 8, 12), date(2026, 8, 25))


async def test_nobody_passes_a_complaint_round_or_away_after_its_date(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    complaint = await classify(uow, needs, await file(uow, needs))
    for unit_id, kind, field in (
        ("unit_nowhere", NotFound, "input.unitId"),
        (people.HANOI, Invalid, "input.unitId"),
        (people.COUNTER, Conflict, "input.unitId"),
    ):
        said = await refused(uow, forward(uow, needs, complaint, unit_id), kind)
        assert said.field == field
    named = forward(uow, needs, complaint, reason="Hỏi anh Minh, 0905 123 456")
    assert (await refused(uow, named, Invalid)).rule_id == "F-I2"
    sent = await forward(uow, needs, complaint)
    back = forward(uow, needs, sent, people.COUNTER, actor=people.OTHER_CHAIR)
    await refused(uow, back, Conflict)

    other = await classify(uow, needs, await file(uow, needs))
    clock.pass_days(15)
    said = await refused(uow, forward(uow, needs, other), Conflict)
    assert "2026-08-17" in said.en


async def test_F_I6_what_silence_closed_is_reopened_by_who_complained_within_the_window(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    complaint = await answered(any_uow, needs)
    clock.pass_days(15)
    await sweep(any_uow)
    closed = await fetched(any_uow, complaint)
    assert (closed.state, closed.reopen_until) == (S.CLOSED_RESOLVED, date(2026, 9, 16))
    clock.pass_days(29)

    again = await reopen_as(any_uow, needs, closed)

    assert (again.state, again.due_on, again.disputes) == (S.REOPENED, date(2026, 9, 30), 1)
    assert (again.closed_on, again.basis) == (None, None)
    assert await waiting(any_uow, people.COUNTER_HEAD, ComplaintTask.ANSWER) == [again.id]
    said = await refused(any_uow, close(any_uow, needs, again), Conflict)
    assert said.rule_id == "F-I6"
    assert (await log_of(any_uow))[-1].shown("reason") is None
    assert await differing_rows(any_uow) == []


async def test_the_window_for_reopening_ends_and_a_verdict_opens_none(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    decided = await decide(uow, needs, verdict(await disputed(uow, needs)))
    said = await refused(uow, reopen_as(uow, needs, decided), Conflict)
    confirmed = await confirm(uow, needs, await answered(uow, needs), people.CITIZEN)
    await refused(uow, reopen_as(uow, needs, confirmed), Conflict)
    closed = await close(uow, needs, confirmed)
    await refused(uow, reopen_as(uow, needs, closed, people.OTHER_CITIZEN), Forbidden)
    await calendar_comes(uow, off=[date(2026, 8, 13)])
    await follow_calendars(uow)
    closed = await fetched(uow, closed)
    assert closed.reopen_until == date(2026, 9, 1)  # 20 working days, one more of them off.
    clock.pass_days(30)

    late = await refused(uow, reopen_as(uow, needs, closed), Conflict)

    assert (said.rule_id, late.rule_id) == (None, "F-I6")


async def test_an_overdue_answer_climbs_by_name_and_then_to_the_board(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await know_the_heads(any_uow)
    complaint = await classify(any_uow, needs, await file(any_uow, needs))
    await assign(any_uow, needs, complaint, people.MINH_ID)
    told = []
    for days in (15, 3, 5, 3, 3):  # The 14th day is the last; rungs are three working days apart.
        clock.pass_days(days)
        await sweep(any_uow)
        now = await fetched(any_uow, complaint)
        told.append((len(now.escalations), now.escalated_to))

    assert told == [
        (1, "cs_counter_head"),
        (1, "cs_counter_head"),
        (2, people.CHAIR_ID),
        (2, people.CHAIR_ID),
        (3, None),
    ]
    assert [each.unit_id for each in now.escalations] == [people.COUNTER, people.WARD, None]
    assert await differing_rows(any_uow) == []


async def test_it_waits_for_whoever_was_told_by_name_until_somebody_moves(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await know_the_heads(uow)
    complaint = await classify(uow, needs, await file(uow, needs))
    clock.pass_days(15)
    await sweep(uow)

    escalated = ComplaintTask.ESCALATED
    assert await waiting(uow, people.CHAIR, escalated) == [complaint.id]
    assert await waiting(uow, people.CHAIR, ComplaintTask.DECIDE) == []
    assert await waiting(uow, people.COUNTER_HEAD, escalated) == []
    elsewhere = replace(people.CHAIR, province="01")
    assert await waiting(uow, elsewhere, escalated) == []

    given = await answer(uow, needs, await fetched(uow, complaint))
    assert (given.escalated_to, given.escalate_on) == (None, None)
    assert await waiting(uow, people.CHAIR, escalated) == []


async def test_E_I16_an_overdue_answer_is_a_fault_of_who_owed_it_once_a_date(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await know_the_heads(uow)
    handled = await classify(uow, needs, await file(uow, needs))
    await assign(uow, needs, handled, people.MINH_ID)
    untouched = await file(uow, needs)
    for _ in range(30):
        clock.pass_days(1)
        await sweep(uow)
    faults = [each for each in uow.outbox if isinstance(each, ComplaintAnswerOverdue)]

    assert sorted(
        (e.complaint_id, e.civil_servant_id, e.due_on, e.since) for e in faults
    ) == sorted(
        [
            (handled.id, people.MINH_ID, date(2026, 8, 17), date(2026, 8, 3)),
            (untouched.id, "cs_counter_head", date(2026, 8, 17), date(2026, 8, 3)),
        ]
    )
    assert {each.term_days for each in faults} == {10}


async def test_a_further_answer_that_is_overdue_is_a_fault_of_its_own(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await know_the_heads(uow)
    closed = await close(
        uow, needs, await confirm(uow, needs, await answered(uow, needs), people.CITIZEN)
    )
    clock.pass_days(7)
    again = await reopen_as(uow, needs, closed)
    clock.pass_days(15)

    await sweep(uow)

    [fault] = [each for each in uow.outbox if isinstance(each, ComplaintAnswerOverdue)]
    assert (fault.due_on, fault.since, fault.round) == (again.due_on, date(2026, 8, 10), 1)


async def test_F_I3_who_is_complained_of_is_not_told_and_the_board_is_where_no_head_is_known(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await know_the_heads(uow, {people.COUNTER: "cs_counter_head", people.WARD: people.LAN_ID})
    await file(uow, needs)
    clock.pass_days(3)

    await sweep(uow)

    [told] = [each for each in uow.outbox if isinstance(each, ComplaintEscalated)]
    assert (told.civil_servant_id, told.to_unit_id) == (None, None)


OVERVIEW = """query($unit: ID!) { it: complaintOverview(unitId: $unit) {
  states { state count } answered halfWithin mostWithin } }"""


async def test_complaints_by_state_and_time_to_the_first_answer(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph, clock: FixedClock
) -> None:
    filed = [await file(uow, needs) for _ in range(4)]
    for days, complaint in zip((1, 2, 4), filed, strict=False):
        clock.pass_days(days)
        await answer(uow, needs, await classify(uow, needs, complaint))

    for unit_id in (people.COUNTER, people.WARD):
        assert (await graph.ask(OVERVIEW, unit=unit_id))["it"] == {
            "states": [{"state": "RECEIVED", "count": 1}, {"state": "ANSWERED", "count": 3}],
            "answered": 3,
            "halfWithin": 3,
            "mostWithin": 7,
        }
    assert (await graph.ask(OVERVIEW, unit=people.OTHER_WARD))["it"]["states"] == []


BY_RECEIPT = """query($receipt: String!) {
  it: complaintByReceipt(receipt: $receipt) { id state answerBy details { text } }
}"""
ENTRIES = "query($of: String!) { it: publicLog(subject: $of) { edges { node { type receipt } } } }"


async def test_a_receipt_shows_its_complaint_to_whoever_has_it_and_nothing_private(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    complaint = await classify(uow, needs, await file(uow, needs))
    story = (await graph.ask(ENTRIES, of=complaint.id))["it"]["edges"]
    assert [each["node"]["type"] for each in story] == ["COMPLAINT_FILED", "COMPLAINT_CLASSIFIED"]
    for each in story:
        receipt = each["node"]["receipt"]
        for written in (receipt, receipt.replace("\n", "\r\n")):
            found = (await graph.ask(BY_RECEIPT, receipt=written))["it"]
            assert found == {
                "id": complaint.id,
                "state": "CLASSIFIED",
                "answerBy": "2026-08-17",
                "details": None,
            }
        for wrong in (
            receipt.replace(complaint.id, "cpl_other"),
            receipt.replace("receipt/v1 test/", "receipt/v1 other/"),
            receipt.replace("entry ", "entry 9"),
            "entry 1",
            "",
        ):
            assert (await graph.ask(BY_RECEIPT, receipt=wrong))["it"] is None, wrong
