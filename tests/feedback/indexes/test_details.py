"""What an index is made of: by procedure, channel and driver, of how many; its trend, and the index
for serving citizens and businesses. Counted here from what was sent, apart from the service."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Turns
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.shares import Share
from feedback import people
from feedback.indexes.steps import freeze
from feedback.indexes.test_indexes import index_with
from feedback.reviews.steps import burst
from feedback.scenes import (
    PERIOD,
    answered,
    disputed,
    dossier_fact,
    period_fact,
    rate,
    rating,
)
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application import reactions
from feedback_service.application.collections import INDEXES
from feedback_service.application.indexes.computation import compute_pending, public_fact
from feedback_service.application.indexes.queries import index_id
from feedback_service.application.needs import Needs
from feedback_service.domain.copies.period import Period
from feedback_service.domain.indexes.details import AnswersOf, IndexDetails, Served
from feedback_service.domain.indexes.figures import (
    ComplaintFigures,
    LeaderPromises,
    LeaderPublished,
    OfficerComplaints,
    ProcedureAnswers,
)
from feedback_service.domain.indexes.satisfaction_index import LeaderRating
from feedback_service.domain.indexes.service_index import WEIGHTS, ServiceIndex, ServicePart
from feedback_service.domain.log.entry import ActorClass, EntryType, PublicFact
from feedback_service.domain.submissions.submission import (
    SATISFIED_ANSWERS,
    Answer,
    Channel,
    Driver,
)
from support.graph import Graph

SAID = """query Said($unit: ID!, $period: ID!, $by: IndexDimension!, $after: String) {
  satisfaction(unitId: $unit, periodId: $period) {
    offered coverage { whole } unit { id } periodId
    parts(by: $by, first: 2, after: $after) {
      edges { node { value satisfied answers population offered state index intervalLow } }
      pageInfo { hasNextPage endCursor }
    }
    serviceIndex {
      points outOf missing parts { part points outOf }
      answeredInTime { part whole } contented { part whole } satisfied { part whole }
      dossiersInTime { part whole }
    }
    trend { periodId periodName startsOn endsOn state answers index intervalLow }
  }
}"""

LISTED = """query Listed($period: ID!, $first: Int!, $after: String) {
  satisfactionIndexes(periodId: $period, first: $first, after: $after) {
    edges { node { unit { id } state index answers } cursor }
    pageInfo { hasNextPage endCursor }
  }
}"""

RATED = 18
"""Fewer than a counter serves in a minute: none of them is doubted."""


async def say(uow: UnitOfWork, needs: Needs) -> dict[str, dict[str, list[bool]]]:
    """Answers of all kinds; whether each was satisfied, by dimension and name."""
    chance = random.Random(766)
    said: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for number in range(2, RATED + 2):
        procedure = chance.choice(("1.001193", "1.000656", "2.000815"))
        fact = dossier_fact(
            number, applicant=f"nguoi-{number}", procedure_code=procedure, late=number % 3 == 0
        )
        async with uow.begin() as tx:
            await reactions.keep_dossier(fact, tx)
        given = replace(
            rating(chance.choice([*Answer]), dossier=fact.dossier_code, token=f"nguoi-{number}"),
            channel=chance.choice([*Channel]),
            drivers=tuple(sorted(chance.sample([*Driver], k=number % 3))),
        )
        await rate(uow, needs, given)
        pleased = given.answer in SATISFIED_ANSWERS
        said["PROCEDURE"][procedure].append(pleased)
        said["CHANNEL"][given.channel].append(pleased)
        for driver in given.drivers:
            said["DRIVER"][driver].append(pleased)
    return said


async def parts_of(graph: Graph, by: str, unit: str = people.WARD) -> list[Any]:
    """All of them, two at a time."""
    found: list[Any] = []
    after: str | None = None
    while True:
        answer = await graph.ask(SAID, unit=unit, period=PERIOD, by=by, after=after)
        page = answer["satisfaction"]["parts"]
        found += [each["node"] for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


@pytest.mark.parametrize("frozen", [False, True])
async def test_every_part_is_what_was_said(
    uow: MemoryUnitOfWork, needs: Needs, frozen: bool
) -> None:
    said, graph = await say(uow, needs), Graph(schema, uow, needs=needs)
    if frozen:
        await freeze(uow)

    for by, names in said.items():
        parts = await parts_of(graph, by)
        assert [(each["value"], each["satisfied"], each["answers"]) for each in parts] == [
            (name, sum(names[name]), len(names[name])) for name in sorted(names)
        ]
        for each in parts:
            enough = each["answers"] >= 3
            shown = Share(each["satisfied"], each["answers"]).value if enough else None
            assert each["index"] == shown
            assert (each["intervalLow"] is not None) is enough
            measured = "MEASURED" if enough else "INSUFFICIENT"
            assert each["state"] == (measured if frozen else "PENDING")


async def test_doubted_answers_are_in_no_part(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await burst(uow, needs)
    graph = Graph(schema, uow, needs=needs)

    assert [await parts_of(graph, by) for by in ("CHANNEL", "DRIVER")] == [[], []]
    assert [each["answers"] for each in await parts_of(graph, "PROCEDURE")] == [0]


async def test_the_population_and_how_many_could_rate(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await say(uow, needs)
    async with uow.begin() as tx:
        of_nobody = dossier_fact(60, procedure_code="2.002307", applicant_hash=None)
        running = dossier_fact(61, procedure_code="2.002307", completed_at=None)
        for fact in (of_nobody, running):
            await reactions.keep_dossier(fact, tx)
    graph = Graph(schema, uow, needs=needs)

    [unrated] = [e for e in await parts_of(graph, "PROCEDURE") if e["value"] == "2.002307"]
    answer = await graph.ask(SAID, unit=people.WARD, period=PERIOD, by="CHANNEL")

    assert (unrated["population"], unrated["offered"], unrated["answers"]) == (1, 0, 0)
    # Besides those rated, the one of the scene and the one of nobody.
    assert answer["satisfaction"]["coverage"]["whole"] == RATED + 2
    assert answer["satisfaction"]["offered"] == RATED + 1


async def test_the_service_index_of_its_parts(uow: MemoryUnitOfWork, needs: Needs) -> None:
    said = await say(uow, needs)
    await disputed(uow, needs)
    await answered(uow, needs)
    await freeze(uow)
    graph = Graph(schema, uow, needs=needs)

    answer = await graph.ask(SAID, unit=people.WARD, period=PERIOD, by="CHANNEL")

    pleased = [each for answers in said["PROCEDURE"].values() for each in answers]
    satisfied = Fraction(sum(pleased), len(pleased))
    late = sum(number % 3 == 0 for number in range(2, RATED + 2))
    progress = 20 * Fraction(RATED - late, RATED)
    satisfaction = 18 * (Fraction(1) + Fraction(1, 2) + satisfied) / 3
    index = answer["satisfaction"]["serviceIndex"]
    assert (index["outOf"], index["missing"]) == (38, ["OPENNESS", "DIGITISATION", "ONLINE"])
    assert index["answeredInTime"] == {"part": 2, "whole": 2}
    assert index["contented"] == {"part": 1, "whole": 2}
    assert index["dossiersInTime"] == {"part": RATED - late, "whole": RATED}
    assert [(each["part"], each["outOf"]) for each in index["parts"]] == [
        ("PROGRESS", 20),
        ("SATISFACTION", 18),
    ]
    for shown, exactly in (
        (index["parts"][0]["points"], progress),
        (index["parts"][1]["points"], satisfaction),
        (index["points"], progress + satisfaction),
    ):
        assert abs(Fraction(shown) - exactly) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("changed", "points", "missing"),
    [
        ({}, {"PROGRESS": 15, "SATISFACTION": 9}, {"OPENNESS", "DIGITISATION", "ONLINE"}),
        ({"satisfied": Share(0, 0)}, {"PROGRESS": 15, "SATISFACTION": Fraction(27, 2)}, None),
        (
            {"answered_in_time": Share(0, 0), "contented": Share(0, 0), "satisfied": Share(0, 0)},
            {"PROGRESS": 15},
            {"OPENNESS", "DIGITISATION", "ONLINE", "SATISFACTION"},
        ),
        ({"dossiers_in_time": Share(0, 5)}, {"PROGRESS": 0, "SATISFACTION": 9}, None),
    ],
)
def test_what_has_no_data_is_missing_and_not_zero(
    changed: dict[str, Share], points: dict[str, Fraction], missing: set[str] | None
) -> None:
    whole = ServiceIndex(
        answered_in_time=Share(4, 4),
        contented=Share(2, 4),
        satisfied=Share(0, 8),
        dossiers_in_time=Share(3, 4),
    )

    index = replace(whole, **changed)

    assert {str(part): each for part, each in index.points.items()} == points
    assert index.total == sum(points.values())
    assert index.out_of == sum(WEIGHTS[ServicePart(part)] for part in points)
    assert set(index.missing) == set(ServicePart) - set(points)
    assert missing is None or set(map(str, index.missing)) == missing


def test_the_parts_of_the_decision_make_a_hundred() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) == set(ServicePart)


def period_known() -> Period:
    return Period(
        id=PERIOD,
        province="56",
        name="Quý III/2026",
        unit_ids=(people.WARD,),
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 10, 1),
        minimum_answers=1,
        policies=(),
        last_seq=9,
    )


async def open_and_freeze(uow: UnitOfWork, needs: Needs, id: str, starts: date, ends: date) -> None:
    async with uow.begin() as tx:
        await reactions.keep_period(
            replace(period_fact(), period_id=id, name=id, starts_on=starts, ends_on=ends), tx
        )
        await reactions.freeze_period(
            reactions.PeriodFrozen(province="56", period_id=id, unit_ids=(people.WARD,)), tx
        )
    await compute_pending(uow, Turns(), needs.vault)


async def test_a_trend_is_of_frozen_periods_as_long_up_to_this_one(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await say(uow, needs)
    for id, starts, ends in (
        ("q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("q2", date(2026, 4, 1), date(2026, 7, 1)),
        ("july", date(2026, 7, 1), date(2026, 8, 1)),
        ("q4", date(2026, 10, 1), date(2027, 1, 1)),
    ):
        await open_and_freeze(uow, needs, id, starts, ends)
    graph = Graph(schema, uow, needs=needs)

    async def trend() -> Sequence[Any]:
        answer = await graph.ask(SAID, unit=people.WARD, period=PERIOD, by="CHANNEL")
        points: Sequence[Any] = answer["satisfaction"]["trend"]
        return points

    assert [each["periodId"] for each in await trend()] == ["q1", "q2"]
    await freeze(uow)
    before, _, this = await trend()
    assert (before["state"], before["answers"], before["index"]) == ("INSUFFICIENT", 0, None)
    assert (this["periodId"], this["state"], this["answers"]) == (PERIOD, "MEASURED", RATED)
    assert (this["periodName"], this["startsOn"], this["endsOn"]) == (
        "Quý III/2026",
        "2026-07-01",
        "2026-10-01",
    )


@pytest.mark.parametrize("frozen", [False, True])
async def test_every_unit_of_a_period_is_listed(
    uow: MemoryUnitOfWork, needs: Needs, frozen: bool
) -> None:
    await say(uow, needs)
    if frozen:
        await freeze(uow)
    graph = Graph(schema, uow, needs=needs)

    first = (await graph.ask(LISTED, period=PERIOD, first=2))["satisfactionIndexes"]
    after = first["pageInfo"]["endCursor"]
    rest = (await graph.ask(LISTED, period=PERIOD, first=2, after=after))["satisfactionIndexes"]

    listed = [each["node"] for each in first["edges"] + rest["edges"]]
    units = sorted((people.WARD, people.COUNTER, people.OTHER_WARD))
    assert [each["unit"]["id"] for each in listed] == units
    assert {each["unit"]["id"]: each["answers"] for each in listed} == {
        people.WARD: RATED,
        people.COUNTER: RATED,
        people.OTHER_WARD: 0,
    }
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


async def test_a_period_that_is_not_known_is_told(uow: MemoryUnitOfWork, needs: Needs) -> None:
    [error] = await Graph(schema, uow, needs=needs).errors(LISTED, period="nope", first=2)

    assert (error["code"], error["field"]) == ("NOT_FOUND", "periodId")


async def test_a_figure_of_before_has_no_parts(uow: MemoryUnitOfWork, needs: Needs) -> None:
    await say(uow, needs)
    await freeze(uow)
    async with uow.begin() as tx:
        index = await tx.store(INDEXES).get(index_id(people.WARD, PERIOD))
        index.details = None
        await tx.store(INDEXES).save(index)
    graph = Graph(schema, uow, needs=needs)

    answer = (await graph.ask(SAID, unit=people.WARD, period=PERIOD, by="CHANNEL"))["satisfaction"]

    assert (answer["offered"], answer["serviceIndex"], answer["parts"]["edges"]) == (None, None, [])


def test_the_fullest_entry_of_an_index_can_be_read(needs: Needs) -> None:
    """Whoever wrote more fields than a reader is promised would make the log unreadable."""
    of_one = {"received": 9, "due": 9, "answered_in_time": 9, "decided": 9, "upheld": 9}
    index = index_with(answers=9, minimum=1)
    evidence = replace(
        index.evidence, under_review=1, under_review_satisfied=1, set_aside=1, completed=3
    )
    full = replace(
        index,
        evidence=evidence,
        leaders=(LeaderRating(leader_id="cs_1", ratings=9, score_sum=9),),
        complaints=ComplaintFigures(**of_one),
        officers=(OfficerComplaints(civil_servant_id="cs_1", **of_one),),
        procedures=(ProcedureAnswers(procedure_code="1.001193", satisfied=9, answers=9),),
        promises=(LeaderPromises(leader_id="cs_1", due=9, kept=9, partly=0, missed=0),),
        published=(LeaderPublished(leader_id="cs_1", count=1),),
        details=IndexDetails(
            in_time=2,
            late=1,
            contented=1,
            channels=(AnswersOf(value="APP", satisfied=9, answers=9),),
            drivers=(AnswersOf(value="COST", satisfied=9, answers=9),),
            served=(Served(procedure_code="1.001193", completed=3, offered=3),),
        ),
    )
    empty = [each.name for each in fields(full) if getattr(full, each.name) in ((), None, 0)]

    fact = public_fact(full, period_known(), needs.vault)

    assert set(empty) <= {"policies", "log_sequence", "revision", "sequence"}
    assert all(fact.fields.values())
    assert fact.fields.keys() >= {"anomalies", "set_aside", "drivers", "dossiers", "interval_low"}


def test_an_entry_too_wide_to_read_is_not_written() -> None:
    with pytest.raises(ValueError, match="31 fields"):
        PublicFact(
            type=EntryType.INDEX_COMPUTED,
            by=ActorClass.PLATFORM,
            subject="x",
            fields={str(number): "x" for number in range(31)},
        )
