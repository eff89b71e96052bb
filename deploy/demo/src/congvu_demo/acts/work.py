"""Work in a quarter: assigned, done, checked, late for a reason or not."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from itertools import groupby

from congvu_demo.acts.ballots import applicant_hash
from congvu_demo.acts.world import World
from congvu_demo.client import Caller, Json, Refused
from congvu_demo.dataset import Criterion, Dossier, Plan

ASSIGNMENT = (
    "Assignment { id revision state assigned completed coefficient qualityFailures qualityExempt "
    "late lateExempt objectiveCauses { id state } }"
)
ASSIGNED = "AssignedReport { results { assignmentId problem { code message field ruleId } } }"
FIRST_REVISION = 1
"""Of an assignment that was just given."""

EVENTS = (
    "DossierReport { results { row dossierId changed assignmentId "
    "problem { code message field } } }"
)
EVENTS_EACH = 100
"""Dossiers of one call; the service takes 200."""

Assignments = dict[str, Json]
"""By the key of their plan, as they were answered last."""


def by_superior(world: World, plans: Iterable[Plan]) -> Iterable[tuple[str, list[Plan]]]:
    """Plans with the number of who assigns and accepts them."""

    def leader(plan: Plan) -> str:
        return world.data.superior_of(plan.officer).number

    return ((number, list(mine)) for number, mine in groupby(sorted(plans, key=leader), leader))


async def assign(world: World, plans: Sequence[Plan], period: Json, key: str) -> Assignments:
    """By each superior to the own people in one call, all superiors at once."""

    async def by(number: str, mine: Sequence[Plan]) -> Assignments:
        asked = {
            "idempotencyKey": f"{key}/assign/{number}",
            "periodId": period["id"],
            "rows": [given(world, plan) for plan in mine],
        }
        leader = world.cast.leader(number)
        told = await world.gateway.do(leader, "assignWorkBulk", asked, ASSIGNED)
        for row in told["results"]:
            if row["problem"]:
                raise Refused(row["problem"])
        ids = [row["assignmentId"] for row in told["results"]]
        return {
            plan.key: {"id": id, "revision": FIRST_REVISION}
            for plan, id in zip(mine, ids, strict=True)
        }

    return await _together(by(number, mine) for number, mine in by_superior(world, plans))


async def _answered(
    world: World,
    caller: Caller,
    mutation: str,
    plans: Sequence[Plan],
    asked: Sequence[Mapping[str, object]],
) -> Assignments:
    answers = await world.gateway.do_all(caller, mutation, asked, ASSIGNMENT)
    return {plan.key: answer for plan, answer in zip(plans, answers, strict=True)}


async def _together(each: Iterable[Coroutine[None, None, Assignments]]) -> Assignments:
    made: Assignments = {}
    for answers in await asyncio.gather(*each):
        made |= answers
    return made


def assigned(world: World, plan: Plan, period: Json, key: str) -> dict[str, object]:
    return {
        "idempotencyKey": f"{key}/assign/{plan.key}",
        "periodId": period["id"],
        **given(world, plan),
    }


def given(world: World, plan: Plan) -> dict[str, object]:
    """A piece of work as a row of many."""
    return {
        "civilServantId": world.data.civil_servant_id(plan.officer),
        "versionId": f"{plan.product}@1",
        "quantity": str(plan.quantity),
        "dueOn": plan.due_on,
        "source": "PLAN" if plan.done is not None else "PORTAL",
    }


async def report(
    world: World, plans: Sequence[Plan], assignments: Assignments, key: str
) -> Assignments:
    """Each officer reports their own work; nothing done, nothing reported."""

    async def by(officer: str, mine: Sequence[Plan]) -> Assignments:
        asked = [reported(plan, assignments[plan.key], key) for plan in mine]
        return await _answered(world, world.cast.officer(officer), "reportWork", mine, asked)

    done = sorted((plan for plan in plans if plan.done), key=_officer)
    return await _together(by(officer, list(mine)) for officer, mine in groupby(done, _officer))


def _officer(plan: Plan) -> str:
    return plan.officer


def reported(plan: Plan, assignment: Json, key: str) -> dict[str, object]:
    return {
        "idempotencyKey": f"{key}/report/{plan.key}",
        "assignmentId": assignment["id"],
        "expectedRevision": assignment["revision"],
        "quantity": str(plan.done),
        "completedOn": plan.completed_on,
        "evidence": [{"uri": f"dms://suoihuong/{plan.key}", "source": "DMS"}],
    }


async def accept(
    world: World, plans: Sequence[Plan], assignments: Assignments, key: str
) -> Assignments:
    """Their superiors check what was reported."""

    async def by(number: str, mine: Sequence[Plan]) -> Assignments:
        asked = [accepted(plan, assignments[plan.key], key) for plan in mine]
        return await _answered(world, world.cast.leader(number), "acceptWork", mine, asked)

    waiting = [plan for plan in plans if plan.done]
    return await _together(by(number, mine) for number, mine in by_superior(world, waiting))


def accepted(plan: Plan, assignment: Json, key: str) -> dict[str, object]:
    return {
        "idempotencyKey": f"{key}/accept/{plan.key}",
        "assignmentId": assignment["id"],
        "expectedRevision": assignment["revision"],
        "qualityFailures": plan.failures,
        "reason": "Phải chỉnh sửa một lần" if plan.failures else None,
    }


def event(world: World, dossier: Dossier) -> dict[str, object]:
    data = world.data
    return {
        "dossierCode": dossier.code,
        "procedureCode": dossier.procedure_code,
        "unitId": data.unit_id(data.people[dossier.officer].unit),
        "civilServantId": data.civil_servant_id(dossier.officer),
        "receivedAt": dossier.received_at,
        "dueAt": dossier.due_at,
        "completedAt": dossier.completed_at,
        "applicantHash": applicant_hash(dossier.code, data.applicant_of(dossier.code)),
    }


async def send_dossiers(world: World, dossiers: Sequence[Dossier], key: str) -> list[Json]:
    """The portal's events, in calls of many for each department, departments at once."""

    def unit(dossier: Dossier) -> str:
        return world.data.people[dossier.officer].unit

    async def of(name: str, mine: Sequence[Dossier]) -> list[Json]:
        results: list[Json] = []
        for start in range(0, len(mine), EVENTS_EACH):
            asked = {
                "idempotencyKey": f"{key}/dossiers/{name}/{start}",
                "events": [event(world, each) for each in mine[start : start + EVENTS_EACH]],
            }
            told = await world.gateway.do(world.cast.portal, "recordDossierEvents", asked, EVENTS)
            results += told["results"]
        return results

    by_unit = groupby(sorted(dossiers, key=unit), unit)
    told = await asyncio.gather(*(of(name, list(mine)) for name, mine in by_unit))
    return [result for results in told for result in results]


