"""What waits: each kind for those whose step it is, and gone once the step is taken."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.errors import Unauthenticated
from evaluation import desk_scenes as desk
from evaluation import objective_scenes as o
from evaluation import prior_scenes, review_scenes, scenes, work_scenes
from evaluation.people import (
    BOARD,
    CHAIR,
    HRM,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    OFFICE,
    OFFICE_HEAD,
    OFFICE_HEAD_ID,
    OTHER_BOARD,
    OTHER_COMMUNE,
)
from evaluation_service.application.desk.kinds import OFFICES, InboxKind
from evaluation_service.application.desk.queries import count_waiting, list_waiting
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.clock import FixedClock
from support.graph import Graph

COUNTS = "{ inbox { counts { kind count late } } }"
ITEMS = """query($kind: InboxKind!, $first: Int!, $after: String) {
  inbox { items(kind: $kind, first: $first, after: $after) {
    edges { node { kind subjectId dueOn civilServant { id } assignment { id } period { id } } }
    pageInfo { hasNextPage endCursor } } } }"""


@pytest.fixture
async def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    return await scenes.open_period(uow)


async def counts(graph: Graph, actor: Actor) -> Mapping[str, tuple[int, int]]:
    found = (await graph.ask(COUNTS, actor))["inbox"]["counts"]
    return {each["kind"]: (each["count"], each["late"]) for each in found}


async def waiting(graph: Graph, actor: Actor, kind: InboxKind, first: int = 100) -> list[Any]:
    """Through all pages."""
    found: list[Any] = []
    after = None
    while True:
        page = (await graph.ask(ITEMS, actor, kind=kind.value, first=first, after=after))["inbox"]
        found += [edge["node"] for edge in page["items"]["edges"]]
        if not page["items"]["pageInfo"]["hasNextPage"]:
            return found
        after = page["items"]["pageInfo"]["endCursor"]


async def test_a_report_waits_for_who_leads_the_person(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod, clock: FixedClock
) -> None:
    lans = await scenes.report(uow, await scenes.assign(uow, period, LAN_ID), "4")
    heads = await scenes.assign(uow, period, OFFICE_HEAD_ID)
    await scenes.report(uow, heads, "4", actor=replace(LAN, officer=OFFICE_HEAD_ID))

    chairs = await waiting(graph, CHAIR, InboxKind.REPORT, first=1)
    office_heads = await waiting(graph, OFFICE_HEAD, InboxKind.REPORT)

    assert {each["subjectId"] for each in chairs} == {lans.id, heads.id}
    (item,) = office_heads  # Nobody is shown what they must not decide.
    assert item == {
        "kind": "REPORT",
        "subjectId": lans.id,
        "dueOn": lans.review_due_on.isoformat() if lans.review_due_on else None,
        "civilServant": {"id": LAN_ID},
        "assignment": {"id": lans.id},
        "period": {"id": period.id},
    }
    assert (await counts(graph, CHAIR))["REPORT"] == (2, 0)
    assert (await counts(graph, OFFICE_HEAD))["REPORT"] == (1, 0)
    clock.at = clock.at.replace(day=30)
    assert (await counts(graph, OFFICE_HEAD))["REPORT"] == (1, 1)
    await desk.check(uow, period)
    assert (await counts(graph, CHAIR))["REPORT"] == (0, 0)


async def test_causes_and_proposals_wait_until_decided(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    work = await scenes.report(uow, await scenes.assign(uow, period, LAN_ID), "4")
    claimed = await scenes.claim(uow, await work_scenes.send_back(uow, work))
    proposed = await work_scenes.propose(uow, period)

    causes = await waiting(graph, CHAIR, InboxKind.CAUSE)
    proposals = await waiting(graph, CHAIR, InboxKind.PROPOSAL)

    assert [each["subjectId"] for each in causes] == [claimed.id]
    assert [each["subjectId"] for each in proposals] == [proposed.id]
    assert (await counts(graph, OFFICE_HEAD))["CAUSE"] == (1, 0)
    await work_scenes.decide_proposal(uow, proposed)
    assert await waiting(graph, CHAIR, InboxKind.PROPOSAL) == []


async def test_people_to_rate_until_they_are(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod, clock: FixedClock
) -> None:
    before = await waiting(graph, OFFICE_HEAD, InboxKind.RATING, first=1)
    await scenes.rate(uow, period, LAN_ID, actor=OFFICE_HEAD)

    after = await waiting(graph, OFFICE_HEAD, InboxKind.RATING)

    gone = {each["subjectId"] for each in before} - {each["subjectId"] for each in after}
    assert gone == {LAN_ID}
    assert OFFICE_HEAD_ID not in {each["subjectId"] for each in before}
    assert {each["dueOn"] for each in before} == {"2026-09-30"}
    assert (await counts(graph, OFFICE_HEAD))["RATING"] == (len(after), 0)
    clock.at = clock.at.replace(month=10)
    assert (await counts(graph, OFFICE_HEAD))["RATING"] == (len(after), len(after))


async def test_figures_wait_for_who_confirms_them_until_decided(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await o.scorecards(uow, switches=(o.WARN,))
    lans = await o.record(uow, await o.define(uow, period), actor=OFFICE_HEAD)
    office = await o.define(uow, period, unit_id=OFFICE)
    units = await o.record(uow, office, actor=LAN)
    heads = await o.define(uow, period, of=OFFICE_HEAD_ID)
    his = await o.record(uow, heads, actor=o.SYSTEM)

    chairs = await waiting(graph, CHAIR, InboxKind.READING)

    assert [each["subjectId"] for each in chairs] == [lans.id, units.id, his.id]
    assert [each["civilServant"] for each in chairs][:2] == [{"id": LAN_ID}, None]
    # Nobody is shown what they entered, or what is of themself or of the unit they head.
    assert await waiting(graph, OFFICE_HEAD, InboxKind.READING) == []
    assert (await counts(graph, CHAIR))["READING"] == (3, 0)
    await o.decide(uow, units)
    assert (await counts(graph, CHAIR))["READING"] == (2, 0)
    await scenes.move(uow, period, "freeze")
    assert (await counts(graph, CHAIR))["READING"] == (0, 0)


async def test_nobody_waits_for_ratings_that_no_rule_reads(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await o.scorecards(uow, switches=(o.WARN,))

    assert await waiting(graph, CHAIR, InboxKind.RATING) == []
    lans = [each["subjectId"] for each in await waiting(graph, CHAIR, InboxKind.OBJECTIVE)]
    assert LAN_ID in lans


async def test_an_officer_sees_own_work_only(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod, clock: FixedClock
) -> None:
    hers = await scenes.assign(uow, period, LAN_ID)
    await scenes.assign(uow, period, MINH_ID)

    assert [each["subjectId"] for each in await waiting(graph, LAN, InboxKind.WORK)] == [hers.id]
    quiet = dict.fromkeys(("SIGNATURE", "STAGE", "CHANGED_RESULT"), (0, 0))
    assert await counts(graph, LAN) == {"WORK": (1, 0), **quiet}
    clock.at = clock.at.replace(month=9, day=2)
    assert (await counts(graph, LAN))["WORK"] == (1, 1)
    assert await waiting(graph, LAN, InboxKind.REPORT) == []


async def test_the_board_sees_what_it_decides(uow: MemoryUnitOfWork, graph: Graph) -> None:
    period = await review_scenes.published(uow)
    minh = await scenes.evaluation_of(uow, period, MINH_ID)
    appeal = await review_scenes.file(uow, minh)
    audit = await review_scenes.post_audit(uow, LAN_ID)
    case = await review_scenes.raised(uow, minh)
    prior = await prior_scenes.entered(uow)

    found = {
        kind: [each["subjectId"] for each in await waiting(graph, BOARD, kind)]
        for kind, office in OFFICES.items()
        if office.role is Role.REVIEW_BOARD
    }

    assert found == {
        InboxKind.APPEAL: [appeal.id],
        InboxKind.POST_AUDIT: [audit.id],
        InboxKind.CASE: [case.id],
        InboxKind.PRIOR_RESULT: [prior.id],
        InboxKind.TIE: [],
        InboxKind.INITIATIVE: [],
        InboxKind.INITIATIVE_CHECK: [],
        InboxKind.CRISIS: [],
    }
    assert await counts(graph, BOARD) == {
        kind.value: (len(waits), 0) for kind, waits in found.items()
    }
    assert await counts(graph, OTHER_BOARD) == {kind.value: (0, 0) for kind in found}
    await review_scenes.decide(uow, appeal, correction=review_scenes.LOWER)
    assert await waiting(graph, BOARD, InboxKind.APPEAL) == []


@pytest.mark.parametrize(
    "stranger", [HRM, MINH, replace(CHAIR, province="01"), replace(CHAIR, unit=OTHER_COMMUNE)]
)
async def test_nothing_of_others_waits_for_a_stranger(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod, stranger: Actor
) -> None:
    await scenes.report(uow, await scenes.assign(uow, period, LAN_ID), "4")
    await work_scenes.propose(uow, period)

    shown = [each for kind in InboxKind for each in await waiting(graph, stranger, kind)]

    lans = [each for each in shown if each["civilServant"] in (None, {"id": LAN_ID})]
    assert lans == []


async def test_nobody_has_no_inbox(uow: MemoryUnitOfWork, graph: Graph) -> None:
    (refused,) = await graph.errors(COUNTS, ANONYMOUS)

    assert refused["code"] == "UNAUTHENTICATED"
    with pytest.raises(Unauthenticated):
        await count_waiting(ANONYMOUS, uow.reading())
    with pytest.raises(Unauthenticated):
        await list_waiting(ANONYMOUS, uow.reading(), InboxKind.WORK, first=1, after=None)


async def test_a_cursor_of_another_listing_is_refused(
    uow: MemoryUnitOfWork, graph: Graph, period: EvaluationPeriod
) -> None:
    for kind in (InboxKind.RATING, InboxKind.REPORT):
        (refused,) = await graph.errors(ITEMS, CHAIR, kind=kind.value, first=1, after="x")

        assert refused["code"] == "INVALID"
