"""Steps of a commitment, each as one call."""

from dataclasses import replace
from datetime import date
from typing import Any

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from feedback import people
from feedback.scenes import new_key
from feedback_service.application.commitments.commands import (
    AmendCommitment,
    AssessCommitment,
    PublishCommitment,
    RateCommitment,
    ReportCommitment,
    amend_commitment,
    assess_commitment,
    publish_commitment,
    rate_commitment,
    report_commitment,
)
from feedback_service.application.commitments.drafts import DraftCommitment, draft_commitment
from feedback_service.application.needs import Needs
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.draft import CommitmentDraft, Pledge
from feedback_service.domain.commitments.values import CommitmentOutcome

PLEDGE = Pledge(
    text="Trả kết quả đăng ký khai sinh trong ngày",
    target="98 % hồ sơ trong ngày",
    due=date(2026, 9, 30),
    beneficiaries="Người dân trong phường",
    milestones=("Tháng 8: 90 %",),
)


async def publish(
    uow: UnitOfWork, needs: Needs, actor: Actor = people.CHAIR, pledge: Pledge = PLEDGE
) -> Commitment:
    command = PublishCommitment(actor=actor, idempotency_key=new_key(), pledge=pledge)
    return await perform(publish_commitment, command, uow, needs=needs)


async def draft(
    uow: UnitOfWork, needs: Needs, pledge: Pledge = PLEDGE, actor: Actor = people.CHAIR
) -> CommitmentDraft:
    command = DraftCommitment(actor=actor, idempotency_key=new_key(), pledge=pledge)
    return await perform(draft_commitment, command, uow, needs=needs)


async def amend(
    uow: UnitOfWork, needs: Needs, commitment: Commitment, actor: Actor = people.CHAIR
) -> Commitment:
    command = AmendCommitment(
        actor=actor,
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        expected_revision=commitment.revision,
        pledge=replace(PLEDGE, target="95 % hồ sơ trong ngày", due=date(2026, 10, 31)),
        reason="Phần mềm nâng cấp chậm",
    )
    return await perform(amend_commitment, command, uow, needs=needs)


async def report(
    uow: UnitOfWork,
    needs: Needs,
    commitment: Commitment,
    *,
    done: bool,
    actor: Actor = people.CHAIR,
    **given: Any,
) -> Commitment:
    command = ReportCommitment(
        actor=actor,
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        expected_revision=commitment.revision,
        note="Đạt 98,4 %",
        done=done,
        **{"evidence": ("https://phuong.example/bao-cao",), **given},
    )
    return await perform(report_commitment, command, uow, needs=needs)


async def assess(
    uow: UnitOfWork,
    needs: Needs,
    commitment: Commitment,
    outcome: CommitmentOutcome = CommitmentOutcome.VERIFIED_MET,
    actor: Actor = people.BOARD,
) -> Commitment:
    command = AssessCommitment(
        actor=actor,
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        expected_revision=commitment.revision,
        outcome=outcome,
        reason="Đối chiếu số liệu một cửa",
    )
    return await perform(assess_commitment, command, uow, needs=needs)


def score(commitment: Commitment, given: int, *, token: str = "dan-1") -> RateCommitment:
    return RateCommitment(
        actor=people.person(token, Role.CITIZEN, province=None),
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        score=given,
    )


async def rate(uow: UnitOfWork, needs: Needs, command: RateCommitment) -> Commitment:
    return await perform(rate_commitment, command, uow, needs=needs)
