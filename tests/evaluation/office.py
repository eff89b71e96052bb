"""A commune at work through the graph, each by their own account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes
from evaluation.people import ADMIN, CHAIR, COMMUNE, LAN, LAN_ID
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.clock import FixedClock
from support.graph import Graph

OCTOBER = "2026-10-01"
STATE = "query($id: ID!) { evaluationPeriod(id: $id) { state } }"
WHY = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  outcome total band components { name value } trouble { ruleId remedy textVi textEn }
  explanation { lines { textVi textEn } } sheets { number basis outcome total }
} } }"""


@dataclass
class Office:
    uow: MemoryUnitOfWork
    graph: Graph
    clock: FixedClock
    period_id: str = ""
    told: int = 0

    async def do(self, mutation: str, actor: Actor, answer: str, **input: object) -> Any:
        given = {"idempotencyKey": scenes.key(), **input}
        found = await self.graph.do(mutation, given, actor, answer)
        assert found["__typename"] != "Problem", found
        return found

    async def open(self, policy: str, switches: Mapping[str, str], **changes: object) -> None:
        opened = await self.do(
            "openPeriod",
            ADMIN,
            "... on EvaluationPeriod { id staffPolicy { switches { name value } } }",
            name="Quý III",
            kind="QUARTER",
            startsOn="2026-07-01",
            endsOn=OCTOBER,
            releaseIds=[scenes.RELEASE],
            appealDays=0,
            switches=[
                {"policy": policy, "name": name, "value": value} for name, value in switches.items()
            ],
            **({"scopeUnitId": COMMUNE} | changes),
        )
        pinned = {each["name"]: each["value"] for each in opened["staffPolicy"]["switches"]}
        if policy == "ND335-2025-STAFF":
            assert switches.items() <= pinned.items()
        self.period_id = opened["id"]

    async def assign(self, version_id: str, quantity: str) -> dict[str, Any]:
        given: dict[str, Any] = await self.do(
            "assignWork",
            CHAIR,
            "... on Assignment { id revision }",
            periodId=self.period_id,
            civilServantId=LAN_ID,
            versionId=version_id,
            quantity=quantity,
            dueOn="2026-09-01",
        )
        return given

    async def report(self, work: Mapping[str, Any], quantity: str) -> dict[str, Any]:
        reported: dict[str, Any] = await self.do(
            "reportWork",
            LAN,
            "... on Assignment { id revision }",
            assignmentId=work["id"],
            expectedRevision=work["revision"],
            quantity=quantity,
            completedOn="2026-08-10",
        )
        return reported

    async def rate(self) -> None:
        await self.do(
            "scoreGeneralCriteria",
            CHAIR,
            "... on Evaluation { id }",
            periodId=self.period_id,
            civilServantId=LAN_ID,
            expectedRevision=0,
            ratings={
                "general": [
                    {"key": each.key, "points": str(each.points)} for each in scenes.FULL_MARKS
                ]
            },
        )

    @property
    async def period(self) -> EvaluationPeriod:
        return await scenes.now_is_id(self.uow, self.period_id)

    async def move(self, step: str, **more: object) -> str:
        """Where the period stands after it and all that follows."""
        period = await self.period
        await self.do(
            step,
            ADMIN,
            "... on EvaluationPeriod { state }",
            periodId=period.id,
            expectedRevision=period.revision,
            **more,
        )
        if step == "freezePeriod":
            await scenes.indexes_come(self.uow, period)
        await scenes.Pump(self.uow, self.told).run()
        self.told = len(self.uow.outbox)
        data = await self.graph.ask(STATE, ADMIN, id=period.id)
        return str(data["evaluationPeriod"]["state"])

    async def freeze(self) -> str:
        reason = "Sắp xếp lại bộ máy"
        return await self.move("freezePeriod", early=reason, acceptGaps={"reason": reason})

    async def why(self, actor: Actor = CHAIR, id: str = LAN_ID) -> dict[str, Any]:
        data = await self.graph.ask(WHY, actor, id=id, period=self.period_id)
        found: dict[str, Any] = data["civilServant"]["evaluation"]
        return found
