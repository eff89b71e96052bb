"""What superiors and the person enter besides work: criteria, elements, conduct, indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Invalid
from congvu_scoring import Snapshot, score
from evaluation_service.application.access import SUPERIORS, Post, post_of, require_superior
from evaluation_service.application.collections import EVALUATIONS, PERIODS, SERVANTS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.material import Member, new_evaluation
from evaluation_service.domain.common.sizes import ENTRIES_MAX
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.results.snapshots import SUBJECT_KINDS, given_sections

TEXT_MAX_CHARS = 1000


@dataclass(frozen=True, kw_only=True)
class ScoreGeneralCriteria(RevisedCommand):
    """`expected_revision` is 0 before anybody entered anything."""

    operation: ClassVar[str] = "score_general_criteria"

    period_id: str
    civil_servant_id: str
    ratings: GivenInputs


@dataclass(frozen=True, kw_only=True)
class SelfAssess(RevisedCommand):
    operation: ClassVar[str] = "self_assess"

    period_id: str
    ratings: GivenInputs


async def score_general_criteria(command: ScoreGeneralCriteria, tx: Transaction) -> Evaluation:
    command.actor.require(*SUPERIORS)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    evaluation, post = await _evaluation(command.civil_servant_id, period, tx)
    require_superior(command.actor, post)
    evaluation.expect_revision(command.expected_revision)
    await _check(command.ratings, evaluation, period, tx)
    evaluation.give(command.ratings, Participant.of(command.actor))
    await tx.store(EVALUATIONS).save(evaluation)
    return evaluation


async def self_assess(command: SelfAssess, tx: Transaction) -> Evaluation:
    """What the person thinks; it is shown to the superior and moves no score."""
    command.actor.require(Role.OFFICER)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    if command.actor.officer is None:
        raise Invalid(en="the token names no officer", vi="token không nêu công chức")
    evaluation, _ = await _evaluation(command.actor.officer, period, tx)
    evaluation.expect_revision(command.expected_revision)
    await _check(command.ratings, evaluation, period, tx)
    evaluation.self_assess(command.ratings)
    await tx.store(EVALUATIONS).save(evaluation)
    return evaluation


async def _evaluation(
    civil_servant_id: str, period: EvaluationPeriod, tx: Transaction
) -> tuple[Evaluation, Post]:
    servant = await tx.store(SERVANTS).get(civil_servant_id)
    main = servant.main_in(period.starts_on, period.ends_on)
    if main is None or main.unit_id not in period.unit_ids:
        raise Invalid(
            en=f"period {period.name!r} does not rate this person",
            vi=f"kỳ {period.name!r} không đánh giá người này",
            field="input.civilServantId",
        )
    post = await post_of(tx, civil_servant_id, main.appointment_id)
    fresh = new_evaluation(Member(servant=servant, appointment=main, unit=post.unit), period)
    return await tx.store(EVALUATIONS).find(fresh.id) or fresh, post


async def _check(
    inputs: GivenInputs, evaluation: Evaluation, period: EvaluationPeriod, tx: Transaction
) -> None:
    """Raise `Invalid` when the period's policy has no such criterion or range."""
    entries = [*inputs.general, *inputs.elements, *inputs.conduct, *inputs.indicators]
    if len(entries) > ENTRIES_MAX:
        raise Invalid(
            en=f"at most {ENTRIES_MAX} entries",
            vi=f"tối đa {ENTRIES_MAX} mục",
            field="input",
        )
    texts = [rating.reason for rating in (*inputs.general, *inputs.elements)]
    if any(text is not None and len(text) > TEXT_MAX_CHARS for text in texts):
        raise Invalid(
            en=f"a reason has at most {TEXT_MAX_CHARS} characters",
            vi=f"lý do dài tối đa {TEXT_MAX_CHARS} ký tự",
            field="input.general.reason",
        )
    if evaluation.role is AppointmentRole.STAFF and (inputs.organising or inputs.unity):
        raise Invalid(
            en="organising and unity are rated for heads and deputies only",
            vi="chỉ chấm tổ chức triển khai và đoàn kết cho cấp trưởng, cấp phó",
            field="input.organising",
        )
    compiled = await compiled_pin(tx, period.policies.of(evaluation.role))
    subject = {"kind": SUBJECT_KINDS[evaluation.role], "duty_group": evaluation.duty_group}
    score(
        compiled,
        Snapshot.from_document({"subject": subject, **given_sections(inputs)}),
    )


def chosen(found: Sequence[Evaluation]) -> Evaluation | None:
    """Of a person's evaluations in one period, the one that counts: a transfer may leave two."""
    return max(found, key=lambda each: (len(each.sheets), each.revision), default=None)
