"""What was reported is accepted, many pieces of work in a call."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from congvu_demo.acts import work
from congvu_demo.acts.world import World
from congvu_demo.dataset import Plan

CHECKED = "CheckedReport { more results { assignmentId outcome } }"


async def accept_all(
    world: World, plans: Sequence[Plan], assignments: work.Assignments, key: str
) -> None:
    """In a call for each superior, besides what failed: heads of departments before who
    leads them, since what waits in a unit waits in the one above it as well."""
    data, waiting = world.data, [plan for plan in plans if plan.done]
    await work.accept(world, [plan for plan in waiting if plan.failures], assignments, key)
    superiors = {data.superior_of(plan.officer).number for plan in waiting}
    commune = [each for each in superiors if data.people[each].unit == data.commune]
    below = [each for each in superiors if data.people[each].unit.startswith(f"{data.commune}.")]
    above = superiors.difference(commune, below)
    left: list[str] = []
    for level in (below, commune, above):
        units = [data.people[each].unit if level is below else data.commune for each in level]
        calls = zip(level, units, strict=True)
        refused = await asyncio.gather(*(_accept_waiting(world, *each, key) for each in calls))
        left = [each for one in refused for each in one] if level else left
    if left:
        raise ValueError(f"reports that nobody accepted: {left}")


async def _accept_waiting(world: World, number: str, unit: str, key: str) -> list[str]:
    """What of the unit the superior may not accept. Each look is another: it has its own key."""
    now = datetime.now(UTC).isoformat()
    asked = {
        "idempotencyKey": f"{key}/accept/{number}/{now}",
        "periodId": world.data.period_id,
        "unitId": world.data.unit_id(unit),
        "reportedUntil": now,
    }
    leader = world.cast.leader(number)
    told = await world.gateway.do(leader, "acceptAllBut", asked, CHECKED)
    return [row["assignmentId"] for row in told["results"] if row["outcome"] != "ACCEPTED"]
