"""Nobody's silence takes a right away: what was not answered in time is granted."""

from congvu_kit.application.perform import again
from congvu_kit.application.ports import Eq, Lt, UnitOfWork
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.vietnamese import vi_text
from feedback_service.application.collections import DATA_REQUESTS
from feedback_service.application.data_requests.commands import carry_out
from feedback_service.application.needs import Erasures, Vault
from feedback_service.domain.data_requests.data_request import DataRequestState
from feedback_service.domain.log.entry import ActorClass

BATCH = 100
"""Rows looked at in one step; the next step takes the rest."""


async def pass_data_request_dates(uow: UnitOfWork, vault: Vault, erasures: Erasures) -> int:
    """Grant the requests that the board left; how many."""
    reading = uow.reading()
    overdue = await reading.store(DATA_REQUESTS).select(
        Eq("state", DataRequestState.RECEIVED),
        Lt("answer_by", business_date(reading.now).isoformat()),
        limit=BATCH,
    )
    return sum([await _grant(uow, each.id, vault, erasures) for each in overdue])


@again
async def _grant(uow: UnitOfWork, request_id: str, vault: Vault, erasures: Erasures) -> bool:
    async with uow.begin() as tx:
        request = await tx.store(DATA_REQUESTS).get(request_id)
        today = business_date(tx.now)
        due = request.overdue(today)
        if due:
            why = f"Quá hạn trả lời (ngày {vi_text(request.answer_by)})."
            request.answer(ground=None, reason=why, by=None, on=today)
            await carry_out(tx, request, ActorClass.PLATFORM, vault=vault, erasures=erasures)
    return due
