"""What was acknowledged enters the log: soon, once, in order, by one process at a time."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.mongo import Database, MongoUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.errors import Transient
from congvu_kit.service.app import Runtime
from feedback import people
from feedback.indexes.steps import freeze
from feedback.log.exports import check, exported
from feedback.log.steps import filled
from feedback.scenes import (
    NOW,
    PERIOD,
    all_of,
    enter,
    everything,
    hand_in,
    log_of,
    rate,
    rating,
)
from feedback_service.adapters.cli.recount import Recount
from feedback_service.adapters.graphql.schema import schema
from feedback_service.adapters.workers import SEQUENCER_LEASE, sequence_log
from feedback_service.application import collections
from feedback_service.application.indexes.queries import index_id
from feedback_service.application.log.rows import differing_rows
from feedback_service.application.log.sequencing import BATCH, sequence
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.commands import submit_satisfaction
from feedback_service.application.submissions.erasures import ErasePrivateData, erase_private_data
from feedback_service.application.submissions.intake import STANDSTILL
from feedback_service.domain.log.head import HEAD_ID
from feedback_service.domain.submissions.submission import Submission
from support.clock import FixedClock
from support.graph import Graph

OF = """query($id: ID!) { logProof(subject: $id) { size entry { sequence subject } mergedBy }
  inclusionProof(subject: $id) submission(id: $id) { logSequence standing receipt } }"""


async def acknowledged(uow: UnitOfWork, needs: Needs, *tokens: str) -> list[Submission]:
    """Sent, and nothing more."""
    sent = []
    for token in tokens:
        code = await hand_in(uow, token)
        command = rating(token=token, dossier=code)
        sent.append(await perform(submit_satisfaction, command, uow, needs=needs))
    return sent


async def test_F_I1_what_is_acknowledged_is_promised_and_then_kept(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    [sent] = await acknowledged(uow, needs, "a")
    graph = Graph(schema, uow, needs=needs)

    before = await graph.ask(OF, people.BOARD, id=sent.id)
    assert (await log_of(uow), uow.outbox) == ([], [])
    await enter(uow, needs)
    after = await graph.ask(OF, people.BOARD, id=sent.id)

    assert before["logProof"] == {
        "size": 0,
        "entry": None,
        "mergedBy": "2026-08-03T02:01:00.000Z",
    }
    assert (before["inclusionProof"], before["submission"]["standing"]) == (None, None)
    assert before["submission"]["receipt"].startswith("receipt/v2 ")
    assert after["logProof"]["entry"] == {"sequence": 1, "subject": sent.id}
    assert after["logProof"]["mergedBy"] is None
    assert after["submission"]["standing"] == "COUNTED"
    [event] = uow.outbox
    assert (event.log_sequence, event.submission_id) == (1, sent.id)  # type: ignore[attr-defined]


async def test_nobody_is_told_of_what_was_never_sent(uow: MemoryUnitOfWork, needs: Needs) -> None:
    graph = Graph(schema, uow, needs=needs)

    [told] = await graph.errors(OF, people.BOARD, id="sub_none")

    assert (told["code"], told["field"]) == ("NOT_FOUND", "subject")


async def test_many_enter_together_in_the_order_they_came(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    sent = []
    for number in range(5):
        sent += await acknowledged(any_uow, needs, f"n{number}")
        clock.pass_seconds(1)

    assert await sequence(any_uow, needs.limits) == 5
    assert await sequence(any_uow, needs.limits) == 0

    entries = await log_of(any_uow)
    assert [each.subject for each in entries] == [each.id for each in sent]
    assert [each.at for each in entries] == [each.received_at for each in sent]
    assert check(await exported(Graph(schema, any_uow, needs=needs))).entries == 5
    assert await differing_rows(any_uow) == []


async def test_a_batch_is_bounded(uow: MemoryUnitOfWork, needs: Needs) -> None:
    [model] = await acknowledged(uow, needs, "a")
    async with uow.begin() as tx:
        copies = [
            replace(model, id=f"sub_{n}", target=f"t{n}", revision=0) for n in range(BATCH + 1)
        ]
        await tx.store(collections.SUBMISSIONS).save_many(copies)

    assert [await sequence(uow, needs.limits) for _ in range(3)] == [BATCH, 2, 0]


async def test_a_sequencer_that_lost_its_lease_is_fenced_out(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    await acknowledged(any_uow, needs, "a")
    await sequence(any_uow, needs.limits, fence=7)
    await acknowledged(any_uow, needs, "b")

    with pytest.raises(Transient, match="another process"):
        await sequence(any_uow, needs.limits, fence=6)
    assert len(await log_of(any_uow)) == 1
    assert await sequence(any_uow, needs.limits, fence=8) == 1

    head = await any_uow.reading().store(collections.LOG_HEAD).get(HEAD_ID)
    assert head.fence == 8


@pytest.mark.mongo
async def test_sequencers_and_writers_at_once_leave_no_gap_and_nothing_twice(
    mongo_uow: MongoUnitOfWork, needs: Needs
) -> None:
    await filled(mongo_uow, 1)
    sent = await acknowledged(mongo_uow, needs, *(f"n{n}" for n in range(12)))

    async def write() -> None:
        await filled(mongo_uow, 1)

    async def drain() -> None:
        while await sequence(mongo_uow, needs.limits):
            pass

    await asyncio.gather(drain(), drain(), drain(), return_exceptions=True)
    await drain()
    await write()

    entries = await log_of(mongo_uow)
    assert [entry.number for entry in entries] == list(range(1, len(sent) + 3))
    assert [entry.previous for entry in entries][1:] == [entry.hash for entry in entries][:-1]
    assert sorted(each.subject for each in entries[1:-1]) == sorted(each.id for each in sent)


class Held:
    """A lease that somebody else holds, as long as it is said."""

    def __init__(self) -> None:
        self.held = True

    async def take(self, name: str, *, within: timedelta) -> int | None:
        assert (name, within) == ("public-log", SEQUENCER_LEASE)
        return None if self.held else 1

    async def leave(self, name: str) -> None:
        del name


async def test_who_has_no_lease_sequences_nothing(uow: MemoryUnitOfWork, needs: Needs) -> None:
    leases = Held()
    runtime = Runtime(uow=uow, needs=needs, leases=leases)
    await acknowledged(uow, needs, "a")

    assert await sequence_log(runtime) == 0
    leases.held = False
    assert await sequence_log(runtime) == 1


async def test_without_the_log_nothing_is_acknowledged(
    any_uow: UnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    """Never without the log: UNAVAILABLE, once what was promised waits for half of its time."""
    await acknowledged(any_uow, needs, "a")
    await hand_in(any_uow, "b")
    clock.pass_seconds(int(STANDSTILL.total_seconds()))
    await acknowledged(any_uow, needs, "c")
    clock.pass_seconds(1)
    before = await everything(any_uow)

    graph = Graph(schema, any_uow, needs=needs)
    given = {"dossierCode": rating(token="b").dossier_code, "ratingCode": rating().rating_code}
    given |= {"idempotencyKey": "k", "answer": "SATISFIED", "submitterToken": "b"}
    answer = await graph.do("submitSatisfaction", given, people.PORTAL, "__typename")
    assert (answer["code"], answer["ruleId"]) == ("UNAVAILABLE", "F-I1")
    assert await everything(any_uow) == before

    await enter(any_uow, needs)
    taken = await graph.do("submitSatisfaction", given, people.PORTAL, "__typename")
    assert taken["__typename"] == "Submission"


async def test_a_log_that_cannot_be_written_is_nobodys_conflict(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    """The head says less than there is: no caller's fault, and told as such."""
    await filled(uow, 2)
    async with uow.begin() as tx:
        head = await tx.store(collections.LOG_HEAD).get(HEAD_ID)
        head.size -= 1
        await tx.store(collections.LOG_HEAD).save(head)

    graph = Graph(schema, uow, needs=needs)
    given = {"idempotencyKey": "k", "unitId": people.COUNTER, "text": "x", "channel": "APP"}
    answer = await graph.do("fileComplaint", given, people.CITIZEN, "__typename")

    assert answer["code"] == "UNAVAILABLE"


