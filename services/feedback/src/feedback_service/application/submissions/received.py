"""A submission as the public log tells it, and as its receipt promises it."""

from feedback_service.application.log.binding import ROW, row_hash
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact
from feedback_service.domain.submissions.submission import Submission


def received(submission: Submission) -> PublicFact:
    fields = {
        "province": submission.province,
        "unit": submission.unit_id,
        ROW: row_hash(submission) or "",
        "path": ",".join(submission.unit_path),
        "kind": submission.kind.value,
        "procedure": submission.procedure_code or "",
        "answer": submission.answer.value if submission.answer else "",
        "drivers": ",".join(submission.drivers),
        "channel": submission.channel.value,
        "on": submission.received_on.isoformat(),
        "round": submission.round_id or "",
    }
    awaited = submission.awaits is not None
    return PublicFact(
        type=EntryType.RATING_AWAITED if awaited else EntryType.SUBMISSION_RECEIVED,
        by=ActorClass.SUBMITTER,
        subject=submission.id,
        fields={name: value for name, value in fields.items() if value},
        at=submission.received_at,
        seed=submission.salt,
    )
