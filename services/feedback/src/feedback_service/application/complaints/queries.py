"""What may be read of complaints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Eq, Page, Transaction
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.clock import business_date
from feedback_service.application.access import (
    listing_scope,
    may_read_complaint,
    may_read_details,
)
from feedback_service.application.collections import COMPLAINTS, LOG_ENTRIES, UNITS
from feedback_service.application.needs import LogSigner, Vault
from feedback_service.application.submissions.private_data import open_private_data
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import ComplaintState
from feedback_service.domain.log.entry import LogEntry, entry_id
from feedback_service.domain.log.receipt import number_of, receipt_text


@dataclass(frozen=True, kw_only=True)
class ComplaintDetails:
    """What was complained of, in the complainant's own text; it is gone after an erasure."""

    text: str | None
    attachments: tuple[str, ...]
    dispute_reasons: tuple[str, ...]
    civil_servant_id: str | None
    dossier_code: str | None


@dataclass(frozen=True, kw_only=True)
class SubmitterIdentity:
    name: str | None
    contact: str | None


async def find_complaints(
    ids: Sequence[str], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[Complaint | None]:
    """One per id: None when it is not there, or not for this reader; which of both is not told."""
    return [
        complaint if complaint and may_read_complaint(vault, reader, complaint) else None
        for complaint in await tx.store(COMPLAINTS).find_many(ids)
    ]


async def find_by_receipt(
    receipts: Sequence[str], reader: Actor, tx: Transaction, *, signer: LogSigner
) -> list[Complaint | None]:
    """For everybody: an entry's receipt is public, and so is what is shown of a complaint."""
    del reader
    written = [each.replace("\r", "") for each in receipts]
    numbers = [number_of(each) for each in written]
    entries = await tx.store(LOG_ENTRIES).find_many([entry_id(each) for each in numbers])
    subjects = [
        entry.subject if entry and _receipt(entry, signer.origin) in given else ""
        for entry, given in zip(entries, written, strict=True)
    ]
    return await tx.store(COMPLAINTS).find_many(subjects)


def _receipt(entry: LogEntry, origin: str) -> str:
    return receipt_text(
        origin, sequence=entry.number, leaf=entry.hash, subject=entry.subject, at=entry.at
    )


async def list_complaints(
    reader: Actor,
    tx: Transaction,
    *,
    unit_id: str | None,
    state: ComplaintState | None,
    first: int,
    after: str | None,
) -> Page[Complaint]:
    """Newest first."""
    conditions = listing_scope(reader, unit_id)
    await require_there(tx.store(UNITS), unit_id, "filter.unitId")
    if state is not None:
        conditions.append(Eq("state", state))
    return await tx.store(COMPLAINTS).page(
        *conditions, order=["-filed_on"], first=first, after=after
    )


async def details_of(
    complaints: Sequence[Complaint], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[ComplaintDetails | None]:
    """One per complaint; None for whom they are not (F-I3)."""
    readable = [each for each in complaints if may_read_details(vault, reader, each)]
    opened = await open_private_data(tx, vault, readable, reader)
    plain = {each.id: said for each, said in zip(readable, opened, strict=True)}
    return [_details(each, plain[each.id]) if each.id in plain else None for each in complaints]


def _details(complaint: Complaint, plain: dict[str, str]) -> ComplaintDetails:
    reasons = [plain.get(f"dispute_{n + 1}") for n in range(complaint.disputes)]
    return ComplaintDetails(
        text=plain.get("text"),
        attachments=tuple(plain.get("attachments", "").splitlines()),
        dispute_reasons=tuple(reason for reason in reasons if reason),
        civil_servant_id=complaint.civil_servant_id,
        dossier_code=complaint.dossier_code,
    )


async def submitters_of(
    complaints: Sequence[Complaint], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[SubmitterIdentity | None]:
    """Who complained, for somebody to whom it was disclosed today."""
    today = business_date(tx.now)
    disclosed = [each for each in complaints if each.disclosed_to(reader.subject, today)]
    opened = await open_private_data(tx, vault, disclosed, reader)
    shown = {
        each.id: SubmitterIdentity(name=plain.get("name"), contact=plain.get("contact"))
        for each, plain in zip(disclosed, opened, strict=True)
    }
    return [shown.get(each.id) for each in complaints]


NEWEST = 100
"""Complaints whose time to an answer is measured."""


@dataclass(frozen=True, kw_only=True)
class ComplaintOverview:
    """Of a unit with those below it: how many stand where, and of the newest answered ones how many
    calendar days the first answer took: half of them, and nine in ten, no longer than so."""

    states: Mapping[str, int]
    answered: int
    half_within: int | None
    most_within: int | None


async def overview(tx: Transaction, unit_id: str) -> ComplaintOverview:
    """For everybody: the public log tells the same, one complaint after the other."""
    within, store = Eq("unit_path", unit_id), tx.store(COMPLAINTS)
    await require_there(tx.store(UNITS), unit_id, "unitId")
    newest = await store.page(within, order=["-filed_on"], first=NEWEST, after=None)
    took = sorted(
        (each.answered_on - each.filed_on).days
        for each in newest.items
        if each.answered_on is not None
    )
    return ComplaintOverview(
        states=await store.count_by("state", within),
        answered=len(took),
        half_within=took[(len(took) - 1) // 2] if took else None,
        most_within=took[(9 * len(took) - 1) // 10] if took else None,
    )
