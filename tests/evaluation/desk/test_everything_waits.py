"""What somebody must act on is in somebody's inbox: each gap, each state of each aggregate."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from enum import EnumMeta, StrEnum
from typing import Any, get_type_hints

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.webhooks import DeliveryState, WebhookState
from evaluation import specimens as a
from evaluation.people import (
    ADMIN,
    BOARD,
    CHAIR,
    COMMITTEE,
    LAN,
    MINH,
    OFFICE_HEAD,
    OTHER_ADMIN,
    OTHER_BOARD,
    OTHER_COMMITTEE,
    PROVINCE_HEAD,
)
from evaluation.prior_scenes import facts
from evaluation.readiness.test_gap_kinds import STORIES, listed
from evaluation_service.application.collections import ALL
from evaluation_service.application.desk.kinds import OF_PEOPLE, OFFICES, InboxKind
from evaluation_service.application.desk.lacking import OF_UNITS
from evaluation_service.application.desk.queries import count_waiting, list_waiting
from evaluation_service.application.desk.waiting import Waiting
from evaluation_service.domain.agreements.versions import UNSIGNED, AgreementState
from evaluation_service.domain.dossiers.dossiers import DossierStanding
from evaluation_service.domain.fairness.budgets import BudgetState
from evaluation_service.domain.initiatives.initiatives import InitiativeState
from evaluation_service.domain.integrity.cases import CaseState
from evaluation_service.domain.leadership.crises import CrisisState
from evaluation_service.domain.objectives.objectives import ObjectiveState
from evaluation_service.domain.objectives.readings import ReadingState
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.policies.policies import PolicyState
from evaluation_service.domain.readiness.gaps import OF_STATE, GapKind
from evaluation_service.domain.results.runs import RunState
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.post_audits import PostAuditState
from evaluation_service.domain.transfers.prior_results import PriorResult, PriorState
from evaluation_service.domain.work.causes import CauseState
from support.clock import FixedClock

K = InboxKind
OF_GAP: dict[GapKind, InboxKind | str] = {
    GapKind.UNRATED: K.RATING,
    GapKind.MISSING_ELEMENTS: K.RATING,
    GapKind.MISSING_INDICATORS: K.OBJECTIVE,
    GapKind.UNBALANCED_WEIGHTS: K.OBJECTIVE,
    GapKind.BROKEN_SCORECARD: K.OBJECTIVE,
    GapKind.MISSING_READING: K.OBJECTIVE,
    GapKind.UNCONFIRMED_READING: K.READING,
    GapKind.MISSING_JUDGEMENT: K.RATING,
    GapKind.UNKNOWN_CODE: K.RATING,
    GapKind.BROKEN_RULE: K.RATING,
    GapKind.INCOMPLETE_INPUTS: K.RATING,
    GapKind.OPEN_STAGE: K.STAGE,
    GapKind.OPEN_CLAIM: K.CAUSE,
    GapKind.OPEN_INITIATIVE: K.INITIATIVE,
    GapKind.UNCONFIRMED_CRISIS: K.CRISIS,
    GapKind.UNREPORTED: K.WORK,
    GapKind.UNREVIEWED: K.REPORT,
    GapKind.PROPOSED: K.PROPOSAL,
    GapKind.DOUBTED: K.DOUBT,
    GapKind.UNSIGNED_AGREEMENT: K.AGREEMENT,
    GapKind.UNPUBLISHED_COMMITMENT: K.COMMITMENT,
    GapKind.NO_WORK: K.WITHOUT_WORK,
    GapKind.UNMATCHED_DOSSIER: K.DOSSIER,
    GapKind.AWAITED_PART: "the other agency owes it, whose administrators are told to freeze",
    GapKind.AWAITED_RESULT: "its administrators are told to freeze and publish each period",
    GapKind.UNIT_UNRATED: K.UNIT_RATING,
    GapKind.UNIT_OBJECTIVES: K.UNIT_OBJECTIVE,
    GapKind.MISSING_INDEX: "the platform computes it; one that comes late is scored again",
}
PEOPLE = (PROVINCE_HEAD, CHAIR, OFFICE_HEAD, LAN, MINH, BOARD, ADMIN, COMMITTEE)


async def waiting(uow: MemoryUnitOfWork, kind: InboxKind, *readers: Actor) -> list[Waiting]:
    pages = [
        await list_waiting(each, uow.reading(), kind, first=100, after=None)
        for each in readers or PEOPLE
    ]
    return [item for page in pages for item in page.items]


def test_every_gap_and_every_kind_is_thought_of() -> None:
    assert set(OF_GAP) == set(GapKind)
    told = {*OF_GAP.values(), *OF_STATES.values(), K.TROUBLE, K.TIE, K.CHANGED_RESULT, K.YEAR}
    told |= {K.COUNTERSIGNATURE, K.PUBLISH_COMMITMENT}
    assert set(InboxKind) == {each for each in told if isinstance(each, InboxKind)}


@pytest.mark.parametrize("kind", [kind for kind, to in OF_GAP.items() if isinstance(to, InboxKind)])
async def test_E_I14_a_gap_waits_for_somebody_until_it_is_mended(
    uow: MemoryUnitOfWork, clock: FixedClock, kind: GapKind
) -> None:
    steps = STORIES[kind](uow, clock)
    period = await anext(steps)
    (gap, *_) = [each for each in await listed(uow, period) if each.kind is kind]
    to = InboxKind(OF_GAP[kind])

    def about(each: Waiting) -> str | None:
        return each.subject_id if to in OF_UNITS else each.civil_servant_id

    about_it = gap.unit_id if to in OF_UNITS else gap.civil_servant_id

    there = {about(each): each for each in await waiting(uow, to)}
    await anext(steps, None)
    mended = [each for each in await waiting(uow, to) if about_it == about(each)]

    assert about_it in there
    if to in OF_PEOPLE or to in OF_UNITS:
        assert kind in there[about_it].gaps
        assert all(kind not in each.gaps for each in mended)
    else:
        assert mended == []


def but(state: StrEnum) -> list[StrEnum]:
    return [each for each in type(state) if each is not state]


OF_STATES: dict[tuple[type[StrEnum], StrEnum], InboxKind | str] = {
    (type(state), state): to
    for states, to in (
        ((AppealState.FILED,), K.APPEAL),
        (but(AppealState.FILED), "decided or withdrawn"),
        ((PostAuditState.REQUESTED,), K.POST_AUDIT),
        ((PostAuditState.CORRECTED, PostAuditState.DISMISSED), "decided"),
        ((CaseState.RAISED, CaseState.CONFIRMED), K.CASE),
        ((CaseState.ACTED, CaseState.DISMISSED), "decided"),
        ((PriorState.ENTERED,), K.PRIOR_RESULT),
        ((BudgetState.ENTERED,), K.BUDGET),
        ((BudgetState.CONFIRMED,), "decided"),
        ((PriorState.CONFIRMED, PriorState.REFUSED), "decided"),
        ((PolicyState.DRAFT, PolicyState.APPROVED), K.POLICY),
        ((PolicyState.PUBLISHED,), "in force"),
        ((PeriodState.OPEN,), K.FREEZE),
        ((PeriodState.REVIEW,), K.PUBLICATION),
        ((PeriodState.PUBLISHED, PeriodState.APPEAL_WINDOW), K.CLOSING),
        ((PeriodState.DATA_FROZEN, PeriodState.SCORING), "the platform goes on; else TROUBLE"),
        ((PeriodState.CLOSED,), "at its end"),
        (tuple(RunState), "the platform's, but for TROUBLE and TIE below"),
        (tuple(EvaluationState), "moves with its period; what it lacks is a gap"),
        ((DossierStanding.UNMATCHED,), K.DOSSIER),
        (but(DossierStanding.UNMATCHED), "counted, or goes on by itself"),
        (tuple(ObjectiveState), "in force or withdrawn; what it lacks is a gap"),
        ((ReadingState.ENTERED,), K.READING),
        (but(ReadingState.ENTERED), "decided"),
        ((InitiativeState.PROPOSED,), K.INITIATIVE),
        ((InitiativeState.PROVISIONAL,), K.INITIATIVE_CHECK),
        ((InitiativeState.FINAL, InitiativeState.REFUSED), "decided, or looked at to the end"),
        (UNSIGNED, K.SIGNATURE),
        (
            tuple(set(AgreementState) - set(UNSIGNED)),
            "signed or over; of an amendment SIGNATURE or COUNTERSIGNATURE tells",
        ),
        ((CrisisState.RECORDED,), K.CRISIS),
        (but(CrisisState.RECORDED), "decided"),
        ((CauseState.CLAIMED,), K.CAUSE),
        ((CauseState.CONFIRMED, CauseState.REFUSED), "decided"),
        (tuple(WebhookState), "a system's own: its list of webhooks tells"),
        (tuple(DeliveryState), "a system's own: its list of deliveries tells"),
        *(
            ((state,), OF_GAP[gap] if gap else "nothing more is to come")
            for state, gap in OF_STATE.items()
        ),
    )
    for state in states
}


def states_there_are() -> Iterator[type[StrEnum]]:
    """Of every aggregate that is stored."""
    yield CauseState
    for kept in ALL:
        hints = get_type_hints(kept.kind)
        for name in {each.name for each in fields(kept.kind)} & {"state", "standing"}:
            if isinstance(hints[name], EnumMeta):
                yield hints[name]


def test_every_state_of_every_aggregate_is_thought_of() -> None:
    assert set(OF_STATES) == {(kind, state) for kind in states_there_are() for state in kind}


def prior(state: PriorState) -> PriorResult:
    return PriorResult(
        id="prior_1",
        civil_servant_id="cs_1",
        province="56",
        period_label="2025",
        family="ND335",
        facts=facts(),
        entered_by=a.SOMEBODY,
        state=state,
    )


MADE: dict[type[StrEnum], Callable[[Any], Any]] = {
    AppealState: a.appeal,
    PostAuditState: a.post_audit,
    CaseState: a.case,
    PriorState: prior,
    BudgetState: a.budget,
    PolicyState: lambda state: replace(a.policy(state), province="56"),
    PeriodState: lambda state: replace(a.period(state), ends_on=date(2026, 8, 1)),
}
ELSEWHERE = (OTHER_BOARD, OTHER_ADMIN, OTHER_COMMITTEE)


@pytest.mark.parametrize(
    ("state", "to"),
    [(state, to) for (kind, state), to in OF_STATES.items() if kind in MADE],
    ids=lambda each: str(each)[:30],
)
async def test_an_open_state_waits_for_who_has_the_role(
    uow: MemoryUnitOfWork, clock: FixedClock, state: StrEnum, to: InboxKind | str
) -> None:
    made = MADE[type(state)](state)
    clock.at = clock.at.replace(month=12)
    async with uow.begin() as tx:
        kept = next(each for each in ALL if each.kind is type(made))
        await tx.store(kept).save(made)

    found = {
        kind: [each.subject_id for each in await waiting(uow, kind)]
        for kind in OFFICES
        if await waiting(uow, kind)
    }

    assert found == ({to: [made.id]} if isinstance(to, InboxKind) else {})
    assert [each for kind in OFFICES for each in await waiting(uow, kind, *ELSEWHERE)] == []


async def test_a_period_waits_for_no_step_before_its_day(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    async with uow.begin() as tx:
        for state in (PeriodState.OPEN, PeriodState.APPEAL_WINDOW):
            kept = next(each for each in ALL if each.name == "periods")
            await tx.store(kept).save(replace(a.period(state), id=state))

    assert [each for kind in OFFICES for each in await waiting(uow, kind)] == []


async def test_who_wrote_a_policy_is_not_asked_to_approve_it(uow: MemoryUnitOfWork) -> None:
    author = Participant.of(COMMITTEE)
    async with uow.begin() as tx:
        kept = next(each for each in ALL if each.name == "policies")
        own = replace(a.policy(), province="56", drafted_by=author)
        rewritten = replace(a.policy(), id="KH@2", province="56", involved=[author])
        await tx.store(kept).save(own)
        await tx.store(kept).save(rewritten)

    assert await waiting(uow, K.POLICY) == []


@pytest.mark.parametrize("state", PeriodState)
async def test_ties_wait_for_the_board_while_in_review(
    uow: MemoryUnitOfWork, state: PeriodState
) -> None:
    tied = replace(a.run(RunState.RANKED), ties=("eval_1",))
    async with uow.begin() as tx:
        stores = {each.name: tx.store(each) for each in ALL}
        await stores["periods"].save(a.period(state))
        others = (replace(tied, id="run_2", tie_kept=()), replace(tied, id="run_3", ties=()))
        for each in (tied, *others):
            await stores["runs"].save(each)

    found = [each.subject_id for each in await waiting(uow, K.TIE)]

    assert found == (["run_1"] if state is PeriodState.REVIEW else [])


async def test_a_scoring_that_was_given_up_waits_for_the_administrators(
    uow: MemoryUnitOfWork,
) -> None:
    async with uow.begin() as tx:
        runs = tx.store(next(each for each in ALL if each.name == "runs"))
        await runs.save(replace(a.run(RunState.REQUESTED), trouble="Unavailable"))
        await runs.save(replace(a.run(RunState.REQUESTED), id="run_2"))

    assert [each.subject_id for each in await waiting(uow, K.TROUBLE)] == ["run_1"]
    counts = {each.kind: each.count for each in await count_waiting(ADMIN, uow.reading())}
    assert counts[K.TROUBLE] == 1


@pytest.mark.parametrize("state", CrisisState)
async def test_a_crisis_waits_for_a_board_that_took_no_part(
    uow: MemoryUnitOfWork, state: CrisisState
) -> None:
    recorded = a.crisis(state)
    others: dict[str, dict[str, Any]] = {
        "crisis_1": {},
        "crisis_2": {"entered_by": Participant.of(BOARD)},
        "crisis_3": {"civil_servant_id": BOARD.officer},
        "crisis_4": {"period_id": "period_2"},
    }
    async with uow.begin() as tx:
        stores = {each.name: tx.store(each) for each in ALL}
        await stores["periods"].save(a.period(PeriodState.OPEN))
        for id, changes in others.items():
            await stores["crises"].save(replace(recorded, id=id, **changes))

    found = [each.subject_id for each in await waiting(uow, K.CRISIS)]

    assert found == (["crisis_1"] if state is CrisisState.RECORDED else [])
