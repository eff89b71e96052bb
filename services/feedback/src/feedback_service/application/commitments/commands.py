"""Use cases of leaders' public commitments."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.access import submitter
from feedback_service.application.collections import COMMITMENT_RATINGS, COMMITMENTS, PERSON_DAYS
from feedback_service.application.commitments.pledges import (
    lines,
    log_version,
    publish,
    version_of,
)
from feedback_service.application.copies.queries import unit_path
from feedback_service.application.log.binding import RATING_ROW, row_hash
from feedback_service.application.log.entries import PUBLIC_LOG, log, next_number
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.intake import day_id
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.draft import Pledge
from feedback_service.domain.commitments.rating import CommitmentRating
from feedback_service.domain.commitments.values import CommitmentOutcome, Progress
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.log.entry import ActorClass, EntryType
from feedback_service.domain.submissions.rating_limits import PersonDay, RatingLimits

PERCENT_MAX = 100


@dataclass(frozen=True, kw_only=True)
class PublishCommitment(Command):
    operation: ClassVar[str] = "publish_commitment"
    turn: ClassVar[str] = PUBLIC_LOG

    pledge: Pledge


@dataclass(frozen=True, kw_only=True)
class CommitmentCommand(RevisedCommand):
    turn: ClassVar[str] = PUBLIC_LOG

    commitment_id: str


@dataclass(frozen=True, kw_only=True)
class AmendCommitment(CommitmentCommand):
    operation: ClassVar[str] = "amend_commitment"

    pledge: Pledge
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportCommitment(CommitmentCommand):
    """Progress with its evidence; `done` claims that the target is reached, `milestone` that this
    one of the version in force is."""

    operation: ClassVar[str] = "report_commitment"

    note: str
    evidence: tuple[str, ...]
    done: bool
    percent: int | None = None
    milestone: int | None = None


@dataclass(frozen=True, kw_only=True)
class AssessCommitment(CommitmentCommand):
    operation: ClassVar[str] = "assess_commitment"

    outcome: CommitmentOutcome
    reason: str


@dataclass(frozen=True, kw_only=True)
class RateCommitment(Command):
    operation: ClassVar[str] = "rate_commitment"
    turn: ClassVar[str] = PUBLIC_LOG

    commitment_id: str
    score: int


async def publish_commitment(command: PublishCommitment, tx: Transaction) -> Commitment:
    """By the head of a unit, about that unit. It can be amended or missed, never withdrawn."""
    return await publish(command.actor, command.pledge, tx)


async def amend_commitment(command: AmendCommitment, tx: Transaction) -> Commitment:
    commitment = await _as_leader(tx, command)
    today = business_date(tx.now)
    reason = public_text(command.reason, field="input.reason")
    sequence = await next_number(tx)
    version = version_of(commitment, command.pledge, today, reason=reason, sequence=sequence)
    commitment.amend(version, today)
    await log_version(tx, commitment, EntryType.COMMITMENT_AMENDED)
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


async def report_commitment(command: ReportCommitment, tx: Transaction) -> Commitment:
    commitment = await _as_leader(tx, command)
    today = business_date(tx.now)
    note = public_text(command.note, field="input.note")
    evidence = lines(command.evidence, field="input.evidence")
    done = command.done
    sequence = await next_number(tx)
    step = Progress(
        on=today,
        note=note,
        evidence=evidence,
        log_sequence=sequence,
        percent=_percent(command.percent),
        milestone=_reached(commitment, command.milestone, evidence),
    )
    commitment.report(step, done=done, today=today)
    await log(
        tx,
        commitment,
        EntryType.COMMITMENT_CLAIMED_DONE if done else EntryType.COMMITMENT_PROGRESSED,
        ActorClass.UNIT_HEAD,
        note=note,
        evidence="\n".join(evidence),
        **({} if step.percent is None else {"percent": str(step.percent)}),
        **({} if step.milestone is None else {"milestone": step.milestone}),
    )
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


async def assess_commitment(command: AssessCommitment, tx: Transaction) -> Commitment:
    """Met, partly or missed: said by somebody outside the unit, and held against what those say who
    rated it."""
    command.actor.require(Role.REVIEW_BOARD, Role.UNIT_HEAD)
    commitment = await tx.store(COMMITMENTS).get(command.commitment_id)
    commitment.require_outside(command.actor)
    by = await _capacity(command.actor, commitment, tx)
    commitment.expect_revision(command.expected_revision)
    reason = public_text(command.reason, field="input.reason")
    sequence = await next_number(tx)
    commitment.assess(command.outcome, reason, business_date(tx.now), sequence)
    await log(
        tx,
        commitment,
        EntryType.COMMITMENT_ASSESSED,
        by,
        outcome=commitment.state,
        why=reason,
        **({"found": command.outcome, "citizens": said} if (said := commitment.citizens) else {}),
    )
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


async def _capacity(actor: Actor, commitment: Commitment, tx: Transaction) -> ActorClass:
    if actor.has(Role.REVIEW_BOARD):
        return ActorClass.REVIEW_BOARD
    _, *above = await unit_path(tx, commitment.unit_id, field=None)
    if actor.unit not in above:
        raise Forbidden(
            en="only the head of a unit above, or the review board",
            vi="Chỉ thủ trưởng đơn vị cấp trên hoặc Hội đồng đánh giá, xếp loại được thẩm "
            "tra, kết luận cam kết.",
        )
    return ActorClass.SUPERIOR


async def rate_commitment(
    command: RateCommitment, tx: Transaction, *, vault: Vault, limits: RatingLimits
) -> Commitment:
    """One score per verified person; a retry changes nothing (F-I4). Only with one's own token:
    a promise has no dossier that would tell a person from an invented one (F-I10)."""
    actor = command.actor
    actor.require(Role.CITIZEN)
    if actor.has(Role.SERVICE_PORTAL):
        raise Forbidden(
            en="a portal rates no promise",
            vi="Cổng Dịch vụ công không chấm điểm cam kết.",
            rule_id="F-I10",
        )
    commitment = await tx.store(COMMITMENTS).get(command.commitment_id)
    token = submitter(actor, None, province=commitment.province)
    if actor.officer is not None and actor.officer == commitment.leader_id:
        raise Forbidden(
            en="nobody rates their own commitment", vi="Không được tự chấm điểm cam kết của mình."
        )
    person = vault.person(commitment.salt, token)
    if await _rated_until(tx, command, person):
        return commitment
    today = business_date(tx.now)
    await _count_day(tx, day_id(vault, token, today), today, limits)
    commitment.rate(command.score)
    rating = CommitmentRating(
        id=new_id("rtg"),
        commitment_id=commitment.id,
        person=person,
        score=command.score,
        on=today,
        log_sequence=await next_number(tx),
    )
    score, row = str(command.score), row_hash(rating) or ""
    told = {"score": score, "on": today.isoformat(), RATING_ROW: row}
    await log(tx, commitment, EntryType.COMMITMENT_RATED, ActorClass.SUBMITTER, **told)
    await tx.store(COMMITMENT_RATINGS).save(rating)
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


async def _count_day(tx: Transaction, id: str, on: date, limits: RatingLimits) -> None:
    day = await tx.store(PERSON_DAYS).find(id) or PersonDay(id=id, on=on)
    day.add(limits)
    await tx.store(PERSON_DAYS).save(day)


async def _rated_until(tx: Transaction, command: RateCommitment, person: str) -> bool:
    first = await tx.store(COMMITMENT_RATINGS).first(
        Eq("commitment_id", command.commitment_id), Eq("person", person)
    )
    if first is not None and first.score != command.score:
        raise Conflict(
            en="this person already rated this commitment, and the first rating stands",
            vi="Người này đã chấm điểm cam kết này; điểm đầu tiên được giữ nguyên.",
            field="input.score",
            rule_id="F-I4",
        )
    return first is not None


async def _as_leader(tx: Transaction, command: CommitmentCommand) -> Commitment:
    command.actor.require(Role.UNIT_HEAD)
    commitment = await tx.store(COMMITMENTS).get(command.commitment_id)
    command.actor.require_province(commitment.province)
    command.actor.require_unit([commitment.unit_id])
    commitment.require_leader(command.actor)
    commitment.expect_revision(command.expected_revision)
    return commitment


def _percent(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= PERCENT_MAX:
        raise Invalid(en="must be 0 to 100", vi="Phải từ 0 đến 100.", field="input.percent")
    return value


def _reached(commitment: Commitment, number: int | None, evidence: tuple[str, ...]) -> str | None:
    """The milestone in its own words, which a later version may change."""
    if number is None:
        return None
    text = commitment.milestone(number)
    if not evidence:
        raise Invalid(
            en="a milestone is reached with evidence",
            vi="Mốc đạt được phải có minh chứng.",
            field="input.evidence",
        )
    return text
