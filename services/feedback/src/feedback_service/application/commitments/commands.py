"""Use cases of leaders' public commitments."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.access import submitter
from feedback_service.application.collections import COMMITMENT_RATINGS, COMMITMENTS, PERSON_DAYS
from feedback_service.application.copies.queries import province_of
from feedback_service.application.log.binding import RATING_ROW, row_hash
from feedback_service.application.log.entries import PUBLIC_LOG, log, next_number
from feedback_service.application.needs import Vault
from feedback_service.application.submissions.intake import day_id
from feedback_service.domain.commitments.commitment import (
    Commitment,
    CommitmentOutcome,
    CommitmentVersion,
    Progress,
)
from feedback_service.domain.commitments.rating import CommitmentRating
from feedback_service.domain.common.texts import public_text
from feedback_service.domain.log.entry import SALT_BYTES, ActorClass, EntryType
from feedback_service.domain.submissions.rating_limits import PersonDay, RatingLimits

LIST_MAX = 20
"""Most milestones or pieces of evidence in one step."""


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """What is promised: measurable, dated, and for whom."""

    text: str
    target: str
    due: date
    beneficiaries: str
    milestones: tuple[str, ...]


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
    """Progress with its evidence; `done` claims that the target is reached."""

    operation: ClassVar[str] = "report_commitment"

    note: str
    evidence: tuple[str, ...]
    done: bool


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
    actor = command.actor
    actor.require(Role.UNIT_HEAD)
    if actor.officer is None or actor.unit is None:
        raise Forbidden(
            en="the token names no officer and unit", vi="token không nêu công chức và đơn vị"
        )
    province = await province_of(tx, actor.unit)
    actor.require_province(province)
    today = business_date(tx.now)
    commitment = Commitment(
        id=new_id("cmt"),
        province=province,
        unit_id=actor.unit,
        leader_id=actor.officer,
        versions=(),
        salt=secrets.token_hex(SALT_BYTES),
        due=command.pledge.due,
    )
    sequence = await next_number(tx)
    version = _version(commitment, command.pledge, today, reason=None, sequence=sequence)
    commitment.versions = (version,)
    await _log_version(tx, commitment, EntryType.COMMITMENT_PUBLISHED)
    commitment.publish()
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


async def amend_commitment(command: AmendCommitment, tx: Transaction) -> Commitment:
    commitment = await _as_leader(tx, command)
    today = business_date(tx.now)
    reason = public_text(command.reason, field="input.reason")
    sequence = await next_number(tx)
    version = _version(commitment, command.pledge, today, reason=reason, sequence=sequence)
    commitment.amend(version, today)
    await _log_version(tx, commitment, EntryType.COMMITMENT_AMENDED)
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


async def report_commitment(command: ReportCommitment, tx: Transaction) -> Commitment:
    commitment = await _as_leader(tx, command)
    today = business_date(tx.now)
    note = public_text(command.note, field="input.note")
    evidence = _lines(command.evidence, field="input.evidence")
    done = command.done
    sequence = await next_number(tx)
    step = Progress(on=today, note=note, evidence=evidence, log_sequence=sequence)
    commitment.report(step, done=done, today=today)
    await log(
        tx,
        commitment,
        EntryType.COMMITMENT_CLAIMED_DONE if done else EntryType.COMMITMENT_PROGRESSED,
        ActorClass.UNIT_HEAD,
        note=note,
        evidence="\n".join(evidence),
    )
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


async def assess_commitment(command: AssessCommitment, tx: Transaction) -> Commitment:
    """Met, partly or missed: said by somebody outside the unit."""
    command.actor.require(Role.REVIEW_BOARD)
    commitment = await tx.store(COMMITMENTS).get(command.commitment_id)
    commitment.require_outside(command.actor)
    commitment.expect_revision(command.expected_revision)
    reason = public_text(command.reason, field="input.reason")
    sequence = await next_number(tx)
    commitment.assess(command.outcome, reason, business_date(tx.now), sequence)
    await log(
        tx,
        commitment,
        EntryType.COMMITMENT_ASSESSED,
        ActorClass.REVIEW_BOARD,
        outcome=command.outcome,
        why=reason,
    )
    await tx.store(COMMITMENTS).save(commitment)
    return commitment


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
            vi="cổng dịch vụ không đánh giá cam kết",
            rule_id="F-I10",
        )
    commitment = await tx.store(COMMITMENTS).get(command.commitment_id)
    token = submitter(actor, None, province=commitment.province)
    if actor.officer is not None and actor.officer == commitment.leader_id:
        raise Forbidden(
            en="nobody rates their own commitment", vi="không được tự đánh giá cam kết của mình"
        )
    person = vault.person(commitment.salt, token)
    if await _rated_until(tx, command, person):
        return commitment
    today = business_date(tx.now)
    id = day_id(vault, token, today)
    day = await tx.store(PERSON_DAYS).find(id) or PersonDay(id=id, on=today)
    day.add(limits)
    await tx.store(PERSON_DAYS).save(day)
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


async def _rated_until(tx: Transaction, command: RateCommitment, person: str) -> bool:
    first = await tx.store(COMMITMENT_RATINGS).first(
        Eq("commitment_id", command.commitment_id), Eq("person", person)
    )
    if first is not None and first.score != command.score:
        raise Conflict(
            en="this person already rated this commitment, and the first rating stands",
            vi="người này đã đánh giá cam kết này; đánh giá đầu tiên được giữ nguyên",
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


def _version(
    commitment: Commitment, pledge: Pledge, today: date, *, reason: str | None, sequence: int
) -> CommitmentVersion:
    if pledge.due <= today:
        raise Invalid(
            en="must lie in the future",
            vi="phải là ngày trong tương lai",
            field="input.pledge.due",
            rule_id="F-I8",
        )
    return CommitmentVersion(
        number=len(commitment.versions) + 1,
        text=public_text(pledge.text, field="input.pledge.text"),
        target=public_text(pledge.target, field="input.pledge.target"),
        due=pledge.due,
        beneficiaries=public_text(pledge.beneficiaries, field="input.pledge.beneficiaries"),
        milestones=_lines(pledge.milestones, field="input.pledge.milestones"),
        published_on=today,
        log_sequence=sequence,
        reason=reason,
    )


def _lines(values: tuple[str, ...], *, field: str) -> tuple[str, ...]:
    if len(values) > LIST_MAX:
        raise Invalid(en=f"at most {LIST_MAX}", vi=f"tối đa {LIST_MAX}", field=field)
    return tuple(public_text(value, field=f"{field}.{n}") for n, value in enumerate(values))


async def _log_version(tx: Transaction, commitment: Commitment, type: EntryType) -> None:
    version = commitment.current
    fields = {
        "leader": commitment.leader_id,
        "version": str(version.number),
        "text": version.text,
        "target": version.target,
        "due": version.due.isoformat(),
        "beneficiaries": version.beneficiaries,
        "milestones": "\n".join(version.milestones),
        "why": version.reason or "",
    }
    given = {name: value for name, value in fields.items() if value}
    await log(tx, commitment, type, ActorClass.UNIT_HEAD, **given)
