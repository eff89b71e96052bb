"""A published quarter, and what people make of it: appeals, post-audits, cases, policies."""

from datetime import date
from decimal import Decimal

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.application.ports import Eq, UnitOfWork
from congvu_kit.domain.actor import Actor, Role, account_id
from evaluation import scenes
from evaluation.people import (
    ADMIN,
    BOARD,
    CHAIR_ID,
    COMMITTEE,
    COMMUNE,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    OFFICE,
    PROVINCE_HEAD,
    person,
)
from evaluation_service.application.collections import (
    ASSIGNMENTS,
    CASES,
    PERIODS,
    POST_AUDITS,
    RUNS,
)
from evaluation_service.application.periods.repairs import (
    Rescore,
    ScoreWithoutIndexes,
    UnfreezePeriod,
    rescore,
    score_without_indexes,
    unfreeze_period,
)
from evaluation_service.application.policies.commands import (
    ApprovePolicy,
    DerivePolicy,
    PublishPolicy,
    approve_policy,
    derive_policy,
    publish_policy,
)
from evaluation_service.application.reactions import PostAuditRequested, open_post_audit
from evaluation_service.application.review.commands import (
    DecideAppeal,
    DecidePostAudit,
    FileAppeal,
    decide_appeal,
    decide_post_audit,
    file_appeal,
)
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.integrity.cases import TriggerCase, case_id
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.policies.policies import StoredPolicy
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Organising, Rating, Unity
from evaluation_service.domain.results.rated import Rated
from evaluation_service.domain.results.runs import RankingRun, run_id
from evaluation_service.domain.review.appeals import Appeal, AppealState
from evaluation_service.domain.review.corrections import Correction, LineCorrection
from evaluation_service.domain.review.post_audits import PostAudit

LED_WELL = GivenInputs(general=scenes.FULL_MARKS, organising=Organising.FULL, unity=Unity.FULL)
DECISION = Decision(number="50/QĐ-UBND", decided_on=scenes.TODAY)
UNFREEZING = Decision(number="77/QĐ-UBND", decided_on=scenes.TODAY)
LOWER = Correction(general=(Rating(key="I.1", points=Decimal(1)),))


