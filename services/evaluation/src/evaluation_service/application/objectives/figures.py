"""Readings of many objectives in one call, entered or decided on: each fails alone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.objectives import readings
from evaluation_service.application.objectives.readings import NewReading, ReadingDecision
from evaluation_service.domain.objectives.readings import IndicatorReading

ROWS_MAX = 500
"""Readings of one call: what a unit of forty people reports in a month."""

Given = TypeVar("Given")


@dataclass(frozen=True, kw_only=True)
class RecordReadings(Command):
    """A dry run says what would become of each; nothing is kept."""

    operation: ClassVar[str] = "record_readings"

    rows: Rows[NewReading]
    dry_run: bool = False

    @property
    def rehearsal(self) -> bool:
        return self.dry_run


@dataclass(frozen=True, kw_only=True)
class DecisionRow(ReadingDecision):
    expected_revision: int


@dataclass(frozen=True, kw_only=True)
class ConfirmReadings(Command):
    operation: ClassVar[str] = "confirm_readings"

    rows: Rows[DecisionRow]


@dataclass(frozen=True, kw_only=True)
class ReadingResult:
    row: int
    reading: IndicatorReading | None
    refusal: Refusal | None


async def record_readings(command: RecordReadings, tx: Transaction) -> tuple[ReadingResult, ...]:
    command.actor.require(*readings.REPORTERS)

    async def take(row: NewReading) -> IndicatorReading:
        return await readings.record(row, command.actor, tx)

    results = await _each(command.rows, take, tx)
    return tuple(replace(each, reading=None) for each in results) if command.dry_run else results


async def confirm_readings(command: ConfirmReadings, tx: Transaction) -> tuple[ReadingResult, ...]:
    command.actor.require(*readings.CONFIRMERS)

    async def take(row: DecisionRow) -> IndicatorReading:
        return await readings.decide(row, row.expected_revision, command.actor, tx)

    return await _each(command.rows, take, tx)


async def _each(
    rows: Rows[Given], take: Callable[[Given], Awaitable[IndicatorReading]], tx: Transaction
) -> tuple[ReadingResult, ...]:
    if not 0 < len(rows) <= ROWS_MAX:
        raise Invalid(
            en=f"1 to {ROWS_MAX} readings in one call, not {len(rows)}",
            vi=f"Mỗi lần gửi từ 1 đến {ROWS_MAX} số liệu; đang gửi {len(rows)}.",
            field="input.rows",
        )
    results = await each_row(rows, take, now=tx.now)
    return tuple(
        ReadingResult(row=number, reading=None, refusal=result)
        if isinstance(result, Refusal)
        else ReadingResult(row=number, reading=result, refusal=None)
        for number, result in enumerate(results)
    )
