"""Parts that are owed, and parts that count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Page, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden
from evaluation_service.application.access import NATIONAL, WHOLE_PROVINCE, sees_before_publication
from evaluation_service.application.collections import HANDOVERS, PERIODS, PRIOR_RESULTS, equal
from evaluation_service.application.results.members import label_of, presence
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import APPOINTMENTS_MAX
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.transfers.handovers import HandedOverPart, handover_id
from evaluation_service.domain.transfers.prior_results import PriorResult, PriorState

PARTS_MAX = APPOINTMENTS_MAX
"""Parts of one person in one period: each stands for an appointment at least."""

NOT_SCORED = (PeriodState.OPEN, PeriodState.DATA_FROZEN, PeriodState.SCORING)


@dataclass(frozen=True, kw_only=True)
class AwaitedPart:
    """A part that another period has not handed over yet; the unit is where the person is rated."""

    civil_servant_id: str
    unit_id: str
    period_id: str


async def parts_of(
    evaluations: Sequence[Evaluation], reader: Actor, tx: Transaction
) -> list[list[HandedOverPart]]:
    """What counts in each, or was handed over by it; none before the score may be seen."""
    periods = await tx.store(PERIODS).find_many([each.period_id for each in evaluations])
    ids = [
        _handover_ids(evaluation)
        if (period and period.is_public)
        or sees_before_publication(reader, evaluation.civil_servant_id)
        else []
        for evaluation, period in zip(evaluations, periods, strict=True)
    ]
    wanted = sorted({id for some in ids for id in some if id})
    found = {part.id: part for part in await tx.store(HANDOVERS).find_many(wanted) if part}
    return [[found[id] for id in some if id is not None and id in found] for some in ids]


def _handover_ids(evaluation: Evaluation) -> list[str | None]:
    sent = evaluation.handed_over
    taken = [each.handover_id for each in evaluation.taken]
    return [*taken, *([sent.handover_id] if sent else [])]


@dataclass(frozen=True, kw_only=True)
class PriorFilter:
    civil_servant_id: str | None = None
    state: PriorState | None = None


async def list_prior_results(
    reader: Actor, tx: Transaction, wanted: PriorFilter, *, first: int, after: str | None
) -> Page[PriorResult]:
    """One's own, or those of the province; a superior sees what of them counts in a score."""
    reader.require_login()
    conditions: list[Condition]
    if reader.has(Role.PERSONNEL_SYNC) and NATIONAL in reader.scopes:
        conditions = []
    elif reader.has(*WHOLE_PROVINCE) and reader.province:
        conditions = [Eq("province", reader.province)]
    elif reader.has(Role.OFFICER) and reader.officer:
        conditions = [Eq("civil_servant_id", reader.officer)]
    else:
        raise Forbidden(
            en="none of your roles may list these",
            vi="Tài khoản không được phân quyền xem danh sách này.",
        )
    return await tx.store(PRIOR_RESULTS).page(
        *conditions,
        *equal(civil_servant_id=wanted.civil_servant_id, state=wanted.state),
        order=["civil_servant_id", "facts.starts_on"],
        first=first,
        after=after,
    )


async def awaited(period: EvaluationPeriod, tx: Transaction) -> list[AwaitedPart]:
    """Parts of the period's people that other agencies, whose periods go on, still owe. Only who
    held posts in two units of late is looked at."""
    two_posts = Gte("extra.two_posts_until", period.starts_on.isoformat())
    present = await presence(period.unit_ids, period, tx, two_posts)
    days, ours = (period.starts_on, period.ends_on), set(period.unit_ids)
    elsewhere = [
        (member, appointment.unit_id)
        for member in present.members
        for appointment in member.servant.during(*days)
        if appointment.unit_id not in ours
    ]
    others = await _going_on(period, {unit_id for _, unit_id in elsewhere}, tx)
    owed = {
        (member.servant.id, other.id): AwaitedPart(
            civil_servant_id=member.servant.id, unit_id=member.unit.id, period_id=other.id
        )
        for member, unit_id in elsewhere
        for other in others
        if unit_id in other.unit_ids
    }
    kept = await tx.store(HANDOVERS).find_many([handover_id(by, id) for id, by in owed])
    return [each for each, part in zip(owed.values(), kept, strict=True) if part is None]


async def _going_on(
    period: EvaluationPeriod, unit_ids: Collection[str], tx: Transaction
) -> list[EvaluationPeriod]:
    """Periods of these units for the same time that have not been scored."""
    if not unit_ids:
        return []
    found = await tx.store(PERIODS).select(
        Eq("kind", period.kind),
        In("unit_ids", sorted(unit_ids)),
        In("state", sorted(NOT_SCORED)),
        Lt("starts_on", period.ends_on.isoformat()),
        Gte("ends_on", period.starts_on.isoformat()),
    )
    return [each for each in found if label_of(each) == label_of(period)]
