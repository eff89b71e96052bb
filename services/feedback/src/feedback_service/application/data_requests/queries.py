"""Requests about personal data, and what is kept, shown to who sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congvu_kit.application.ports import Condition, Eq, Not, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from feedback_service.application.access import is_submitter
from feedback_service.application.collections import DATA_REQUESTS, PRIVATE_KEYS, UNITS
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import open_all
from feedback_service.domain.data_requests.data_request import (
    DataRequest,
    DataRequestState,
    DataRight,
)

READERS = (Role.REVIEW_BOARD, Role.AUDITOR)


async def find_data_requests(
    ids: Sequence[str], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[DataRequest | None]:
    """One per id: None when it is not there, or not for this reader."""
    return [
        request if request and _may_read(vault, reader, request) else None
        for request in await tx.store(DATA_REQUESTS).find_many(ids)
    ]


def _may_read(vault: Vault, reader: Actor, request: DataRequest) -> bool:
    scoped = reader.has(*READERS) and reader.province == request.province
    about = reader.officer is not None and reader.officer in request.officers
    return (scoped and not about) or is_submitter(vault, reader, request)


async def list_data_requests(
    reader: Actor,
    tx: Transaction,
    unit_id: str | None,
    state: DataRequestState | None,
    *,
    first: int,
    after: str | None,
) -> Page[DataRequest]:
    """Of the reader's province, those to be answered first on top."""
    reader.require(*READERS)
    await require_there(tx.store(UNITS), unit_id, "unitId")
    conditions: list[Condition] = [Eq("province", reader.province)]
    if reader.officer is not None:
        conditions.append(Not(Eq("officers", reader.officer)))
    if unit_id is not None:
        conditions.append(Eq("unit_path", unit_id))
    if state is not None:
        conditions.append(Eq("state", state))
    return await tx.store(DATA_REQUESTS).page(
        *conditions, order=["answer_by"], first=first, after=after
    )


@dataclass(frozen=True, kw_only=True)
class KeptValue:
    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class KeptData:
    """What is kept of the sender: each thing, since when, and whether it is held back."""

    values: Sequence[KeptValue]
    since: date | None
    held: bool


async def kept_of(
    requests: Sequence[DataRequest], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[KeptData | None]:
    """One per request: what a granted SEE shows, to who sent it alone."""
    shown = [
        each
        for each in requests
        if each.right is DataRight.SEE
        and each.state is DataRequestState.GRANTED
        and is_submitter(vault, reader, each)
    ]
    opened = await open_all(tx, vault, [each.owner_id for each in shown])
    keys = await tx.store(PRIVATE_KEYS).find_many([each.owner_id for each in shown])
    kept = {
        request.id: KeptData(
            values=[KeptValue(name=name, value=value) for name, value in sorted(plain.items())],
            since=key.made_on if key else None,
            held=bool(key and key.held_by),
        )
        for request, key, plain in zip(shown, keys, opened, strict=True)
    }
    return [kept.get(each.id) for each in requests]
