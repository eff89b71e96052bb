"""A year told through the gateway: quarters of before, this one, the year, and what changes it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from congvu_demo.acts import period
from congvu_demo.acts.world import today
from congvu_demo.client import Caller, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.stories.acting import Story
from system.stories.year_tables import (
    CHAIR,
    CLERK,
    COMMUNE,
    DONE,
    EARLIER,
    LED,
    OF_DECREE,
    POSTS,
    PRODUCT,
    RATED_BY,
    points_of,
    quarter_days,
    year_days,
)

READY = """query($id: ID!) { periodReadiness(periodId: $id) { ready counts { kind blocking count }
  gaps(filter: { kind: AWAITED_RESULT }, first: 50) { edges { node { labels owedBy
    civilServant { id } } } } } }"""


@dataclass(kw_only=True)
class Year(Story):
    """Who acts in it, and what came of it."""

    day: date = field(default_factory=today)
    quarter: Json = field(default_factory=dict)
    year: Json = field(default_factory=dict)
    priors: dict[str, list[str]] = field(default_factory=lambda: {each: [] for each in OF_DECREE})
    works: dict[str, Json] = field(default_factory=dict)
    waited: Json = field(default_factory=dict)
    of_quarter: dict[str, Json] = field(default_factory=dict)
    first: dict[str, Json] = field(default_factory=dict)
    corrected: dict[str, Json] = field(default_factory=dict)
    closed: dict[str, Json] = field(default_factory=dict)
    seals: list[Json] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """This quarter's."""
        return (self.day.month + 2) // 3

    def leader_of(self, number: str) -> Caller:
        if POSTS[number][2] == "HEAD":
            return self.province()
        return self.caller(CHAIR, Role.UNIT_HEAD)


def on_leave(year: int) -> Json:
    first, after = quarter_days(year, 1)
    return {"kind": "thai sản", "validFrom": first.isoformat(), "validTo": after.isoformat()}


async def quarters_of_before(year: Year) -> None:
    """From documents: entered by the administrator, confirmed by the board."""
    for number in OF_DECREE:
        rows: list[Json] = []
        for n, total in enumerate(EARLIER[number][: year.number - 1], start=1):
            if total is None:
                continue
            first, after = quarter_days(year.day.year, n)
            facts = {
                "kind": "QUARTER",
                "startsOn": first.isoformat(),
                "endsOn": after.isoformat(),
                "policy": f"ND335-2025-{RATED_BY[POSTS[number][2]]}",
                "total": str(total),
                "unitName": "UBND xã Suối Tân (cũ)",
                "document": {"number": f"{n}/QĐ", "issuedOn": after.isoformat(), "hash": "ab" * 32},
            }
            rows += [{"civilServantId": dataset().civil_servant_id(number), "facts": facts}]
        if not rows:
            continue
        answer = await year.do(
            year.world.cast.period_admin,
            "importPriorResults",
            "PriorReport { results { id problem { message } } }",
            rows=rows,
        )
        year.priors[number] = [each["id"] for each in answer["results"]]
        for id in year.priors[number]:
            await decide_prior(year, id, 1, confirmed=True)


async def decide_prior(year: Year, id: str, revision: int, *, confirmed: bool) -> None:
    await year.do(
        year.world.cast.board,
        "decidePriorResult",
        "PriorResult { id state revision }",
        priorResultId=id,
        expectedRevision=revision,
        confirmed=confirmed,
        reason="Đối chiếu quyết định",
    )


async def the_quarter(year: Year) -> None:
    """Work, general criteria and what leaders are judged by; scored, published and sealed."""
    days = quarter_days(year.day.year, year.number)
    year.quarter = await year.open("Quý của năm", "QUARTER", COMMUNE, days)
    named = {"periodId": year.quarter["id"]}
    for number in OF_DECREE:
        leader, id = year.leader_of(number), dataset().civil_servant_id(number)
        work = await year.do(
            leader,
            "assignWork",
            "Assignment { id revision }",
            **named,
            civilServantId=id,
            versionId=PRODUCT,
            quantity="4",
            dueOn=(days[1] - timedelta(days=1)).isoformat(),
            source="PLAN",
        )
        reported = await year.do(
            year.caller(number, Role.OFFICER),
            "reportWork",
            "Assignment { id revision }",
            assignmentId=work["id"],
            expectedRevision=work["revision"],
            quantity=str(DONE[number]),
            completedOn=year.day.isoformat(),
            evidence=[{"uri": f"dms://suoitan/{number}", "source": "DMS"}],
        )
        year.works[number] = await year.do(
            leader,
            "acceptWork",
            "Assignment { id revision }",
            assignmentId=work["id"],
            expectedRevision=reported["revision"],
            qualityFailures=0,
        )
        marks = dict(zip(("organising", "unity"), LED.get(number, ()), strict=False))
        await year.do(
            leader,
            "scoreGeneralCriteria",
            "Evaluation { id }",
            **named,
            civilServantId=id,
            expectedRevision=0,
            ratings={"general": points_of(number), **marks},
        )
    year.quarter = await period.to_the_end(year.world, year.quarter, "years/quarter")
    year.of_quarter = await year.results(year.quarter, OF_DECREE)


async def the_year_is_scored(year: Year) -> None:
    world = year.world
    admin = world.cast.period_admin
    year.year = await year.open("Năm theo Nghị định", "YEAR", COMMUNE, year_days(year.day.year))
    await year.refused(
        "a year is made of quarters",
        year.leader_of(CLERK),
        "scoreGeneralCriteria",
        "Evaluation { id }",
        periodId=year.year["id"],
        civilServantId=dataset().civil_servant_id(CLERK),
        expectedRevision=0,
        ratings={"general": points_of(CLERK)},
    )
    found = await year.gateway.ask(admin, READY, {"id": year.year["id"]})
    year.waited = found["periodReadiness"]
    frozen = await period.move_period(world, "freezePeriod", year.year, "years")
    year.year = await period.scored(world, frozen)
    year.first = await year.results(year.year, OF_DECREE)
