"""What superiors and the person enter besides work and objectives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Eq, Transaction
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.vietnamese import vi_text
from congvu_scoring import CompiledPolicy
from evaluation_service.application.access import (
    SUPERIORS,
    Post,
    is_superior,
    post_of,
    require_superior,
)
from evaluation_service.application.collections import EVALUATIONS, PERIODS, SERVANTS
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.results.agreed import agreed_in, agreements_of
from evaluation_service.application.results.members import Member, new_evaluation
from evaluation_service.application.stages.steps import Act
from evaluation_service.application.stages.steps import act as pass_on
from evaluation_service.domain.agreements.counted import SignedItems, check_agreed
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import CivilServant
from evaluation_service.domain.results.entries import check_entries
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs
from evaluation_service.domain.results.refusals import refused_inputs
from evaluation_service.domain.stages.files import course_of


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
    servant = await tx.store(SERVANTS).get(command.civil_servant_id)
    evaluation = await evaluation_led(servant, period, command.actor, tx)
    evaluation.expect_revision(command.expected_revision)
    return await rate(evaluation, Act(by=command.actor, ratings=command.ratings), period, tx)


async def evaluation_led(
    servant: CivilServant, period: EvaluationPeriod, by: Actor, tx: Transaction
) -> Evaluation:
    """In the appointment that counts; who led the person in an earlier one rates that one."""
    period.require_open()
    posts = await posts_in(servant, period, tx)
    post = next((each for each in posts if is_superior(by, each)), posts[0])
    require_superior(by, post)
    return await evaluation_in(post, period, tx)


async def rate(
    evaluation: Evaluation, act: Act, period: EvaluationPeriod, tx: Transaction
) -> Evaluation:
    """In the stage that is open, where the policy has stages. What is wrong by itself is refused;
    what is wrong with what was there is a gap (E-I14)."""
    compiled = await _check(act.ratings, evaluation, period, tx)
    course = course_of(compiled.policy, period.ends_on)
    ratings = act.ratings if course is None else await pass_on(evaluation, course, act, tx)
    evaluation.give(ratings, Participant.of(act.by))
    agreed = await _agreed(evaluation, compiled, period, tx)
    evaluation.refusal = refused_inputs(compiled, evaluation, agreed)
    await tx.store(EVALUATIONS).save(evaluation)
    return evaluation


async def self_assess(command: SelfAssess, tx: Transaction) -> Evaluation:
    """What the person thinks; it is shown to the superior and moves no score. Where the policy has
    a stage for it, while that is open."""
    command.actor.require(Role.OFFICER)
    period = await tx.store(PERIODS).get(command.period_id)
    period.require_open()
    if command.actor.officer is None:
        raise Invalid(
            en="the token names no officer",
            vi="Tài khoản chưa được gắn với công chức. Vui lòng liên hệ bộ phận tổ chức cán bộ.",
        )
    servant = await tx.store(SERVANTS).get(command.actor.officer)
    evaluation = await evaluation_in((await posts_in(servant, period, tx))[0], period, tx)
    evaluation.expect_revision(command.expected_revision)
    compiled = await _check(command.ratings, evaluation, period, tx)
    course = course_of(compiled.policy, period.ends_on)
    own = next((each.id for each in course.stages if each.level == 0), None) if course else None
    if course is not None and own is not None:
        mine = Act(by=command.actor, ratings=command.ratings, stage=own)
        await pass_on(evaluation, course, mine, tx)
    evaluation.self_assess(command.ratings)
    await tx.store(EVALUATIONS).save(evaluation)
    return evaluation


async def posts_in(servant: CivilServant, period: EvaluationPeriod, tx: Transaction) -> list[Post]:
    """Where the person is, or was, in the period: first the appointment that counts."""
    days, covered = (period.starts_on, period.ends_on), set(period.unit_ids)
    main = servant.main_in(*days, covered)
    if main is None:
        raise Invalid(
            en=f"period {period.name!r} does not rate this person",
            vi=f"Kỳ {vi_text(period.name)} không đánh giá công chức này.",
            field="input.civilServantId",
        )
    others = [each for each in reversed(servant.during(*days, covered)) if each != main]
    return [await post_of(tx, servant.id, each.appointment_id) for each in (main, *others)]


async def evaluation_in(post: Post, period: EvaluationPeriod, tx: Transaction) -> Evaluation:
    member = Member(servant=post.servant, appointment=post.appointment, unit=post.unit)
    fresh = new_evaluation(member, period)
    return await tx.store(EVALUATIONS).find(fresh.id) or fresh


async def _check(
    inputs: GivenInputs, evaluation: Evaluation, period: EvaluationPeriod, tx: Transaction
) -> CompiledPolicy:
    """The policy that rates the person; raise `Invalid` when it has no such code or range."""
    period.require_own_facts(evaluation.role)
    compiled = await compiled_pin(tx, period.policies.of(evaluation.role))
    if inputs.indicators:
        raise Invalid(
            en="a target is an objective and what was reached is a reading (defineObjective, "
            "recordReading): nobody enters both",
            vi="Chỉ tiêu và kết quả thực hiện phải do hai người khác nhau nhập.",
            field="input.ratings.indicators",
            rule_id="E-I15",
        )
    rules, agreed = compiled.policy.agreement, None
    if inputs.elements and rules is not None and rules.items == "elements":
        agreed = await _agreed(evaluation, compiled, period, tx)
        check_agreed(inputs, agreed, "input.ratings")
    role, group = evaluation.role, evaluation.duty_group
    check_entries(inputs, role, group, compiled, "input.ratings", agreed=agreed)
    return compiled


async def _agreed(
    evaluation: Evaluation, compiled: CompiledPolicy, period: EvaluationPeriod, tx: Transaction
) -> SignedItems | None:
    """What counts now of the agreement that the policy rates by."""
    if compiled.policy.agreement is None:
        return None
    theirs = Eq("civil_servant_id", evaluation.civil_servant_id)
    held = agreed_in(await agreements_of(theirs, period, tx), compiled, period, tx.now)
    return held.get(evaluation.appointment_id)


def chosen(found: Sequence[Evaluation]) -> Evaluation | None:
    """Of a person's evaluations in one period, the one that counts: a transfer may leave two."""
    return max(
        found,
        key=lambda each: (each.handed_over is None, len(each.sheets), each.revision),
        default=None,
    )
