"""Each who acted in a case, alone, is refused as the one who decides it (E-I4, E-I12, C-I3)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_kit.domain.actor import Actor, Participant, Role
from congvu_kit.domain.errors import Forbidden
from evaluation import review_scenes, scenes, work_scenes
from evaluation.people import (
    ADMIN,
    BOARD,
    CHAIR,
    CHAIR_ID,
    COMMITTEE,
    COMMUNE,
    DEPUTY,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    OFFICE_HEAD,
    PROVINCE_HEAD,
    person,
)
from evaluation_service.application.collections import (
    APPEALS,
    ASSIGNMENTS,
    EVALUATIONS,
    POLICIES,
    POST_AUDITS,
    RUNS,
    TALLIES,
)
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.runs import run_id
from evaluation_service.domain.review.appeals import AppealState

OPENER = person("opener", Role.PERIOD_ADMIN, officer="cs_opener")
FREEZER = person("freezer", Role.PERIOD_ADMIN, officer="cs_freezer")
PUBLISHER = person("publisher", Role.PERIOD_ADMIN, officer="cs_publisher")
CLOSER = person("closer", Role.PERIOD_ADMIN, officer="cs_closer")
TIE_DECIDER = person("tie-decider", Role.REVIEW_BOARD, officer="cs_tie_decider")
INVOLVED = {
    "the person": MINH,
    "assigned the work": PROVINCE_HEAD,
    "accepted the work": DEPUTY,
    "decided a cause": OFFICE_HEAD,
    "rated": CHAIR,
    "opened the period": OPENER,
    "froze the period": FREEZER,
    "published the period": PUBLISHER,
    "decided the ties": TIE_DECIDER,
}


def on_the_board(actor: Actor) -> Iterator[tuple[str, Actor]]:
    """The same person with another account, and the same account that names nobody."""
    board = frozenset({Role.REVIEW_BOARD})
    yield "by officer", replace(actor, subject="another-account", roles=board)
    yield "by account", replace(actor, officer=None, roles=board)


def each_alone(involved: dict[str, Actor]) -> list[Any]:
    return [
        pytest.param(board, id=f"{who}-{how}")
        for who, actor in involved.items()
        for how, board in on_the_board(actor)
        if (who, how) != ("the person", "by account")
    ]


async def case(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    """Everybody of INVOLVED did one thing in Minh's published result, and nothing else."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow, actor=OPENER)
    given = await scenes.assign(uow, period, MINH_ID, actor=PROVINCE_HEAD)
    reported = await scenes.report(uow, given, "4", actor=MINH)
    accepted = await scenes.accept(uow, reported, actor=DEPUTY, quality_failures=1)
    claimed = await work_scenes.claim(uow, accepted, actor=MINH)
    await work_scenes.decide_cause(uow, claimed, actor=OFFICE_HEAD)
    await scenes.rate(uow, period, MINH_ID, actor=CHAIR)
    await scenes.move(uow, period, "freeze", actor=FREEZER)
    await scenes.indexes_come(uow, period)
    await scenes.Pump(uow).run()
    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    await scenes.decide_ties(uow, run, (), actor=TIE_DECIDER)
    await scenes.move(uow, period, "publish", actor=PUBLISHER)
    await scenes.Pump(uow).run()
    return await scenes.now_is(uow, period)


