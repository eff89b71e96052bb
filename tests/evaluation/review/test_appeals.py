"""A result changes only by a decision, and the decider never acted earlier in the case."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Conflict, DomainError, Forbidden, Invalid
from evaluation import scenes
from evaluation.people import (
    ADMIN,
    BOARD,
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    OTHER_BOARD,
)
from evaluation.review_scenes import (
    LOWER,
    all_done,
    decide,
    decide_audit,
    file,
    post_audit,
    published,
)
from evaluation.scenes import evaluation_of
from evaluation_service.application.collections import APPEALS, POST_AUDITS, RUNS
from evaluation_service.application.review import commands as appeals
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.results.events import EvaluationCorrected
from evaluation_service.domain.results.runs import run_id
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.appeals import AppealDecided, AppealState
from evaluation_service.domain.review.corrections import Correction, LineCorrection
from evaluation_service.domain.review.post_audits import PostAuditState
from support.clock import FixedClock


async def test_an_upheld_appeal_gives_a_new_sheet_linked_to_it(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    before = await evaluation_of(uow, period, MINH_ID)
    appeal = await file(uow, before)

    decided = await decide(uow, appeal, correction=await all_done(uow, MINH_ID))

    after = await evaluation_of(uow, period, MINH_ID)
    assert decided.state is AppealState.UPHELD
    assert (before.band, after.state) == ("KHT", EvaluationState.CORRECTED)
    assert after.sheets[0] == before.sheets[0]
    assert [(sheet.number, sheet.basis) for sheet in after.sheets] == [(1, None), (2, appeal.id)]
    assert after.sheets[1].total == Fraction(100)
    told = [each for each in uow.outbox if isinstance(each, EvaluationCorrected)]
    assert [(each.evaluation_id, each.sheet, each.band, each.basis) for each in told] == [
        (after.id, 2, after.sheets[1].band, appeal.id)
    ]


async def test_E_I11_the_leader_is_rated_again_before_the_close(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    before = await evaluation_of(uow, period, CHAIR_ID)
    appeal = await file(uow, await evaluation_of(uow, period, MINH_ID))

    await decide(uow, appeal, correction=await all_done(uow, MINH_ID))

    after = await evaluation_of(uow, period, CHAIR_ID)
    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    assert before.sheets[-1].components["d"] == Fraction(1, 2)
    assert after.sheets[-1].components["d"] == Fraction(1)
    assert after.sheets[-1].basis == appeal.id
    assert after.sealed() in run.results
    assert after.state is EvaluationState.CORRECTED


async def test_E_I11_after_the_close_nobody_else_moves(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    closed = await scenes.move(uow, period, "close")
    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    leader = await evaluation_of(uow, period, CHAIR_ID)
    audit = await post_audit(uow, LAN_ID)

    await decide_audit(uow, audit, await evaluation_of(uow, period, LAN_ID), LOWER)

    lan = await evaluation_of(uow, period, LAN_ID)
    assert (lan.state, lan.sheets[-1].total) == (EvaluationState.CORRECTED, Fraction(96))
    assert await evaluation_of(uow, period, CHAIR_ID) == leader
    after = await uow.reading().store(RUNS).get(run.id)
    assert set(after.results) - set(run.results) == {lan.sealed()}
    assert (after.quota, after.ties, after.tie_kept) == (run.quota, run.ties, run.tie_kept)
    sealed_again = await scenes.now_is(uow, period)
    assert sealed_again.state is PeriodState.CLOSED
    assert closed.seal is not None
    assert sealed_again.seal is not None
    assert (sealed_again.seal.number, sealed_again.seal.previous, sealed_again.seal.basis) == (
        2,
        closed.seal.hash,
        audit.id,
    )
    assert sealed_again.seal.signer == BOARD.subject


@pytest.mark.parametrize(
    ("actor", "who"),
    [
        (replace(CHAIR, roles=frozenset({Role.REVIEW_BOARD})), "scored and assigned"),
        (replace(ADMIN, roles=frozenset({Role.REVIEW_BOARD})), "froze and published"),
        (replace(MINH, roles=frozenset({Role.REVIEW_BOARD})), "is the person"),
        (replace(BOARD, subject="someone", officer=CHAIR_ID), "is the scorer by another token"),
    ],
)
async def test_E_I4_the_decider_never_acted_earlier_in_the_case(
    uow: MemoryUnitOfWork, actor: Actor, who: str
) -> None:
    period = await published(uow)
    appeal = await file(uow, await evaluation_of(uow, period, MINH_ID))
    correction = await all_done(uow, MINH_ID)
    told = len(uow.outbox)

    with pytest.raises(Forbidden) as refused:
        await decide(uow, appeal, correction=correction, actor=actor)

    assert refused.value.rule_id == "E-I4", who
    assert await uow.reading().store(APPEALS).get(appeal.id) == appeal
    assert len(uow.outbox) == told


@pytest.mark.parametrize("actor", [CHAIR, MINH, OTHER_BOARD])
async def test_only_the_provinces_board_decides(uow: MemoryUnitOfWork, actor: Actor) -> None:
    period = await published(uow)
    appeal = await file(uow, await evaluation_of(uow, period, MINH_ID))

    with pytest.raises(Forbidden):
        await decide(uow, appeal, verdict=AppealState.REJECTED, actor=actor)

    assert await uow.reading().store(APPEALS).get(appeal.id) == appeal


async def test_a_rejected_appeal_leaves_the_score(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    before = await evaluation_of(uow, period, MINH_ID)
    appeal = await file(uow, before)

    decided = await decide(uow, appeal, verdict=AppealState.REJECTED)

    after = await evaluation_of(uow, period, MINH_ID)
    assert decided.state is AppealState.REJECTED
    assert (after.sheets, after.band, after.state) == (
        before.sheets,
        before.band,
        EvaluationState.PUBLISHED,
    )
    assert isinstance(uow.outbox[-1], AppealDecided)


UNKNOWN_WORK = Correction(lines=(LineCorrection(assignment_id="asg_x", late=Decimal(1)),))


@pytest.mark.parametrize(
    ("verdict", "correction"),
    [
        (AppealState.UPHELD, None),
        (AppealState.REJECTED, LOWER),
        (AppealState.WITHDRAWN, None),
        (AppealState.UPHELD, Correction()),
        (AppealState.UPHELD, UNKNOWN_WORK),
    ],
)
async def test_a_verdict_and_its_correction_belong_together(
    uow: MemoryUnitOfWork, verdict: AppealState, correction: Correction | None
) -> None:
    period = await published(uow)
    appeal = await file(uow, await evaluation_of(uow, period, MINH_ID))
    before = await evaluation_of(uow, period, MINH_ID)

    with pytest.raises(Invalid):
        await decide(uow, appeal, verdict=verdict, correction=correction)

    assert await evaluation_of(uow, period, MINH_ID) == before


async def test_a_period_with_an_open_appeal_does_not_close(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    appeal = await file(uow, await evaluation_of(uow, period, MINH_ID))

    with pytest.raises(Conflict, match="1 appeals wait"):
        await scenes.move(uow, period, "close")
    withdraw = appeals.WithdrawAppeal(
        actor=MINH,
        idempotency_key=scenes.key(),
        appeal_id=appeal.id,
        expected_revision=appeal.revision,
    )
    await perform(appeals.withdraw_appeal, withdraw, uow)
    closed = await scenes.move(uow, period, "close")

    assert closed.seal is not None
    assert (await evaluation_of(uow, period, MINH_ID)).state is EvaluationState.PUBLISHED


@pytest.mark.parametrize(
    ("actor", "grounds", "error"),
    [(LAN, "Tính thiếu", Forbidden), (CHAIR, "Tính thiếu", Forbidden), (MINH, " ", Invalid)],
)
async def test_an_appeal_is_the_persons_own_and_says_why(
    uow: MemoryUnitOfWork, actor: Actor, grounds: str, error: type[DomainError]
) -> None:
    period = await published(uow)
    minh = await evaluation_of(uow, period, MINH_ID)

    with pytest.raises(error):
        await file(uow, minh, actor=actor, grounds=grounds)

    assert await uow.reading().store(APPEALS).count() == 0


async def test_one_appeal_at_a_time_and_none_after_the_last_day(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await published(uow, appeal_days=5)
    await file(uow, await evaluation_of(uow, period, MINH_ID))

    with pytest.raises(Conflict):
        await file(uow, await evaluation_of(uow, period, MINH_ID))
    clock.at = clock.at.replace(day=18)
    with pytest.raises(Conflict, match="until 2026-08-17"):
        await file(uow, await evaluation_of(uow, period, LAN_ID), actor=LAN)


@pytest.mark.parametrize("window", [0, 7])
async def test_E_I3_a_closed_period_takes_no_appeal(
    uow: MemoryUnitOfWork, clock: FixedClock, window: int
) -> None:
    period = await published(uow, appeal_days=window)
    published_at = clock.at
    clock.at = clock.at.replace(day=clock.at.day + window + 1)
    await scenes.move(uow, period, "close")
    clock.at = published_at  # A clock that is set back opens nothing.

    with pytest.raises(Conflict, match="closed and takes no appeals") as refused:
        await file(uow, await evaluation_of(uow, period, MINH_ID))

    assert refused.value.rule_id == "E-I3"
    assert await uow.reading().store(APPEALS).count() == 0


@pytest.mark.parametrize(
    "decider",
    [BOARD, replace(BOARD, officer="cs_other"), replace(BOARD, subject="another-account")],
    ids=["the same", "by the same account", "by another account"],
)
@pytest.mark.parametrize("correction", [None, LOWER], ids=["dismissed", "corrected"])
async def test_E_I4_who_decided_the_complaint_does_not_decide_its_post_audit(
    uow: MemoryUnitOfWork, decider: Actor, correction: Correction | None
) -> None:
    period = await published(uow)
    audit = await post_audit(uow, MINH_ID, decider)
    minh = await evaluation_of(uow, period, MINH_ID)

    with pytest.raises(Forbidden, match="you decided this complaint") as refused:
        await decide_audit(uow, audit, minh if correction else None, correction)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(POST_AUDITS).get(audit.id) == audit


async def test_a_post_audit_without_correction_is_dismissed(uow: MemoryUnitOfWork) -> None:
    await published(uow)

    decided = await decide_audit(uow, await post_audit(uow, None), None, None)

    assert decided.state is PostAuditState.DISMISSED


async def test_a_post_audit_corrects_only_whom_it_is_about(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    audit = await post_audit(uow, MINH_ID)
    lan = await evaluation_of(uow, period, LAN_ID)

    with pytest.raises(Invalid):
        await decide_audit(uow, audit, lan, LOWER)
    with pytest.raises(Invalid):
        await decide_audit(uow, audit, None, LOWER)
    with pytest.raises(Forbidden):
        await decide_audit(uow, audit, lan, LOWER, actor=CHAIR)

    assert await evaluation_of(uow, period, LAN_ID) == lan
    assert await uow.reading().store(POST_AUDITS).get("pa_1") == audit


@pytest.mark.parametrize(("about", "correction"), [(LAN_ID, LOWER), (LAN_ID, None), (None, LOWER)])
async def test_E_I4_nobody_decides_a_post_audit_about_themselves(
    uow: MemoryUnitOfWork, about: str | None, correction: Correction | None
) -> None:
    """Whether the complaint names her, and whether anything would change."""
    period = await published(uow)
    audit = await post_audit(uow, about)
    lan = await evaluation_of(uow, period, LAN_ID)
    member = replace(BOARD, officer=LAN_ID)

    with pytest.raises(Forbidden) as refused:
        await decide_audit(uow, audit, lan, correction, actor=member)

    assert refused.value.rule_id == "E-I4"
    assert await evaluation_of(uow, period, LAN_ID) == lan
    assert await uow.reading().store(POST_AUDITS).get("pa_1") == audit


async def test_E_I4_nor_by_whom_the_audited_work_was_rated(uow: MemoryUnitOfWork) -> None:
    period = await published(uow)
    audit = await post_audit(uow, None)
    rater = replace(CHAIR, roles=frozenset({Role.REVIEW_BOARD}))

    with pytest.raises(Forbidden) as refused:
        await decide_audit(uow, audit, await evaluation_of(uow, period, LAN_ID), LOWER, actor=rater)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(POST_AUDITS).get("pa_1") == audit
