"""Appeals and post-audits: who may ask, who may decide, and what a decision changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import Command, RevisedCommand
from congvu_kit.application.ports import Eq, In, Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Forbidden, Invalid
from congvu_kit.domain.ids import new_id
from evaluation_service.application.collections import (
    APPEALS,
    DOSSIERS,
    EVALUATIONS,
    PERIODS,
    POST_AUDITS,
    RUNS,
    SCORECARDS,
    TALLIES,
    equal,
)
from evaluation_service.application.objectives.corrected import Ruling
from evaluation_service.application.review.concerned import (
    AnyResult,
    heads_the_unit,
    require_concerned,
    result_of,
    save_result,
)
from evaluation_service.application.review.corrections import correct
from evaluation_service.application.transfers.parts import take_by_decision
from evaluation_service.application.transfers.renewals import units_that_count, where_it_counts
from evaluation_service.domain.common.evidence import Evidence, check_evidence
from evaluation_service.domain.common.reasons import require_reason
from evaluation_service.domain.common.separation import refuse_own_case, refuse_participant
from evaluation_service.domain.objectives.scorecards import scorecard_id
from evaluation_service.domain.organisations.org_evaluations import OrgEvaluation
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import run_id
from evaluation_service.domain.review.appeals import CORRECTING, Appeal, AppealState
from evaluation_service.domain.review.corrections import Correction
from evaluation_service.domain.review.post_audits import PostAudit

CONCERNED_MAX = 1000
"""Results of one unit in one period that a decider must have had no part in."""


@dataclass(frozen=True, kw_only=True)
class FileAppeal(Command):
    operation: ClassVar[str] = "file_appeal"

    evaluation_id: str
    grounds: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class WithdrawAppeal(RevisedCommand):
    operation: ClassVar[str] = "withdraw_appeal"

    appeal_id: str


@dataclass(frozen=True, kw_only=True)
class DecideAppeal(RevisedCommand):
    """Upholding, in part or whole, needs a correction; any other verdict takes none."""

    operation: ClassVar[str] = "decide_appeal"

    appeal_id: str
    verdict: AppealState
    reason: str
    correction: Correction | None


@dataclass(frozen=True, kw_only=True)
class DecidePostAudit(RevisedCommand):
    """Without a correction the request is dismissed. `take_part` is the correction of a result
    whose handed-over part changed: it counts as it is now."""

    operation: ClassVar[str] = "decide_post_audit"

    post_audit_id: str
    evaluation_id: str | None
    reason: str
    correction: Correction | None
    take_part: bool


async def file_appeal(command: FileAppeal, tx: Transaction) -> Appeal:
    command.actor.require(Role.OFFICER)
    evaluation = await result_of(command.evaluation_id, tx)
    officer = await require_concerned(command.actor, evaluation, tx)
    period = await tx.store(PERIODS).get(evaluation.period_id)
    period.require_appeals(business_date(tx.now))
    check_evidence(command.evidence)
    appeal = Appeal(
        id=new_id("appeal"),
        evaluation_id=evaluation.id,
        civil_servant_id=officer,
        province=evaluation.province,
        period_id=evaluation.period_id,
        grounds=command.grounds,
        evidence=command.evidence,
        filed_by=Participant.of(command.actor),
        filed_at=tx.now,
    )
    appeal.file()
    evaluation.appealed()
    await save_result(evaluation, tx)
    await tx.store(APPEALS).save(appeal)
    return appeal


async def withdraw_appeal(command: WithdrawAppeal, tx: Transaction) -> Appeal:
    command.actor.require(Role.OFFICER)
    appeal = await tx.store(APPEALS).get(command.appeal_id)
    if command.actor.officer != appeal.civil_servant_id:
        raise Forbidden(en="this is not your appeal", vi="Chỉ người gửi được rút kiến nghị này.")
    appeal.expect_revision(command.expected_revision)
    appeal.withdraw()
    await tx.store(APPEALS).save(appeal)
    await _appeal_is_over(await result_of(appeal.evaluation_id, tx), tx)
    return appeal


async def decide_appeal(command: DecideAppeal, tx: Transaction) -> Appeal:
    command.actor.require(Role.REVIEW_BOARD)
    appeal = await tx.store(APPEALS).get(command.appeal_id)
    command.actor.require_province(appeal.province)
    appeal.expect_revision(command.expected_revision)
    evaluation = await result_of(appeal.evaluation_id, tx)
    refuse_own_case(command.actor, appeal.civil_servant_id)
    await _refuse_involved(command.actor, [evaluation], [appeal.filed_by], tx)
    by = Participant.of(command.actor)
    appeal.decide(command.verdict, command.reason, by, tx.now)
    if (command.verdict in CORRECTING) is not (command.correction is not None):
        raise Invalid(
            en="UPHELD and PARTLY need a correction, other verdicts take none",
            vi="Kết luận chấp nhận (toàn bộ hoặc một phần) phải kèm nội dung điều chỉnh; kết "
            "luận khác không kèm.",
            field="input.correction",
            rule_id="E-I3",
        )
    if command.correction is not None:
        ruling = Ruling(basis=appeal.id, by=by, asked_by=appeal.filed_by)
        await correct(evaluation, command.correction, ruling, tx)
    else:
        await _appeal_is_over(evaluation, tx)
    await tx.store(APPEALS).save(appeal)
    return appeal


async def _appeal_is_over(evaluation: AnyResult, tx: Transaction) -> None:
    evaluation.appeal_ended()
    await save_result(evaluation, tx)


async def decide_post_audit(command: DecidePostAudit, tx: Transaction) -> PostAudit:
    command.actor.require(Role.REVIEW_BOARD)
    audit = await tx.store(POST_AUDITS).get(command.post_audit_id)
    command.actor.require_province(audit.province)
    audit.expect_revision(command.expected_revision)
    audit.require_other_decider(command.actor)
    require_reason(command.reason)
    named = command.evaluation_id or audit.concerned_id
    concerned = await _concerned(audit, named, tx)
    for officer in {audit.civil_servant_id or "", *await _handlers(audit, tx)}:
        refuse_own_case(command.actor, officer)
    await _refuse_involved(command.actor, concerned, [], tx)
    by = Participant.of(command.actor)
    if command.take_part:
        audit.require_part(also_corrected=command.correction is not None)
        person = _of_a_person(await _audited(audit, named, tx))
        audit.decide(person.id, command.reason, by, tx.now)
        await take_by_decision(audit, person, by, tx)
    elif command.correction is None:
        audit.decide(None, command.reason, by, tx.now)
    else:
        evaluation = await _audited(audit, named, tx)
        audit.decide(evaluation.id, command.reason, by, tx.now)
        await correct(
            evaluation,
            command.correction,
            Ruling(basis=audit.id, by=by, asked_by=audit.asked_by),
            tx,
        )
    await tx.store(POST_AUDITS).save(audit)
    return audit


def _of_a_person(result: AnyResult) -> Evaluation:
    if isinstance(result, OrgEvaluation):
        raise _not_complained_of()
    return result


def _not_complained_of() -> Invalid:
    return Invalid(
        en="this evaluation is not the one complained of",
        vi="Phiếu đánh giá này không thuộc vụ việc bị phản ánh.",
        field="input.evaluationId",
    )


async def _audited(audit: PostAudit, evaluation_id: str | None, tx: Transaction) -> AnyResult:
    """The result to correct: of the person, or of the unit, that the complaint names; of who had
    a part in its dossier wherever they work. What was handed over to another agency is
    corrected where it counts (E-I10)."""
    if evaluation_id is None:
        raise Invalid(
            en="name the evaluation to correct",
            vi="Vui lòng nêu phiếu đánh giá phải điều chỉnh.",
            field="input.evaluationId",
        )
    evaluation = await result_of(evaluation_id, tx)
    if isinstance(evaluation, OrgEvaluation):
        named = audit.civil_servant_id is None and audit.unit_id in evaluation.unit_path
        if not named or audit.period_id not in (None, evaluation.period_id):
            raise _not_complained_of()
        return evaluation
    evaluation = await where_it_counts(evaluation, tx)
    of_dossier = evaluation.civil_servant_id in await _handlers(audit, tx)
    of_unit = audit.unit_id in await units_that_count(evaluation, tx)
    if (
        audit.civil_servant_id not in (None, evaluation.civil_servant_id)
        or audit.period_id not in (None, evaluation.period_id)
        or not (of_dossier or of_unit)
    ):
        raise _not_complained_of()
    return evaluation


async def _handlers(audit: PostAudit, tx: Transaction) -> Collection[str]:
    """Who had a part in the dossier: none of them decides on another's (E-I4)."""
    if audit.dossier_code is None:
        return ()
    dossier = await tx.store(DOSSIERS).first(Eq("code", audit.dossier_code))
    return dossier.parts if dossier is not None and dossier.province == audit.province else ()


