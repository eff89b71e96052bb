"""Leaders' public commitments: amended or missed, never withdrawn; one rating a person."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid, Unauthenticated
from feedback import people
from feedback.commitments.steps import PLEDGE, amend, assess, publish, rate, report, score
from feedback.scenes import all_of, everything, log_of, sweep
from feedback_service.adapters.graphql.schema import Mutation
from feedback_service.application import collections
from feedback_service.application.commitments.commands import (
    RateCommitment,
)
from feedback_service.application.needs import Needs
from feedback_service.domain.commitments.draft import Pledge
from feedback_service.domain.commitments.events import (
    CommitmentAmended,
    CommitmentAssessed,
    CommitmentPublished,
)
from feedback_service.domain.commitments.values import CommitmentOutcome, CommitmentState
from feedback_service.domain.log.entry import EntryType
from support.clock import FixedClock


async def test_the_whole_way_of_a_commitment(any_uow: UnitOfWork, needs: Needs) -> None:
    published = await publish(any_uow, needs)
    assert (published.leader_id, published.unit_id) == (people.CHAIR_ID, people.WARD)

    amended = await amend(any_uow, needs, published)
    done = await report(
        any_uow, needs, await report(any_uow, needs, amended, done=False), done=True
    )
    met = await assess(any_uow, needs, done)

    assert [version.number for version in met.versions] == [1, 2]
    assert [version.target for version in met.versions] == [
        "98 % hồ sơ trong ngày",
        "95 % hồ sơ trong ngày",
    ]
    assert (met.state, met.due) == (CommitmentState.VERIFIED_MET, date(2026, 10, 31))
    assert [entry.type for entry in await log_of(any_uow)] == [
        "COMMITMENT_PUBLISHED",
        "COMMITMENT_AMENDED",
        "COMMITMENT_PROGRESSED",
        "COMMITMENT_CLAIMED_DONE",
        "COMMITMENT_ASSESSED",
    ]


async def test_its_events(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await assess(
        uow,
        needs,
        await report(uow, needs, await amend(uow, needs, await publish(uow, needs)), done=True),
    )

    assert [type(event) for event in uow.outbox] == [
        CommitmentPublished,
        CommitmentAmended,
        CommitmentAssessed,
    ]


def test_F_I8_there_is_no_way_to_withdraw_a_commitment() -> None:
    operations = {
        field.python_name
        for field in Mutation.__strawberry_definition__.fields  # type: ignore[attr-defined]
        if "commitment" in field.python_name
    }

    assert operations == {
        "draft_commitment",
        "revise_commitment_draft",
        "publish_commitment_draft",
        "publish_commitment",
        "amend_commitment",
        "report_commitment",
        "assess_commitment",
        "rate_commitment",
    }


async def test_F_I8_after_its_date_a_commitment_is_missed_not_amended(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    published = await publish(uow, needs)
    clock.pass_days(59)
    before = await everything(uow)

    with pytest.raises(Conflict, match="has passed") as refused:
        await amend(uow, needs, published)
    with pytest.raises(Conflict, match="has passed"):
        await report(uow, needs, published, done=True)
    assert refused.value.rule_id == "F-I8"
    assert await everything(uow) == before

    assert await sweep(uow) == 1
    [missed] = await all_of(uow, collections.COMMITMENTS)
    assert (missed.state, missed.assessed_on) == (CommitmentState.MISSED, date(2026, 10, 1))
    assert (await log_of(uow))[-1].by == "PLATFORM"
    assert await sweep(uow) == 0


async def test_F_I8_nobody_misses_a_commitment_before_its_date(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    published = await publish(uow, needs)

    for outcome in CommitmentOutcome:
        with pytest.raises(Conflict):
            await assess(uow, needs, published, outcome)

    assert await sweep(uow) == 0
    assert (await all_of(uow, collections.COMMITMENTS))[0].state is CommitmentState.PUBLISHED


async def test_F_I8_what_was_assessed_stays(uow: MemoryUnitOfWork, needs: Needs) -> None:
    done = await report(uow, needs, await publish(uow, needs), done=True)
    missed = await assess(uow, needs, done, CommitmentOutcome.MISSED)

    with pytest.raises(Conflict):
        await assess(uow, needs, missed, CommitmentOutcome.VERIFIED_MET)
    with pytest.raises(Conflict):
        await amend(uow, needs, missed)


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (people.COUNTER_MANAGER, Forbidden),
        (people.BOARD, Forbidden),
        (people.CITIZEN, Forbidden),
        (replace(people.CHAIR, officer=None), Forbidden),
        (replace(people.CHAIR, province="01"), Forbidden),
        (ANONYMOUS, Unauthenticated),
    ],
)
async def test_only_heads_promise(
    uow: MemoryUnitOfWork, needs: Needs, actor: Actor, error: type[DomainError]
) -> None:
    before = await everything(uow)

    with pytest.raises(error):
        await publish(uow, needs, actor)

    assert await everything(uow) == before
    assert uow.outbox == []


@pytest.mark.parametrize(
    ("pledge", "field"),
    [
        (replace(PLEDGE, due=date(2026, 8, 3)), "input.pledge.due"),
        (replace(PLEDGE, text=" "), "input.pledge.text"),
        (replace(PLEDGE, target="gọi 0905123456"), "input.pledge.target"),
        (replace(PLEDGE, milestones=("x",) * 21), "input.pledge.milestones"),
        (replace(PLEDGE, milestones=("x", "")), "input.pledge.milestones.1"),
    ],
)
async def test_a_promise_is_measurable_dated_and_names_nobody(
    uow: MemoryUnitOfWork, needs: Needs, pledge: Pledge, field: str
) -> None:
    before = await everything(uow)

    with pytest.raises(Invalid) as refused:
        await publish(uow, needs, pledge=pledge)

    assert refused.value.field == field
    assert await everything(uow) == before


async def test_only_the_leader_amends_and_only_others_assess(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    published = await publish(uow, needs)
    done = await report(uow, needs, published, done=True)
    before = await everything(uow)

    for actor in (people.COUNTER_HEAD, people.OTHER_CHAIR, replace(people.CHAIR, officer="cs_new")):
        with pytest.raises(Forbidden):
            await amend(uow, needs, published, actor)
    inside = people.person("noi-bo", Role.REVIEW_BOARD, unit=people.WARD)
    for actor in (people.CHAIR, inside, people.HANOI_BOARD):
        with pytest.raises(Forbidden):
            await assess(uow, needs, done, actor=actor)

    assert await everything(uow) == before


async def test_F_I4_one_rating_per_verified_person(any_uow: UnitOfWork, needs: Needs) -> None:
    published = await publish(any_uow, needs)

    await rate(any_uow, needs, score(published, 4))
    again = await rate(any_uow, needs, score(published, 4))
    with pytest.raises(Conflict, match="first rating stands") as refused:
        await rate(any_uow, needs, score(published, 1))
    other = await rate(any_uow, needs, score(published, 1, token="dan-2"))

    assert refused.value.rule_id == "F-I4"
    assert again.ratings == (0, 0, 0, 1, 0)
    assert other.ratings == (1, 0, 0, 1, 0)
    assert [entry.type for entry in await log_of(any_uow)].count(EntryType.COMMITMENT_RATED) == 2


@pytest.mark.mongo
async def test_F_I4_ratings_at_once_are_all_counted(
    mongo_uow: MongoUnitOfWork, needs: Needs
) -> None:
    published = await publish(mongo_uow, needs)

    await asyncio.gather(
        *(
            rate(mongo_uow, needs, score(published, 5, token=f"dan-{person % 5}"))
            for person in range(10)
        )
    )

    [kept] = await all_of(mongo_uow, collections.COMMITMENTS)
    assert kept.ratings == (0, 0, 0, 0, 5)


async def test_F_I5_a_rating_says_nothing_below_the_minimum(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    commitment = await publish(uow, needs)

    for person in range(29):
        commitment = await rate(uow, needs, score(commitment, 4, token=f"dan-{person}"))
    assert (commitment.rating_count, commitment.rating) == (29, None)
    commitment = await rate(uow, needs, score(commitment, 1, token="dan-29"))

    assert (commitment.rating_count, commitment.rating) == (30, "0.78")


async def test_a_refused_rating_leaves_nothing(uow: MemoryUnitOfWork, needs: Needs) -> None:
    published = await publish(uow, needs)
    before = await everything(uow)
    wrong: list[tuple[RateCommitment, type[DomainError]]] = [
        (score(published, 0), Invalid),
        (score(published, 6), Invalid),
        (replace(score(published, 3), actor=people.PORTAL), Forbidden),
        (replace(score(published, 3), actor=people.OTHER_CHAIR), Forbidden),
        (replace(score(published, 3), actor=ANONYMOUS), Unauthenticated),
        (
            replace(
                score(published, 5),
                actor=people.person("ct", Role.CITIZEN, officer=people.CHAIR_ID),
            ),
            Forbidden,
        ),
    ]

    for command, error in wrong:
        with pytest.raises(error):
            await rate(uow, needs, command)

    assert await everything(uow) == before
