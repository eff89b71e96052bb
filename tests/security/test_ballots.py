"""A ballot belongs to who handed the dossier in, once, whatever anybody sends (F-I4, F-I10)."""

import asyncio
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.application.commands import Turns
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Collection, Eq, UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from feedback import people
from feedback.indexes.steps import freeze
from feedback.people import person
from feedback.reviews.steps import burst
from feedback.scenes import (
    DOSSIER,
    NOW,
    PERIOD,
    RATING_CODE,
    all_of,
    dossier_fact,
    enter,
    everything,
    hand_in,
    know_the_ward,
    log_of,
    make_needs,
    new_key,
    rate,
    rating,
)
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application import collections as kept
from feedback_service.application import reactions
from feedback_service.application.submissions.commands import submit_satisfaction
from support.clock import FixedClock
from support.graph import Graph

NEEDS = make_needs()
SECOND_PORTAL = person("portal-56-b", Role.SERVICE_PORTAL)
SATISFACTION = """query($unit: ID!, $period: ID!) { satisfaction(unitId: $unit, periodId: $period) {
  index answers satisfied underReview indexWithReview anomalies coverage { part whole share }
} }"""


@pytest.fixture
def collections() -> Sequence[Collection[Any]]:
    return kept.ALL


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def graph(uow: MemoryUnitOfWork) -> Graph:
    await know_the_ward(uow)
    return Graph(schema, uow, needs=NEEDS)


Given = dict[str, object]


async def cast(graph: Graph, actor: Actor, **given: object) -> Any:
    ballot = {
        "idempotencyKey": new_key(),
        "dossierCode": DOSSIER,
        "ratingCode": RATING_CODE,
        "answer": "VERY_DISSATISFIED",
        **given,
    }
    return await graph.do("submitSatisfaction", ballot, actor, "... on Submission { id standing }")


async def satisfaction(graph: Graph, unit: str = people.COUNTER) -> Mapping[str, Any]:
    shown: Mapping[str, Any] = await graph.ask(SATISFACTION, unit=unit, period=PERIOD)
    return shown["satisfaction"]  # type: ignore[no-any-return]


async def all_refused(
    graph: Graph, uow: MemoryUnitOfWork, attempts: Sequence[tuple[Actor, Given]]
) -> set[tuple[str, str | None]]:
    """Code and rule of the refusals, once it is sure that not one left anything."""
    before, told = await everything(uow), list(uow.outbox)
    answers = [await cast(graph, actor, **given) for actor, given in attempts]
    assert {answer["__typename"] for answer in answers} == {"Problem"}
    assert (await everything(uow), list(uow.outbox)) == (before, told)
    return {(answer["code"], answer["ruleId"]) for answer in answers}


async def test_one_citizen_rates_none_of_sixty_foreign_dossiers(
    graph: Graph, uow: MemoryUnitOfWork
) -> None:
    codes = [await hand_in(uow, f"nguoi-{n}", people.HANOI) for n in range(60)]

    refusals = await all_refused(
        graph, uow, [(people.CITIZEN, {"dossierCode": code}) for code in codes]
    )

    assert refusals == {("FORBIDDEN", "F-I10")}


async def test_thirty_five_strangers_move_no_index(graph: Graph, uow: MemoryUnitOfWork) -> None:
    """Not even with the rating code in their hands."""
    for name in ("dan-1", "dan-2", "dan-3"):
        await rate(uow, NEEDS, rating(token=name))
    code = await hand_in(uow, "nguoi-la")
    before = await satisfaction(graph)

    strangers = [person(f"la-{n}", Role.CITIZEN, province=None) for n in range(35)]
    refusals = await all_refused(graph, uow, [(each, {"dossierCode": code}) for each in strangers])

    assert refusals == {("FORBIDDEN", "F-I10")}
    assert await satisfaction(graph) == before
    assert before["index"] == "1"


async def test_a_portal_invents_nobody(graph: Graph, uow: MemoryUnitOfWork) -> None:
    invented: list[tuple[Actor, Given]] = [
        (people.PORTAL, {"submitterToken": f"khong-co-{n}"}) for n in range(5)
    ]

    assert await all_refused(graph, uow, invented) == {("FORBIDDEN", "F-I10")}

    first = await cast(graph, people.PORTAL, submitterToken="dan-1")
    again = await cast(graph, people.PORTAL, submitterToken="dan-1")
    other = await all_refused(
        graph, uow, [(people.PORTAL, {"submitterToken": "dan-1", "answer": "SATISFIED"})]
    )
    assert (first["__typename"], again["id"]) == ("Submission", first["id"])
    assert other == {("CONFLICT", "F-I4")}


@pytest.mark.parametrize(
    "portal",
    [
        people.HANOI_PORTAL,
        SECOND_PORTAL,
        person("portal-56", Role.SERVICE_PORTAL, province=None),
    ],
    ids=["of another province", "another of the province", "of no province"],
)
async def test_a_portal_speaks_for_its_own_dossiers_only(
    graph: Graph, uow: MemoryUnitOfWork, portal: Actor
) -> None:
    [(code, _)] = await all_refused(graph, uow, [(portal, {"submitterToken": "dan-1"})])

    assert code == "FORBIDDEN"


SPELLINGS = ["dan-1 ", " dan-1", "dan-1\u00a0", "dan-1\u200b", "ｄan-1", "dan-1\n", "dán-1", ""]


@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_another_spelling_is_no_voter(
    graph: Graph, uow: MemoryUnitOfWork, spelling: str
) -> None:
    citizen = person(spelling, Role.CITIZEN, province=None)

    through_portal = await all_refused(graph, uow, [(people.PORTAL, {"submitterToken": spelling})])
    directly = await all_refused(graph, uow, [(citizen, {})])

    assert through_portal == {("INVALID", "F-I4")}
    assert directly == {("FORBIDDEN", "F-I10")}


