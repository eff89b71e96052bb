"""A leader's public word: drafted alone, dated, reached with evidence, and judged by two."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Conflict, DomainError, Invalid
from congvu_kit.tools.log_verification import ExportedEntry, ExportedField
from feedback import people
from feedback.commitments.steps import PLEDGE, amend, assess, draft, publish, rate, report, score
from feedback.indexes.steps import freeze
from feedback.scenes import all_of, everything, log_of, new_key
from feedback_service.adapters.cli.recount import Recount
from feedback_service.application import collections
from feedback_service.application.commitments.drafts import (
    PublishDraft,
    ReviseDraft,
    publish_draft,
    revise_draft,
)
from feedback_service.application.log.rows import differing_rows
from feedback_service.application.needs import Needs
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.events import CommitmentAssessed
from feedback_service.domain.commitments.values import (
    CommitmentKind,
    CommitmentOutcome,
    CommitmentState,
)
from support.clock import FixedClock
from support.graph import Graph

Out = CommitmentOutcome
STEPS = replace(
    PLEDGE,
    kind=CommitmentKind.KEY_TASK,
    milestones=("Tháng 8: 90 %", "Tháng 9: 95 %"),
    milestone_dates=(date(2026, 8, 31), date(2026, 9, 30)),
)


async def refused(uow: UnitOfWork, doing: Any, kind: type[DomainError]) -> DomainError:
    """What it says, once it is sure that nothing was written."""
    before = await everything(uow)
    with pytest.raises(kind) as said:
        await doing
    assert await everything(uow) == before
    return said.value


async def test_a_draft_is_no_public_word_until_it_is_published_once(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    drafted = await draft(any_uow, needs)
    assert (await log_of(any_uow), await all_of(any_uow, collections.COMMITMENTS)) == ([], [])
    first = ReviseDraft(
        actor=people.CHAIR,
        idempotency_key=new_key(),
        draft_id=drafted.id,
        expected_revision=drafted.revision,
        pledge=STEPS,
    )
    revised = await perform(revise_draft, first, any_uow, needs=needs)
    publishing = PublishDraft(
        actor=people.CHAIR,
        idempotency_key=new_key(),
        draft_id=drafted.id,
        expected_revision=revised.revision,
    )

    made = await perform(publish_draft, publishing, any_uow, needs=needs)

    assert (made.kind, made.current.milestones) == (CommitmentKind.KEY_TASK, STEPS.milestones)
    [kept] = await all_of(any_uow, collections.COMMITMENT_DRAFTS)
    assert kept.commitment_id == made.id
    again = replace(publishing, idempotency_key=new_key(), expected_revision=kept.revision)
    said = await refused(any_uow, perform(publish_draft, again, any_uow, needs=needs), Conflict)
    late = replace(first, idempotency_key=new_key(), expected_revision=kept.revision)
    same = await refused(any_uow, perform(revise_draft, late, any_uow, needs=needs), Conflict)
    assert (said.rule_id, same.rule_id) == ("F-I8", "F-I8")
    assert await differing_rows(any_uow) == []


async def test_a_milestone_is_reached_once_with_evidence_and_anew_when_it_is_worded_anew(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    made = await publish(uow, needs, pledge=STEPS)
    without = report(uow, needs, made, done=False, milestone=1, evidence=())
    assert (await refused(uow, without, Invalid)).field == "input.evidence"
    reached = await report(uow, needs, made, done=False, milestone=1, percent=50)
    for number in (0, 1, 3):
        wrong = report(uow, needs, reached, done=False, milestone=number)
        assert (await refused(uow, wrong, Invalid)).field == "input.milestone"
    for percent in (-1, 101):
        wrong = report(uow, needs, reached, done=False, percent=percent)
        assert (await refused(uow, wrong, Invalid)).field == "input.percent"

    shown = [(each.number, each.due, each.reached is not None) for each in reached.milestones]
    assert shown == [(1, date(2026, 8, 31), True), (2, date(2026, 9, 30), False)]
    amended = await amend(uow, needs, reached)  # The same first milestone, without dates.
    assert [each.reached is not None for each in amended.milestones] == [True]
    assert amended.kind is CommitmentKind.KEY_TASK


@pytest.mark.parametrize(
    "dates",
    [
        (date(2026, 8, 31),),
        (date(2026, 9, 30), date(2026, 8, 31)),
        (date(2026, 8, 31), date(2026, 10, 1)),
    ],
)
async def test_milestones_have_a_date_each_in_order_and_within_the_promise(
    uow: MemoryUnitOfWork, needs: Needs, dates: tuple[date, ...]
) -> None:
    wrong = publish(uow, needs, pledge=replace(STEPS, milestone_dates=dates))

    assert (await refused(uow, wrong, Invalid)).field == "input.pledge.milestoneDates"


async def rated(uow: UnitOfWork, needs: Needs, made: Commitment, *, good: int, bad: int) -> None:
    for number, given in enumerate([5] * good + [1] * bad):
        await rate(uow, needs, score(made, given, token=f"dan-{number}"))


@pytest.mark.parametrize(
    ("good", "bad", "citizens"),
    [
        (29, 0, None),
        (24, 6, Out.VERIFIED_MET),
        (23, 7, Out.PARTLY),
        (15, 15, Out.PARTLY),
        (14, 16, Out.MISSED),
    ],
)
@pytest.mark.parametrize("found", Out)
async def test_F_I5_the_lower_of_the_superiors_and_the_citizens_word_counts_from_30_on(
    uow: MemoryUnitOfWork,
    needs: Needs,
    *,
    good: int,
    bad: int,
    citizens: CommitmentOutcome | None,
    found: CommitmentOutcome,
) -> None:
    done = await report(uow, needs, await publish(uow, needs), done=True)
    await rated(uow, needs, done, good=good, bad=bad)
    [done] = await all_of(uow, collections.COMMITMENTS)

    judged = await assess(uow, needs, done, found)

    order = [Out.MISSED, Out.PARTLY, Out.VERIFIED_MET]
    lower = min([found, citizens or found], key=order.index)
    assert (judged.state, judged.found) == (CommitmentState(lower), found)
    [told] = [each for each in uow.outbox if isinstance(each, CommitmentAssessed)]
    assert (told.outcome, told.found, told.citizens) == (lower, found, citizens)
    assert (told.contented, told.ratings) == (good, good + bad)
    entry = (await log_of(uow))[-1]
    assert entry.shown("outcome") == lower
    assert entry.shown("citizens") == citizens
    assert await differing_rows(uow) == []


OVERVIEW = """query($unit: ID, $leader: ID) {
  it: commitmentOverview(unitId: $unit, leaderId: $leader) {
    promisedBy { id } unit { id } promises keyTasks running claimed met partly missed
    kept { part whole } milestones { part whole } } }"""


async def test_what_a_leader_promised_and_how_far_it_is(
    uow: MemoryUnitOfWork, needs: Needs, graph: Graph
) -> None:
    first = await report(uow, needs, await publish(uow, needs), done=True)
    await assess(uow, needs, first)
    second = await publish(uow, needs, pledge=STEPS)
    await report(uow, needs, second, done=False, milestone=2)
    await publish(uow, needs, people.COUNTER_HEAD)

    of_unit = (await graph.ask(OVERVIEW, unit=people.WARD))["it"]
    of_leader = (await graph.ask(OVERVIEW, leader=people.CHAIR_ID))["it"]

    assert of_unit == of_leader
    assert of_unit == [
        {
            "promisedBy": {"id": f"{people.CHAIR_ID}:{people.WARD}"},
            "unit": {"id": people.WARD},
            "promises": 1,
            "keyTasks": 1,
            "running": 1,
            "claimed": 0,
            "met": 1,
            "partly": 0,
            "missed": 0,
            "kept": {"part": 1, "whole": 1},
            "milestones": {"part": 1, "whole": 3},
        }
    ]
    tasks = await graph.ask(
        "{ it: commitments(filter: {kind: KEY_TASK}) { edges { node { id } } } }"
    )
    assert tasks["it"]["edges"] == [{"node": {"id": second.id}}]
    for wrong in ({}, {"unit": people.WARD, "leader": people.CHAIR_ID}):
        answer = await graph.execute(OVERVIEW, people.CHAIR, wrong)
        assert [error.extensions["code"] for error in answer.errors or ()] == ["INVALID"]


async def test_what_an_index_tells_of_leaders_is_counted_again_from_the_log_alone(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    made = await report(uow, needs, await publish(uow, needs), done=True)
    await rated(uow, needs, made, good=28, bad=4)
    clock.pass_days(70)
    await publish(uow, needs, pledge=replace(PLEDGE, due=date(2026, 12, 31)))

    await freeze(uow)

    [kept] = [
        each for each in await all_of(uow, collections.INDEXES) if each.unit_id == people.WARD
    ]
    [leader] = kept.leaders
    assert (leader.satisfied, leader.ratings) == (28, 32)
    assert (leader.ci_low, leader.ci_high) == ("0.7193", "0.9503")
    assert [(each.leader_id, each.count) for each in kept.published or ()] == [(people.CHAIR_ID, 1)]
    entries = [
        ExportedEntry(
            sequence=each.number,
            previous=each.previous,
            hash=each.hash,
            type=each.type,
            by=each.by,
            subject=each.subject,
            at=each.at,
            fields=tuple(
                ExportedField(
                    name=field.name, commitment=field.commitment, value=field.value, salt=field.salt
                )
                for field in each.fields
            ),
        )
        for each in await log_of(uow)
    ]
    found = [*Recount().over(entries)]
    assert [each.differing for each in found] == [[]] * len(found)
    assert any("published" in each.counted for each in found)
