"""Work that comes another way than by assignWork, through the graph to the points it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from evaluation import scenes, work_scenes
from evaluation.people import CHAIR, LAN, LAN_ID, MINH, MINH_ID
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph

WORK = """... on Assignment { id revision state assigned completed qualityFailures share
  continuedById group { id } doubts { kind } }"""
GROUP = "... on WorkGroup { id revision division { members { assignmentId share } } }"
ASSIGNMENT = """query($id: ID!) { assignments(filter: {civilServantId: $id}, first: 10) {
  edges { node { id revision state assigned completed share qualityFailures continuesId
    period { id } } } } }"""
WHY = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  total explanation { lines { inputs { name value evidence { ref } } } } } } }"""


@dataclass
class Story:
    uow: MemoryUnitOfWork
    graph: Graph
    period: EvaluationPeriod

    async def do(self, mutation: str, actor: Actor, answer: str = WORK, **input: object) -> Any:
        given = {"idempotencyKey": scenes.key(), **input}
        found = await self.graph.do(mutation, given, actor, answer)
        assert found["__typename"] != "Problem", found
        return found

    async def step(
        self, mutation: str, actor: Actor, work: Mapping[str, Any], **input: object
    ) -> Any:
        ids = {"assignmentId": work["id"], "expectedRevision": work["revision"]}
        return await self.do(mutation, actor, WORK, **ids, **input)

    async def given(self, quantity: str) -> Any:
        return await self.do(
            "assignWork",
            CHAIR,
            periodId=self.period.id,
            civilServantId=LAN_ID,
            versionId=scenes.PLAN,
            quantity=quantity,
            dueOn="2026-09-01",
        )

    async def done(
        self, work: Mapping[str, Any], quantity: str, officer: Actor = LAN, failures: int = 0
    ) -> Any:
        reported = await self.step(
            "reportWork", officer, work, quantity=quantity, completedOn="2026-08-09"
        )
        return await self.step("acceptWork", CHAIR, reported, qualityFailures=failures)

    async def work_of(self, id: str) -> list[Any]:
        found = (await self.graph.ask(ASSIGNMENT, CHAIR, id=id))["assignments"]["edges"]
        return [edge["node"] for edge in found]

    async def closed(self, *people: str) -> None:
        for id in people:
            await scenes.rate(self.uow, self.period, id)
        await scenes.reviewed(self.uow, self.period)

    async def why(self, id: str) -> tuple[str, set[str]]:
        """The total, and what the explanation says stands beside the work."""
        found = await self.graph.ask(WHY, CHAIR, id=id, period=self.period.id)
        evaluation = found["civilServant"]["evaluation"]
        said = {
            piece["ref"]
            for line in evaluation["explanation"]["lines"]
            for each in line["inputs"]
            for piece in each["evidence"]
        }
        return evaluation["total"], said


@pytest.fixture
async def story(uow: MemoryUnitOfWork, graph: Graph) -> Story:
    await scenes.commune(uow)
    return Story(uow, graph, await scenes.open_period(uow))


async def test_what_is_carried_over(story: Story) -> None:
    later = await work_scenes.next_quarter(story.uow)
    begun = await story.done(await story.given("10"), "3")

    old = await story.step(
        "carryOverAssignment",
        CHAIR,
        begun,
        periodId=later.id,
        dueOn="2026-11-02",
        reason="Chờ văn bản của tỉnh",
        decision={"number": "12/QĐ", "decidedOn": "2026-08-09"},
    )
    await story.closed(LAN_ID)

    rest = next(each for each in await story.work_of(LAN_ID) if each["continuesId"] == old["id"])
    total, said = await story.why(LAN_ID)
    assert (old["state"], old["assigned"], old["continuedById"]) == (
        "CARRIED_OVER",
        "3",
        rest["id"],
    )
    assert (rest["period"]["id"], rest["assigned"]) == (later.id, "7")
    assert total == "100"
    assert "12/QĐ: giảm từ 10 xuống 3, chuyển kỳ sau" in said


async def test_running_work_is_transferred(story: Story) -> None:
    begun = await story.done(await story.given("10"), "3")

    await story.step("transferAssignment", CHAIR, begun, civilServantId=MINH_ID, reason="Điều động")
    [rest] = await story.work_of(MINH_ID)
    await story.done(rest, "7", MINH)
    await story.closed(LAN_ID, MINH_ID)

    lan, of_lan = await story.why(LAN_ID)
    minh, of_minh = await story.why(MINH_ID)
    assert (lan, minh, rest["assigned"]) == ("100", "100", "7")
    assert "giảm từ 10 xuống 3, chuyển việc" in of_lan
    assert "phần còn lại của việc được chuyển đến" in of_minh


@pytest.mark.parametrize(("approved", "total"), [(True, "100"), (False, None)])
async def test_proposed_work_counts_once_it_is_approved(
    story: Story, approved: bool, total: str | None
) -> None:
    proposed = await story.do(
        "proposeWork",
        LAN,
        periodId=story.period.id,
        versionId=scenes.PLAN,
        quantity="2",
        dueOn="2026-09-01",
        reason="Chủ tịch giao miệng",
    )
    decided = await story.step(
        "decideWorkProposal", CHAIR, proposed, approved=approved, reason="Đã xem xét"
    )
    if approved:
        await story.done(decided, "2")
    await story.closed(LAN_ID)

    found, said = await story.why(LAN_ID)
    assert (proposed["state"], decided["state"]) == (
        "PROPOSED",
        "ASSIGNED" if approved else "REFUSED",
    )
    assert found == total
    assert ("việc đột xuất do công chức đề xuất, đã được duyệt" in said) is approved


async def test_group_work_counts_by_the_share(story: Story) -> None:
    shares = {LAN_ID: "33.34", MINH_ID: "66.66"}
    group = await story.do(
        "assignGroupWork",
        CHAIR,
        GROUP,
        periodId=story.period.id,
        versionId=scenes.PLAN,
        quantity="10",
        dueOn="2026-08-01",
        members=[{"civilServantId": id, "share": share} for id, share in shares.items()],
    )

    await story.do(
        "reportGroupWork",
        LAN,
        GROUP,
        groupId=group["id"],
        expectedRevision=group["revision"],
        quantity="10",
        completedOn="2026-08-09",
    )
    for id in shares:
        [part] = await story.work_of(id)
        await story.step("acceptWork", CHAIR, part, qualityFailures=1)
    await story.closed(*shares)

    [hers], [his] = await story.work_of(LAN_ID), await story.work_of(MINH_ID)
    lan, of_lan = await story.why(LAN_ID)
    minh, of_minh = await story.why(MINH_ID)
    assert [each["share"] for each in group["division"]["members"]] == list(shares.values())
    assert (hers["completed"], hers["qualityFailures"]) == ("3.334", "0.3334")
    assert (his["completed"], his["qualityFailures"]) == ("6.666", "0.6666")
    assert lan == minh
    assert "việc nhóm, tỷ lệ 33,34%" in of_lan
    assert "việc nhóm, tỷ lệ 66,66%" in of_minh


async def test_relief_stands_in_the_explanation(story: Story) -> None:
    done = await story.done(await story.given("30"), "3")

    cut = await story.step(
        "reduceAssignment", CHAIR, done, quantity="3", kind="LEAVE", reason="Nghỉ ốm"
    )
    await story.closed(LAN_ID)

    total, said = await story.why(LAN_ID)
    assert (cut["state"], cut["assigned"], total) == ("ACCEPTED_AS_DONE", "3", "100")
    assert "giảm từ 30 xuống 3, nghỉ" in said
