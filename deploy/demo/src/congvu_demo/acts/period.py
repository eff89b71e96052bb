"""A period from its opening to its seal."""

import asyncio
import time
from collections.abc import Sequence

from congvu_demo.acts.catalogue import NOT_YET_HERE
from congvu_demo.acts.world import World
from congvu_demo.client import PAUSE_S, Caller, Json
from congvu_demo.dataset import Quarter

FIELDS = (
    "id revision name state startsOn endsOn releaseIds staffPolicy { policy } "
    "leaderPolicy { policy } deputyPolicy { policy } "
    "seal { hash root signer counts { band count } }"
)
PERIOD = f"EvaluationPeriod {{ {FIELDS} }}"
CURRENT = f"query($id: ID!) {{ evaluationPeriod(id: $id) {{ {FIELDS} }} }}"
SCORED = ("REVIEW", "PUBLISHED", "APPEAL_WINDOW", "CLOSED")
"""States of a period whose every agency is scored and ranked."""

RESULTS = """query($period: ID!, $after: String) {
  evaluations(filter: { periodId: $period }, first: 50, after: $after) {
    edges { node { id state outcome role dutyGroup totalExact totalDisplay band rawBand reasons
      sealed civilServant { id } sheets { number snapshot snapshotHash resultHash } } }
    pageInfo { hasNextPage endCursor }
  } }"""

WHY = """query Why($officer: ID!, $period: ID!) {
  civilServant(id: $officer) {
    fullName
    unit { name satisfaction(periodId: $period) { index answers state } }
    evaluation(periodId: $period) {
      state total band rawBand
      explanation { ruleId clause textVi points children { ruleId points } }
      assignments(first: 20) {
        edges { node { assigned completed version { code number coefficient
          workProduct { nameVi group } } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}"""
"""The question every number must answer, over all three services."""

TREE = """query($officer: ID!, $period: ID!) {
  civilServant(id: $officer) { evaluation(periodId: $period) {
    totalExact totalDisplay
    explanation { lines { depth ruleId clause textVi points pointsExact } }
  } }
}"""
"""The whole explanation, down to its leaves."""

MINIMUM_ANSWERS = 30
"""Fewer answers say nothing about a unit (F-I5)."""

REASONS = {
    "early": "Diễn tập: thực hiện trọn một quý trong vài phút",
    "acceptGaps": {"reason": "Diễn tập: trong ví dụ này không phải ai cũng được chấm"},
}
"""A quarter is told in minutes, so that it is frozen before its days are over, and honestly so."""

SCORING_WAIT_S = 180.0
"""A commune is scored in seconds, once feedback's indexes are in; where a part was killed, the
database may hold what it was writing for a minute before."""


async def open_quarter(
    world: World, quarter: Quarter, release_ids: Sequence[str], key: str
) -> Json:
    """On releases that reach evaluation as events: it waits for them."""
    asked = {
        "idempotencyKey": key,
        "name": quarter.name,
        "kind": "QUARTER",
        "scopeUnitId": world.commune_id,
        "startsOn": quarter.starts_on.isoformat(),
        "endsOn": quarter.ends_on.isoformat(),
        "staffPolicy": "ND335-2025-STAFF",
        "deputyPolicy": "ND335-2025-DEPUTY",
        "leaderPolicy": "ND335-2025-LEADER",
        "releaseIds": list(release_ids),
        "minimumAnswers": MINIMUM_ANSWERS,
        "appealDays": 0,
    }
    return await world.gateway.do(
        world.cast.period_admin, "openPeriod", asked, PERIOD, again_on=NOT_YET_HERE
    )


async def move_period(world: World, mutation: str, period: Json, key: str) -> Json:
    """Freeze, publish or close it."""
    asked = {
        "idempotencyKey": f"{key}/{mutation}",
        "periodId": period["id"],
        "expectedRevision": period["revision"],
    }
    kind = "PeriodStepInput"
    if mutation == "freezePeriod":
        kind, asked = "FreezePeriodInput", {**asked, **REASONS}
    return await world.gateway.do(world.cast.period_admin, mutation, asked, PERIOD, input_type=kind)


async def scored(world: World, period: Json) -> Json:
    """The period once every agency is scored and ranked; raises `TimeoutError`."""
    deadline = time.monotonic() + SCORING_WAIT_S
    while True:
        seen = await world.gateway.ask(world.cast.period_admin, CURRENT, {"id": period["id"]})
        found: Json = seen["evaluationPeriod"]
        if found["state"] in SCORED:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"{period['id']} is {found['state']} after {SCORING_WAIT_S:g} s")
        await asyncio.sleep(PAUSE_S)


async def to_the_end(world: World, period: Json, key: str) -> Json:
    """Frozen, scored, published and sealed, from wherever it stands."""
    now = await scored(world, await move_period(world, "freezePeriod", period, key))
    if now["state"] == "REVIEW":
        now = await move_period(world, "publishPeriod", now, key)
    if now["state"] != "CLOSED":
        now = await move_period(world, "closePeriod", now, key)
    return now


async def results(world: World, caller: Caller, period: Json) -> dict[str, Json]:
    """Everything of the period that the caller may see, by the id of the person."""
    found: dict[str, Json] = {}
    after = None
    while True:
        seen = await world.gateway.ask(caller, RESULTS, {"period": period["id"], "after": after})
        page = seen["evaluations"]
        found |= {edge["node"]["civilServant"]["id"]: edge["node"] for edge in page["edges"]}
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]