async def reviewed(uow: MemoryUnitOfWork, **changes: object) -> EvaluationPeriod:
    """Lan did everything, Minh almost nothing; the chair leads both."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow, **changes)
    await scenes.do_all(uow, period, LAN)
    await scenes.do_all(uow, period, MINH, done="1", assigned="100")
    chair = person("chair-himself", Role.OFFICER, officer=CHAIR_ID)
    await scenes.do_all(uow, period, chair, manager=PROVINCE_HEAD)
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=LED_WELL)
    return await scenes.reviewed(uow, period)


async def published(uow: MemoryUnitOfWork, **changes: object) -> EvaluationPeriod:
    period = await reviewed(uow, **changes)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    return await scenes.now_is(uow, period)


async def crowd(uow: MemoryUnitOfWork, people: int, excellent: int) -> list[str]:
    """People of the office besides the usual ones; the first `excellent` did all their work."""
    rows = [
        scenes.person_row(
            f"cb-2{n:02d}", f"Người {n:02d}", scenes.appointment_row("H32.31.07.1", "HO-TICH")
        )
        for n in range(people)
    ]
    report = await scenes.sync(uow, people=rows)
    ids = [each.id or "" for each in report.results]
    period = await scenes.open_period(uow)
    for n, id in enumerate(ids):
        officer = person(id, Role.OFFICER, unit=OFFICE, officer=id)
        await scenes.rate(uow, period, id)
        done = str(100 - n) if n < excellent else "60"
        await scenes.do_all(uow, period, officer, done=done, assigned="100")
    return [period.id, *ids]


async def tied(uow: MemoryUnitOfWork) -> RankingRun:
    """Three of twelve are equal at the cut, two may be at the top."""
    await scenes.commune(uow)
    period_id, *ids = await crowd(uow, 12, 0)
    period = await uow.reading().store(PERIODS).get(period_id)
    for id in ids[:3]:
        await scenes.finish(uow, period, id)
    await scenes.reviewed(uow, period)
    return await uow.reading().store(RUNS).get(run_id(period_id, COMMUNE))


async def file(
    uow: UnitOfWork, evaluation: Rated, *, actor: Actor = MINH, grounds: str = "Tính thiếu"
) -> Appeal:
    command = FileAppeal(
        actor=actor,
        idempotency_key=scenes.key(),
        evaluation_id=evaluation.id,
        grounds=grounds,
        evidence=(),
    )
    return await perform(file_appeal, command, uow)


async def decide(
    uow: UnitOfWork,
    appeal: Appeal,
    *,
    verdict: AppealState = AppealState.UPHELD,
    correction: Correction | None = None,
    actor: Actor = BOARD,
    reason: str = "Đã kiểm tra hồ sơ",
) -> Appeal:
    command = DecideAppeal(
        actor=actor,
        idempotency_key=scenes.key(),
        appeal_id=appeal.id,
        expected_revision=appeal.revision,
        verdict=verdict,
        reason=reason,
        correction=correction,
    )
    return await perform(decide_appeal, command, uow)


async def all_done(uow: UnitOfWork, civil_servant_id: str) -> Correction:
    """Everything assigned to the person was done after all."""
    work = await uow.reading().store(ASSIGNMENTS).select(Eq("civil_servant_id", civil_servant_id))
    return Correction(
        lines=tuple(LineCorrection(assignment_id=w.id, completed=w.quantity) for w in work)
    )


async def post_audit(
    uow: UnitOfWork,
    civil_servant_id: str | None,
    decider: Actor | None = None,
    *,
    dossier_code: str | None = None,
    id: str = "pa_1",
    unit_id: str = OFFICE,
) -> PostAudit:
    fact = PostAuditRequested(
        decider_id=decider.officer if decider else None,
        decider_account=account_id(decider.subject or "") if decider else None,
        province="56",
        post_audit_id=id,
        complaint_id="cmp_1",
        unit_id=unit_id,
        verdict="UPHELD",
        decided_on=date(2026, 8, 9),
        reason="Trả hồ sơ không đúng",
        civil_servant_id=civil_servant_id,
        dossier_code=dossier_code,
    )
    async with uow.begin() as tx:
        await open_post_audit(fact, tx)
        await open_post_audit(fact, tx)
    return await uow.reading().store(POST_AUDITS).get(id)


async def decide_audit(
    uow: UnitOfWork,
    audit: PostAudit,
    evaluation: Rated | None,
    correction: Correction | None,
    *,
    actor: Actor = BOARD,
    reason: str = "Theo kết luận phản ánh",
    take_part: bool = False,
) -> PostAudit:
    command = DecidePostAudit(
        actor=actor,
        idempotency_key=scenes.key(),
        post_audit_id=audit.id,
        expected_revision=audit.revision,
        evaluation_id=evaluation.id if evaluation else None,
        reason=reason,
        correction=correction,
        take_part=take_part,
    )
    return await perform(decide_post_audit, command, uow)


async def raised(uow: UnitOfWork, evaluation: Evaluation, rule: str = "TWO_YEARS") -> TriggerCase:
    """A case as the ranking raises it; a rule over several periods would need all of them."""
    case = TriggerCase(
        id=case_id(evaluation.id, rule),
        rule=rule,
        civil_servant_id=evaluation.civil_servant_id,
        province=evaluation.province,
        period_id=evaluation.period_id,
        evaluation_id=evaluation.id,
    )
    case.open_case(scenes.TODAY)
    async with uow.begin() as tx:
        await tx.store(CASES).save(case)
    return case


async def derived(uow: UnitOfWork, *, actor: Actor = ADMIN, id: str = "KH-STAFF") -> StoredPolicy:
    """A province's own draft; `commune` must have shipped its base."""
    command = DerivePolicy(
        actor=actor,
        idempotency_key=scenes.key(),
        base="ND335-2025-STAFF",
        policy_id=id,
        version=1,
        title_vi="Quy chế của tỉnh",
        title_en="The province's own",
        overrides=(("quota_rate", "0.25"),),
    )
    return await perform(derive_policy, command, uow)


async def approved(
    uow: UnitOfWork, draft: StoredPolicy, *, actor: Actor = COMMITTEE
) -> StoredPolicy:
    command = ApprovePolicy(
        actor=actor, idempotency_key=scenes.key(), id=draft.id, expected_revision=draft.revision
    )
    return await perform(approve_policy, command, uow)


async def put_in_force(uow: UnitOfWork, policy: StoredPolicy) -> StoredPolicy:
    command = PublishPolicy(
        actor=COMMITTEE,
        idempotency_key=scenes.key(),
        id=policy.id,
        expected_revision=policy.revision,
        decision=DECISION,
        effective_from=scenes.TODAY,
    )
    return await perform(publish_policy, command, uow)


async def unfrozen(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> EvaluationPeriod:
    command = UnfreezePeriod(
        actor=ADMIN,
        idempotency_key=scenes.key(),
        period_id=period.id,
        expected_revision=(await scenes.now_is(uow, period)).revision,
        decision=UNFREEZING,
    )
    return await perform(unfreeze_period, command, uow)


async def scored_without(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    agency_id: str | None = None,
    *,
    reason: str = "Chưa có người trả lời",
) -> EvaluationPeriod:
    command = ScoreWithoutIndexes(
        actor=ADMIN,
        idempotency_key=scenes.key(),
        period_id=period.id,
        expected_revision=(await scenes.now_is(uow, period)).revision,
        agency_id=agency_id,
        reason=reason,
    )
    return await perform(score_without_indexes, command, uow)


async def rescored(
    uow: MemoryUnitOfWork,
    period: EvaluationPeriod,
    agency_id: str | None = None,
    *,
    reason: str = "Sửa bố trí",
) -> EvaluationPeriod:
    command = Rescore(
        actor=ADMIN,
        idempotency_key=scenes.key(),
        period_id=period.id,
        expected_revision=(await scenes.now_is(uow, period)).revision,
        agency_id=agency_id,
        reason=reason,
    )
    return await perform(rescore, command, uow)
