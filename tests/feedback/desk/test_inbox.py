"""Complaints wait for those whose step it is, and for nobody else."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Forbidden, Unauthenticated
from feedback import people
from feedback.complaints.steps import assign, reopen
from feedback.readers import EVERYBODY
from feedback.scenes import (
    answered,
    classify,
    disputed,
    dossier_fact,
    file,
    new_key,
    sweep,
    verdict,
)
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.complaints.commands import (
    AnswerComplaint,
    ClassifyComplaint,
    TakeUpComplaint,
    answer_complaint,
    classify_complaint,
    take_up_complaint,
)
from feedback_service.application.desk.queries import ComplaintTask, count_waiting, list_waiting
from feedback_service.application.needs import Needs
from feedback_service.application.reactions import HandlerFact, keep_dossier
from feedback_service.application.verdicts.commands import decide_complaint
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import Category
from support.clock import FixedClock
from support.graph import Graph

INBOX = """query($of: [_Any!]!, $task: ComplaintTask!, $first: Int!, $after: String) {
  _entities(representations: $of) { ... on Inbox {
    id
    complaintCounts { task count late }
    complaints(task: $task, first: $first, after: $after) {
      edges { node { id state dueOn answerBy } } pageInfo { hasNextPage endCursor }
    } } } }"""
WORKERS = {
    **EVERYBODY,
    "handler": people.MINH,
    "colleague of the handler": people.HOA,
    "handler elsewhere now": replace(people.MINH, unit=people.OTHER_WARD),
    "head without an officer": replace(people.COUNTER_HEAD, officer=None),
    "head who moved up": replace(people.COUNTER_HEAD, unit=people.WARD),
    "head who joined the board": replace(people.COUNTER_HEAD, roles=frozenset({Role.REVIEW_BOARD})),
    "board of the unit": people.COUNTER_BOARD,
}
Given: TypeAlias = Callable[[MemoryUnitOfWork, Needs, FixedClock], Awaitable[Complaint]]


async def a_filed(uow: MemoryUnitOfWork, needs: Needs, _: FixedClock) -> Complaint:
    return await file(uow, needs)


async def an_assigned(uow: MemoryUnitOfWork, needs: Needs, _: FixedClock) -> Complaint:
    complaint = await classify(uow, needs, await file(uow, needs))
    return await assign(uow, needs, complaint, people.MINH_ID)


async def a_disputed(uow: MemoryUnitOfWork, needs: Needs, _: FixedClock) -> Complaint:
    return await disputed(uow, needs)


async def a_reopened(uow: MemoryUnitOfWork, needs: Needs, _: FixedClock) -> Complaint:
    return await reopen(uow, needs, await disputed(uow, needs))


async def an_overdue(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> Complaint:
    complaint = await classify(uow, needs, await file(uow, needs))
    clock.pass_days(20)
    await sweep(uow)
    return await uow.reading().store(COMPLAINTS).get(complaint.id)


class Undone(Exception):
    """Tried, and to be forgotten."""


async def may(
    step: Callable[..., Awaitable[object]], command: object, uow: UnitOfWork, **needs: object
) -> bool:
    try:
        async with uow.begin() as tx:
            await step(command, tx, **needs)
            forget()
    except Undone:
        return True
    except (Forbidden, Unauthenticated):
        return False
    return False


def forget() -> None:
    raise Undone


async def may_go_on(uow: UnitOfWork, actor: Actor, complaint: Complaint) -> bool:
    """Whether this caller can take the unit's next step."""
    named: Mapping[str, Any] = {
        "actor": actor,
        "idempotency_key": new_key(),
        "complaint_id": complaint.id,
        "expected_revision": complaint.revision,
    }
    if complaint.category is None:
        first = ClassifyComplaint(**named, category=Category.DELAY, summary="Trả chậm")
        return await may(classify_complaint, first, uow)
    answer = AnswerComplaint(**named, answer="Xin lỗi")
    taken = TakeUpComplaint(**named)
    return await may(answer_complaint, answer, uow) or await may(take_up_complaint, taken, uow)


async def a_shared(uow: MemoryUnitOfWork, needs: Needs, _: FixedClock) -> Complaint:
    both = tuple(HandlerFact(civil_servant_id=each) for each in (people.LAN_ID, "cs_manager"))
    async with uow.begin() as tx:
        await keep_dossier(dossier_fact(1, handlers=both), tx)
    return await classify_by_head(uow, needs, await file(uow, needs))


