"""Steps of a commitment, each as one call."""

from dataclasses import replace
from datetime import date

from congvu_kit.application.perform import perform
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor
from feedback import people
from feedback.scenes import new_key
from feedback_service.application.commitments import (
    AmendCommitment,
    AssessCommitment,
    Promise,
    PublishCommitment,
    RateCommitment,
    ReportCommitment,
)
from feedback_service.application.office import Office
from feedback_service.domain.commitments import Commitment, Outcome

PROMISE = Promise(
    text="Trả kết quả đăng ký khai sinh trong ngày",
    target="98 % hồ sơ trong ngày",
    due=date(2026, 9, 30),
    beneficiaries="Người dân trong phường",
    milestones=("Tháng 8: 90 %",),
)


async def publish(
    uow: UnitOfWork, office: Office, actor: Actor = people.CHAIR, promise: Promise = PROMISE
) -> Commitment:
    command = PublishCommitment(actor=actor, idempotency_key=new_key(), promise=promise)
    return await perform(office.commitments.publish_commitment, command, uow, Commitment)


async def amend(
    uow: UnitOfWork, office: Office, commitment: Commitment, actor: Actor = people.CHAIR
) -> Commitment:
    command = AmendCommitment(
        actor=actor,
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        expected_revision=commitment.rev,
        promise=replace(PROMISE, target="95 % hồ sơ trong ngày", due=date(2026, 10, 31)),
        reason="Phần mềm nâng cấp chậm",
    )
    return await perform(office.commitments.amend_commitment, command, uow, Commitment)


async def report(
    uow: UnitOfWork, office: Office, commitment: Commitment, *, done: bool
) -> Commitment:
    command = ReportCommitment(
        actor=people.CHAIR,
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        expected_revision=commitment.rev,
        note="Đạt 98,4 %",
        evidence=("https://phuong.example/bao-cao",),
        done=done,
    )
    return await perform(office.commitments.report_commitment, command, uow, Commitment)


async def assess(
    uow: UnitOfWork,
    office: Office,
    commitment: Commitment,
    outcome: Outcome = Outcome.VERIFIED_MET,
    actor: Actor = people.BOARD,
) -> Commitment:
    command = AssessCommitment(
        actor=actor,
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        expected_revision=commitment.rev,
        outcome=outcome,
        reason="Đối chiếu số liệu một cửa",
    )
    return await perform(office.commitments.assess_commitment, command, uow, Commitment)


def score(commitment: Commitment, given: int, *, token: str = "dan-1") -> RateCommitment:
    return RateCommitment(
        actor=people.PORTAL,
        idempotency_key=new_key(),
        commitment_id=commitment.id,
        submitter_token=token,
        score=given,
    )


async def rate(uow: UnitOfWork, office: Office, command: RateCommitment) -> Commitment:
    return await perform(office.commitments.rate_commitment, command, uow, Commitment)
