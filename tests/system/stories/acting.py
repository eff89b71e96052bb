"""Who acts in a story told through the gateway, and the commune it begins in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from congvu_demo.acts import period, personnel
from congvu_demo.acts.catalogue import NOT_YET_HERE
from congvu_demo.acts.world import World, today
from congvu_demo.cast import Cast
from congvu_demo.client import Caller, Gateway, Json, Refused
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from congvu_kit.tools import client
from evaluation_service.adapters.cli import sealed_periods
from system.telling import Told

Posts = Mapping[str, tuple[str, str, str]]
"""Unit, position and role, by the number of the person."""

Refusal = tuple[str, str | None]
"""Its code, and the rule it names."""

RESULT = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  id outcome totalExact countedTotal band rawBand reasons triggers
  explanation { children { pointsExact } } sheets { number basis total resultHash }
  yearParts { period totalExact periodId sealHash evidence { ref hash } } } } }"""


@dataclass(kw_only=True)
class Story:
    told: Told
    gateway: Gateway
    key: str
    posts: Posts
    sent: int = 0
    refusals: dict[str, Refusal] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return World(self.gateway, Cast(dataset(), self.told.platform.token_for), dataset())

    def caller(self, number: str, role: Role, unit: str | None = None) -> Caller:
        token = self.told.platform.token_for(
            role,
            province=dataset().province,
            unit=dataset().unit_id(unit or self.posts[number][0]),
            officer=dataset().civil_servant_id(number),
        )
        return Caller(number, token)

    def province(self, number: str = "CB101") -> Caller:
        return self.caller(number, Role.UNIT_HEAD, "H32")

    def board(self, number: int) -> Caller:
        token = self.told.platform.token_for(
            Role.REVIEW_BOARD,
            province=dataset().province,
            subject=f"board-{number}.{self.key}",
            officer=f"cs_board_{number}_{self.key}",
        )
        return Caller(f"hội đồng {number}", token)

    def citizen(self, name: str) -> Caller:
        token = self.told.platform.token_for(
            Role.CITIZEN, province=dataset().province, subject=f"vneid-{name}"
        )
        return Caller(name, token)

    async def once_known(self, who: Caller, mutation: str, then: str, **asked: object) -> Json:
        """Of what reaches feedback as an event."""
        self.sent += 1
        key = {"idempotencyKey": f"{self.key}/{self.sent}"}
        return await self.gateway.do(who, mutation, key | asked, then, again_on=NOT_YET_HERE)

    async def do(self, who: Caller, mutation: str, then: str, **asked: object) -> Json:
        self.sent += 1
        key = f"{self.key}/{self.sent}"
        return await self.gateway.do(who, mutation, {"idempotencyKey": key, **asked}, then)

    async def refused(
        self, name: str, who: Caller, mutation: str, then: str, **asked: object
    ) -> None:
        with pytest.raises(Refused) as refusal:
            await self.do(who, mutation, then, **asked)
        self.refusals[name] = (refusal.value.code, refusal.value.rule_id)

    async def open(
        self, name: str, kind: str, unit: str, days: tuple[date, date], **more: object
    ) -> Json:
        """A period over the releases of the demonstration's quarter."""
        admin, asked = self.world.cast.period_admin, {"id": dataset().period_id}
        demo = await self.gateway.ask(admin, period.CURRENT, asked)
        return await self.do(
            admin,
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

    async def published(self, of: Json) -> Json:
        key = f"{self.key}/{of['id']}"
        frozen = await period.move_period(self.world, "freezePeriod", of, key)
        scored = await period.scored(self.world, frozen)
        return await period.move_period(self.world, "publishPeriod", scored, key)

    async def results(self, of: Json, who: Iterable[str]) -> dict[str, Json]:
        auditor, found = self.world.cast.auditor, {}
        for number in who:
            asked = {"id": dataset().civil_servant_id(number), "period": of["id"]}
            answer = await self.gateway.ask(auditor, RESULT, asked)
            found[number] = answer["civilServant"]["evaluation"]
        return found

    async def findings_of(self, closed: Json) -> list[str]:
        """What an outsider finds who recomputes its seal from what is shown."""
        token = self.world.cast.auditor.token or ""
        with client.Gateway(self.told.platform.graphql_url, token) as outsider:
            sealed = sealed_periods.fetch(outsider, closed["id"], lambda _: None)
        assert sealed.seal_hash == closed["seal"]["hash"]
        return sealed.findings()


def this_quarter() -> tuple[date, date]:
    day = today()
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, (first + timedelta(days=95)).replace(day=1)


async def a_commune_begins(
    story: Story,
    commune: str,
    name: str,
    parts: Mapping[str, str] | None = None,
    *,
    locality: str = "RURAL",
    leaves: Mapping[str, Json] | None = None,
) -> None:
    """With its parts by what they are, and the people of the story who have a post in it."""
    data, parts, leaves = dataset(), parts or {}, leaves or {}
    units = [{"id": commune, "name": f"Ủy ban nhân dân xã {name}", "level": "COMMUNE"}]
    units += [
        {"id": id, "name": f"{what} xã {name}", "level": "DEPARTMENT"} for id, what in parts.items()
    ]
    people = [
        {
            "externalRef": {"system": data.system, "id": number},
            "fullName": f"Người mẫu {number}",
            "province": data.province,
            "appointments": [
                {
                    "unitRef": {"system": data.system, "id": unit},
                    "positionCode": position,
                    "role": role,
                    "validFrom": personnel.VALID_FROM,
                }
            ],
            **({"leaves": [leaves[number]]} if number in leaves else {}),
        }
        for number, (unit, position, role) in story.posts.items()
        if unit in (commune, *parts)
    ]
    rows = [
        personnel.unit_row(
            data,
            {
                **unit,
                "parent": commune if unit["id"] in parts else "H32",
                "locality_type": locality,
            },
        )
        for unit in units
    ]
    report = await personnel.sync(
        story.world,
        {"idempotencyKey": f"{story.key}/{commune}", "units": rows, "people": people},
    )
    assert (report["changed"], report["refused"]) == (len(rows) + len(people), 0)


def objective(
    title: str,
    target: tuple[int, int],
    *,
    weight: int = 100,
    perspective: str | None = None,
    parent_id: str | None = None,
) -> Json:
    """What is said of one, from a baseline to a target."""
    baseline, wanted = target
    return {
        "title": f"Mục tiêu {title}",
        "description": "Theo nghị quyết của Đảng ủy",
        "perspective": perspective,
        "weight": str(weight),
        "parentId": parent_id,
        "indicator": {
            "baseline": str(baseline),
            "target": str(wanted),
            "direction": "UP" if wanted > baseline else "DOWN",
            "unitOfMeasure": "%",
            "dataSource": "Báo cáo tháng",
            "frequency": "MONTHLY",
        },
    }


async def figure_comes(
    story: Story, objective_id: str, value: str, enters: Caller, confirms: Caller
) -> Json:
    """Entered by one, confirmed by another."""
    then = "IndicatorReading { id revision state }"
    read = {"objectiveId": objective_id, "measuredOn": today().isoformat(), "value": value}
    entered = await story.do(enters, "recordReading", then, **read)
    sure = {"readingId": entered["id"], "expectedRevision": entered["revision"]}
    return await story.do(confirms, "confirmReading", then, **sure)
