"""The duty of leaders to promise in public: who published how much, as feedback tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Transaction
from congvu_kit.application.refusals import refuse_other
from congvu_kit.domain.actor import Actor
from evaluation_service.application.collections import PERIODS, PUBLISHED_COMMITMENTS, UNITS
from evaluation_service.application.results.scoring import rules_of
from evaluation_service.domain.copies.commitments import PublishedCommitment, owed_by
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.rating import RulesByRole


@dataclass(frozen=True, kw_only=True)
class CommitmentFact:
    """Our reading of feedback's event; those of before tell no day."""

    commitment_id: str
    province: str
    unit_id: str
    leader_id: str
    on: date | None = None


async def keep_commitment(fact: CommitmentFact, tx: Transaction) -> None:
    store = tx.store(PUBLISHED_COMMITMENTS)
    kept = await store.find(fact.commitment_id)
    if kept is not None:
        refuse_other(kept, fact, "province", "unit_id", civil_servant_id=fact.leader_id)
        return
    refuse_other(await tx.store(UNITS).get(fact.unit_id), fact, "province")
    if fact.on is not None:
        await store.save(
            PublishedCommitment(
                id=fact.commitment_id,
                civil_servant_id=fact.leader_id,
                province=fact.province,
                unit_id=fact.unit_id,
                published_on=fact.on,
            )
        )


async def published_in(
    period: EvaluationPeriod, tx: Transaction, *of: Condition
) -> Mapping[str, int]:
    """By civil servant, of everybody or of those whom the conditions name."""
    return await tx.store(PUBLISHED_COMMITMENTS).count_by(
        "civil_servant_id",
        Eq("province", period.province),
        Gte("published_on", period.starts_on.isoformat()),
        Lt("published_on", period.ends_on.isoformat()),
        *of,
    )


def owed_in(period: EvaluationPeriod, rules: RulesByRole) -> int:
    """How many the head of a unit owes in it."""
    head = AppointmentRole.HEAD
    return 0 if head in period.rolled_up else owed_by(rules[head].compiled)


async def to_promise(reader: Actor, tx: Transaction) -> Sequence[Condition]:
    """Open periods of the unit that the reader heads, in which too little is published yet."""
    open_now = await tx.store(PERIODS).select(
        Eq("province", reader.province), Eq("state", PeriodState.OPEN), Eq("unit_ids", reader.unit)
    )
    whose = Eq("civil_servant_id", reader.officer)
    lacking = []
    for period in open_now if reader.officer else []:
        published = await published_in(period, tx, whose)
        if published.get(reader.officer or "", 0) < owed_in(period, await rules_of(period, tx)):
            lacking.append(period.id)
    return [In("_id", lacking)]
