"""Everything that can be asked of feedback, with what it needs, made once at start."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from feedback_service.application.commitments import Commitments
from feedback_service.application.complaint_decisions import ComplaintDecisions
from feedback_service.application.complaints import Complaints
from feedback_service.application.deadlines import Checkpointing
from feedback_service.application.people import PrivateStore
from feedback_service.application.ports import NoteSigner, Vault
from feedback_service.application.public_log import PublicLog
from feedback_service.application.submissions import Submissions
from feedback_service.domain.complaint_parts import Terms


@dataclass(frozen=True, kw_only=True)
class Office:
    """`turn` lets one writer of this process at a time go to the database: all append to one log,
    and 16 at once were measured at a quarter of the throughput of one, with refusals."""

    private: PrivateStore
    submissions: Submissions
    complaints: Complaints
    decisions: ComplaintDecisions
    commitments: Commitments
    public_log: PublicLog
    checkpointing: Checkpointing
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def of(
        cls, *, vault: Vault, signer: NoteSigner, terms: Terms, checkpoint_every: timedelta
    ) -> "Office":
        private = PrivateStore(vault)
        checkpointing = Checkpointing(signer, checkpoint_every)
        return cls(
            private=private,
            submissions=Submissions(private),
            complaints=Complaints(private, terms),
            decisions=ComplaintDecisions(),
            commitments=Commitments(private),
            public_log=PublicLog(checkpointing),
            checkpointing=checkpointing,
        )
