"""Runs beside the requests: deadlines, figures of the scoring, and what is shipped at the start."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from prometheus_client import Gauge

from congvu_kit.domain.clock import business_date
from congvu_kit.service.app import Runtime, Worker
from congvu_kit.service.webhooks import webhook_worker
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation_service.adapters.files.shipped_calendars import shipped_calendars
from evaluation_service.application.agreements import lives
from evaluation_service.application.calendar import commands as calendars
from evaluation_service.application.calendar.terms import move_deadlines
from evaluation_service.application.dossiers import waiting
from evaluation_service.application.imports.directory import keep_refs
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results import deadlines as waits
from evaluation_service.application.stages import watch as stages
from evaluation_service.application.webhooks.commands import WEBHOOKS
from evaluation_service.application.work import deadlines
from evaluation_service.domain.results.runs import RankingRun, RunState
from evaluation_service.settings import EvaluationSettings

RUNS = Gauge("congvu_scoring_runs", "Agencies of frozen periods that are not ranked", ["state"])
PEOPLE = Gauge("congvu_scoring_people", "People of agencies whose scoring was asked for")
SCORED = Gauge("congvu_scoring_people_scored", "Those of them who have their result")
TROUBLED = Gauge("congvu_scoring_troubled_runs", "Agencies whose scoring was given up")
OLDEST = Gauge(
    "congvu_scoring_oldest_run_age_seconds", "How long an agency has waited since its freeze"
)

FIGURES_S = 5
DOSSIERS_S = 60
"""How often dossiers are looked for whose officers were appointed after they came."""


async def keep_shipped_policies(runtime: Runtime) -> None:
    """Every shipped policy version is in the database before the first request."""
    for policy in shipped_policies().values():
        await runtime.transact(partial(keep_shipped, policy))


async def keep_shipped_calendars(runtime: Runtime) -> None:
    """The shipped years are published before the first request."""
    for year, edition in shipped_calendars().items():
        await runtime.transact(partial(calendars.keep_shipped, year, edition))


def tell_scoring(runs: Sequence[RankingRun], now: datetime) -> None:
    states = Counter(each.state for each in runs)
    for state in (RunState.WAITING, RunState.REQUESTED):
        RUNS.labels(state).set(states[state])
    asked = [each for each in runs if each.state is RunState.REQUESTED]
    PEOPLE.set(sum(each.people for each in asked))
    SCORED.set(sum(each.scored for each in asked))
    TROUBLED.set(sum(each.trouble is not None for each in runs))
    ages = ((now - each.frozen_at).total_seconds() for each in runs)
    OLDEST.set(max(ages, default=0))


async def name_refs(runtime: Runtime) -> bool:
    return await runtime.transact(keep_refs)


def workers(settings: EvaluationSettings) -> Sequence[Worker]:
    """Replicas may all run it: each step checks again inside its own transaction."""

    async def watch(runtime: Runtime) -> None:
        now = runtime.uow.reading().now
        today = business_date(now)
        while await runtime.transact(move_deadlines):
            pass
        for id in await waits.runs_silent(runtime.uow, now, settings.run_wait_s):
            await runtime.transact(partial(waits.ask_again, id, settings.run_wait_s))
        for id in await waits.periods_to_move(runtime.uow):
            await runtime.transact(partial(waits.move_on, id))
        for id in await lives.agreements_due(runtime.uow, today):
            await runtime.transact(partial(lives.move_on, id))
        for id in await deadlines.reviews_due(runtime.uow, today):
            await runtime.transact(partial(deadlines.charge_silence, id, today))
        for id in await stages.periods_to_open(runtime.uow, today):
            while await runtime.transact(partial(stages.open_files, id)):
                pass
        for id in await stages.files_due(runtime.uow, today):
            await runtime.transact(partial(stages.move_file, id))

    async def measure(runtime: Runtime) -> None:
        tell_scoring(await waits.runs_open(runtime.uow), runtime.uow.reading().now)

    async def join_dossiers(runtime: Runtime) -> None:
        while await runtime.transact(waiting.restate):
            pass
        for id in await waiting.appointed_since(runtime.uow):
            await runtime.transact(partial(waiting.match_again, id))

    return (
        Worker("watch_deadlines", watch, settings.look_s),
        Worker("join_dossiers", join_dossiers, DOSSIERS_S),
        Worker("scoring figures", measure, FIGURES_S),
        Worker("name_refs", name_refs, 3600),
        webhook_worker(WEBHOOKS),
    )