async def test_a_period_waits_for_what_was_acknowledged_before_it_froze(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await acknowledged(uow, needs, *(f"n{n}" for n in range(3)))

    await freeze(uow, people.COUNTER)
    waiting = await uow.reading().store(collections.INDEXES).find(index_id(people.COUNTER, PERIOD))
    clock.pass_seconds(1)
    await enter(uow, needs)
    await rate(uow, needs, rating(token="late"))
    await freeze(uow, people.COUNTER)

    index = await uow.reading().store(collections.INDEXES).get(index_id(people.COUNTER, PERIOD))
    assert waiting is None
    assert index.evidence.answers in (3, 4)
    export = await exported(Graph(schema, uow, needs=needs))
    assert [each.differing for each in Recount().over(export.read_entries())] == [[]]


async def test_an_erasure_of_what_waits_comes_after_it_in_the_log(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    code = await hand_in(uow, "a")
    command = rating(token="a", dossier=code, comment="Tôi tên là Hoa")
    sent = await perform(submit_satisfaction, command, uow, needs=needs)
    erasing = ErasePrivateData(
        actor=people.BOARD,
        idempotency_key="e",
        owner_id=sent.id,
        submitter_token=None,
        legal_basis="Điều 16 Nghị định 13/2023/NĐ-CP",
    )

    await perform(erase_private_data, erasing, uow, needs=needs)
    await enter(uow, needs)

    types = [(each.type.value, each.subject) for each in await log_of(uow)]
    assert types == [("SUBMISSION_RECEIVED", sent.id), ("PRIVATE_DATA_ERASED", sent.id)]


async def test_a_promise_that_was_not_kept_is_found(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    [sent] = await acknowledged(uow, needs, "a")

    assert await differing_rows(uow) == []
    clock.pass_seconds(61)
    assert await differing_rows(uow) == [f"submissions {sent.id} was promised and is in no entry"]


@pytest.mark.mongo
async def test_what_waits_is_kept_like_all_else(
    mongo_uow: MongoUnitOfWork, database: Database, needs: Needs
) -> None:
    """Nothing of a sequencer is in memory: what is acknowledged is a row, whoever dies."""
    [sent] = await acknowledged(mongo_uow, needs, "a")
    row: Any = await database["submissions"].find_one({"_id": sent.id})

    assert row["log_sequence"] is None
    assert row["received_at"] == NOW.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert len(await all_of(mongo_uow, collections.SUBMISSIONS)) == 1
