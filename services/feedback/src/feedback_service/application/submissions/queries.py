"""What may be read of ratings, suggestions and praise."""

from collections.abc import Sequence

from congvu_kit.application.ports import Page, Transaction
from congvu_kit.domain.actor import Actor
from feedback_service.application.access import (
    listing_scope,
    may_read_comment,
    may_read_submission,
)
from feedback_service.application.collections import SUBMISSIONS
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.private_data import open_private_data
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
    reader: Actor, tx: Transaction, *, unit_id: str | None, first: int, after: str | None
) -> Page[Submission]:
    """Newest first."""
    conditions = listing_scope(reader, unit_id)
    return await tx.store(SUBMISSIONS).page(
        *conditions, order=["-received_on"], first=first, after=after
    )


async def comments_of(
    submissions: Sequence[Submission], reader: Actor, tx: Transaction, *, vault: Vault
) -> list[str | None]:
    """One per submission: None when there is none (any more), or not for this reader."""
    readable = [each.id for each in submissions if may_read_comment(vault, reader, each)]
    opened = await open_private_data(tx, vault, readable)
    comments = {id: plain.get("comment") for id, plain in zip(readable, opened, strict=True)}
    return [comments.get(each.id) for each in submissions]