async def minhs(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Evaluation:
    return await scenes.evaluation_of(uow, period, MINH_ID)


@pytest.mark.parametrize("actor", each_alone(INVOLVED))
async def test_E_I4_nobody_involved_decides_an_appeal(uow: MemoryUnitOfWork, actor: Actor) -> None:
    appeal = await review_scenes.file(uow, await minhs(uow, await case(uow)))
    told = len(uow.outbox)

    with pytest.raises(Forbidden) as refused:
        await review_scenes.decide(uow, appeal, verdict=AppealState.REJECTED, actor=actor)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(APPEALS).get(appeal.id) == appeal
    assert len(uow.outbox) == told


async def test_E_I4_whoever_filed_an_appeal_does_not_decide_it(uow: MemoryUnitOfWork) -> None:
    appeal = await review_scenes.file(uow, await minhs(uow, await case(uow)))
    account = replace(MINH, officer=None, roles=frozenset({Role.REVIEW_BOARD}))

    with pytest.raises(Forbidden) as refused:
        await review_scenes.decide(uow, appeal, verdict=AppealState.REJECTED, actor=account)

    assert refused.value.rule_id == "E-I4"


@pytest.mark.parametrize("actor", each_alone({**INVOLVED, "closed the period": CLOSER}))
async def test_E_I4_nobody_involved_corrects_in_a_post_audit(
    uow: MemoryUnitOfWork, actor: Actor
) -> None:
    period = await case(uow)
    await scenes.move(uow, period, "close", actor=CLOSER)
    audit = await review_scenes.post_audit(uow, None)
    before = await minhs(uow, period)
    told = len(uow.outbox)

    with pytest.raises(Forbidden) as refused:
        await review_scenes.decide_audit(uow, audit, before, review_scenes.LOWER, actor=actor)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(POST_AUDITS).get(audit.id) == audit
    assert (await minhs(uow, period), len(uow.outbox)) == (before, told)


async def test_E_I4_nobody_dismisses_a_complaint_about_themself(uow: MemoryUnitOfWork) -> None:
    await case(uow)
    audit = await review_scenes.post_audit(uow, MINH_ID)
    board = replace(MINH, subject="another-account", roles=frozenset({Role.REVIEW_BOARD}))

    with pytest.raises(Forbidden) as refused:
        await review_scenes.decide_audit(uow, audit, None, None, actor=board)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(POST_AUDITS).get(audit.id) == audit


async def test_somebody_uninvolved_decides(uow: MemoryUnitOfWork) -> None:
    appeal = await review_scenes.file(uow, await minhs(uow, await case(uow)))
    audit = await review_scenes.post_audit(uow, MINH_ID)

    decided = await review_scenes.decide(uow, appeal, verdict=AppealState.REJECTED)
    dismissed = await review_scenes.decide_audit(uow, audit, None, None)

    assert decided.decided_by == dismissed.decided_by == Participant.of(BOARD)


@pytest.mark.parametrize("who", ["tied themself", "rated one of the tied"])
async def test_E_I4_ties_are_decided_by_others(uow: MemoryUnitOfWork, who: str) -> None:
    run = await review_scenes.tied(uow)
    tied = await uow.reading().store(EVALUATIONS).get(run.ties[0])
    officer = tied.civil_servant_id if who == "tied themself" else CHAIR_ID
    board = person("another-account", Role.REVIEW_BOARD, officer=officer)

    with pytest.raises(Forbidden) as refused:
        await scenes.decide_ties(uow, run, run.ties[:1], actor=board)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(RUNS).get(run.id) == run


@pytest.mark.parametrize(
    "actor",
    [
        pytest.param(replace(CHAIR, subject="lan"), id="by account"),
        pytest.param(replace(CHAIR, officer=LAN_ID), id="by officer"),
    ],
)
async def test_E_I12_a_cause_is_not_decided_by_whoever_claimed_it(
    uow: MemoryUnitOfWork, actor: Actor
) -> None:
    claimed = await work_scenes.claim(uow, await work_scenes.two_failures(uow))

    with pytest.raises(Forbidden) as refused:
        await work_scenes.decide_cause(uow, claimed, actor=actor)

    assert refused.value.rule_id == "E-I12"
    assert await uow.reading().store(ASSIGNMENTS).get(claimed.id) == claimed


SuperiorStep = Callable[[MemoryUnitOfWork, work_scenes.Desk, Actor], Any]
SUPERIOR_STEPS: dict[str, SuperiorStep] = {
    "assign": lambda uow, desk, actor: scenes.assign(uow, desk.period, actor=actor),
    "accept": lambda uow, desk, actor: scenes.accept(uow, desk.reported, actor=actor),
    "return": lambda uow, desk, actor: work_scenes.send_back(uow, desk.reported, actor=actor),
    "cancel": lambda uow, desk, actor: work_scenes.cancel(uow, desk.given, actor=actor),
    "raise": lambda uow, desk, actor: work_scenes.raise_to(uow, desk.given, "6", actor=actor),
    "reduce": lambda uow, desk, actor: work_scenes.reduce_to(uow, desk.given, "2", actor=actor),
    "carry over": lambda uow, desk, actor: work_scenes.carry_over(
        uow, desk.given, desk.later, actor=actor
    ),
    "transfer": lambda uow, desk, actor: work_scenes.transfer(
        uow, desk.given, MINH_ID, actor=actor
    ),
    "decide a proposal": lambda uow, desk, actor: work_scenes.decide_proposal(
        uow, desk.proposed, actor=actor
    ),
    "give to a group": lambda uow, desk, actor: work_scenes.form_group(
        uow, desk.period, work_scenes.members(minh="50", lan="50"), actor=actor
    ),
    "divide a group": lambda uow, desk, actor: work_scenes.divide_group(
        uow, desk.group, work_scenes.members(lan="60", minh="40"), actor=actor
    ),
    "rate": lambda uow, desk, actor: scenes.rate(uow, desk.period, LAN_ID, actor=actor),
}


@pytest.mark.parametrize("step", SUPERIOR_STEPS)
async def test_E_I4_nobody_is_their_own_superior(uow: MemoryUnitOfWork, step: str) -> None:
    desk = await work_scenes.desk(uow)
    herself = replace(CHAIR, subject="another-account", officer=LAN.officer)
    before = await uow.reading().store(ASSIGNMENTS).select()
    told = len(uow.outbox)

    with pytest.raises(Forbidden) as refused:
        await SUPERIOR_STEPS[step](uow, desk, herself)

    assert refused.value.rule_id == "E-I4"
    assert await uow.reading().store(ASSIGNMENTS).select() == before
    assert len(uow.outbox) == told


async def test_C_I3_the_drafter_does_not_approve_with_another_account(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    draft = await review_scenes.derived(uow, actor=replace(ADMIN, officer="cs_author"))
    author = replace(COMMITTEE, officer="cs_author")

    with pytest.raises(Forbidden) as refused:
        await review_scenes.approved(uow, draft, actor=author)

    assert refused.value.rule_id == "C-I3"
    assert await uow.reading().store(POLICIES).get(draft.id) == draft


async def test_who_acted_is_kept_with_what_they_did(uow: MemoryUnitOfWork) -> None:
    period = await case(uow)
    closed = await scenes.move(uow, period, "close", actor=CLOSER)

    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    tallies = await uow.reading().store(TALLIES).select(Eq("civil_servant_id", MINH_ID))
    work = await uow.reading().store(ASSIGNMENTS).select(Eq("civil_servant_id", MINH_ID))
    assert [each.subject for each in closed.involved] == [
        "opener",
        "freezer",
        "publisher",
        "closer",
    ]
    assert [each.subject for each in run.involved] == ["tie-decider"]
    assert [each.subject for each in tallies[0].involved] == [
        "province-head",
        "deputy",
        "office-head",
    ]
    assert [each.subject for each in (await minhs(uow, period)).involved] == ["chair"]
    assert [
        (each.assigned_by.subject, each.checks[0].checked_by.subject, each.causes[0].claimed_by)
        for each in work
    ] == [("province-head", "deputy", Participant(subject="minh", officer=MINH_ID))]
    decided_by = work[0].causes[0].decided_by
    assert decided_by is not None
    assert decided_by.subject == "office-head"
    assert closed.seal is not None
    assert closed.seal.signer == "closer"
