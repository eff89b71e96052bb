"""What runs beside the requests: frozen periods, dates that pass, the daily checkpoint."""

from collections.abc import Sequence

from congvu_kit.domain.errors import Conflict
from congvu_kit.service.app import Runtime, Worker
from feedback_service.application.commitments.deadlines import pass_commitment_dates
from feedback_service.application.complaints.deadlines import pass_complaint_dates
from feedback_service.application.indexes.computation import compute_pending
from feedback_service.application.log.checkpoints import sign_when_due
from feedback_service.application.log.entries import ensure_head
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.erasures import replay_erasures

PENDING_EVERY_S = 0.5
"""How soon a frozen period is noticed; the query reads an index of almost no rows."""


async def prepare_log(runtime: Runtime) -> None:
    """Before the first request; another replica may be doing the same."""
    try:
        await runtime.transact(ensure_head)
    except Conflict:
        return


async def hold_erasures(runtime: Runtime) -> None:
    """Before the first request: a restored backup has brought nothing back."""
    needs: Needs = runtime.needs
    await replay_erasures(runtime.uow, needs.erasures)


async def compute_indexes(runtime: Runtime) -> None:
    await compute_pending(runtime.uow, runtime.turns)


async def pass_dates(runtime: Runtime) -> int:
    """How much there was to do; as much may be left."""
    needs: Needs = runtime.needs
    changed = await pass_complaint_dates(runtime.uow)
    changed += await pass_commitment_dates(runtime.uow)
    await sign_when_due(runtime.uow, needs.signer, needs.checkpoint_every)
    return changed


def workers(sweep_every_s: float) -> Sequence[Worker]:
    return [
        Worker("indexes", compute_indexes, PENDING_EVERY_S),
        Worker("deadlines", pass_dates, sweep_every_s),
    ]
