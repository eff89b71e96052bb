"""Evaluation's facts by the hundred: what they cost does not grow with how many there are."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from feedback import people
from feedback.scenes import all_of, dossier_fact, enter, rating
from feedback_service.adapters.subscriptions import SUBSCRIPTIONS
from feedback_service.application import collections, reactions
from feedback_service.application.needs import Needs
from feedback_service.application.submissions import awaiting
from feedback_service.application.submissions.commands import submit_satisfaction
from feedback_service.domain.submissions.submission import DossierStanding, Submission
from support.sent import Sent, take_effect

DOSSIERS = "congvu.evaluation.dossier.recorded.v1"


def dossiers(numbers: range, *, revision: int = 1) -> Sequence[reactions.DossierRecorded]:
    of_both = (people.COUNTER, people.OTHER_WARD)
    return [dossier_fact(number, of_both[number % 2], revision=revision) for number in numbers]


async def rated_early(uow: UnitOfWork, needs: Needs, numbers: range) -> None:
    for fact in dossiers(numbers):
        command = rating(dossier=fact.dossier_code, token="dan-1")
        await perform(submit_satisfaction, command, uow, needs=needs)
    await enter(uow, needs)


def standing(found: Sequence[Submission]) -> set[DossierStanding | None]:
    return {each.dossier for each in found}


@pytest.mark.mongo
async def test_dossiers_and_the_ratings_that_wait_for_them(
    heard_uow: MongoUnitOfWork, sent: Sent, needs: Needs
) -> None:
    """Half of them are rated before they are told, and every second was told before."""
    few, many = range(100, 104), range(200, 216)
    await rated_early(heard_uow, needs, range(100, 102))
    await rated_early(heard_uow, needs, range(200, 208))
    for known in (few, many):
        told = [replace(each, applicant_hash=None) for each in dossiers(known)[::2]]
        await take_effect(heard_uow, SUBSCRIPTIONS, DOSSIERS, told)

    sent.take()
    await take_effect(heard_uow, SUBSCRIPTIONS, DOSSIERS, dossiers(few, revision=2))
    of_few = sent.take()
    await take_effect(heard_uow, SUBSCRIPTIONS, DOSSIERS, dossiers(many, revision=2))
    of_many = sent.take()

    assert (of_many, len(of_many)) == (of_few, 11)
    assert standing(await all_of(heard_uow, collections.SUBMISSIONS)) == {DossierStanding.KNOWN}


@pytest.mark.parametrize(
    ("event_type", "facts"),
    [
        (
            "congvu.evaluation.org_unit.synced.v1",
            [
                reactions.UnitSynced(unit_id=f"unit_{each}", name="Tổ", province="56", revision=1)
                for each in range(20)
            ],
        ),
        (
            "congvu.evaluation.civil_servant.synced.v1",
            [
                reactions.CivilServantSynced(
                    civil_servant_id=f"cs_{each}",
                    province="56",
                    revision=1,
                    appointments=(reactions.AppointmentFact(unit_id=people.COUNTER),),
                )
                for each in range(20)
            ],
        ),
    ],
)
@pytest.mark.mongo
async def test_units_and_people(
    heard_uow: MongoUnitOfWork, sent: Sent, event_type: str, facts: Sequence[object]
) -> None:
    sent.take()
    await take_effect(heard_uow, SUBSCRIPTIONS, event_type, facts)

    assert len(sent.take()) == 3  # found, written, committed


async def test_two_facts_of_one_dossier_in_one_transaction_join_its_rating_once(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    """And an older one changes nothing of what the newer said."""
    one = range(100, 101)
    await rated_early(any_uow, needs, one)
    newer = [dossier_fact(100, revision=3, procedure_code="1.000003")]

    await take_effect(
        any_uow,
        SUBSCRIPTIONS,
        DOSSIERS,
        [*dossiers(one), *newer, *dossiers(one, revision=2)],
    )
    await enter(any_uow, needs)

    [dossier] = [
        each for each in await all_of(any_uow, collections.DOSSIERS) if each.id == "dossier_100"
    ]
    [joined] = await all_of(any_uow, collections.SUBMISSIONS)
    assert (dossier.told_revision, dossier.procedure_code) == (3, "1.000003")
    assert (dossier.rating_id, joined.dossier) == (joined.id, DossierStanding.KNOWN)


async def test_more_ratings_than_are_read_together_are_found_one_by_one(
    any_uow: UnitOfWork, needs: Needs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(awaiting, "AWAITING_MAX", 2)
    numbers = range(100, 103)
    await rated_early(any_uow, needs, numbers)

    await take_effect(any_uow, SUBSCRIPTIONS, DOSSIERS, dossiers(numbers))

    assert standing(await all_of(any_uow, collections.SUBMISSIONS)) == {DossierStanding.KNOWN}
