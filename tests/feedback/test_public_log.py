"""The public log: a gap-free chain, a Merkle tree, proofs, checkpoints and tombstones."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from congvu_kit.actor import ANONYMOUS, Actor
from congvu_kit.errors import Conflict, Forbidden, Invalid, NotFound, Transient, Unauthenticated
from congvu_kit.memory import MemoryUnitOfWork
from congvu_kit.mongo import MongoUnitOfWork
from congvu_kit.perform import again, perform
from congvu_kit.ports import UnitOfWork
from feedback import people
from feedback.scenes import (
    ORIGIN,
    FixedClock,
    all_of,
    answered,
    decide,
    disputed,
    everything,
    log_of,
    new_key,
    verdict,
)
from feedback_service.adapters.notes import BadNote, open_checkpoint
from feedback_service.application import collections
from feedback_service.application.appending import append, append_one, head_of
from feedback_service.application.office import Office
from feedback_service.application.public_log import (
    PublishCheckpoint,
    RedactLogEntry,
    prove,
)
from feedback_service.domain.checkpoints import Checkpoint
from feedback_service.domain.public_log import (
    GENESIS_HASH,
    ActorClass,
    EntryType,
    LogEntry,
    LogHead,
    PublicFact,
    RedactionReason,
    canonical_entry,
    commitment,
    leaf_hash,
    node_hash,
)

AT = datetime(2026, 8, 3, 2, tzinfo=UTC)


def fact(text: str = "x") -> PublicFact:
    return PublicFact(
        type=EntryType.COMPLAINT_ANSWERED,
        by=ActorClass.UNIT_STAFF,
        subject="cpl_1",
        fields={"answer": text, "province": "56"},
    )


def body_of(entry: LogEntry) -> bytes:
    return canonical_entry(
        seq=entry.number,
        previous=entry.previous,
        type=entry.type,
        at=entry.at,
        by=entry.by,
        subject=entry.subject,
        fields={field.name: field.commitment for field in entry.fields},
    )


def test_F_I1_every_entry_binds_its_predecessor_its_actor_class_and_its_time() -> None:
    head = LogHead(id="head")

    first, _ = head.append(fact(), AT)
    second, _ = head.append(fact(), AT + timedelta(seconds=1))

    assert (first.number, first.previous) == (1, GENESIS_HASH)
    assert (second.number, second.previous) == (2, first.hash)
    assert second.hash == leaf_hash(body_of(second))
    for changed in (
        replace(second, previous=GENESIS_HASH),
        replace(second, by=ActorClass.SUBMITTER),
        replace(second, at="2026-08-03T02:00:00.000Z"),
        replace(second, number=3),
    ):
        assert leaf_hash(body_of(changed)) != second.hash


def test_time_in_the_log_never_runs_backwards() -> None:
    head = LogHead(id="head")

    head.append(fact(), AT)
    late, _ = head.append(fact(), AT - timedelta(minutes=5))

    assert late.at == "2026-08-03T02:00:00.000Z"


def test_fields_are_committed_to_with_a_salt_each() -> None:
    head = LogHead(id="head")

    entries = [head.append(fact("như nhau"), AT)[0] for _ in range(2)]

    fields = [field for entry in entries for field in entry.fields]
    assert len({field.salt for field in fields}) == 4
    assert all(
        field.commitment == commitment(field.salt or "", field.value or "") for field in fields
    )


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=130))
def test_roots_are_those_of_another_implementation(size: int) -> None:
    head, tree = LogHead(id="head"), InmemoryTree(algorithm="sha256")

    for _ in range(size):
        entry, _ = head.append(fact(), AT)
        tree.append_entry(body_of(entry))

    assert head.root == tree.get_root().hex()


def included(leaf: str, index: int, size: int, path: tuple[str, ...], root: str) -> bool:
    """RFC 9162, 2.1.3.2, step by step."""
    at, last, here = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            here = node_hash(sibling, here)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            here = node_hash(here, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and here == root


def consistent(old: int, size: int, old_root: str, root: str, path: tuple[str, ...]) -> bool:
    """RFC 9162, 2.1.4.2, step by step."""
    if old == size:
        return not path and old_root == root
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    at, last = old - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == root


async def filled(uow: UnitOfWork, entries: int) -> None:
    async with uow.begin() as tx:
        await append(tx, *(fact(str(number)) for number in range(entries)))


async def test_every_proof_of_every_size_holds(uow: MemoryUnitOfWork) -> None:
    size = 21
    await filled(uow, size)
    reading = uow.reading()

    for tree in range(1, size + 1):
        for seq in range(1, tree + 1):
            proof = await prove(reading, seq=seq, size=tree, old_size=seq)
            assert proof.entry is not None
            assert included(proof.entry.hash, seq - 1, tree, proof.inclusion, proof.root)
            assert proof.old_root is not None
            assert consistent(seq, tree, proof.old_root, proof.root, proof.consistency)


async def test_a_proof_of_something_else_does_not_hold(uow: MemoryUnitOfWork) -> None:
    await filled(uow, 9)
    proof = await prove(uow.reading(), seq=4, size=None, old_size=5)
    other = (await log_of(uow))[4]

    assert proof.entry is not None
    assert proof.old_root is not None
    assert included(proof.entry.hash, 3, 9, proof.inclusion, proof.root)
    assert not included(other.hash, 3, 9, proof.inclusion, proof.root)
    assert not included(proof.entry.hash, 2, 9, proof.inclusion, proof.root)
    assert not consistent(5, 9, other.hash, proof.root, proof.consistency)


@pytest.mark.parametrize(
    ("seq", "size", "old_size", "field"),
    [
        (10, None, None, "seq"),
        (0, None, None, "seq"),
        (1, 10, None, "size"),
        (None, 4, 5, "oldSize"),
    ],
)
async def test_no_proof_about_what_is_not_there(
    uow: MemoryUnitOfWork, seq: int | None, size: int | None, old_size: int | None, field: str
) -> None:
    await filled(uow, 9)

    with pytest.raises(Invalid) as refused:
        await prove(uow.reading(), seq=seq, size=size, old_size=old_size)

    assert refused.value.field == field


async def test_an_empty_log_proves_nothing(uow: MemoryUnitOfWork) -> None:
    with pytest.raises(Invalid, match="1 to 0"):
        await prove(uow.reading(), seq=None, size=None, old_size=None)

    assert (await head_of(uow.reading())).root == hashlib.sha256(b"").hexdigest()


async def test_F_I1_the_log_has_no_gap_when_a_writer_fails(any_uow: UnitOfWork) -> None:
    await filled(any_uow, 2)

    async def fail() -> None:
        async with any_uow.begin() as tx:
            await append_one(tx, fact("never"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        await fail()
    await filled(any_uow, 1)

    entries = await log_of(any_uow)
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries][1:] == [entry.hash for entry in entries][:-1]


@pytest.mark.mongo
async def test_F_I1_writers_at_once_leave_no_gap(mongo_uow: MongoUnitOfWork) -> None:
    await filled(mongo_uow, 1)

    @again
    async def write(number: int) -> int:
        async with mongo_uow.begin() as tx:
            return await append_one(tx, fact(str(number)))

    numbers = await asyncio.gather(*(write(number) for number in range(12)))

    assert sorted(numbers) == list(range(2, 14))
    entries = await log_of(mongo_uow)
    assert [entry.number for entry in entries] == list(range(1, 14))
    assert [entry.previous for entry in entries][1:] == [entry.hash for entry in entries][:-1]
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(body_of(entry))
    assert (await head_of(mongo_uow.reading())).root == tree.get_root().hex()


@pytest.mark.mongo
async def test_two_appends_at_once_meet_on_the_head(mongo_uow: MongoUnitOfWork) -> None:
    await filled(mongo_uow, 1)

    async def slow() -> None:
        async with mongo_uow.begin() as tx:
            await head_of(tx)
            await filled(mongo_uow, 1)
            await append_one(tx, fact("slow"))

    with pytest.raises(Transient):
        await slow()

    assert [entry.number for entry in await log_of(mongo_uow)] == [1, 2]


async def test_checkpoints_are_signed_once_a_day(
    uow: MemoryUnitOfWork, office: Office, clock: FixedClock
) -> None:
    await filled(uow, 5)

    signed = [await office.checkpointing.sign_when_due(uow)]
    signed.append(await office.checkpointing.sign_when_due(uow))
    clock.pass_days(1)
    signed.append(await office.checkpointing.sign_when_due(uow))

    assert signed == [True, False, True]
    checkpoints = await all_of(uow, collections.CHECKPOINTS)
    assert [each.size for each in checkpoints] == [5, 5]
    said = open_checkpoint(checkpoints[0].note, office.checkpointing.signer.verifier_key)
    assert (said.origin, said.size, said.root) == (ORIGIN, 5, checkpoints[0].root)


async def checkpoint(uow: UnitOfWork, office: Office, actor: Actor) -> Checkpoint:
    command = PublishCheckpoint(actor=actor, idempotency_key=new_key())
    return await perform(office.public_log.publish_checkpoint, command, uow, Checkpoint)


async def test_a_changed_checkpoint_is_found(uow: MemoryUnitOfWork, office: Office) -> None:
    await filled(uow, 5)
    made = await checkpoint(uow, office, people.BOARD)
    key = office.checkpointing.signer.verifier_key

    for forged in (
        made.note.replace("\n5\n", "\n4\n"),
        made.note.replace("time 2026", "time 2025"),
        made.note.replace(f"— {ORIGIN}", "— someone/else"),
        "no note",
        "",
    ):
        with pytest.raises(BadNote):
            open_checkpoint(forged, key)


async def test_a_checkpoint_is_not_for_everybody(uow: MemoryUnitOfWork, office: Office) -> None:
    for actor in (people.COUNTER_HEAD, people.CITIZEN, people.AUDITOR):
        with pytest.raises(Forbidden):
            await checkpoint(uow, office, actor)
    with pytest.raises(Unauthenticated):
        await checkpoint(uow, office, ANONYMOUS)

    assert await all_of(uow, collections.CHECKPOINTS) == []


def redaction(seq: int, *fields: str, actor: Actor = people.BOARD) -> RedactLogEntry:
    return RedactLogEntry(
        actor=actor,
        idempotency_key=new_key(),
        seq=seq,
        fields=fields,
        reason=RedactionReason.PERSONAL_DATA,
        legal_basis="Điều 16 Nghị định 13/2023/NĐ-CP",
    )


async def redact(uow: UnitOfWork, office: Office, command: RedactLogEntry) -> LogEntry:
    return await perform(office.public_log.redact_log_entry, command, uow, LogEntry)


async def test_F_I7_a_hidden_field_has_a_public_reasoned_tombstone(
    any_uow: UnitOfWork, office: Office
) -> None:
    complaint = await answered(any_uow, office)
    before = await log_of(any_uow)

    hidden = await redact(any_uow, office, redaction(3, "answer"))

    entries = await log_of(any_uow)
    [field] = [each for each in hidden.fields if each.name == "answer"]
    assert (field.value, field.salt, field.hidden_by) == (None, None, 4)
    tombstone = {each.name: each.value for each in entries[-1].fields}
    assert (entries[-1].number, entries[-1].type) == (4, EntryType.REDACTED)
    assert tombstone == {
        "entry": "3",
        "hidden": "answer",
        "cause": "PERSONAL_DATA",
        "legal_basis": "Điều 16 Nghị định 13/2023/NĐ-CP",
        "province": "56",
    }
    assert [entry.hash for entry in entries][:-1] == [entry.hash for entry in before]
    assert leaf_hash(body_of(entries[2])) == entries[2].hash
    kept = await any_uow.reading().store(collections.COMPLAINTS).get(complaint.id)
    assert [text.text for text in kept.answers] == [None]


async def test_a_decision_is_forgotten_with_its_entry(
    uow: MemoryUnitOfWork, office: Office
) -> None:
    complaint = await decide(uow, office, verdict(await disputed(uow, office)))
    assert complaint.decision is not None

    await redact(uow, office, redaction(complaint.decision.reason.log_seq, "reason"))

    kept = await uow.reading().store(collections.COMPLAINTS).get(complaint.id)
    assert kept.decision is not None
    assert (kept.decision.verdict, kept.decision.reason.text) == ("UPHELD", None)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (redaction(3, "province"), Invalid),
        (redaction(3, "answer", "on"), Invalid),
        (redaction(3, "nope"), Invalid),
        (redaction(3), Invalid),
        (redaction(99, "answer"), NotFound),
        (redaction(3, "answer", actor=people.HANOI_BOARD), Forbidden),
        (redaction(3, "answer", actor=people.COUNTER_HEAD), Forbidden),
        (redaction(3, "answer", actor=ANONYMOUS), Unauthenticated),
        (replace(redaction(3, "answer"), legal_basis=" "), Invalid),
    ],
)
async def test_F_I7_what_must_stay_public_stays(
    uow: MemoryUnitOfWork, office: Office, command: RedactLogEntry, error: type[Exception]
) -> None:
    await answered(uow, office)
    rows, entries = await everything(uow), await log_of(uow)

    with pytest.raises(error):
        await redact(uow, office, command)

    assert (await everything(uow), await log_of(uow)) == (rows, entries)


async def test_hiding_twice_is_a_conflict(uow: MemoryUnitOfWork, office: Office) -> None:
    await answered(uow, office)
    await redact(uow, office, redaction(3, "answer"))

    with pytest.raises(Conflict, match="hidden already"):
        await redact(uow, office, redaction(3, "answer"))

    assert len(await log_of(uow)) == 4
