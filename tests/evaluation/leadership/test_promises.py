"""Leaders owe a public word: who published counts, who did not waits in an inbox and is told."""

import json
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.domain.errors import Invalid
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import scenes
from evaluation.people import CHAIR, CHAIR_ID, COMMUNE, LAN_ID, OFFICE_HEAD, PROVINCE_HEAD
from evaluation_service.application.collections import INDEXES, PUBLISHED_COMMITMENTS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import list_waiting
from evaluation_service.application.leadership.promises import CommitmentFact, keep_commitment
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results.indexes import LeaderRated, keep_index
from evaluation_service.domain.copies.unit_indexes import LeaderPublished
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph

PUBLISHED = CommitmentFact(
    commitment_id="cmt_1", province="56", unit_id=COMMUNE, leader_id=CHAIR_ID, on=scenes.TODAY
)


async def opened(uow: MemoryUnitOfWork, **changes: Any) -> EvaluationPeriod:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy("PUBLIC-COMMITMENT"), tx)
    return await scenes.open_period(uow, leader_policy="PUBLIC-COMMITMENT", **changes)


async def told(uow: MemoryUnitOfWork, *facts: CommitmentFact) -> None:
    for fact in facts:
        async with uow.begin() as tx:
            await keep_commitment(fact, tx)


async def to_publish(uow: MemoryUnitOfWork) -> list[str]:
    page = await list_waiting(
        CHAIR, uow.reading(), InboxKind.PUBLISH_COMMITMENT, first=20, after=None
    )
    return [each.subject_id for each in page.items]


async def test_the_duty_waits_in_the_heads_own_inbox_until_it_is_done(
    uow: MemoryUnitOfWork,
) -> None:
    period = await opened(uow)
    assert await to_publish(uow) == [period.id]

    await told(
        uow,
        replace(PUBLISHED, commitment_id="cmt_x", on=scenes.JULY.replace(month=6)),
        replace(PUBLISHED, commitment_id="cmt_y", leader_id=LAN_ID),
        replace(PUBLISHED, commitment_id="cmt_z", on=None),
    )
    assert await to_publish(uow) == [period.id]
    await told(uow, PUBLISHED, PUBLISHED)

    assert await to_publish(uow) == []
    assert len(await uow.reading().store(PUBLISHED_COMMITMENTS).select()) == 3


async def test_a_policy_that_asks_for_none_asks_for_none(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await scenes.open_period(uow)

    assert await to_publish(uow) == []


async def snapshot_of(uow: MemoryUnitOfWork, period: EvaluationPeriod, **said: Any) -> Any:
    """The chair's, when the commune's index says this of leaders."""
    await scenes.move(uow, period, "freeze")
    for unit_id in period.unit_ids:
        fact = scenes.index_fact(period, unit_id)
        async with uow.begin() as tx:
            await keep_index(replace(fact, **said) if unit_id == COMMUNE else fact, tx)
    await scenes.Pump(uow).run()
    sheet = (await scenes.evaluation_of(uow, period, CHAIR_ID)).sheet
    assert sheet is not None
    return json.loads(sheet.snapshot)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ((LeaderPublished(leader_id=CHAIR_ID, count=2),), {"published": "2"}),
        ((), {"published": "0"}),
        (None, {}),
    ],
)
async def test_what_was_published_is_in_the_frozen_snapshot_of_the_head(
    uow: MemoryUnitOfWork, published: Any, shown: dict[str, str]
) -> None:
    period = await opened(uow)

    found = await snapshot_of(uow, period, published=published)

    assert {k: v for k, v in found.get("citizens", {}).items() if k == "published"} == shown


async def test_ratings_come_with_n_and_interval_and_no_part_over_its_whole(
    uow: MemoryUnitOfWork,
) -> None:
    period = await opened(uow)
    right = LeaderRated(
        leader_id=CHAIR_ID,
        ratings=40,
        score_sum=166,
        satisfied=32,
        ci_low="0.6523",
        ci_high="0.8952",
    )
    await scenes.move(uow, period, "freeze")
    fact = scenes.index_fact(period, COMMUNE)
    for wrong in (
        {"leaders": (replace(right, satisfied=41),)},
        {"published": (LeaderPublished(leader_id=CHAIR_ID, count=0),)},
    ):
        async with uow.begin() as tx:
            with pytest.raises(Invalid):
                await keep_index(replace(fact, **wrong), tx)
    async with uow.begin() as tx:
        await keep_index(replace(fact, leaders=(right,)), tx)

    [kept] = await uow.reading().store(INDEXES).select()
    assert vars(kept.leaders[0]) == vars(right)


LEADER = (
    "query($of: [_Any!]!) { _entities(representations: $of) { ... on Leader { name office } } }"
)


async def test_name_and_office_of_who_leads_are_for_everybody_and_nobody_elses(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    asked = [
        {"__typename": "Leader", "id": id}
        for id in (
            f"{CHAIR_ID}:{COMMUNE}",
            f"{LAN_ID}:{COMMUNE}",
            f"{CHAIR_ID}:unit_nowhere",
            "nobody",
        )
    ]

    for reader in (ANONYMOUS, OFFICE_HEAD, PROVINCE_HEAD):
        found = (await graph.ask(LEADER, reader, of=asked))["_entities"]
        assert found[1:] == [None, None, None]
        assert found[0]["name"]
        assert found[0]["office"]