async def classify_by_head(uow: UnitOfWork, needs: Needs, complaint: Complaint) -> Complaint:
    first = ClassifyComplaint(
        actor=people.COUNTER_HEAD,
        idempotency_key=new_key(),
        complaint_id=complaint.id,
        expected_revision=complaint.revision,
        category=Category.DELAY,
        summary="Trả chậm",
    )
    return await perform(classify_complaint, first, uow, needs=needs)


@pytest.mark.parametrize(
    "given", [a_filed, a_shared, an_assigned, a_reopened, an_overdue, a_disputed]
)
async def test_a_complaint_waits_for_exactly_those_who_can_go_on_with_it(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock, given: Given
) -> None:
    complaint = await given(uow, needs, clock)
    to_decide = given in (a_disputed, an_overdue)

    shown, can = {}, {}
    for name, actor in WORKERS.items():
        decide = replace(verdict(complaint), actor=actor)
        can[name] = {
            ComplaintTask.ANSWER: given is not a_disputed
            and await may_go_on(uow, actor, complaint),
            ComplaintTask.DECIDE: to_decide and await may(decide_complaint, decide, uow),
            ComplaintTask.ESCALATED: False,  # No head is known here: test_roads has some.
        }
        shown[name] = {
            task: actor != ANONYMOUS and await listed(uow, actor, task) == [complaint.id]
            for task in ComplaintTask
        }

    assert shown == can
    assert any(each[ComplaintTask.DECIDE] for each in can.values()) is to_decide


async def listed(uow: UnitOfWork, actor: Actor, task: ComplaintTask) -> list[str]:
    page = await list_waiting(actor, uow.reading(), task, first=20, after=None)
    counted = {each.task: each.count for each in await count_waiting(actor, uow.reading())}
    assert counted.get(task, 0) == len(page.items)
    return [each.id for each in page.items]


async def test_an_answered_complaint_waits_for_its_complainant_alone(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await answered(uow, needs)

    assert [
        name
        for name, actor in WORKERS.items()
        for task in ComplaintTask
        if actor != ANONYMOUS and await listed(uow, actor, task)
    ] == []


async def inbox(graph: Graph, actor: Actor, task: ComplaintTask, after: str | None = None) -> Any:
    own = {"__typename": "Inbox", "id": actor.subject}
    found = await graph.ask(INBOX, actor, of=[own], task=task.value, first=1, after=after)
    return found["_entities"][0]


async def test_what_is_overdue_comes_first_and_is_counted_as_late(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock, graph: Graph
) -> None:
    overdue = await an_overdue(uow, needs, clock)
    later = await file(uow, needs)

    first = await inbox(graph, people.COUNTER_HEAD, ComplaintTask.ANSWER)
    end = first["complaints"]["pageInfo"]["endCursor"]
    second = await inbox(graph, people.COUNTER_HEAD, ComplaintTask.ANSWER, after=end)

    assert first["complaintCounts"] == [
        {"task": "ANSWER", "count": 2, "late": 1},
        {"task": "DECIDE", "count": 0, "late": 0},
        {"task": "ESCALATED", "count": 0, "late": 0},
    ]
    pages = [[edge["node"] for edge in each["complaints"]["edges"]] for each in (first, second)]
    assert pages == [
        [{"id": overdue.id, "state": "CLASSIFIED", "dueOn": None, "answerBy": "2026-08-17"}],
        [
            {
                "id": later.id,
                "state": "RECEIVED",
                "dueOn": later.due_on.isoformat() if later.due_on else None,
                "answerBy": later.answer_by.isoformat(),
            }
        ],
    ]
    assert second["complaints"]["pageInfo"]["hasNextPage"] is False


async def test_a_date_that_passed_unnoticed_is_late_too(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await file(uow, needs)
    clock.pass_days(2)
    before, _ = await count_waiting(people.COUNTER_MANAGER, uow.reading())
    clock.pass_days(1)
    after, _ = await count_waiting(people.COUNTER_MANAGER, uow.reading())

    assert ((before.count, before.late), (after.count, after.late)) == ((1, 0), (1, 1))


async def test_the_inbox_of_somebody_else_is_not_there(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    await file(uow, needs)
    heads = {"__typename": "Inbox", "id": people.COUNTER_HEAD.subject}

    for actor in (people.COUNTER_MANAGER, people.CHAIR, people.BOARD, ANONYMOUS):
        found = await graph.ask(INBOX, actor, of=[heads], task="ANSWER", first=1)

        assert found == {"_entities": [None]}
