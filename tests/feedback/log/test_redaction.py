"""Hiding what shows a person: a public tombstone, and every hash stays."""

from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from congvu_kit.domain.merkle import leaf_hash
from feedback import people
from feedback.log.steps import body_of, redact, redaction
from feedback.scenes import (
    answered,
    decide,
    disputed,
    everything,
    log_of,
    verdict,
)
from feedback_service.application import collections
from feedback_service.application.log.commands import (
    RedactLogEntry,
)
from feedback_service.application.needs import Needs
from feedback_service.domain.log.entry import (
    EntryType,
)


async def test_F_I7_a_hidden_field_has_a_public_reasoned_tombstone(
    any_uow: UnitOfWork, needs: Needs
) -> None:
    complaint = await answered(any_uow, needs)
    before = await log_of(any_uow)

    hidden = await redact(any_uow, needs, redaction(3, "answer"))

    entries = await log_of(any_uow)
    [field] = [each for each in hidden.fields if each.name == "answer"]
    assert (field.value, field.salt, field.hidden_by) == (None, None, 4)
    tombstone = {each.name: each.value for each in entries[-1].fields}
    assert (entries[-1].number, entries[-1].type) == (4, EntryType.REDACTED)
    assert tombstone.pop("row") is not None
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


async def test_a_decision_is_forgotten_with_its_entry(uow: MemoryUnitOfWork, needs: Needs) -> None:
    complaint = await decide(uow, needs, verdict(await disputed(uow, needs)))
    assert complaint.decision is not None

    await redact(uow, needs, redaction(complaint.decision.reason.log_sequence, "reason"))

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
    uow: MemoryUnitOfWork, needs: Needs, command: RedactLogEntry, error: type[Exception]
) -> None:
    await answered(uow, needs)
    rows, entries = await everything(uow), await log_of(uow)

    with pytest.raises(error):
        await redact(uow, needs, command)

    assert (await everything(uow), await log_of(uow)) == (rows, entries)


async def test_hiding_twice_is_a_conflict(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await answered(uow, needs)
    await redact(uow, needs, redaction(3, "answer"))

    with pytest.raises(Conflict, match="hidden already"):
        await redact(uow, needs, redaction(3, "answer"))

    assert len(await log_of(uow)) == 4
