"""Complaints that were not answered on their day: a fault of who owed the answer, as feedback tells
it (E-I16)."""

from dataclasses import dataclass
from datetime import date, timedelta

from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.errors import Transient
from congvu_kit.domain.working_days import Term
from evaluation_service.application.collections import FAULTS, PERIODS, SERVANTS
from evaluation_service.domain.integrity.faults import (
    AWAITED,
    ProcessFault,
    ProcessStep,
    answer_fault_id,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import CivilServant

ROUNDS_MAX = 11
"""Answers that feedback lets one complaint have."""

AWAITED_MAX = 5_000
"""Faults of a province that wait for a period; more are adopted by the next one."""


@dataclass(frozen=True, kw_only=True)
class AnswerOverdue:
    complaint_id: str
    province: str
    civil_servant_id: str
    since: date
    due_on: date
    term_days: int
    round: int


@dataclass(frozen=True, kw_only=True)
class ComplaintMoved:
    """It was answered, or ended otherwise."""

    complaint_id: str
    province: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PeriodFact:
    period_id: str
    province: str


async def charge_answer(fact: AnswerOverdue, tx: Transaction) -> None:
    """Once for each answer; anew when a calendar had lifted it and the day passed again."""
    id = answer_fault_id(fact.complaint_id, fact.round)
    known = await tx.store(FAULTS).find(id)
    if known is not None:
        refuse_other(known, fact, "province", "complaint_id")
        if known.lifted_on is None:
            refuse_other(known, fact, "civil_servant_id")
            return
    servant = await tx.store(SERVANTS).find(fact.civil_servant_id)
    if servant is None:
        raise Transient(
            en=f"civil servant {fact.civil_servant_id!r} is not known yet",
            vi="Chưa nhận được thông tin của công chức này.",
        )
    fault = ProcessFault(
        id=id,
        revision=known.revision if known else 0,
        sequence=known.sequence if known else 0,
        civil_servant_id=fact.civil_servant_id,
        province=fact.province,
        period_id=AWAITED,
        step=ProcessStep.ANSWER_COMPLAINT,
        assignment_id=None,
        complaint_id=fact.complaint_id,
        due_on=fact.due_on,
        term=Term(since=fact.since, days=fact.term_days),
    )
    period = await _counting(servant, fault, tx)
    if period is not None:
        fault.charge_in(period.id)
    await tx.store(FAULTS).save(fault)


async def end_silence(fact: ComplaintMoved, tx: Transaction) -> None:
    ids = [answer_fault_id(fact.complaint_id, round) for round in range(ROUNDS_MAX)]
    for fault in await tx.store(FAULTS).find_many(ids):
        if fault is not None:
            refuse_other(fault, fact, "province")
            if fault.ended_on is None:
                fault.ended_on = fact.on
                await tx.store(FAULTS).save(fault)


async def adopt_faults(fact: PeriodFact, tx: Transaction) -> None:
    """A period was opened: it counts what waited for one."""
    refuse_other(await tx.store(PERIODS).get(fact.period_id), fact, "province")
    waiting = await tx.store(FAULTS).select(
        Eq("period_id", AWAITED), Eq("province", fact.province), limit=AWAITED_MAX
    )
    servants = await tx.store(SERVANTS).find_many([each.civil_servant_id for each in waiting])
    for fault, servant in zip(waiting, servants, strict=True):
        period = await _counting(servant, fault, tx) if servant else None
        if period is not None:
            fault.charge_in(period.id)
            await tx.store(FAULTS).save(fault)


async def _counting(
    servant: CivilServant, fault: ProcessFault, tx: Transaction
) -> EvaluationPeriod | None:
    """The open period of where they were on that day that holds it, or else the first after it: of
    months and quarters side by side the shortest. A year made of them takes nothing."""
    held = servant.during(fault.due_on, fault.due_on + timedelta(days=1))
    found = await tx.store(PERIODS).select(
        Eq("state", PeriodState.OPEN), In("unit_ids", [each.unit_id for each in held])
    )
    after = [each for each in found if each.made_of is None and each.ends_on > fault.due_on]
    return min(
        after, key=lambda each: (each.ends_on - each.starts_on, each.starts_on), default=None
    )
