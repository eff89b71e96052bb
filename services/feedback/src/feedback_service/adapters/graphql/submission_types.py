"""Ratings, suggestions and praise as the graph shows them."""

from datetime import date
from typing import Annotated, Self

import strawberry

from congvu_kit.graph import Problem
from feedback_service.adapters.graphql.context import Info
from feedback_service.adapters.graphql.index_types import OrgUnit
from feedback_service.adapters.graphql.private_reading import private_text
from feedback_service.application import submissions as cases
from feedback_service.application.visibility import may_read_comment
from feedback_service.domain import submissions
from feedback_service.domain.submissions import Answer, Channel, Driver, Kind, SubmitterType


@strawberry.type(description="What a citizen or business said (ý kiến); nothing tells who.")
class Submission:
    source: strawberry.Private[submissions.Submission]
    id: strawberry.ID = strawberry.field(description="Opaque id; the receipt to keep.")
    kind: Kind = strawberry.field(description="Rating, suggestion or praise.")
    unit: OrgUnit = strawberry.field(description="The unit it is about.")
    procedure_code: str | None = strawberry.field(description="The procedure rated.")
    answer: Answer | None = strawberry.field(description="The answer of a rating.")
    drivers: list[Driver] = strawberry.field(description="What the answer was about.")
    channel: Channel = strawberry.field(description="How it reached us.")
    submitter_type: SubmitterType = strawberry.field(description="Citizen or business.")
    received_on: date = strawberry.field(description="Day in Vietnam.")
    log_seq: int = strawberry.field(description="Its entry in the public log.")

    @strawberry.field(
        description="The words beside it. Read by the unit's management, board, auditor and "
        "sender; null for everybody else, and after an erasure."
    )
    async def comment(self, info: Info) -> str | None:
        vault = info.context.office.private.vault
        if not may_read_comment(vault, info.context.actor, self.source):
            return None
        return (await private_text(info, self.source.id)).get("comment")

    @classmethod
    def of(cls, submission: submissions.Submission) -> Self:
        return cls(
            source=submission,
            id=strawberry.ID(submission.id),
            kind=submission.kind,
            unit=OrgUnit(id=strawberry.ID(submission.unit_id)),
            procedure_code=submission.procedure_code,
            answer=submission.answer,
            drivers=list(submission.drivers),
            channel=submission.channel,
            submitter_type=submission.submitter_type,
            received_on=submission.received_on,
            log_seq=submission.log_seq,
        )


@strawberry.type(description="The private part of a submission was destroyed (xóa dữ liệu).")
class Erasure:
    owner_id: strawberry.ID = strawberry.field(description="The submission or complaint.")
    erased: bool = strawberry.field(description="False when there was nothing left to erase.")

    @classmethod
    def of(cls, erasure: cases.Erasure) -> Self:
        return cls(owner_id=strawberry.ID(erasure.owner_id), erased=erasure.erased)


SubmitSatisfactionResult = Annotated[
    Submission | Problem,
    strawberry.union("SubmitSatisfactionResult", description="The rating, or why not."),
]
SubmitSuggestionResult = Annotated[
    Submission | Problem,
    strawberry.union("SubmitSuggestionResult", description="The suggestion, or why not."),
]
ErasePrivateDataResult = Annotated[
    Erasure | Problem,
    strawberry.union("ErasePrivateDataResult", description="The erasure, or why not."),
]

TOKEN_TEXT = (
    "The verified person, from a portal only: the subject their own token would carry. "
    "It is kept as a salted commitment and nowhere in clear."
)
KEY_TEXT = "Chosen by the caller; the same key and body gives the first answer again."


@strawberry.input(description="A rating of how a dossier was handled (khảo sát hài lòng).")
class SubmitSatisfactionInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    dossier_code: str = strawberry.field(description="The dossier (mã hồ sơ).")
    answer: Answer = strawberry.field(description="One of the five steps.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN_TEXT)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    channel: Channel = strawberry.field(default=Channel.PORTAL, description="How it reached us.")
    drivers: list[Driver] = strawberry.field(
        default_factory=list, description="What the answer was about."
    )
    comment: str | None = strawberry.field(
        default=None, description="Words for the unit's management, kept private."
    )
    answered_on: date | None = strawberry.field(
        default=None, description="From a portal that collected the answer earlier; else today."
    )

    def command(self, info: Info) -> cases.SubmitSatisfaction:
        return cases.SubmitSatisfaction(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            dossier_code=self.dossier_code,
            submitter_token=self.submitter_token,
            submitter_type=self.submitter_type,
            channel=self.channel,
            answer=self.answer,
            drivers=tuple(self.drivers),
            comment=self.comment,
            answered_on=self.answered_on,
        )


@strawberry.input(description="A suggestion or praise for a unit (kiến nghị, khen ngợi).")
class SubmitSuggestionInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    unit_id: strawberry.ID = strawberry.field(description="The unit (đơn vị).")
    kind: Kind = strawberry.field(description="SUGGESTION or PRAISE.")
    text: str = strawberry.field(description="At most 4000 characters, kept private.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN_TEXT)
    submitter_type: SubmitterType = strawberry.field(
        default=SubmitterType.CITIZEN, description="Citizen or business."
    )
    channel: Channel = strawberry.field(default=Channel.PORTAL, description="How it reached us.")

    def command(self, info: Info) -> cases.SubmitSuggestion:
        return cases.SubmitSuggestion(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            unit_id=self.unit_id,
            kind=self.kind,
            submitter_token=self.submitter_token,
            submitter_type=self.submitter_type,
            channel=self.channel,
            text=self.text,
        )


@strawberry.input(description="Destroy the private part of a submission or complaint.")
class ErasePrivateDataInput:
    idempotency_key: str = strawberry.field(description=KEY_TEXT)
    owner_id: strawberry.ID = strawberry.field(description="The submission or complaint.")
    legal_basis: str = strawberry.field(description="Why, with the clause (căn cứ); public.")
    submitter_token: str | None = strawberry.field(default=None, description=TOKEN_TEXT)

    def command(self, info: Info) -> cases.ErasePrivateData:
        return cases.ErasePrivateData(
            actor=info.context.actor,
            idempotency_key=self.idempotency_key,
            owner_id=self.owner_id,
            submitter_token=self.submitter_token,
            legal_basis=self.legal_basis,
        )
