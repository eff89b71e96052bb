"""Agreements: drafted by either side, signed by both in order, ended by a numbered decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.times import PastDate, ValidityDate
from congvu_scoring import CompiledPolicy
from congvu_scoring.engine.agreement import AgreementRules
from evaluation_service.application.access import (
    SUPERIORS,
    Post,
    post_of,
    require_superior,
)
from evaluation_service.application.agreements.items import agreed_items
from evaluation_service.application.collections import AGREEMENTS, PERIODS, SERVANTS
from evaluation_service.application.objectives.scorecards import keep_signed
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.commands import posts_in
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import (
    RULE,
    AgreementContent,
    AgreementKind,
    Party,
)
from evaluation_service.domain.agreements.terms import check_term
from evaluation_service.domain.agreements.versions import OVER
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.periods.periods import EvaluationPeriod

SIGNERS = (Role.OFFICER, *SUPERIORS)
AGREEMENTS_MAX = 200
"""Of one appointment."""


@dataclass(frozen=True, kw_only=True)
class DraftAgreement(Command):
    """`drafting_since` is the day on which the lab began, where there is one."""

    operation: ClassVar[str] = "draft_agreement"

    period_id: str
    civil_servant_id: str
    starts_on: ValidityDate
    ends_on: ValidityDate
    drafting_since: PastDate | None
    content: AgreementContent


@dataclass(frozen=True, kw_only=True)
class AmendAgreement(RevisedCommand):
    """`period_id` is whose objectives are taken up; left out, that of the draft."""

    operation: ClassVar[str] = "amend_agreement"

    agreement_id: str
    period_id: str | None
    content: AgreementContent
    reason: str


@dataclass(frozen=True, kw_only=True)
class SignAgreement(RevisedCommand):
    operation: ClassVar[str] = "sign_agreement"

    agreement_id: str
    version_hash: str


@dataclass(frozen=True, kw_only=True)
class TerminateAgreement(RevisedCommand):
    operation: ClassVar[str] = "terminate_agreement"

    agreement_id: str
    decision: Decision
    reason: str


async def draft_agreement(command: DraftAgreement, tx: Transaction) -> Agreement:
    actor = command.actor
    actor.require(*SIGNERS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    servant = await tx.store(SERVANTS).get(command.civil_servant_id)
    post = (await posts_in(servant, period, tx))[0]
    party_of(actor, post)
    compiled, rules = await rules_for(post, period, tx)
    check_term(command.starts_on, command.ends_on, period, rules)
    locks_on = _locks_on(command.drafting_since, rules, business_date(tx.now))
    known = await _of_appointment(post.appointment.appointment_id, tx)
    _refuse_second(known, command)
    agreement = Agreement(
        id=derived_id("agreement", post.appointment.appointment_id, str(len(known))),
        province=post.unit.province,
        civil_servant_id=servant.id,
        appointment_id=post.appointment.appointment_id,
        unit_id=post.unit.id,
        unit_path=post.unit.path,
        policy=compiled.ref,
        kind=AgreementKind(rules.kind),
        signing=tuple(Party(each) for each in rules.signing),
        period_id=period.id,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        locks_on=locks_on,
        publishes=rules.publishes,
        publishes_results=rules.publishes_results,
    )
    items = await agreed_items(command.content, post, period, compiled, tx)
    agreement.propose(items, actor, tx.now)
    await tx.store(AGREEMENTS).save(agreement)
    return agreement


async def amend_agreement(command: AmendAgreement, tx: Transaction) -> Agreement:
    """By either side; it counts once both signed it."""
    agreement, post, _ = await _acted_on(command, command.agreement_id, tx)
    period = await tx.store(PERIODS).get(command.period_id or agreement.period_id)
    compiled, _ = await rules_for(post, period, tx)
    if compiled.policy.id != agreement.policy_id:
        raise Invalid(
            en="the period rates this person by another policy",
            vi="Kỳ này đánh giá người này theo quy chế khác.",
            field="input.periodId",
            rule_id=RULE,
        )
    agreement.require_changeable(tx.now)
    items = await agreed_items(command.content, post, period, compiled, tx)
    agreement.propose(items, command.actor, tx.now, command.reason)
    await tx.store(AGREEMENTS).save(agreement)
    return agreement


async def sign_agreement(command: SignAgreement, tx: Transaction) -> Agreement:
    agreement, _, party = await _acted_on(command, command.agreement_id, tx)
    agreement.sign(party, command.version_hash, command.actor, tx.now)
    await tx.store(AGREEMENTS).save(agreement)
    if agreement.proposed is None:
        await keep_signed(agreement, tx)
    return agreement


async def terminate_agreement(command: TerminateAgreement, tx: Transaction) -> Agreement:
    """By a superior: nobody ends their own (E-I4)."""
    command.actor.require(*SUPERIORS)
    agreement, post, _ = await _acted_on(command, command.agreement_id, tx)
    require_superior(command.actor, post)
    agreement.terminate(command.decision, command.reason, command.actor, tx.now)
    await tx.store(AGREEMENTS).save(agreement)
    await keep_signed(agreement, tx)
    return agreement


def party_of(actor: Actor, post: Post) -> Party:
    """The leader for themselves, else whoever leads them; raise `Forbidden` for anybody else."""
    if actor.require_officer("E-I4") == post.servant.id:
        actor.require(Role.OFFICER)
        actor.require_province(post.unit.province)
        return Party.LEADER
    actor.require(*SUPERIORS)
    require_superior(actor, post)
    return Party.SUPERIOR


async def rules_for(
    post: Post, period: EvaluationPeriod, tx: Transaction
) -> tuple[CompiledPolicy, AgreementRules]:
    """Raise `Invalid` where the policy that rates the person asks for no agreement."""
    compiled = await compiled_pin(tx, period.policies.of(post.appointment.role))
    if compiled.policy.agreement is None:
        raise Invalid(
            en=f"{compiled.ref} asks for no agreement",
            vi=f"Quy chế {compiled.ref} không yêu cầu ký kết.",
            field="input.civilServantId",
            rule_id=RULE,
        )
    return compiled, compiled.policy.agreement


async def _acted_on(
    command: RevisedCommand, agreement_id: str, tx: Transaction
) -> tuple[Agreement, Post, Party]:
    command.actor.require(*SIGNERS)
    agreement = await tx.store(AGREEMENTS).get(agreement_id)
    post = await post_of(tx, agreement.civil_servant_id, agreement.appointment_id)
    party = party_of(command.actor, post)
    agreement.expect_revision(command.expected_revision)
    return agreement, post, party


async def _of_appointment(appointment_id: str, tx: Transaction) -> list[Agreement]:
    return await tx.store(AGREEMENTS).select(
        Eq("appointment_id", appointment_id), limit=AGREEMENTS_MAX
    )


def _refuse_second(known: Sequence[Agreement], command: DraftAgreement) -> None:
    if any(
        each.state not in OVER
        and each.starts_on < command.ends_on
        and command.starts_on < each.ends_on
        for each in known
    ):
        raise Conflict(
            en="there is an agreement for these days already: amend it",
            vi="Đã có bản ký kết cho thời gian này. Vui lòng sửa đổi bản đó.",
            field="input.startsOn",
            rule_id=RULE,
        )


def _locks_on(since: date | None, rules: AgreementRules, today: date) -> date | None:
    if rules.locks_after_days is None:
        if since is not None:
            raise Invalid(
                en="the policy sets no days for drafting",
                vi="Quy chế không quy định thời gian lập.",
                field="input.draftingSince",
                rule_id=RULE,
            )
        return None
    return (since or today) + timedelta(days=rules.locks_after_days - 1)
