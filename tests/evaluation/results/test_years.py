"""A year from its quarters."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_scoring import CompiledPolicy, compile_policy
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.engine.vocabulary import Scale
from evaluation import objective_scenes, scenes
from evaluation.people import COMMUNE, DEPUTY_ID, LAN, LAN_ID, MINH, OFFICE_HEAD_ID
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results.queries import year_result
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.pins import SwitchChoice
from evaluation_service.domain.periods.states import PeriodKind
from evaluation_service.domain.results.inputs import (
    GivenInputs,
    Indicator,
    Organising,
    Rating,
    Unity,
)
from support.clock import FixedClock
from support.graph import Graph

NOVEMBER = date(2026, 11, 2)
YEAR = """
query($id: ID!, $kind: EvaluationPeriodKind!) {
  civilServant(id: $id) {
    yearResult(year: 2026, kind: $kind) { outcome method periods total band }
  }
}"""


async def test_E_I10_the_year_is_the_average_of_every_quarter_wherever_it_was_rated(
    uow: MemoryUnitOfWork, graph: Graph, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    third = await scenes.open_period(uow, scope_unit_id=COMMUNE)
    await scenes.do_all(uow, third, LAN)
    await scenes.reviewed(uow, third)
    await scenes.move(uow, third, "publish")
    moved = scenes.person_row(
        "cb-011",
        "Nguyễn Thị Lan",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=scenes.OCTOBER),
        scenes.appointment_row("H32.31.08", "HO-TICH", valid_from=scenes.OCTOBER),
    )
    await scenes.sync(uow, people=[moved])
    clock.at += timedelta(days=90)
    fourth = await scenes.open_period(
        uow,
        name="Quý IV",
        scope_unit_id=scenes.unit_id("H32.31.08"),
        starts_on=scenes.OCTOBER,
        ends_on=date(2027, 1, 1),
    )
    await scenes.assign_and_finish_half(uow, fourth, LAN)
    half = (await graph.ask(YEAR, LAN, id=LAN_ID, kind="QUARTER"))["civilServant"]
    await scenes.reviewed(uow, fourth)
    await scenes.move(uow, fourth, "publish")
    whole = (await graph.ask(YEAR, LAN, id=LAN_ID, kind="QUARTER"))["civilServant"]

    assert half["yearResult"] == {
        "outcome": "SCORED",
        "method": "roll_up.AVERAGE",
        "periods": ["2026-Q3"],
        "total": "90",
        "band": "HTXS",
    }
    assert whole["yearResult"] == {
        "outcome": "SCORED",
        "method": "roll_up.AVERAGE",
        "periods": ["2026-Q3", "2026-Q4"],
        "total": "72.5",
        "band": "HTT",
    }


@pytest.mark.parametrize(("kind", "code"), [("YEAR", "INVALID")])
async def test_a_year_is_not_made_of_years(
    uow: MemoryUnitOfWork, graph: Graph, kind: str, code: str
) -> None:
    await scenes.commune(uow)

    errors = await graph.errors(YEAR, LAN, id=LAN_ID, kind=kind)

    assert [error["code"] for error in errors] == [code]


async def test_without_published_quarters_there_is_no_year(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, MINH)
    await scenes.reviewed(uow, period)

    data = await graph.ask(YEAR, MINH, id=MINH.officer, kind="QUARTER")

    assert data == {"civilServant": {"yearResult": None}}


def ordinary(policy: CompiledPolicy, kind: str) -> GivenInputs:
    """What a superior enters of somebody, as far as the policy reads it."""
    known = policy.vocabulary
    of_others = policy.rated_by_others
    elements = {key: high(scale) for key, scale in known.scales.items() if key not in of_others}
    if known.elements is None:
        elements = dict.fromkeys(("results", "a", "b", "c", "d", "e"), Decimal(4))
    perspectives = known.perspectives if known.perspectives is not None else {"P"}
    leads = kind != "STAFF"
    return GivenInputs(
        general=tuple(Rating(key=key, points=high(known.criteria[key])) for key in known.criteria),
        elements=tuple(Rating(key=key, points=points) for key, points in elements.items()),
        indicators=tuple(target(each) for each in sorted(perspectives)) if known.indicators else (),
        organising=Organising.FULL if leads else None,
        unity=Unity.FULL if leads else None,
    )


def high(scale: Scale) -> Decimal:
    assert scale.high is not None
    return Decimal(scale.high.numerator) / scale.high.denominator


def target(perspective: str) -> Indicator:
    return Indicator(
        code=f"{perspective}-1",
        perspective=perspective,
        weight=Decimal(1),
        baseline=Decimal(0),
        target=Decimal(100),
        actual=Decimal(80),
        direction="UP",
        shared=False,
        parent=None,
    )


SOMEBODY = {"STAFF": LAN_ID, "DEPUTY": DEPUTY_ID, "LEADER": OFFICE_HEAD_ID}
SHIPPED = {policy.id: policy for policy in shipped_policies().values()}
WAYS = [
    (policy.id, kind, way)
    for policy in SHIPPED.values()
    for kind in policy.subjects
    if kind in SOMEBODY and not policy.workflow.of_a_file.stages
    for way in ((policy.roll_up.methods if policy.roll_up else None) or ("",))
]
"""A file that goes through stages takes longer than a quarter, and is told with them."""


async def quarter(
    uow: MemoryUnitOfWork, policy: str, kind: str, way: str, *, fourth: bool
) -> EvaluationPeriod:
    """Work given and done, and what a superior enters, under the policy; published."""
    days = {"starts_on": scenes.OCTOBER, "ends_on": date(2027, 1, 1), "name": "Quý IV"}
    switches = [SwitchChoice(policy=policy, name="roll_up", value=way)] if way else []
    period = await scenes.open_period(
        uow,
        **{f"{kind.lower()}_policy": policy},
        switches=switches,
        **(days if fourth else {}),
    )
    person = SOMEBODY[kind]
    due_on = date(2026, 12, 1) if fourth else date(2026, 9, 1)
    for each in {person, LAN_ID}:  # Somebody is led, too.
        work = await scenes.assign(uow, period, each, quantity="4", due_on=due_on)
        officer, done = scenes.officer_of(each), "3" if fourth else "4"
        on = NOVEMBER if fourth else scenes.TODAY
        reported = await scenes.report(uow, work, done, actor=officer, completed_on=on)
        await scenes.accept(uow, reported)
    given = ordinary(compile_policy(SHIPPED[policy]), kind)
    if policy == "BSC-CASCADE":
        in_office = person != DEPUTY_ID
        given = await objective_scenes.aligned(uow, period, given, in_office=in_office)
    await objective_scenes.given(uow, period, person, given, measured_on=on)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    return period


@pytest.mark.parametrize(("policy", "kind", "way"), WAYS)
async def test_a_year_of_ordinary_quarters_has_a_result_under_every_policy(
    uow: MemoryUnitOfWork, clock: FixedClock, policy: str, kind: str, way: str
) -> None:
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(SHIPPED[policy], tx)
    person = SOMEBODY[kind]
    third = await quarter(uow, policy, kind, way, fourth=False)
    clock.at += timedelta(days=90)
    fourth = await quarter(uow, policy, kind, way, fourth=True)
    rated = [await scenes.evaluation_of(uow, period, person) for period in (third, fourth)]

    year = await year_result(person, 2026, PeriodKind.QUARTER, uow.reading())

    assert [each.sheets[-1].outcome for each in rated] == ["SCORED", "SCORED"]
    assert year is not None
    assert (year.state, len(year.periods)) == ("SCORED", 2)
    assert year.method == (f"roll_up.{way}" if way else "roll_up")
    assert year.total is not None
    assert year.band is not None
    totals = [each.sheets[-1].counted_total or Fraction(0) for each in rated]
    assert min(totals) <= year.total <= max(totals)


@pytest.mark.parametrize(
    ("on_unreviewed", "expected"),
    [("ACCEPT_AS_REPORTED", ("72.5", "HTT")), ("ZERO", ("46.25", "KHT"))],
)
async def test_a_cumulated_year_weighs_its_quarters_by_their_work(
    uow: MemoryUnitOfWork,
    graph: Graph,
    clock: FixedClock,
    on_unreviewed: str,
    expected: tuple[str, str],
) -> None:
    """4 of 4, then 2 of 12 and 6 that nobody checked: 20 for the criteria, and 70 × 12/16 where
    silence accepts, 70 × 6/16 where it counts for nothing. Averages would say 68.33 and 55.83."""
    await scenes.commune(uow)
    switches = [
        SwitchChoice(policy="ND335-2025-STAFF", name="roll_up", value="CUMULATIVE"),
        SwitchChoice(policy="ND335-2025-STAFF", name="on_unreviewed", value=on_unreviewed),
    ]
    third = await scenes.open_period(uow, switches=switches)
    await scenes.do_all(uow, third, LAN)
    await scenes.reviewed(uow, third)
    await scenes.move(uow, third, "publish")
    clock.at += timedelta(days=90)
    fourth = await scenes.open_period(
        uow,
        name="Quý IV",
        switches=switches,
        starts_on=scenes.OCTOBER,
        ends_on=date(2027, 1, 1),
    )
    work = await scenes.assign(uow, fourth, quantity="12", due_on=date(2026, 12, 1))
    await scenes.report(
        uow,
        await scenes.accept(
            uow, await scenes.report(uow, work, "2", actor=LAN, completed_on=NOVEMBER)
        ),
        "6",
        actor=LAN,
        completed_on=NOVEMBER,
    )
    await scenes.reviewed(uow, fourth)
    await scenes.move(uow, fourth, "publish")

    found = (await graph.ask(YEAR, LAN, id=LAN_ID, kind="QUARTER"))["civilServant"]

    assert found["yearResult"] == {
        "outcome": "SCORED",
        "method": "roll_up.CUMULATIVE",
        "periods": ["2026-Q3", "2026-Q4"],
        "total": expected[0],
        "band": expected[1],
    }


async def test_E_I16_a_cumulated_year_leaves_out_what_its_quarters_left_out(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    """2 of 4 accepted, 2 more checked by nobody: half of the quarter's work under ZERO."""
    await scenes.commune(uow)
    chosen = {"roll_up": "CUMULATIVE", "on_unreviewed": "ZERO"}
    switches = [
        SwitchChoice(policy="ND335-2025-STAFF", name=name, value=value)
        for name, value in chosen.items()
    ]
    period = await scenes.open_period(uow, switches=switches)
    work = await scenes.do_all(uow, period, LAN, done="2")
    await scenes.report(uow, work, "2", actor=LAN)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")

    found = (await graph.ask(YEAR, LAN, id=LAN_ID, kind="QUARTER"))["civilServant"]

    assert (found["yearResult"]["method"], found["yearResult"]["total"]) == (
        "roll_up.CUMULATIVE",
        "55",  # 20 for the criteria, and 70 × 2/4
    )


async def test_E_I19_a_quarter_under_another_system_is_no_part_of_the_year(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    await quarter(uow, "UEB-VNU", "STAFF", "", fourth=False)
    clock.at += timedelta(days=90)
    await quarter(uow, "ND335-2025-STAFF", "STAFF", "AVERAGE", fourth=True)

    year = await year_result(LAN_ID, 2026, PeriodKind.QUARTER, uow.reading())

    assert year is not None
    assert (list(year.periods.labels), year.total) == (["2026-Q4"], Fraction("82.5"))


async def test_E_I19_history_names_the_family_that_made_it(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    await scenes.commune(uow)
    await quarter(uow, "UEB-VNU", "STAFF", "", fourth=False)
    clock.at += timedelta(days=90)
    fourth = await quarter(uow, "ND335-2025-STAFF", "STAFF", "AVERAGE", fourth=True)
    sheet = (await scenes.evaluation_of(uow, fourth, LAN_ID)).sheets[-1]

    rows = json.loads(sheet.snapshot)["history"]

    assert [(row["period"], row["family"]) for row in rows] == [("2026-Q3", "UEB-VNU")]
