"""A rating that comes before its dossier is kept, joined when that comes, and never lost unseen."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform, transact
from congvu_kit.application.ports import Transaction, UnitOfWork
from congvu_kit.domain.actor import Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound, Transient
from feedback import people
from feedback.scenes import (
    RATING_CODE,
    all_of,
    dossier_fact,
    enter,
    everything,
    log_of,
    make_needs,
    rate,
    rating,
    sweep,
)
from feedback_service.application import collections, reactions
from feedback_service.application.log.rows import differing_rows
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.commands import submit_satisfaction
from feedback_service.domain.submissions.rating_limits import RatingLimits
from feedback_service.domain.submissions.submission import (
    Answer,
    DossierStanding,
    Lapse,
    Submission,
    SubmissionReceived,
)
from support.clock import FixedClock

NUMBER = 7777
CODE = f"H32.31.07-260801-{NUMBER}"


async def early(uow: UnitOfWork, needs: Needs, **changes: Any) -> Submission:
    return await rate(uow, needs, rating(**{"token": "dan-7", "dossier": CODE, **changes}))


async def told(tx: Transaction, **changes: Any) -> None:
    fact = dossier_fact(NUMBER, **{"applicant": "dan-7", **changes})
    await reactions.keep_dossier(fact, tx)


async def comes(uow: UnitOfWork, **changes: Any) -> None:
    async with uow.begin() as tx:
        await told(tx, **changes)


async def kept(uow: UnitOfWork, id: str) -> Submission:
    return await uow.reading().store(collections.SUBMISSIONS).get(id)


async def test_it_is_kept_and_joined_and_counts_as_any_other(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    sent = await early(any_uow, needs, comment="Nhanh")
    assert (sent.dossier, sent.unit_path, sent.log_sequence) == (DossierStanding.AWAITED, (), 1)

    await comes(any_uow)
    await enter(any_uow, needs)

    joined = await kept(any_uow, sent.id)
    assert (joined.dossier, joined.unit_id) == (DossierStanding.KNOWN, people.COUNTER)
    assert (joined.civil_servant_id, joined.log_sequence) == (people.LAN_ID, 2)
    dossier = await any_uow.reading().store(collections.DOSSIERS).get(f"dossier_{NUMBER}")
    assert dossier.rating_id == sent.id
    entries = await log_of(any_uow)
    assert [(each.type.value, each.subject) for each in entries] == [
        ("RATING_AWAITED", sent.id),
        ("SUBMISSION_RECEIVED", sent.id),
    ]
    assert await differing_rows(any_uow) == []
    again = await early(any_uow, needs)
    assert again.id == sent.id


MEANWHILE_S = 0.3
"""Long enough for a step that nobody holds up to end."""


@pytest.mark.mongo
async def test_F_I4_a_dossier_told_while_it_is_rated_finds_the_rating(
    mongo_uow: UnitOfWork, needs: Needs
) -> None:
    async with mongo_uow.begin() as tx:
        command = rating(token="dan-7", dossier=CODE)
        sent = await submit_satisfaction(command, tx, vault=needs.vault, limits=needs.limits)
        await tx.settle()
        telling = asyncio.create_task(transact(mongo_uow, told))
        await asyncio.sleep(MEANWHILE_S)
    await enter(mongo_uow, needs)

    await telling

    assert (await kept(mongo_uow, sent.id)).dossier is DossierStanding.KNOWN


@pytest.mark.mongo
async def test_F_I4_a_rating_sent_while_its_dossier_is_told_finds_the_dossier(
    mongo_uow: UnitOfWork, needs: Needs
) -> None:
    async with mongo_uow.begin() as tx:
        await told(tx)
        await tx.settle()
        rated = asyncio.create_task(early(mongo_uow, needs))
        await asyncio.sleep(MEANWHILE_S)

    assert (await rated).dossier is DossierStanding.KNOWN


@pytest.mark.parametrize(("of_each_unit", "doubted"), [(3, 0), (4, 8)])
async def test_what_looks_odd_is_seen_of_each_unit_once_it_is_joined(
    uow: MemoryUnitOfWork, of_each_unit: int, doubted: int
) -> None:
    """While dossiers are awaited, answers about different units are no run of the same."""
    needs = make_needs(limits=RatingLimits(same_run=4, burst_minute=50, burst_day=50))
    units = (people.COUNTER, people.OTHER_WARD)
    numbers = {8000 + n: units[n % 2] for n in range(2 * of_each_unit)}
    for number in numbers:
        code = f"H32.31.07-260801-{number}"
        await early(uow, needs, dossier=code, token=f"nguoi-{number}")
    assert [each.review_id for each in await all_of(uow, collections.SUBMISSIONS)] == [None] * len(
        numbers
    )

    for number, unit in numbers.items():
        async with uow.begin() as tx:
            fact = dossier_fact(number, unit, applicant=f"nguoi-{number}")
            await reactions.keep_dossier(fact, tx)
    await enter(uow, needs)

    found = await all_of(uow, collections.SUBMISSIONS)
    assert sum(each.review_id is not None for each in found) == doubted
    reviews = await all_of(uow, collections.RATING_REVIEWS)
    assert {each.unit_id for each in reviews} == (set(units) if doubted else set())


async def test_F_I4_before_its_dossier_too_one_person_answers_once(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    sent = await early(uow, needs)

    assert (await early(uow, needs)).id == sent.id
    with pytest.raises(Conflict, match="first rating stands"):
        await early(uow, needs, answer=Answer.NEUTRAL)
    assert len(await all_of(uow, collections.SUBMISSIONS)) == 1


async def test_F_I10_only_the_applicants_is_joined_and_the_others_lapse(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    wrong = await early(uow, needs, token="dan-8")
    right = await early(uow, needs)

    await comes(uow)
    await enter(uow, needs)

    assert (await kept(uow, wrong.id)).lapsed is Lapse.NOT_THE_APPLICANT
    assert (await kept(uow, right.id)).dossier is DossierStanding.KNOWN
    told = {each.subject: each.shown("why") for each in await log_of(uow) if each.shown("why")}
    assert told == {wrong.id: "NOT_THE_APPLICANT"}
    assert await differing_rows(uow) == []


async def test_F_I10_a_code_that_was_guessed_opens_nothing(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    command = replace(rating(token="dan-7", dossier=CODE), rating_code="f" * 32)
    sent = await rate(uow, needs, command)

    await comes(uow)

    assert (await kept(uow, sent.id)).lapsed is Lapse.NOT_THE_APPLICANT


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"portal_id": "another"}, Lapse.OTHER_PORTAL),
        ({"received_at": dossier_fact(1).received_at.replace(month=8, day=3)}, None),
    ],
)
async def test_what_does_not_fit_the_dossier_lapses(
    uow: MemoryUnitOfWork, needs: Needs, changes: dict[str, Any], why: Lapse | None
) -> None:
    sent = await early(uow, needs)

    await comes(uow, **changes)

    assert (await kept(uow, sent.id)).lapsed is why


async def test_an_answer_of_a_day_before_the_dossier_lapses(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    sent = await early(uow, needs, answered_on=date(2026, 7, 29))

    await comes(uow)

    assert (await kept(uow, sent.id)).lapsed is Lapse.BEFORE_RECEIPT


async def test_an_answer_of_any_past_day_waits_for_its_dossier(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    """Which day is too early, only the dossier tells."""
    sent = await early(uow, needs, answered_on=date(2026, 3, 2))

    await comes(uow, received_at=dossier_fact(1).received_at.replace(month=2, day=27))
    await enter(uow, needs)

    assert (await kept(uow, sent.id)).lapsed is None


async def test_an_answer_of_tomorrow_does_not_wait(uow: MemoryUnitOfWork, needs: Needs) -> None:
    with pytest.raises(Invalid) as refused:
        await early(uow, needs, answered_on=date(2026, 8, 4))

    assert refused.value.field == "input.answeredOn"


async def test_F_I4_of_two_that_came_at_once_one_is_joined(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    sent = await early(uow, needs)
    twin = replace(sent, id="sub_twin", target="sub_twin", revision=0)
    async with uow.begin() as tx:
        await tx.store(collections.SUBMISSIONS).save(twin)

    await comes(uow)

    stands = {each.lapsed for each in await all_of(uow, collections.SUBMISSIONS)}
    assert stands == {None, Lapse.RATED_ALREADY}


async def test_nobody_is_told_of_a_rating_before_it_is_joined(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    sent = await early(uow, needs)
    assert uow.outbox == []

    await comes(uow)
    await enter(uow, needs)

    [event] = uow.outbox
    assert isinstance(event, SubmissionReceived)
    assert (event.submission_id, event.unit_id) == (sent.id, people.COUNTER)


async def test_a_dossier_whose_applicant_is_not_told_yet_keeps_it_waiting(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    sent = await early(uow, needs)

    await comes(uow, applicant_hash=None, revision=1)
    waiting = await kept(uow, sent.id)
    await comes(uow, revision=2)

    assert waiting.dossier is DossierStanding.AWAITED
    assert (await kept(uow, sent.id)).dossier is DossierStanding.KNOWN


async def test_its_promise_is_kept_before_it_is_joined(uow: MemoryUnitOfWork, needs: Needs) -> None:
    command = rating(token="dan-7", dossier=CODE)
    sent = await perform(submit_satisfaction, command, uow, needs=needs)

    with pytest.raises(Transient, match="not in the log yet"):
        await comes(uow)

    await enter(uow, needs)
    await comes(uow)
    assert (await kept(uow, sent.id)).dossier is DossierStanding.KNOWN


async def test_what_no_portal_tells_of_lapses_and_the_log_says_so(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    sent = await early(uow, needs)
    clock.pass_days(90)
    assert await sweep(uow) == 0
    clock.pass_days(1)

    assert [await sweep(uow), await sweep(uow)] == [1, 0]

    assert (await kept(uow, sent.id)).lapsed is Lapse.NO_DOSSIER
    assert [each.type.value for each in await log_of(uow)] == ["RATING_AWAITED", "RATING_LAPSED"]
    await comes(uow)
    assert (await kept(uow, sent.id)).dossier is DossierStanding.LAPSED


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"dossier_code": "không có"}, NotFound),
        ({"round_id": "svy_1"}, NotFound),
        (
            {
                "actor": people.person("lan", Role.CITIZEN, officer=people.LAN_ID),
                "submitter_token": None,
            },
            NotFound,
        ),
        ({"actor": people.person("p", Role.SERVICE_PORTAL, province=None)}, Forbidden),
    ],
)
async def test_what_could_never_be_joined_is_not_kept(
    uow: MemoryUnitOfWork, needs: Needs, changes: dict[str, Any], error: type[Exception]
) -> None:
    before = await everything(uow)

    with pytest.raises(error):
        await rate(uow, needs, replace(rating(dossier=CODE, token="dan-1"), **changes))

    assert await everything(uow) == before
    assert RATING_CODE not in str(before)