async def _concerned(
    audit: PostAudit, evaluation_id: str | None, tx: Transaction
) -> Sequence[AnyResult]:
    """The results that a decision is about, whether it corrects one or lets all stand: the one
    named, or the newest that the complaint may have moved, or those of the period asked about."""
    if evaluation_id is not None:
        return [await _audited(audit, evaluation_id, tx)]
    who = (
        Eq("unit_path", audit.unit_id)
        if audit.civil_servant_id is None
        else Eq("civil_servant_id", audit.civil_servant_id)
    )
    found = await tx.store(EVALUATIONS).select(
        who,
        *equal(period_id=audit.period_id),
        order=["-period_starts_on"],
        limit=CONCERNED_MAX,
    )
    rated = [each for each in found if each.sheets]
    return [each for each in rated if each.period_starts_on == rated[0].period_starts_on]


async def _refuse_involved(
    actor: Actor, evaluations: Sequence[AnyResult], others: list[Participant], tx: Transaction
) -> None:
    """Nobody decides who is the person, heads the unit, or set, assigned, read, checked, scored,
    ranked or moved it (E-I4)."""
    units = [each for each in evaluations if isinstance(each, OrgEvaluation)]
    for unit in units:
        if await heads_the_unit(actor, unit, tx):
            refuse_own_case(actor, actor.officer or "")
    people = [each for each in evaluations if isinstance(each, Evaluation)]
    for evaluation in people:
        refuse_own_case(actor, evaluation.civil_servant_id)
    periods = await tx.store(PERIODS).find_many(sorted({e.period_id for e in evaluations}))
    ids = sorted({run_id(each.period_id, each.agency_id) for each in evaluations})
    runs = await tx.store(RUNS).find_many(ids)
    theirs = (
        In("period_id", sorted({each.period_id for each in evaluations})),
        In("civil_servant_id", sorted({each.civil_servant_id for each in people})),
    )
    tallies = await tx.store(TALLIES).select(*theirs, limit=CONCERNED_MAX)
    scorecards = await tx.store(SCORECARDS).select(*theirs, limit=CONCERNED_MAX)
    of_units = [scorecard_id(each.period_id, each.unit_id, None) for each in units]
    scorecards += [each for each in await tx.store(SCORECARDS).find_many(of_units) if each]
    cases = [*evaluations, *periods, *runs, *tallies, *scorecards]
    involved = [each for case in cases if case for each in case.involved]
    refuse_participant(actor, [*others, *involved], "E-I4")