async def current(world: World, caller: Caller, officer: str, period: Json) -> list[Json]:
    """The officer's assignments of the period as they are now."""
    seen = await world.gateway.ask(
        caller,
        "query($id: ID!, $period: ID!) { assignments(filter: { civilServantId: $id, "
        "periodId: $period }, first: 100) { edges { node { id revision completed late lateExempt "
        "objectiveCauses { id state } version { id } } } } }",
        {"id": world.data.civil_servant_id(officer), "period": period["id"]},
    )
    return [edge["node"] for edge in seen["assignments"]["edges"]]


def claimed(plan: Plan, assignment: Json, key: str) -> dict[str, object]:
    return {
        "idempotencyKey": f"{key}/claim/{plan.key}",
        "assignmentId": assignment["id"],
        "expectedRevision": assignment["revision"],
        "kind": plan.cause,
        "count": plan.cause_count,
        "reason": plan.cause_reason,
    }


def decided(plan: Plan, assignment: Json, key: str) -> dict[str, object]:
    """The decision on the newest cause of the assignment."""
    return {
        "idempotencyKey": f"{key}/decide/{plan.key}",
        "assignmentId": assignment["id"],
        "expectedRevision": assignment["revision"],
        "causeId": assignment["objectiveCauses"][-1]["id"],
        "confirmed": plan.cause_confirmed,
        "reason": "Đã kiểm tra nhật ký hệ thống" if plan.cause_confirmed else "Thuộc trách nhiệm",
    }


async def settle_cause(world: World, plan: Plan, assignment: Json, key: str) -> Json:
    """Claimed by the officer, decided by the superior."""
    officer, asked = world.cast.officer(plan.officer), claimed(plan, assignment, key)
    claim = await world.gateway.do(officer, "claimObjectiveCause", asked, ASSIGNMENT)
    return await decide_cause(world, plan, claim, key)


async def decide_cause(world: World, plan: Plan, claim: Json, key: str) -> Json:
    leader, asked = world.cast.superior(plan.officer), decided(plan, claim, key)
    return await world.gateway.do(leader, "decideObjectiveCause", asked, ASSIGNMENT)


def general(
    world: World, officer: str, criteria: Sequence[Criterion], period: Json, key: str
) -> Mapping[str, object]:
    """The first rating of a person; leaders are rated on organising and unity as well."""
    leads = world.data.people[officer].role != "STAFF"
    return {
        "idempotencyKey": f"{key}/general/{officer}",
        "periodId": period["id"],
        "civilServantId": world.data.civil_servant_id(officer),
        "expectedRevision": 0,
        "ratings": {
            "general": [
                {"key": each.criterion, "points": each.points, "reason": each.reason}
                for each in criteria
            ],
            **({"organising": "FULL", "unity": "FULL"} if leads else {}),
        },
    }


EVALUATION = "Evaluation { id revision state }"


async def rate_conduct(world: World, period: Json, key: str) -> None:
    """Superiors score the general criteria of whom they noted something, and of all leaders."""
    data = world.data
    commune = [each for each in data.people.values() if each.unit.startswith(data.commune)]
    noted = [
        each.number for each in commune if each.role != "STAFF" or data.criteria_of(each.number)
    ]

    def leader(officer: str) -> str:
        return data.superior_of(officer).number

    async def by(number: str, officers: Sequence[str]) -> None:
        asked = [
            general(world, officer, data.criteria_of(officer), period, key) for officer in officers
        ]
        await world.gateway.do_all(
            world.cast.leader(number), "scoreGeneralCriteria", asked, EVALUATION
        )

    groups = groupby(sorted(noted, key=leader), leader)
    await asyncio.gather(*(by(number, list(officers)) for number, officers in groups))


async def settle_causes(world: World, period: Json, key: str) -> None:
    """All claims of the quarter that are not settled yet, claimed and decided, those of different
    officers at once."""

    async def of(mine: Sequence[Plan]) -> None:
        for plan in mine:
            assignment = await found(world, plan, period)
            causes = assignment["objectiveCauses"]
            if not causes:
                await settle_cause(world, plan, assignment, key)
            elif causes[-1]["state"] == "CLAIMED":
                await decide_cause(world, plan, assignment, key)

    claiming = sorted((plan for plan in world.data.plans if plan.cause), key=_officer)
    await asyncio.gather(*(of(list(mine)) for _, mine in groupby(claiming, _officer)))


async def found(world: World, plan: Plan, period: Json) -> Json:
    """The assignment of a plan as it is now."""
    mine = await current(world, world.cast.hrm, plan.officer, period)
    return next(each for each in mine if each["version"]["id"] == f"{plan.product}@1")
