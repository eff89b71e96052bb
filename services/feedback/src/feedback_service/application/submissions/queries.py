"""What may be read of ratings, suggestions and praise."""

from collections.abc import Sequence

from congvu_kit.application.ports import Page, Transaction
from congvu_kit.application.reads import reads_of
from congvu_kit.application.refusals import require_there
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden
from congvu_kit.domain.reads import ReadEntry
from feedback_service.application.access import (
    is_submitter,
    listing_scope,
    may_read_comment,
    may_read_submission,
)
from feedback_service.application.collections import COMPLAINTS, SUBMISSIONS, UNITS
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import open_private_data
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.submissions.submission import Submission


async def find_submissions(
    ids: Sequence[str], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[Submission | None]:
    """One per id: None when it is not there, or not for this reader."""
    return [
        submission if submission and may_read_submission(vault, reader, submission) else None
        for submission in await tx.store(SUBMISSIONS).find_many(ids)
    ]


async def list_submissions(
    reader: Actor, tx: Transaction, unit_id: str | None, *, first: int, after: str | None
) -> Page[Submission]:
    """Newest first."""
    conditions = listing_scope(reader, unit_id)
    await require_there(tx.store(UNITS), unit_id, "unitId")
    return await tx.store(SUBMISSIONS).page(
        *conditions, order=["-received_on"], first=first, after=after
    )


async def list_reads(
    reader: Actor, tx: Transaction, owner_id: str, *, vault: Vault, first: int, after: str | None
) -> Page[ReadEntry]:
    """Whoever sent it, and auditors of the province; raise `Forbidden` for everybody else, and when
    there is nothing of this id: which of both is not told."""
    reader.require_login()
    submission = await tx.store(SUBMISSIONS).find(owner_id)
    owner = submission or await tx.store(COMPLAINTS).find(owner_id)
    if owner is None or not _may_see_reads(vault, reader, owner):
        raise Forbidden(
            en="only the sender and auditors",
            vi="Chỉ người gửi và người kiểm tra, giám sát được xem.",
        )
    return await reads_of(tx, owner_id, first=first, after=after)


def _may_see_reads(vault: Vault, reader: Actor, owner: Complaint | Submission) -> bool:
    audits = reader.has(Role.AUDITOR) and reader.province == owner.province
    return audits or is_submitter(vault, reader, owner)


async def comments_of(
    submissions: Sequence[Submission], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[str | None]:
    """One per submission: None when there is none (any more), or not for this reader."""
    readable = [each for each in submissions if may_read_comment(vault, reader, each)]
    opened = await open_private_data(tx, vault, readable, reader)
    comments = {each.id: plain.get("comment") for each, plain in zip(readable, opened, strict=True)}
    return [comments.get(each.id) for each in submissions]
