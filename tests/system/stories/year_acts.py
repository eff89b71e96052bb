"""A year told through the gateway: quarters of before, this one, the year, and what changes it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from congvu_demo.acts import period, personnel
from congvu_demo.acts.world import World
from congvu_demo.cast import Cast
from congvu_demo.client import Caller, Gateway, Json, Refused
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.stories.year_tables import (
    CHAIR,
    CLERK,
    COMMUNE,
    DONE,
    EARLIER,
    LED,
    MOTHER,
    OF_DECREE,
    POSTS,
    PRODUCT,
    RATED_BY,
    points_of,
    quarter_days,
    year_days,
)
from system.telling import Told

RESULT = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  id outcome totalExact countedTotal band rawBand reasons
  explanation { children { pointsExact } } sheets { number basis total resultHash }
  yearParts { period totalExact periodId sealHash evidence { ref hash } } } } }"""
READY = """query($id: ID!) { periodReadiness(periodId: $id) { ready counts { kind blocking count }
  gaps(filter: { kind: AWAITED_RESULT }, first: 50) { edges { node { labels owedBy
    civilServant { id } } } } } }"""


@dataclass
class Year:
    """Who acts in it, and what came of it."""

    told: Told
    gateway: Gateway
    day: date
    key: str
    sent: int = 0
    quarter: Json = field(default_factory=dict)
    year: Json = field(default_factory=dict)
    priors: dict[str, list[str]] = field(default_factory=lambda: {each: [] for each in OF_DECREE})
    works: dict[str, Json] = field(default_factory=dict)
    waited: Json = field(default_factory=dict)
    refusal: tuple[str, str | None] = ("", None)
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

    @property
    def world(self) -> World:
        return World(self.gateway, Cast(dataset(), self.told.platform.token_for), dataset())

    def caller(self, number: str, role: Role, unit: str | None = None) -> Caller:
        token = self.told.platform.token_for(
            role,
            province="56",
            unit=dataset().unit_id(unit or POSTS[number][0]),
            officer=dataset().civil_servant_id(number),
        )
        return Caller(number, token)

    def leader_of(self, number: str) -> Caller:
        if POSTS[number][2] == "HEAD":
            return self.caller("CB101", Role.UNIT_HEAD, "H56")
        return self.caller(CHAIR, Role.UNIT_HEAD)

    async def do(self, who: Caller, mutation: str, then: str, **asked: object) -> Json:
        self.sent += 1
        key = f"{self.key}/{self.sent}"
        return await self.gateway.do(who, mutation, {"idempotencyKey": key, **asked}, then)

    async def results(self, of: Json, who: Iterable[str]) -> dict[str, Json]:
        auditor, found = self.world.cast.auditor, {}
        for number in who:
            asked = {"id": dataset().civil_servant_id(number), "period": of["id"]}
            answer = await self.gateway.ask(auditor, RESULT, asked)
            found[number] = answer["civilServant"]["evaluation"]
        return found

    async def open(
        self, name: str, kind: str, unit: str, days: tuple[date, date], **more: object
    ) -> Json:
        asked = {"id": dataset().period_id}
        demo = await self.gateway.ask(self.world.cast.period_admin, period.CURRENT, asked)
        return await self.do(
            self.world.cast.period_admin,
            "openPeriod",
            period.PERIOD,
            name=name,
            kind=kind,
            scopeUnitId=dataset().unit_id(unit),
            startsOn=days[0].isoformat(),
            endsOn=days[1].isoformat(),
            releaseIds=demo["evaluationPeriod"]["releaseIds"],
            appealDays=0,
            **more,
        )


async def people_come(year: Year, commune: str, name: str) -> None:
    data = dataset()
    unit = {"id": commune, "name": name, "level": "COMMUNE", "parent": "H56"}
    first, after = quarter_days(year.day.year, 1)
    away = {"kind": "thai sản", "validFrom": first.isoformat(), "validTo": after.isoformat()}
    people = [
        {
            "externalRef": {"system": data.system, "id": number},
            "fullName": f"Người mẫu {number}",
            "province": data.province,
            "appointments": [
                {
                    "unitRef": {"system": data.system, "id": commune},
                    "positionCode": position,
                    "role": role,
                    "validFrom": personnel.VALID_FROM,
                }
            ],
            **({"leaves": [away]} if number == MOTHER else {}),
        }
        for number, (where, position, role) in POSTS.items()
        if where == commune
    ]
    rows = [personnel.unit_row(data, {**unit, "locality_type": "RURAL"})]
    report = await personnel.sync(
        year.world, {"idempotencyKey": year.key, "units": rows, "people": people}
    )
    assert (report["changed"], report["refused"]) == (1 + len(people), 0)


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
    with pytest.raises(Refused) as refused:
        await year.do(
            year.leader_of(CLERK),
            "scoreGeneralCriteria",
            "Evaluation { id }",
            periodId=year.year["id"],
            civilServantId=dataset().civil_servant_id(CLERK),
            expectedRevision=0,
            ratings={"general": points_of(CLERK)},
        )
    year.refusal = refused.value.code, refused.value.rule_id
    found = await year.gateway.ask(admin, READY, {"id": year.year["id"]})
    year.waited = found["periodReadiness"]
    frozen = await period.move_period(world, "freezePeriod", year.year, "years")
    year.year = await period.scored(world, frozen)
    year.first = await year.results(year.year, OF_DECREE)
