"""Objectives of a whole unit in one call: by rows, or as in an earlier period."""

from dataclasses import dataclass, replace
from typing import ClassVar

from congvu_kit.application.commands import Command
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.application.rows import Refusal, Rows, each_row
from congvu_kit.domain.errors import Invalid
from evaluation_service.application.access import SUPERIORS
from evaluation_service.application.collections import OBJECTIVES, PERIODS, UNITS
from evaluation_service.application.objectives.commands import ObjectiveRow, Setting, define
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.objectives.objectives import (
    Objective,
    ObjectiveLevel,
    ObjectiveState,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod

ROWS_MAX = 500
"""Objectives of one call: a unit of forty people with a dozen each."""

LEVELS = list(ObjectiveLevel)


@dataclass(frozen=True, kw_only=True)
class SetAsIn:
    """What was set in an earlier period in a unit and below it; targets and all."""

    period_id: str
    unit_id: str


@dataclass(frozen=True, kw_only=True)
class DefineObjectives(Command):
    """Both may be given at once. A dry run says what would become of each; nothing is kept."""

    operation: ClassVar[str] = "define_objectives"

    period_id: str
    rows: Rows[ObjectiveRow]
    as_in: SetAsIn | None
    decision: Decision | None
    dry_run: bool

    @property
    def rehearsal(self) -> bool:
        return self.dry_run


@dataclass(frozen=True, kw_only=True)
class SetRow:
    """`row` names where it comes from; `objective_id` is None when refused, or in a dry run."""

    row: str
    code: str | None
    civil_servant_id: str | None
    unit_id: str | None
    objective_id: str | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class SetReport:
    results: tuple[SetRow, ...]
    dry_run: bool


async def define_objectives(command: DefineObjectives, tx: Transaction) -> SetReport:
    """One transaction; each row succeeds or is refused on its own. Those of units come before those
    of people, so that a copy hangs on what the same call set."""
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    copied = await _as_in(command.as_in, period, command, tx) if command.as_in else []
    count = len(command.rows) + len(copied)
    if not 0 < count <= ROWS_MAX:
        raise Invalid(
            en=f"1 to {ROWS_MAX} objectives in one call, not {count}",
            vi=f"Mỗi lần giao từ 1 đến {ROWS_MAX} mục tiêu; đang gửi {count} mục tiêu.",
            field="input",
        )
    setting = Setting(period, command.actor, command.decision)
    now_of: dict[str, str] = {}
    told = []
    for n, given in enumerate(command.rows):
        told.append(await _set(f"rows[{n}]", given, setting, tx))
    for earlier in copied:
        parent_id = now_of.get(earlier.parent_id or "")
        if parent_id is None and earlier.parent_id is not None:
            parent_id = await _same(earlier.parent_id, period, tx)
        result = await _set("asIn", _again(earlier, parent_id), setting, tx)
        if result.objective_id is not None:
            now_of[earlier.id] = result.objective_id
        told.append(result)
    if command.dry_run:
        told = [replace(each, objective_id=None) for each in told]
    return SetReport(results=tuple(told), dry_run=command.dry_run)


async def _set(
    source: str, given: ObjectiveRow | Refusal, setting: Setting, tx: Transaction
) -> SetRow:
    async def take(row: ObjectiveRow) -> Objective:
        return await define(row, setting, tx)

    [result] = await each_row([given], take, now=tx.now)
    row = None if isinstance(given, Refusal) else given
    return SetRow(
        row=source,
        code=row.code if row else None,
        civil_servant_id=row.civil_servant_id if row else None,
        unit_id=row.unit_id if row else None,
        objective_id=None if isinstance(result, Refusal) else result.id,
        refusal=result if isinstance(result, Refusal) else None,
    )


async def _as_in(
    as_in: SetAsIn, period: EvaluationPeriod, command: DefineObjectives, tx: Transaction
) -> list[Objective]:
    """Of a unit that the caller leads or is above; units' first."""
    earlier = await tx.store(PERIODS).find(as_in.period_id)
    if earlier is None or earlier.province != period.province or earlier.id == period.id:
        raise Invalid(
            en="no such earlier period",
            vi="Không tìm thấy kỳ trước đã nêu.",
            field="input.asIn.periodId",
        )
    unit = await tx.store(UNITS).get(as_in.unit_id)
    command.actor.require_province(unit.province)
    command.actor.require_unit(unit.path)
    known = await tx.store(OBJECTIVES).select(
        Eq("period_id", earlier.id),
        Eq("unit_path", unit.id),
        Eq("state", ObjectiveState.IN_FORCE),
        order=["code"],
        limit=ROWS_MAX + 1,
    )
    return sorted(known, key=lambda each: LEVELS.index(each.level))


def _again(earlier: Objective, parent_id: str | None) -> ObjectiveRow:
    return ObjectiveRow(
        civil_servant_id=earlier.civil_servant_id,
        unit_id=None if earlier.civil_servant_id else earlier.unit_id,
        code=earlier.code,
        content=replace(earlier.content, parent_id=parent_id),
    )


async def _same(earlier_id: str, period: EvaluationPeriod, tx: Transaction) -> str | None:
    """Of this period: what the same unit has under the same code."""
    earlier = await tx.store(OBJECTIVES).get(earlier_id)
    found = await tx.store(OBJECTIVES).first(
        Eq("period_id", period.id),
        Eq("unit_id", earlier.unit_id),
        Eq("code", earlier.code),
        Eq("state", ObjectiveState.IN_FORCE),
        Eq("civil_servant_id", None),
    )
    return found.id if found else None
