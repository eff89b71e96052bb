"""Use cases of leaders' public commitments."""

import secrets
from dataclasses import dataclass, replace
from datetime import date

from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from feedback_service.application.appending import append_one
from feedback_service.application.collections import COMMITMENT_RATINGS, COMMITMENTS, UNITS
from feedback_service.application.people import PrivateStore, submitter
from feedback_service.domain.commitments import (
    Commitment,
    CommitmentRating,
    CommitmentVersion,
    Outcome,
    Progress,
)
from feedback_service.domain.public_log import SALT_BYTES, ActorClass, EntryType, PublicFact
from feedback_service.domain.words import public_text

LIST_MAX = 20
"""Most milestones or pieces of evidence in one step."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What is promised: measurable, dated, and for whom."""

    text: str
    target: str
    due: date
    beneficiaries: str
    milestones: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PublishCommitment(Command):
    promise: Promise


@dataclass(frozen=True, kw_only=True)
class CommitmentCommand(Command):
    commitment_id: str
    expected_revision: int


@dataclass(frozen=True, kw_only=True)
class AmendCommitment(CommitmentCommand):
    promise: Promise
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportCommitment(CommitmentCommand):
    """Progress with its evidence; `done` claims that the target is reached."""

    note: str
    evidence: tuple[str, ...]
    done: bool


@dataclass(frozen=True, kw_only=True)
class AssessCommitment(CommitmentCommand):
    outcome: Outcome
    reason: str


@dataclass(frozen=True, kw_only=True)
class RateCommitment(Command):
    commitment_id: str
    submitter_token: str | None
    score: int


def public_fact(
    commitment: Commitment, type: EntryType, by: ActorClass, **fields: str
) -> PublicFact:
    about = {"province": commitment.province, "unit": commitment.unit_id}
    return PublicFact(type=type, by=by, subject=commitment.id, fields={**about, **fields})


@dataclass(frozen=True)
class Commitments:
    private: PrivateStore

    async def publish_commitment(self, command: PublishCommitment, tx: Transaction) -> Commitment:
        """By the head of a unit, about that unit. It can be amended or missed, never withdrawn."""
        actor = command.actor
        actor.require(Role.UNIT_HEAD)
        if actor.officer is None or actor.unit is None:
            raise Forbidden(
                en="the token names no officer and unit", vi="token không nêu công chức và đơn vị"
            )
        unit = await tx.store(UNITS).get(actor.unit)
        actor.require_province(unit.province)
        today = business_date(tx.now)
        commitment = Commitment(
            id=new_id("cmt"),
            province=unit.province,
            unit_id=unit.id,
            leader_id=actor.officer,
            versions=(),
            salt=secrets.token_hex(SALT_BYTES),
            due=command.promise.due,
        )
        version = _version(commitment, command.promise, today, reason=None)
        commitment.versions = (
            await _logged(tx, commitment, version, EntryType.COMMITMENT_PUBLISHED),
        )
        commitment.publish()
        await tx.store(COMMITMENTS).save(commitment)
        return commitment

    async def amend_commitment(self, command: AmendCommitment, tx: Transaction) -> Commitment:
        commitment = await _as_leader(tx, command)
        today = business_date(tx.now)
        reason = public_text(command.reason, field="input.reason")
        version = _version(commitment, command.promise, today, reason=reason)
        logged = await _logged(tx, commitment, version, EntryType.COMMITMENT_AMENDED)
        commitment.amend(logged, today)
        await tx.store(COMMITMENTS).save(commitment)
        return commitment

    async def report_commitment(self, command: ReportCommitment, tx: Transaction) -> Commitment:
        commitment = await _as_leader(tx, command)
        today = business_date(tx.now)
        note = public_text(command.note, field="input.note")
        evidence = _lines(command.evidence, field="input.evidence")
        done = command.done
        fact = public_fact(
            commitment,
            EntryType.COMMITMENT_CLAIMED_DONE if done else EntryType.COMMITMENT_PROGRESSED,
            ActorClass.UNIT_HEAD,
            note=note,
            evidence="\n".join(evidence),
        )
        seq = await append_one(tx, fact)
        step = Progress(on=today, note=note, evidence=evidence, log_seq=seq)
        commitment.report(step, done=done, today=today)
        await tx.store(COMMITMENTS).save(commitment)
        return commitment

    async def assess_commitment(self, command: AssessCommitment, tx: Transaction) -> Commitment:
        """Met, partly or missed: said by somebody outside the unit."""
        command.actor.require(Role.REVIEW_BOARD)
        commitment = await tx.store(COMMITMENTS).get(command.commitment_id)
        commitment.require_outside(command.actor)
        commitment.expect_revision(command.expected_revision)
        reason = public_text(command.reason, field="input.reason")
        commitment.assess(command.outcome, reason, business_date(tx.now))
        await append_one(
            tx,
            public_fact(
                commitment,
                EntryType.COMMITMENT_ASSESSED,
                ActorClass.REVIEW_BOARD,
                outcome=command.outcome,
                why=reason,
            ),
        )
        await tx.store(COMMITMENTS).save(commitment)
        return commitment

    async def rate_commitment(self, command: RateCommitment, tx: Transaction) -> Commitment:
        """One score per verified person; a retry changes nothing (F-I4)."""
        actor = command.actor
        actor.require(Role.CITIZEN, Role.SERVICE_PORTAL)
        commitment = await tx.store(COMMITMENTS).get(command.commitment_id)
        token = submitter(actor, command.submitter_token, province=commitment.province)
        if actor.officer is not None and actor.officer == commitment.leader_id:
            raise Forbidden(
                en="nobody rates their own commitment", vi="không được tự đánh giá cam kết của mình"
            )
        person = self.private.vault.person(commitment.salt, token)
        if await self._rated_before(tx, command, person):
            return commitment
        commitment.rate(command.score)
        fact = public_fact(
            commitment,
            EntryType.COMMITMENT_RATED,
            ActorClass.SUBMITTER,
            score=str(command.score),
        )
        rating = CommitmentRating(
            id=new_id("rtg"),
            commitment_id=commitment.id,
            person=person,
            score=command.score,
            on=business_date(tx.now),
            log_seq=await append_one(tx, fact),
        )
        await tx.store(COMMITMENT_RATINGS).save(rating)
        await tx.store(COMMITMENTS).save(commitment)
        return commitment

    async def _rated_before(self, tx: Transaction, command: RateCommitment, person: str) -> bool:
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
    _require_leader(command.actor, commitment)
    commitment.expect_revision(command.expected_revision)
    return commitment


