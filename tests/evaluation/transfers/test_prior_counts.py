"""Results from before the platform count in history, triggers and years (E-I10, E-I19)."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Eq
from congvu_scoring import compile_policy
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes, scenes
from evaluation.people import LAN, LAN_ID, OFFICE_HEAD_ID
from evaluation.prior_scenes import HASH, decided, entered, facts, imported
from evaluation_service.application.collections import CASES, EVALUATIONS, PRIOR_RESULTS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results.queries import year_result
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import SwitchChoice
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.results.inputs import GivenInputs, Indicator
from evaluation_service.domain.results.past import PastResult, one_a_label
from evaluation_service.domain.transfers.handovers import HandedOverTo
from evaluation_service.domain.transfers.prior_results import PriorDocument, PriorResult
from support.clock import FixedClock
from support.graph import Graph

CONTRACT = "LEADER-CONTRACT-BSC"
FIRST, SECOND = (date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 4, 1), date(2026, 7, 1))
YEAR = """
query($id: ID!) {
  civilServant(id: $id) {
    yearResult(year: 2026, kind: QUARTER) { outcome method periods total band }
  }
}"""


async def prior(uow: MemoryUnitOfWork, days: tuple[date, date], **changes: object) -> PriorResult:
    """A confirmed one of a quarter of this year."""
    paper = PriorDocument(number="7/TB-UBND", issued_on=date(2026, 7, 5), hash=HASH)
    said = {
        "kind": PeriodKind.QUARTER,
        "starts_on": days[0],
        "ends_on": days[1],
        "document": paper,
        "total": Decimal(60),
        "band": "HT",
    }
    return await decided(uow, await entered(uow, **(said | changes)))


async def third(uow: MemoryUnitOfWork, **policies: object) -> EvaluationPeriod:
    period = await scenes.open_period(uow, **policies)
    await scenes.do_all(uow, period, LAN)
    return period


async def rows_of(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> list[dict[str, Any]]:
    sheet = (await scenes.evaluation_of(uow, period, LAN_ID)).sheet
    assert sheet is not None
    rows: list[dict[str, Any]] = json.loads(sheet.snapshot).get("history", [])
    return rows


async def test_E_I10_history_names_the_document_of_a_prior_result(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    counts = await prior(uow, SECOND)
    await entered(
        uow,
        kind=PeriodKind.QUARTER,
        starts_on=FIRST[0],
        ends_on=FIRST[1],
        document=replace(counts.facts.document, issued_on=date(2026, 7, 6)),
    )
    period = await third(uow)
    await scenes.reviewed(uow, period)

    assert await rows_of(uow, period) == [
        {
            "period": "2026-Q2",
            "state": "SCORED",
            "family": "ND335-2025",
            "total": "60",
            "band": "HT",
            "evidence": [{"ref": counts.id, "hash": counts.hash}],
        }
    ]


TARGET = Indicator(
    code="O-1",
    perspective="OPERATIONS",
    weight=Decimal(1),
    baseline=Decimal(0),
    target=Decimal(100),
    actual=Decimal(10),
    direction="UP",
    shared=False,
    parent=None,
)
CONTRACT_MARKS = GivenInputs(
    indicators=tuple(
        replace(TARGET, code=each, perspective=each)
        for each in ("OPERATIONS", "SOCIAL", "CAPACITY_INTEGRITY")
    )
)


@pytest.mark.parametrize(
    ("policy", "total", "fired"),
    [
        (CONTRACT, "69.9", ["TWO_YEARS_UNDER_70"]),
        (CONTRACT, "70", []),
        ("ND335-2025-STAFF", "65", []),
        (None, None, []),
    ],
)
async def test_E_I19_a_trigger_looks_at_a_prior_result_of_its_own_family(
    uow: MemoryUnitOfWork, policy: str | None, total: str | None, fired: list[str]
) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy(CONTRACT), tx)
    if policy is not None:
        said = facts(policy=policy, total=Decimal(total or 0), band=None)
        [row] = (await imported(uow, said, person=OFFICE_HEAD_ID)).results
        assert row.id is not None
        await decided(uow, await uow.reading().store(PRIOR_RESULTS).get(row.id))
    period = await scenes.open_period(
        uow,
        kind=PeriodKind.YEAR,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 1, 1),
        deputy_policy=CONTRACT,
        leader_policy=CONTRACT,
    )
    await objective_scenes.given(uow, period, OFFICE_HEAD_ID, CONTRACT_MARKS)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()

    cases = await uow.reading().store(CASES).select(Eq("civil_servant_id", OFFICE_HEAD_ID))

    assert [case.rule for case in cases] == fired


async def test_E_I10_the_year_takes_prior_quarters_in(uow: MemoryUnitOfWork, graph: Graph) -> None:
    await scenes.commune(uow)
    await prior(uow, FIRST, total=Decimal("50"))
    await prior(uow, SECOND, total=Decimal("70"), band=None)
    period = await third(uow)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")

    found = (await graph.ask(YEAR, LAN, id=LAN_ID))["civilServant"]["yearResult"]

    assert found == {
        "outcome": "SCORED",
        "method": "roll_up.AVERAGE",
        "periods": ["2026-Q1", "2026-Q2", "2026-Q3"],
        "total": "70",  # (50 + 70 + 90) / 3
        "band": "HTT",
    }


async def test_E_I10_a_year_of_prior_quarters_alone_follows_the_policy_they_name(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    await prior(uow, FIRST, total=Decimal("50"))

    found = (await graph.ask(YEAR, LAN, id=LAN_ID))["civilServant"]["yearResult"]

    assert (found["total"], found["periods"]) == ("50", ["2026-Q1"])


async def test_a_withdrawn_result_counts_nowhere(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await decided(uow, await prior(uow, SECOND), confirmed=False)
    period = await third(uow)
    await scenes.reviewed(uow, period)

    assert await rows_of(uow, period) == []
    assert await year_result(LAN_ID, 2026, PeriodKind.QUARTER, uow.reading()) is None


async def test_E_I10_two_agencies_of_one_prior_quarter_count_by_their_working_days(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    middle = date(2026, 5, 25)
    await prior(uow, (SECOND[0], middle), total=Decimal(90), band=None)
    await prior(uow, (middle, SECOND[1]), total=Decimal(40), band=None)
    period = await third(uow)
    await scenes.reviewed(uow, period)

    def worked(first: date, after: date) -> int:
        days = [first + timedelta(days=n) for n in range((after - first).days)]
        off = {date(2026, 4, 30), date(2026, 5, 1)}
        return sum(day.weekday() < 5 and day not in off for day in days)

    days = worked(SECOND[0], middle), worked(middle, SECOND[1])
    total = Fraction(90 * days[0] + 40 * days[1], sum(days))
    [row] = await rows_of(uow, period)

    assert (Fraction(row["total"]), len(row["evidence"])) == (total, 2)
    assert row["band"] == ("HTT" if total >= 70 else "HT")


async def test_E_I10_a_day_has_one_prior_result(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    await prior(uow, SECOND)
    paper = PriorDocument(number="8/TB-UBND", issued_on=date(2026, 7, 5), hash=HASH)

    [row] = (
        await imported(
            uow,
            facts(
                kind=PeriodKind.QUARTER,
                starts_on=date(2026, 4, 2),
                ends_on=SECOND[1],
                document=paper,
            ),
        )
    ).results

    assert row.refusal is not None
    assert (row.refusal.code, row.refusal.rule_id) == ("CONFLICT", "E-I10")


@pytest.mark.parametrize(
    ("policy", "refused"), [("ND335-2025-STAFF", True), ("ND335-2025", True), ("QĐ 90", False)]
)
async def test_a_band_its_family_never_gave_is_refused(
    uow: MemoryUnitOfWork, policy: str, refused: bool
) -> None:
    """Scoring would refuse the whole person for it later."""
    await scenes.commune(uow)

    [row] = (await imported(uow, facts(policy=policy, band="HTXSS"))).results

    assert (row.refusal.field if row.refusal else None) == ("facts.band" if refused else None)


async def test_a_cumulated_year_takes_what_the_document_says_of_the_work(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    switch = [SwitchChoice(policy="ND335-2025-STAFF", name="roll_up", value="CUMULATIVE")]
    half, work = Decimal("0.5"), Decimal("36")
    await prior(uow, SECOND, total=Decimal(65), general=Decimal(30), result=half, assigned=work)
    period = await third(uow, switches=switch)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")

    sheet = (await scenes.evaluation_of(uow, period, LAN_ID)).sheets[-1]
    here = sum(
        Fraction(row["coefficient"]) * Fraction(row["assigned"])
        for row in json.loads(sheet.snapshot)["work"]
    )
    found = (await graph.ask(YEAR, LAN, id=LAN_ID))["civilServant"]["yearResult"]

    expected = 25 + 70 * (18 + here) / (36 + here)  # (30 + 20) / 2 for the criteria
    assert found["method"] == "roll_up.CUMULATIVE"
    assert Fraction(found["total"]) == pytest.approx(expected)


def past(label: str, family: str, total: int, days: int) -> PastResult:
    return PastResult(
        label=label,
        starts_on=date(2026, 1, 1),
        family=family,
        state="SCORED",
        total=Fraction(total),
        band=None,
        days=lambda: days,
        numbers=lambda: {"numerator": Fraction(total), "denominator": Fraction(days)},
    )


COMPILED = compile_policy(shipped_policy("ND335-2025-STAFF"))
RESULTS = st.lists(
    st.tuples(
        st.sampled_from(["2025-Q1", "2025-Q2"]),
        st.sampled_from(["ND335-2025", "UEB-VNU"]),
        st.integers(0, 100),
        st.integers(0, 60),
    ),
    max_size=8,
)


@given(RESULTS)
@settings(max_examples=150)
def test_E_I10_a_label_has_one_row_weighed_by_days(
    results: list[tuple[str, str, int, int]],
) -> None:
    """Against sums written apart: for every label and family, points by days over days."""
    found = one_a_label([past(*each) for each in results], COMPILED)

    groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for label, family, total, days in results:
        groups.setdefault((label, family), []).append((total, days))
    expected = {}
    for key, rows in groups.items():
        days = sum(n for _, n in rows)
        if len(rows) == 1 or not days:
            expected[key] = Fraction(sum(total for total, _ in rows), len(rows))
        else:
            expected[key] = Fraction(sum(total * n for total, n in rows), days)
    assert {(each.label, each.family): each.total for each in found} == expected
    assert len(found) == len(expected)
    for each in found:
        totals = [total for total, _ in groups[each.label, each.family]]
        assert each.numbers()["numerator"] == sum(totals)
        assert (each.band is None) is (each.family != "ND335-2025")


async def test_E_I10_another_result_of_the_same_quarter_is_no_former_one(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    """It was entered before this platform rated the rest; the year takes both by their days."""
    await scenes.commune(uow)
    await prior(uow, (date(2026, 6, 25), date(2026, 7, 20)), total=Decimal(50))
    period = await third(uow)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")

    sheet = (await scenes.evaluation_of(uow, period, LAN_ID)).sheets[-1]
    found = (await graph.ask(YEAR, LAN, id=LAN_ID))["civilServant"]["yearResult"]

    assert (sheet.outcome, await rows_of(uow, period)) == ("SCORED", [])
    before, here = 17, 65
    assert found["periods"] == ["2026-Q3"]
    assert Fraction(found["total"]) == pytest.approx((50 * before + 90 * here) / (before + here))


async def test_E_I10_a_result_that_was_handed_over_after_all_is_no_former_one(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """Scored before the period was opened again; its sheets stay, and count where it went."""
    await scenes.commune(uow)
    before = await third(uow)
    await scenes.reviewed(uow, before)
    async with uow.begin() as tx:
        left = await scenes.evaluation_of(uow, before, LAN_ID)
        left.hand_over(HandedOverTo(period_id="period_x"))
        await tx.store(EVALUATIONS).save(left)
    clock.pass_days(90)
    fourth = await scenes.open_period(
        uow, name="Quý IV", starts_on=scenes.OCTOBER, ends_on=date(2027, 1, 1)
    )
    await scenes.reviewed(uow, fourth)

    assert await rows_of(uow, fourth) == []
