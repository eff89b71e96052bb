"""What runs beside the requests: frozen periods, dates that pass, the daily checkpoint."""

import asyncio

from congvu_kit.domain.errors import Conflict
from congvu_kit.service.app import Runtime, Worker
from feedback_service.application.appending import ensure_head
from feedback_service.application.deadlines import sweep
from feedback_service.application.indexes import compute_pending
from feedback_service.application.office import Office


async def prepare_log(runtime: Runtime) -> None:
    """Before the first request; another replica may be doing the same."""
    try:
        async with runtime.uow.begin() as tx:
            await ensure_head(tx)
    except Conflict:
        return


PENDING_EVERY_S = 0.5
"""How soon a frozen period is noticed; the query reads an index of almost no rows."""


def indexes_worker(office: Office) -> Worker:
    async def indexes(runtime: Runtime) -> None:
        while True:
            await compute_pending(runtime.uow, office.turn)
            await asyncio.sleep(PENDING_EVERY_S)

    return indexes


def deadlines_worker(office: Office, every_s: float) -> Worker:
    async def deadlines(runtime: Runtime) -> None:
        while True:
            changed = await sweep(runtime.uow)
            await office.checkpointing.sign_when_due(runtime.uow)
            if not changed:
                await asyncio.sleep(every_s)

    return deadlines
