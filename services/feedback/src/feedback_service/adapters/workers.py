"""What runs beside the requests: frozen periods, dates that pass, the daily checkpoint."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from prometheus_client import Gauge

from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.heads import Contradiction
from congvu_kit.service.app import Runtime, Worker
from congvu_kit.service.webhooks import webhook_worker
from feedback_service.application.commitments.deadlines import pass_commitment_dates
from feedback_service.application.complaints.calendars import move_dates
from feedback_service.application.complaints.deadlines import pass_complaint_dates
from feedback_service.application.data_requests.deadlines import pass_data_request_dates
from feedback_service.application.data_requests.retention import pass_retention
from feedback_service.application.data_requests.rotation import rewrap
from feedback_service.application.indexes.computation import compute_pending
from feedback_service.application.log.checkpoints import (
    newest_checkpoint,
    require_whole,
    sign_when_due,
)
from feedback_service.application.log.entries import PUBLIC_LOG, ensure_head, head_of
from feedback_service.application.log.keys import tell_keys
from feedback_service.application.log.rows import differing_rows
from feedback_service.application.log.sequencing import sequence
from feedback_service.application.log.witnessing import ask_witnesses
from feedback_service.application.needs import Needs
from feedback_service.application.reviews.deadlines import pass_review_dates
from feedback_service.application.submissions.awaiting import pass_awaiting_dates
from feedback_service.application.submissions.erasures import replay_erasures
from feedback_service.application.submissions.intake import waiting
from feedback_service.application.webhooks.commands import WEBHOOKS

LOG_CONTRADICTED = Gauge(
    "congvu_log_contradicted", "1 while the public log contradicts what its key signed"
)

WITNESS_REFUSES = Gauge(
    "congvu_log_witness_refuses", "1 while this witness does not sign the log", ["witness"]
)
ROWS_DIFFER = Gauge("congvu_log_rows_differ", "Rows that are not what the public log says")
KEYS_UNDER_OLDER = Gauge(
    "congvu_vault_keys_under_older", "Keys of private texts that are not under the newest one yet"
)
HEAD_AGE = Gauge("congvu_log_head_age_seconds", "Age of the newest signed head of the public log")
UNSIGNED = Gauge("congvu_log_unsigned_entries", "Entries that no signed head covers yet")
LOG_WAITING = Gauge(
    "congvu_log_waiting_age_seconds",
    "How long the oldest acknowledged submission has waited for the public log",
)
LOG_SIZE = Gauge("congvu_log_entries", "Entries of the public log")
FIGURES_EVERY_S = 5.0
ROWS_EVERY_S = 3600.0
"""Every row is read: at the start of the service and then once an hour."""

WITNESS_EVERY_S = 1.0
"""How soon a new checkpoint is shown to the witnesses; a look reads one row."""

log = structlog.get_logger(__name__)

SEQUENCER_LEASE = timedelta(seconds=2)
"""Another process takes over so long after the last batch of one that was killed."""

SEQUENCE_EVERY_S = 0.2
"""How soon what was acknowledged is put into the log when nothing waits; else at once."""

PENDING_EVERY_S = 0.5
"""How soon a frozen period or another calendar is noticed; the query reads an index of almost no
rows."""


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
    needs: Needs = runtime.needs
    await compute_pending(runtime.uow, runtime.turns, needs.vault)


async def follow_calendars(runtime: Runtime) -> None:
    needs: Needs = runtime.needs
    await move_dates(runtime.uow, runtime.turns, needs.limits.review_days)


async def pass_dates(runtime: Runtime) -> int:
    """How much there was to do; as much may be left."""
    changed = await pass_complaint_dates(runtime.uow)
    changed += await pass_commitment_dates(runtime.uow)
    changed += await pass_review_dates(runtime.uow)
    changed += await pass_awaiting_dates(runtime.uow)
    needs: Needs = runtime.needs
    changed += await pass_data_request_dates(runtime.uow, needs.vault, needs.erasures)
    changed += await pass_retention(runtime.uow, needs.retention, needs.erasures)
    return changed


async def sequence_log(runtime: Runtime) -> int:
    """What was acknowledged enters the public log; by one process at a time."""
    needs: Needs = runtime.needs
    if not await waiting(runtime.uow.reading(), 1):
        return 0
    fence = await runtime.leases.take("public-log", within=SEQUENCER_LEASE)
    if fence is None:
        return 0
    async with runtime.turns.take(PUBLIC_LOG):
        return await sequence(runtime.uow, needs.limits, fence=fence)


async def rewrap_keys(runtime: Runtime) -> int:
    """How many were moved; there may be more."""
    needs: Needs = runtime.needs
    moved, left = await rewrap(runtime.uow, needs.vault)
    KEYS_UNDER_OLDER.set(left)
    return moved


async def watch_log(runtime: Runtime) -> None:
    """Before the first request and ever after: a log that contradicts what was signed is told by
    /readyz, /metrics and the log of the process, and is signed no more."""
    needs: Needs = runtime.needs
    try:
        await require_whole(runtime.uow.reading(), needs.signer)
    except Contradiction:
        LOG_CONTRADICTED.set(1)
        raise
    LOG_CONTRADICTED.set(0)


async def sign_log(runtime: Runtime) -> None:
    needs: Needs = runtime.needs
    await watch_log(runtime)
    await tell_keys(runtime.uow, needs.signer)
    await sign_when_due(runtime.uow, needs.signer, needs.checkpoint_every)


async def ask_the_witnesses(runtime: Runtime) -> None:
    needs: Needs = runtime.needs
    for name, refusal in (await ask_witnesses(runtime.uow, needs.witnesses)).items():
        WITNESS_REFUSES.labels(name).set(0 if refusal is None else 1)
        if refusal is not None:
            log.error("witness_refuses", witness=name, error=refusal)


async def measure_log(runtime: Runtime) -> None:
    """Every replica tells of the one log: take the largest."""
    reading = runtime.uow.reading()
    newest, head = await newest_checkpoint(reading), await head_of(reading)
    LOG_SIZE.set(head.size)
    UNSIGNED.set(head.size - (newest.size if newest else 0))
    HEAD_AGE.set((reading.now - newest.at).total_seconds() if newest else 0)
    oldest = await waiting(reading, 1)
    since = [reading.now - datetime.fromisoformat(each.received_at) for each in oldest]
    LOG_WAITING.set(max((age.total_seconds() for age in since), default=0))


async def compare_rows(runtime: Runtime) -> None:
    """Whether somebody changed a row beside the log; ids only, since rows tell of people."""
    differing = await differing_rows(runtime.uow)
    ROWS_DIFFER.set(len(differing))
    for each in differing:
        log.error("row_differs_from_log", what=each)


def workers(sweep_every_s: float, sign_every_s: float) -> Sequence[Worker]:
    return [
        Worker("sequencer", sequence_log, SEQUENCE_EVERY_S),
        Worker("log", sign_log, sign_every_s),
        Worker("log figures", measure_log, FIGURES_EVERY_S),
        Worker("rows", compare_rows, ROWS_EVERY_S),
        Worker("witnesses", ask_the_witnesses, min(sign_every_s, WITNESS_EVERY_S)),
        Worker("calendars", follow_calendars, PENDING_EVERY_S),
        Worker("indexes", compute_indexes, PENDING_EVERY_S),
        Worker("deadlines", pass_dates, sweep_every_s),
        Worker("vault keys", rewrap_keys, sweep_every_s),
        webhook_worker(WEBHOOKS),
    ]