async def test_capitals_are_the_same_voter(graph: Graph, uow: MemoryUnitOfWork) -> None:
    first = await cast(graph, person("DAN-1", Role.CITIZEN, province=None))
    again = await cast(graph, people.PORTAL, submitterToken="Dan-1")

    assert again["id"] == first["id"]
    assert len(await all_of(uow, kept.SUBMISSIONS)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=12) | st.sampled_from(["DAN-1", "dan-1", *SPELLINGS]))
def test_no_text_is_a_second_voter(text: str) -> None:
    """Whatever a portal sends as the person: it is the applicant in one spelling, or refused."""

    async def tried() -> None:
        uow = MemoryUnitOfWork(FixedClock(NOW))
        await know_the_ward(uow)
        graph = Graph(schema, uow, needs=NEEDS)
        await cast(graph, people.CITIZEN)
        answer = await cast(graph, people.PORTAL, submitterToken=text)
        same = answer["__typename"] == "Submission"
        assert same == (text.lower() == "dan-1" and unicodedata.normalize("NFKC", text) == text)
        assert len(await all_of(uow, kept.SUBMISSIONS)) == 1

    asyncio.run(tried())


async def test_without_a_told_applicant_nobody_rates(graph: Graph, uow: MemoryUnitOfWork) -> None:
    legacy = reactions.DossierRecorded(
        **{**dossier_fact(7).__dict__, "applicant_hash": None, "portal_id": None}
    )
    async with uow.begin() as tx:
        await reactions.keep_dossier(legacy, tx)
    code = legacy.dossier_code

    refusals = await all_refused(
        graph,
        uow,
        [
            (people.CITIZEN, {"dossierCode": code}),
            (people.PORTAL, {"dossierCode": code, "submitterToken": "dan-1"}),
        ],
    )

    assert refusals == {("FORBIDDEN", "F-I10")}


@pytest.mark.parametrize("wrong", ["", "0" * 31, "0" * 33, "A" * 32, "0" * 32 + "\n", "１" * 32])
async def test_a_rating_code_has_one_form(graph: Graph, uow: MemoryUnitOfWork, wrong: str) -> None:
    refusals = await all_refused(graph, uow, [(people.CITIZEN, {"ratingCode": wrong})])

    assert refusals == {("INVALID", "F-I10")}


async def test_a_wrong_code_and_a_wrong_person_are_refused_alike(graph: Graph) -> None:
    code = await cast(graph, people.CITIZEN, ratingCode="0" * 32)
    stranger = await cast(graph, people.OTHER_CITIZEN)

    assert code == stranger


async def test_a_dossier_told_again_gives_no_second_ballot(
    graph: Graph, uow: MemoryUnitOfWork
) -> None:
    """A portal that changes its mind about who handed it in gets nothing for it."""
    await cast(graph, people.CITIZEN)
    changed = dossier_fact(1, applicant="dan-2")
    async with uow.begin() as tx:
        await reactions.keep_dossier(changed, tx)

    assert await all_refused(graph, uow, [(people.OTHER_CITIZEN, {})]) == {("CONFLICT", "F-I4")}


async def test_coverage_hides_no_answer(graph: Graph, uow: MemoryUnitOfWork) -> None:
    await rate(uow, NEEDS, rating())
    for number in range(3):
        code = await hand_in(uow, f"nguoi-{number}")
        async with uow.begin() as tx:
            dossier = await tx.store(kept.DOSSIERS).first(Eq("code", code))
            assert dossier is not None
            dossier.completed_on = None
            await tx.store(kept.DOSSIERS).save(dossier)
        await rate(uow, NEEDS, rating(token=f"nguoi-{number}"))

    shown = await satisfaction(graph)
    await freeze(uow, people.COUNTER)

    assert shown["coverage"] == {"part": 4, "whole": 1, "share": "4"}
    assert shown["anomalies"] == ["MORE_ANSWERS_THAN_DOSSIERS"]
    told = {field.name: field.value for field in (await log_of(uow))[-1].fields}
    assert told["anomalies"] == "MORE_ANSWERS_THAN_DOSSIERS"


async def test_a_burst_is_shown_with_both_numbers(graph: Graph, uow: MemoryUnitOfWork) -> None:
    review = await burst(uow, NEEDS)

    shown = await satisfaction(graph)
    standing = await graph.ask(
        "query($id: ID!) { submission(id: $id) { standing } }",
        people.BOARD,
        id=(await all_of(uow, kept.SUBMISSIONS))[0].id,
    )

    assert (shown["answers"], shown["index"]) == (0, None)
    assert (shown["underReview"], shown["indexWithReview"]) == (review.answers, "1")
    assert standing == {"submission": {"standing": "PENDING"}}


@pytest.mark.mongo
async def test_fifty_ballots_at_once_are_one(mongo_uow: MongoUnitOfWork) -> None:
    await know_the_ward(mongo_uow)
    uow: UnitOfWork = mongo_uow

    replicas = [Turns(), Turns()]
    answers = await asyncio.gather(
        *(
            perform(submit_satisfaction, rating(), uow, needs=NEEDS, turns=replicas[n % 2])
            for n in range(50)
        )
    )

    await enter(uow, NEEDS)
    [only] = await all_of(uow, kept.SUBMISSIONS)
    assert {each.id for each in answers} == {only.id}
    assert [entry.number for entry in await log_of(uow)] == [1]
    assert (await uow.reading().store(kept.DOSSIERS).get("dossier_1")).rating_id == only.id