def _require_leader(actor: Actor, commitment: Commitment) -> None:
    actor.require_province(commitment.province)
    actor.require_unit([commitment.unit_id])
    commitment.require_leader(actor)


def _version(
    commitment: Commitment, promise: Promise, today: date, *, reason: str | None
) -> CommitmentVersion:
    if promise.due <= today:
        raise Invalid(
            en="must lie in the future",
            vi="phải là ngày trong tương lai",
            field="input.promise.due",
            rule_id="F-I8",
        )
    return CommitmentVersion(
        number=len(commitment.versions) + 1,
        text=public_text(promise.text, field="input.promise.text"),
        target=public_text(promise.target, field="input.promise.target"),
        due=promise.due,
        beneficiaries=public_text(promise.beneficiaries, field="input.promise.beneficiaries"),
        milestones=_lines(promise.milestones, field="input.promise.milestones"),
        published_on=today,
        log_seq=0,
        reason=reason,
    )


def _lines(values: tuple[str, ...], *, field: str) -> tuple[str, ...]:
    if len(values) > LIST_MAX:
        raise Invalid(en=f"at most {LIST_MAX}", vi=f"tối đa {LIST_MAX}", field=field)
    return tuple(public_text(value, field=f"{field}.{n}") for n, value in enumerate(values))


async def _logged(
    tx: Transaction, commitment: Commitment, version: CommitmentVersion, type: EntryType
) -> CommitmentVersion:
    fields = {
        "version": str(version.number),
        "text": version.text,
        "target": version.target,
        "due": version.due.isoformat(),
        "beneficiaries": version.beneficiaries,
        "milestones": "\n".join(version.milestones),
        "why": version.reason or "",
    }
    given = {name: value for name, value in fields.items() if value}
    fact = public_fact(commitment, type, ActorClass.UNIT_HEAD, **given)
    return replace(version, log_seq=await append_one(tx, fact))
