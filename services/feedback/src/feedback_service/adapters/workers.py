"""What runs beside the requests: frozen periods, dates that pass, the daily checkpoint."""

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
    async def compute(runtime: Runtime) -> None:
        await compute_pending(runtime.uow, office.turn)

    return Worker("indexes", compute, PENDING_EVERY_S)


def deadlines_worker(office: Office, every_s: float) -> Worker:
    async def pass_dates(runtime: Runtime) -> int:
        changed = await sweep(runtime.uow)
        await office.checkpointing.sign_when_due(runtime.uow)
        return changed

    return Worker("deadlines", pass_dates, every_s)
