"""Short ways to a result from before the platform."""

from datetime import date
from decimal import Decimal
from typing import Any

from congvu_kit.application.documents import adapter
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation.people import ADMIN, BOARD, LAN_ID
from evaluation.scenes import key
from evaluation_service.application.collections import PRIOR_RESULTS
from evaluation_service.application.transfers import commands
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.transfers.prior_results import (
    PriorDocument,
    PriorFacts,
    PriorResult,
)

HASH = "5e" * 32
ROW = {
    "civilServantId": LAN_ID,
    "facts": {
        "kind": "YEAR",
        "startsOn": "2025-01-01",
        "endsOn": "2026-01-01",
        "policy": "ND335-2025-STAFF",
        "total": "65",
        "band": "HT",
        "unitName": "UBND xã cũ",
        "document": {"number": "283/QĐ-UBND", "issuedOn": "2026-01-05", "hash": HASH},
    },
}


def facts(**changes: object) -> PriorFacts:
    values: dict[str, Any] = {
        "kind": PeriodKind.YEAR,
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2026, 1, 1),
        "policy": "ND335-2025-STAFF",
        "total": Decimal(65),
        "band": "HT",
        "unit_name": "UBND xã cũ",
        "document": PriorDocument(number="283/QĐ-UBND", issued_on=date(2026, 1, 5), hash=HASH),
    }
    return adapter(PriorFacts).validate_python(values | changes)


async def imported(
    uow: UnitOfWork, *said: PriorFacts, person: str = LAN_ID, actor: Actor = ADMIN
) -> commands.PriorReport:
    command = commands.ImportPriorResults(
        actor=actor,
        idempotency_key=key(),
        rows=tuple(commands.PriorRow(civil_servant_id=person, facts=each) for each in said),
    )
    return await perform(commands.import_prior_results, command, uow)


async def entered(uow: UnitOfWork, **changes: object) -> PriorResult:
    [row] = (await imported(uow, facts(**changes))).results
    assert row.id is not None, row
    return await uow.reading().store(PRIOR_RESULTS).get(row.id)


async def decided(
    uow: UnitOfWork, prior: PriorResult, *, confirmed: bool = True, actor: Actor = BOARD
) -> PriorResult:
    command = commands.DecidePriorResult(
        actor=actor,
        idempotency_key=key(),
        prior_result_id=prior.id,
        expected_revision=prior.revision,
        confirmed=confirmed,
        reason="Đã đối chiếu hồ sơ",
    )
    return await perform(commands.decide_prior_result, command, uow)
