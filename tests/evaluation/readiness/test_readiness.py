"""E-I14: what is missing is told before the freeze; what would cost a person something blocks."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_scoring.documents.policy_files import shipped_policies, shipped_policy
from evaluation import review_scenes, scenes
from evaluation.agreed import agree
from evaluation.people import (
    ADMIN,
    AUDITOR,
    CHAIR,
    CHAIR_ID,
    COMMUNE,
    DEPUTY_ID,
    HOA_ID,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    OFFICE,
    OFFICE_HEAD,
    OFFICE_HEAD_ID,
    PROVINCE_HEAD,
)
from evaluation_service.application.collections import PERIODS, RUNS
from evaluation_service.application.periods import commands
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.readiness.counts import gap_counts
from evaluation_service.domain.periods.acts import ActKind, PeriodAct
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import Leave
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from support.clock import FixedClock
from support.graph import Graph

G = GapKind
READINESS = """query($period: ID!, $filter: PeriodGapFilter, $after: String) {
  periodReadiness(periodId: $period) {
    ready counts { kind blocking count }
    units(first: 100) { edges { node { unit { id } counts { kind count } } } }
    gaps(filter: $filter, first: 2, after: $after) {
      edges { node { kind unit { id } civilServant { id } assignmentId ruleId todoVi } }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""


async def counted(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> dict[GapKind, int]:
    now = await scenes.now_is(uow, period)
    return dict((await gap_counts(now, uow.reading())).total)


async def all_gaps(graph: Graph, period: EvaluationPeriod, actor: Any, **filter: Any) -> list[Any]:
    found, after = [], None
    while True:
        data = await graph.ask(READINESS, actor, period=period.id, filter=filter, after=after)
        page = data["periodReadiness"]["gaps"]
        found += [each["node"] for each in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def freeze(period: EvaluationPeriod, **reasons: Any) -> commands.FreezePeriod:
    return commands.FreezePeriod(
        actor=ADMIN,
        idempotency_key=scenes.key(),
        period_id=period.id,
        expected_revision=period.revision,
        **reasons,
    )


async def everybody_rated(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    for id in (LAN_ID, MINH_ID, HOA_ID):
        await scenes.rate(uow, period, id)
    led = review_scenes.LED_WELL
    for id in (OFFICE_HEAD_ID, DEPUTY_ID):
        await scenes.rate(uow, period, id, inputs=led)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=led)


async def test_every_gap_is_counted_and_listed_with_its_place(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.rate(uow, period, LAN_ID)
    given = await scenes.assign(uow, period)
    reported = await scenes.report(uow, await scenes.assign(uow, period, MINH_ID), "4", actor=MINH)
    returned = await scenes.send_back(
        uow, await scenes.report(uow, await scenes.assign(uow, period), "4")
    )
    claimed = await scenes.claim(uow, returned)

    counts = await counted(uow, period)
    gaps = await all_gaps(graph, period, AUDITOR)

    assert counts == {
        G.UNRATED: 5,
        G.MISSING_JUDGEMENT: 3,
        G.OPEN_CLAIM: 1,
        G.UNREPORTED: 2,
        G.UNREVIEWED: 1,
        G.NO_WORK: 4,
    }
    by_kind = {kind: [each for each in gaps if each["kind"] == kind] for kind in counts}
    assert {kind: len(listed) for kind, listed in by_kind.items()} == counts
    assert len(gaps) == sum(counts.values())
    assert {each["assignmentId"] for each in by_kind[G.UNREPORTED]} == {given.id, returned.id}
    assert [each["assignmentId"] for each in by_kind[G.UNREVIEWED]] == [reported.id]
    assert [each["assignmentId"] for each in by_kind[G.OPEN_CLAIM]] == [claimed.id]
    unrated = {each["civilServant"]["id"] for each in by_kind[G.UNRATED]}
    assert unrated == {MINH_ID, HOA_ID, OFFICE_HEAD_ID, DEPUTY_ID, CHAIR_ID}
    assert {each["unit"]["id"] for each in gaps} == {COMMUNE, OFFICE}
    assert all(each["todoVi"] for each in gaps)


async def test_a_superior_sees_the_gaps_of_what_they_lead(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)

    whole = (await graph.ask(READINESS, ADMIN, period=period.id))["periodReadiness"]
    office = (await graph.ask(READINESS, OFFICE_HEAD, period=period.id))["periodReadiness"]
    listed = await all_gaps(graph, period, OFFICE_HEAD, kind="UNRATED")
    chosen = await all_gaps(graph, period, CHAIR, kind="UNRATED", unitId=OFFICE)

    assert [each["count"] for each in whole["counts"]] == [6, 3, 6]
    assert [each["count"] for each in office["counts"]] == [4, 1, 4]
    assert (whole["ready"], office["ready"]) == (False, False)
    assert [each["node"]["unit"]["id"] for each in office["units"]["edges"]] == [OFFICE]
    assert {each["civilServant"]["id"] for each in listed} == {
        LAN_ID,
        MINH_ID,
        HOA_ID,
        OFFICE_HEAD_ID,
    }
    assert listed == chosen


async def test_what_a_policy_reads_and_nobody_entered_is_missing(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    for policy in shipped_policies().values():
        async with uow.begin() as tx:
            await keep_shipped(policy, tx)
    period = await scenes.open_period(
        uow, deputy_policy="US-SES", leader_policy="LEADER-CONTRACT-BSC"
    )

    counts = await counted(uow, period)

    assert counts == {
        G.UNRATED: 3,
        G.MISSING_ELEMENTS: 1,
        G.MISSING_INDICATORS: 2,
        G.NO_WORK: 3,
        G.UNSIGNED_AGREEMENT: 3,
    }


async def test_agreed_elements_that_are_rated_in_part_are_a_gap_until_all_are(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy("US-SES"), tx)
    period = await scenes.open_period(uow, deputy_policy="US-SES")
    await agree(uow, period, DEPUTY_ID, ["results", "a", "b"])

    async def rated(key: str, revision: int) -> int:
        given = GivenInputs(elements=(Rating(key=key, points=Decimal(3)),))
        found = await scenes.rate(uow, period, DEPUTY_ID, inputs=given, revision=revision)
        return found.revision

    revision = await rated("b", await rated("a", 0))
    gaps = await all_gaps(graph, period, ADMIN, kind="INCOMPLETE_INPUTS")
    await rated("results", revision)

    assert [(each["civilServant"]["id"], each["ruleId"]) for each in gaps] == [
        (DEPUTY_ID, "US-SES")
    ]
    assert G.INCOMPLETE_INPUTS not in await counted(uow, period)


async def test_a_freeze_before_the_last_day_is_over_needs_a_reason(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await everybody_rated(uow, period)
    told = len(uow.outbox)

    with pytest.raises(Conflict) as early:
        await perform(commands.freeze_period, freeze(period), uow)
    with pytest.raises(Invalid) as empty:
        await perform(commands.freeze_period, freeze(period, early=" "), uow)
    assert (await scenes.now_is(uow, period), len(uow.outbox)) == (period, told)
    assert await uow.reading().store(RUNS).count() == 0
    clock.at += scenes.OCTOBER - clock.at.date()
    frozen = await perform(commands.freeze_period, freeze(period, early="Không cần"), uow)

    assert (early.value.field, early.value.rule_id) == ("input.early", "E-I14")
    assert empty.value.field == "input.early"
    assert frozen.acts[0].early is None


async def test_blocking_gaps_keep_a_period_open_unless_they_are_accepted(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, LAN)
    clock.at += timedelta(days=60)

    with pytest.raises(Conflict) as blocked:
        await perform(commands.freeze_period, freeze(period), uow)
    accepted = commands.AcceptGaps(reason="Đã báo cáo Chủ tịch")
    frozen = await perform(commands.freeze_period, freeze(period, accept_gaps=accepted), uow)

    assert (blocked.value.field, blocked.value.rule_id) == ("input.acceptGaps", "E-I14")
    assert "UNRATED: 6" in blocked.value.en
    (act,) = frozen.acts
    assert act == PeriodAct(
        kind=ActKind.FROZEN,
        by=act.by,
        at=clock.at,
        accepted="Đã báo cáo Chủ tịch",
        gaps={"MISSING_JUDGEMENT": 3, "NO_WORK": 5, "UNRATED": 6},
    )
    assert frozen.sealed_record["acts"]


async def test_what_has_a_rule_of_its_own_does_not_block(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """Work nobody reported or reviewed, a person without work."""
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await everybody_rated(uow, period)
    await scenes.assign(uow, period)
    await scenes.report(uow, await scenes.assign(uow, period, MINH_ID), "4", actor=MINH)
    clock.at += timedelta(days=60)

    frozen = await perform(commands.freeze_period, freeze(period), uow)

    assert frozen.state is PeriodState.DATA_FROZEN
    assert frozen.acts[0].gaps == {"NO_WORK": 4, "UNREPORTED": 1, "UNREVIEWED": 1}
    assert frozen.acts[0].accepted is None


async def test_nobody_has_to_rate_who_was_on_leave_all_the_time(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    away = scenes.person_row(
        "cb-013", "Ân Thị Hoa", scenes.appointment_row("H32.31.07.1", "HO-TICH")
    )
    leave = Leave(kind="MATERNITY", valid_from=date(2026, 6, 1), valid_to=date(2026, 12, 1))
    await scenes.sync(uow, people=[replace(away, leaves=(leave,))])
    period = await scenes.open_period(uow)

    assert (await counted(uow, period))[G.UNRATED] == 5


@dataclass
class Asking:
    """Counts the questions that go through it."""

    inner: Any
    asks: int = 0

    @property
    def now(self) -> datetime:
        return self.inner.now  # type: ignore[no-any-return]

    def store(self, collection: Any) -> Any:
        store = self.inner.store(collection)
        return SimpleNamespace(
            **{name: self.asking(getattr(store, name)) for name in dir(store) if name[0] != "_"}
        )

    def asking(self, question: Any) -> Any:
        def ask(*given: Any, **named: Any) -> Any:
            self.asks += 1
            return question(*given, **named)

        return ask


async def test_readiness_asks_as_often_for_many_as_for_few(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    period_id, *_ = await review_scenes.crowd(uow, 1, 1)
    period = await uow.reading().store(PERIODS).get(period_id)
    few: Any = Asking(uow.reading())
    many: Any = Asking(uow.reading())

    await gap_counts(period, few)
    for n in range(30):
        row = scenes.person_row(f"cb-4{n}", "Tô", scenes.appointment_row("H32.31.07.1", "HO-TICH"))
        await scenes.sync(uow, people=[row])
    many.inner = uow.reading()
    found = await gap_counts(period, many)

    assert found.total[G.UNRATED] > 30
    assert few.asks == many.asks <= 32
