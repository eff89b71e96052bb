"""Ratings: one per dossier and person, and nothing tells who."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Eq, UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from feedback import people
from feedback.scenes import (
    all_of,
    as_actor,
    dossier_fact,
    everything,
    hand_in,
    log_of,
    new_key,
    rate,
    rating,
)
from feedback_service.application import collections, reactions
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.commands import (
    SubmitSatisfaction,
    SubmitSuggestion,
    submit_suggestion,
)
from feedback_service.application.submissions.erasures import (
    ErasePrivateData,
    Erasure,
    erase_private_data,
)
from feedback_service.application.submissions.private_data import open_all
from feedback_service.domain.submissions.submission import (
    Answer,
    Channel,
    Kind,
    SubmissionReceived,
    SubmitterType,
)


async def test_a_rating_is_kept_logged_and_announced(uow: MemoryUnitOfWork, needs: Needs) -> None:
    submission = await rate(uow, needs, rating(Answer.VERY_SATISFIED))

    assert submission.unit_path == (people.COUNTER, people.WARD)
    assert submission.received_on == date(2026, 8, 3)
    [entry] = await log_of(uow)
    assert (entry.number, entry.subject, entry.by) == (1, submission.id, "SUBMITTER")
    shown = {field.name: field.value for field in entry.fields}
    assert shown.pop("row") is not None
    assert shown == {
        "path": f"{people.COUNTER},{people.WARD}",
        "kind": "SATISFACTION",
        "province": "56",
        "unit": people.COUNTER,
        "procedure": "1.001193",
        "answer": "VERY_SATISFIED",
        "channel": "PORTAL",
        "on": "2026-08-03",
    }
    [event] = uow.outbox
    assert isinstance(event, SubmissionReceived)
    assert (event.submission_id, event.answer) == (submission.id, Answer.VERY_SATISFIED)


async def test_F_I4_a_retry_returns_the_first_rating(any_uow: UnitOfWork, needs: Needs) -> None:
    first = await rate(any_uow, needs, rating(Answer.SATISFIED, key="k1"))

    same_key = await rate(any_uow, needs, rating(Answer.SATISFIED, key="k1"))
    other_key = await rate(any_uow, needs, rating(Answer.SATISFIED, key="k2"))

    assert same_key.id == other_key.id == first.id
    assert len(await log_of(any_uow)) == 1


async def test_F_I4_a_person_rates_a_dossier_once(any_uow: UnitOfWork, needs: Needs) -> None:
    await rate(any_uow, needs, rating(Answer.SATISFIED))

    with pytest.raises(Conflict, match="first rating stands") as refused:
        await rate(any_uow, needs, rating(Answer.VERY_DISSATISFIED))

    assert refused.value.rule_id == "F-I4"
    [kept] = await all_of(any_uow, collections.SUBMISSIONS)
    assert kept.answer is Answer.SATISFIED
    assert len(await log_of(any_uow)) == 1


async def test_F_I4_a_citizen_and_their_portal_are_one_person(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    through_portal = await rate(uow, needs, rating(token="dan-1"))

    own = as_actor(rating(), actor=people.CITIZEN, submitter_token=None)
    assert isinstance(own, SubmitSatisfaction)
    directly = await rate(uow, needs, own)

    assert directly.id == through_portal.id


@pytest.mark.mongo
async def test_F_I4_two_ratings_at_once_are_one(mongo_uow: MongoUnitOfWork, needs: Needs) -> None:
    both = await asyncio.gather(*(rate(mongo_uow, needs, rating(key=f"k{n}")) for n in range(4)))

    assert len({submission.id for submission in both}) == 1
    assert [entry.number for entry in await log_of(mongo_uow)] == [1]


@pytest.mark.mongo
async def test_F_I2_nothing_stored_outside_the_private_store_tells_who_or_what(
    mongo_uow: MongoUnitOfWork, database: Database, needs: Needs
) -> None:
    # pragma: allowlist nextline secret
    secret = "Chị Hoa số 0905 123 456 rất nhiệt tình"
    await rate(mongo_uow, needs, rating(token="dan-1-bi-mat", comment=secret))

    stored = [
        str(row)
        for name in await database.list_collection_names()
        async for row in database[name].find()
    ]

    assert stored
    assert not [row for row in stored if "dan-1-bi-mat" in row or "0905" in row or "Hoa" in row]


async def test_F_I2_erasing_the_key_leaves_the_log_valid(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    submission = await rate(uow, needs, rating(comment="Tôi tên là Hoa"))
    before = [entry.hash for entry in await log_of(uow)]
    [private] = await open_all(uow.reading(), needs.vault, [submission.id])
    assert private == {"comment": "Tôi tên là Hoa"}

    erasure = await erase(uow, needs, submission.id, people.PORTAL)

    assert erasure == Erasure(owner_id=submission.id, erased=True)
    assert await open_all(uow.reading(), needs.vault, [submission.id]) == [{}]
    [key] = await all_of(uow, collections.PRIVATE_KEYS)
    assert key.wrapped is None
    entries = await log_of(uow)
    assert [entry.hash for entry in entries][:-1] == before
    assert entries[-1].type == "PRIVATE_DATA_ERASED"


async def test_erasing_twice_changes_nothing_more(uow: MemoryUnitOfWork, needs: Needs) -> None:
    submission = await rate(uow, needs, rating(comment="x"))
    await erase(uow, needs, submission.id, people.PORTAL)
    before = await everything(uow)

    again = await erase(uow, needs, submission.id, people.BOARD)

    assert again == Erasure(owner_id=submission.id, erased=False)
    assert await everything(uow) == before


async def test_nobody_else_erases(uow: MemoryUnitOfWork, needs: Needs) -> None:
    submission = await rate(uow, needs, rating(comment="x"))
    before = await everything(uow)

    for actor in (
        people.OTHER_CITIZEN,
        people.HANOI_BOARD,
        people.COUNTER_HEAD,
        people.HANOI_PORTAL,
    ):
        with pytest.raises(Forbidden):
            await erase(uow, needs, submission.id, actor)

    assert await everything(uow) == before


async def erase(uow: MemoryUnitOfWork, needs: Needs, owner: str, actor: Actor) -> Erasure:
    command = ErasePrivateData(
        actor=actor,
        idempotency_key=new_key(),
        owner_id=owner,
        submitter_token="dan-1" if actor == people.PORTAL else None,
        legal_basis="Điều 16 Nghị định 13/2023/NĐ-CP",
    )
    return await perform(erase_private_data, command, uow, needs=needs)


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"dossier_code": "nope nope"}, NotFound, "input.dossierCode"),
        ({"submitter_token": None}, Invalid, "input.submitterToken"),
        ({"submitter_token": ""}, Invalid, "input.submitterToken"),
        ({"submitter_token": "dan 1"}, Invalid, "input.submitterToken"),
        ({"submitter_token": "dan-2"}, Forbidden, "input.ratingCode"),
        ({"rating_code": "0" * 32}, Forbidden, "input.ratingCode"),
        ({"rating_code": "0" * 31}, Invalid, "input.ratingCode"),
        ({"answered_on": date(2026, 7, 29)}, Invalid, "input.answeredOn"),
        ({"answered_on": date(2026, 8, 4)}, Invalid, "input.answeredOn"),
        ({"comment": "x" * 4001}, Invalid, "input.comment"),
        ({"actor": people.CITIZEN}, Forbidden, "input.submitterToken"),
        ({"actor": people.HANOI_PORTAL}, Forbidden, None),
        ({"actor": people.COUNTER_HEAD}, Forbidden, None),
        ({"actor": people.EVERY_ROLE}, Forbidden, "input.dossierCode"),
        ({"actor": ANONYMOUS}, Unauthenticated, None),
    ],
)
async def test_a_refused_rating_leaves_nothing(
    uow: MemoryUnitOfWork,
    needs: Needs,
    changes: dict[str, object],
    error: type[Exception],
    field: str | None,
) -> None:
    before = await everything(uow)
    command = as_actor(rating(), **changes)
    assert isinstance(command, SubmitSatisfaction)

    with pytest.raises(error) as refused:
        await rate(uow, needs, command)

    assert getattr(refused.value, "field", None) == field
    assert await everything(uow) == before
    assert uow.outbox == []


async def test_F_I10_without_a_told_applicant_nobody_rates(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    code = await hand_in(uow, "dan-9")
    async with uow.begin() as tx:
        dossier = await tx.store(collections.DOSSIERS).first(Eq("code", code))
        assert dossier is not None
        dossier.applicant_hash = None
        await tx.store(collections.DOSSIERS).save(dossier)

    with pytest.raises(Forbidden, match="has not told who") as refused:
        await rate(uow, needs, rating(token="dan-9"))

    assert refused.value.field == "input.dossierCode"


async def test_nobody_rates_their_own_work(uow: MemoryUnitOfWork, needs: Needs) -> None:
    """Not even of a dossier that they handed in themselves."""
    actor = people.person("lan", Role.CITIZEN, officer=people.LAN_ID)
    code = await hand_in(uow, "lan")
    before = await everything(uow)

    with pytest.raises(Forbidden, match="own work"):
        await rate(uow, needs, replace(rating(dossier=code, token=None), actor=actor))

    assert await everything(uow) == before


async def test_nobody_rates_what_they_handled_with_others(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    both = tuple(
        reactions.HandlerFact(civil_servant_id=each) for each in (people.LAN_ID, people.MINH_ID)
    )
    async with uow.begin() as tx:
        await reactions.keep_dossier(dossier_fact(1, handlers=both), tx)
    actor = people.person("dan-1", Role.CITIZEN, officer=people.MINH_ID)

    with pytest.raises(Forbidden, match="own work"):
        await rate(uow, needs, replace(rating(token=None), actor=actor))

    assert await log_of(uow) == []


async def test_a_citizen_cannot_pass_on_an_earlier_answer(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    command = as_actor(
        rating(answered_on=date(2026, 8, 1)), actor=people.CITIZEN, submitter_token=None
    )
    assert isinstance(command, SubmitSatisfaction)

    with pytest.raises(Forbidden, match="earlier answers"):
        await rate(uow, needs, command)

    assert await log_of(uow) == []


def suggestion(kind: Kind, text: str = "Nên mở quầy buổi trưa") -> SubmitSuggestion:
    return SubmitSuggestion(
        actor=people.CITIZEN,
        idempotency_key=new_key(),
        unit_id=people.COUNTER,
        kind=kind,
        submitter_token=None,
        submitter_type=SubmitterType.CITIZEN,
        channel=Channel.APP,
        text=text,
    )


async def test_one_person_may_suggest_several_times(uow: MemoryUnitOfWork, needs: Needs) -> None:
    for kind in (Kind.SUGGESTION, Kind.PRAISE, Kind.SUGGESTION):
        await perform(submit_suggestion, suggestion(kind), uow, needs=needs)

    kept = await all_of(uow, collections.SUBMISSIONS)
    assert sorted(each.kind for each in kept) == ["PRAISE", "SUGGESTION", "SUGGESTION"]
    assert len({each.person for each in kept}) == 3


async def test_a_rating_is_no_suggestion(uow: MemoryUnitOfWork, needs: Needs) -> None:
    before = await everything(uow)

    with pytest.raises(Invalid, match="submitSatisfaction"):
        await perform(submit_suggestion, suggestion(Kind.SATISFACTION), uow, needs=needs)

    assert await everything(uow) == before
