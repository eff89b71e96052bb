"""What has happened lies in the past; what may lie ahead says why."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, ClassVar

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Command
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Transaction
from congvu_kit.application.times import undeclared
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.times import PAST, SKEW, AnyTime, Deadline, PastDate, PastTime
from kit.desks import DESKS, SOMEBODY, Desk
from support.clock import FixedClock

EVENING = datetime(2026, 8, 10, 17, 30, tzinfo=UTC)
"""Half past midnight of the eleventh in Vietnam."""


@pytest.mark.parametrize("day", [date(2026, 8, 11), date(2026, 8, 10), date(1900, 1, 1)])
def test_today_in_vietnam_is_no_future(day: date) -> None:
    PAST.check(day, EVENING, "input.decidedOn")


@pytest.mark.parametrize(
    "value", [date(2026, 8, 12), EVENING + SKEW + timedelta(seconds=1), date(2999, 12, 31)]
)
def test_tomorrow_has_not_happened(value: date) -> None:
    with pytest.raises(Invalid) as refused:
        PAST.check(value, EVENING, "input.events.2.completedAt")

    error = refused.value
    assert error.field == "input.events.2.completedAt"
    assert error.en == (
        "completedAt tells of something that has happened: it cannot lie in the future"
    )
    assert error.vi == "Đây là thời điểm của việc đã xảy ra, không được ở tương lai."


def test_a_clock_that_is_a_little_ahead_is_believed() -> None:
    PAST.check(EVENING + SKEW, EVENING, "input.capturedAt")


@dataclass(frozen=True, kw_only=True)
class Proof:
    taken_at: PastTime | None = None


@dataclass(frozen=True, kw_only=True)
class Note(Command):
    operation: ClassVar[str] = "note"

    noted_on: PastDate
    due_on: Deadline
    proofs: tuple[Proof, ...] = ()


async def note(command: Note, tx: Transaction) -> Desk:
    desk = Desk(id="desk_1", name="Một")
    await tx.store(DESKS).save(desk)
    return desk


ASKED = Note(
    actor=SOMEBODY, idempotency_key="k", noted_on=date(2026, 8, 10), due_on=date(2026, 9, 1)
)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (replace(ASKED, noted_on=date(2026, 8, 11)), "input.notedOn"),
        (
            replace(ASKED, proofs=(Proof(), Proof(taken_at=datetime(2026, 8, 11, tzinfo=UTC)))),
            "input.proofs.1.takenAt",
        ),
    ],
)
async def test_a_command_from_the_future_leaves_nothing(asked: Note, field: str) -> None:
    uow = MemoryUnitOfWork(FixedClock(datetime(2026, 8, 10, 3, 0, tzinfo=UTC)))

    with pytest.raises(Invalid) as refused:
        await perform(note, asked, uow)

    assert refused.value.field == field
    assert await uow.reading().store(DESKS).count() == 0
    assert (await perform(note, ASKED, uow)).id == "desk_1"


def test_a_day_that_does_not_say_is_found_wherever_it_stands() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Inner:
        at: datetime
        text: str

    @dataclass(frozen=True, kw_only=True)
    class Open(Note):
        own: date | None
        said: Annotated[date, AnyTime("a holiday")]
        inner: tuple[Inner, ...] | None

    # A local class cannot name its own scope, so the hints are given whole.
    Open.__annotations__ |= {
        "own": date | None,
        "said": Annotated[date, AnyTime("a holiday")],
        "inner": tuple[Inner, ...] | None,
    }
    assert list(undeclared(Note)) == []
    assert list(undeclared(Open)) == ["Open.own", "Inner.at"]
