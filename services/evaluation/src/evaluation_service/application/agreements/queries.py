"""Looking agreements up: published ones by anybody, others by who sees the person."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from evaluation_service.application.access import only_seen, reach
from evaluation_service.application.collections import AGREEMENTS, UNITS, equal
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import AgreementKind
from evaluation_service.domain.agreements.versions import AgreementState


@dataclass(frozen=True, kw_only=True)
class AgreementFilter:
    civil_servant_id: str | None = None
    unit_id: str | None = None
    kind: AgreementKind | None = None
    state: AgreementState | None = None


async def find_agreements(
    ids: Sequence[str], reader: Actor, tx: Transaction
) -> list[Agreement | None]:
    """One per id: None when it is not there, or not for this reader."""
    return await only_seen(await tx.store(AGREEMENTS).find_many(ids), reader, tx)


async def list_agreements(
    reader: Actor, tx: Transaction, wanted: AgreementFilter, *, first: int, after: str | None
) -> Page[Agreement]:
    """Own ones, or of those whom the caller leads or whose province it is."""
    theirs = await reach(reader, "unit_path", tx)
    await require_there(tx.store(UNITS), wanted.unit_id, "filter.unitId")
    return await tx.store(AGREEMENTS).page(
        *theirs,
        *equal(
            civil_servant_id=wanted.civil_servant_id,
            unit_path=wanted.unit_id,
            kind=wanted.kind,
            state=wanted.state,
        ),
        order=["starts_on"],
        first=first,
        after=after,
    )


async def list_published(
    tx: Transaction, unit_id: str | None, *, first: int, after: str | None
) -> Page[Agreement]:
    """For everybody; of a unit and all below it, if one is named."""
    await require_there(tx.store(UNITS), unit_id, "unitId")
    return await tx.store(AGREEMENTS).page(
        Eq("extra.public", True),
        *equal(unit_path=unit_id),
        order=["starts_on"],
        first=first,
        after=after,
    )
