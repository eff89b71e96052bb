"""What happens to files by itself: they are opened, remind, move on and charge who is late."""

from datetime import date, timedelta

from congvu_kit.application.ports import Eq, In, Lt, Transaction, UnitOfWork
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Unavailable
from evaluation_service.application.calendar.queries import working_days
from evaluation_service.application.collections import (
    EVALUATIONS,
    PERIODS,
    SERVANTS,
    STAGE_ROUNDS,
)
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.readiness.census import rated_people
from evaluation_service.application.results.commands import evaluation_in, posts_in
from evaluation_service.application.stages.steps import advance, course_in
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.stages.files import StageFile, course_of
from evaluation_service.domain.stages.rounds import StageRound

BATCH = 100
"""Files, or people, looked at in one transaction."""

PERIODS_MAX = 10_000
"""Open periods of the country: a few of each province."""

AT_FREEZE_MAX = 1_000
"""Files that move on together with the freeze; the watch looks every minute."""


async def periods_to_open(uow: UnitOfWork, today: date) -> list[str]:
    """Open periods of a policy with stages in which not everybody was looked at today."""
    tx = uow.reading()
    found = []
    for period in await tx.store(PERIODS).select(Eq("state", PeriodState.OPEN), limit=PERIODS_MAX):
        known = await tx.store(STAGE_ROUNDS).find(period.id)
        if (known is None or known.done_on != today) and await _staged(period, tx):
            found.append(period.id)
    return found


async def _staged(period: EvaluationPeriod, tx: Transaction) -> bool:
    policies = [await compiled_pin(tx, period.policies.of(role)) for role in AppointmentRole]
    return any(course_of(each.policy, period.ends_on) for each in policies)


async def open_files(period_id: str, tx: Transaction) -> bool:
    """The next portion of a period's people; whether there are more."""
    today = business_date(tx.now)
    period = await tx.store(PERIODS).get(period_id)
    if period.state is not PeriodState.OPEN:
        return False
    turn = await tx.store(STAGE_ROUNDS).find(period_id) or StageRound(id=period_id)
    page = await tx.store(SERVANTS).page(
        In("appointments.unit_id", list(period.unit_ids)), first=BATCH, after=turn.after
    )
    calendar = await working_days(period.province, tx)
    worked = list(calendar.days(period.starts_on, period.ends_on))
    for person in rated_people(page.items, period, frozenset(period.unit_ids), worked):
        posts = await posts_in(person.servant, period, tx)
        evaluation = await evaluation_in(posts[0], period, tx)
        course = None if evaluation.file else await course_in(evaluation, period, tx)
        if course is not None:
            await advance(evaluation, course, tx)
            await tx.store(EVALUATIONS).save(evaluation)
    turn.went(page.cursors[-1] if page.has_next else None, today)
    await tx.store(STAGE_ROUNDS).save(turn)
    return page.has_next


async def files_due(uow: UnitOfWork, today: date) -> list[str]:
    """Files of open periods of which something is to be told, or that have moved on."""
    tx = uow.reading()
    open_now = await tx.store(PERIODS).select(Eq("state", PeriodState.OPEN), limit=PERIODS_MAX)
    found = await tx.store(EVALUATIONS).select(
        In("period_id", [each.id for each in open_now]), _due(today), limit=BATCH
    )
    return [each.id for each in found]


def _due(today: date) -> Lt:
    return Lt("file.next_on", (today + timedelta(days=1)).isoformat())


async def move_file(evaluation_id: str, tx: Transaction) -> None:
    """Nothing waits any more for whom another appointment rates (E-I10)."""
    evaluation = await tx.store(EVALUATIONS).get(evaluation_id)
    period = await tx.store(PERIODS).get(evaluation.period_id)
    if period.state is PeriodState.OPEN:
        await _move(evaluation, period, tx)


async def _move(evaluation: Evaluation, period: EvaluationPeriod, tx: Transaction) -> None:
    course = await course_in(evaluation, period, tx)
    if course is None or evaluation.file is None:
        return
    servant = await tx.store(SERVANTS).get(evaluation.civil_servant_id)
    main = servant.main_in(period.starts_on, period.ends_on, set(period.unit_ids))
    if main is not None and main.appointment_id == evaluation.appointment_id:
        await advance(evaluation, course, tx)
    else:
        evaluation.file = StageFile(entries=evaluation.file.entries)
    await tx.store(EVALUATIONS).save(evaluation)


async def move_before_freeze(period: EvaluationPeriod, tx: Transaction) -> None:
    """Whoever is late on the day of the freeze is charged before the figures are fixed."""
    today = business_date(tx.now)
    due = await tx.store(EVALUATIONS).select(
        Eq("period_id", period.id), _due(today), limit=AT_FREEZE_MAX + 1
    )
    if len(due) > AT_FREEZE_MAX:
        raise Unavailable(
            en="stages are still moving on; freeze again in some minutes",
            vi="Các bước đang được chuyển tiếp. Vui lòng chốt số liệu lại sau ít phút.",
        )
    for evaluation in due:
        await _move(evaluation, period, tx)
