"""Runs beside the requests: deadlines, and the shipped policies at the start."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.clock import SystemClock, business_date
from congvu_kit.service.running import Runtime
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation_service.application.policies.pins import keep_shipped
from evaluation_service.application.work import deadlines
from evaluation_service.settings import EvaluationSettings


async def keep_shipped_policies(runtime: Runtime) -> None:
    """Every shipped policy version is in the database before the first request."""
    for policy in shipped_policies().values():
        await _apart(runtime, partial(keep_shipped, policy))


async def watch_deadlines(runtime: Runtime) -> None:
    """Replicas may all run it: each step checks again inside its own transaction."""
    settings = _settings(runtime)
    clock = SystemClock()
    while True:
        now = clock.now()
        today = business_date(now)
        for id in await deadlines.runs_due(runtime.uow, now, settings.index_wait_s):
            await _apart(runtime, partial(deadlines.stop_waiting, id))
        for id in await deadlines.reviews_due(runtime.uow, today):
            await _apart(runtime, partial(deadlines.charge_silence, id, today))
        await asyncio.sleep(settings.look_s)


@again
async def _apart(runtime: Runtime, step: Callable[[Transaction], Awaitable[None]]) -> None:
    async with runtime.uow.begin() as tx:
        await step(tx)


def _settings(runtime: Runtime) -> EvaluationSettings:
    if not isinstance(runtime.settings, EvaluationSettings):
        raise TypeError("evaluation runs on its own settings")
    return runtime.settings
