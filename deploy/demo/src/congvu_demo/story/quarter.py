"""Steps 1 and 3: the commune arrives, a quarter opens, work is given, done, checked."""

from congvu_demo.acts import period, personnel, work
from congvu_demo.acts.work import ASSIGNMENT
from congvu_demo.client import Json, Refused
from congvu_demo.dataset import Plan
from congvu_demo.story.citizens import RATED_OFFICER
from congvu_demo.story.telling import Story, Unexpected

PERSONAL_ID = "056" + "123456789"
"""Twelve digits as on a citizen card; made up, and refused."""


async def hrm_syncs_the_commune(story: Story) -> None:
    world = story.world
    data = world.data
    asked = personnel.whole_commune(data, "story/personnel")
    rows = len(data.units) + len(data.positions) + len(data.people)
    report = await personnel.sync(world, asked)
    counts = (report["changed"], report["unchanged"], report["refused"])
    story.expect("rows changed, unchanged, refused", counts, (rows, 0, 0))
    ids = {line["row"]: line["id"] for line in report["results"]}
    story.expect("the id of a person", ids["people[0]"], world.data.civil_servant_id("CB001"))
    again = await personnel.sync(world, personnel.whole_commune(world.data, "story/nightly"))
    story.expect("the nightly sync changes", again["changed"], 0)
    person = personnel.person_row(world.data, world.data.people["CB001"])
    with_id = {**person, "externalRef": {"system": world.data.system, "id": PERSONAL_ID}}
    lone = {"idempotencyKey": "story/id", "units": [], "positions": [], "people": [with_id]}
    told = (await personnel.sync(world, lone))["results"][0]["problem"]
    await story.refuses(
        "a row with a 12-digit personal id", _raised(told), "INVALID", "PERSONAL-ID"
    )


async def _raised(problem: Json) -> None:
    """The refusal of one row, as a call's refusal is raised."""
    raise Refused(problem)


async def quarter_opens(story: Story) -> None:
    world = story.world
    opened = await period.open_quarter(
        world, world.data.quarter, story.facts.release_ids, "story/period"
    )
    story.said(f"{opened['name']} {opened['startsOn']} - {opened['endsOn']}: {opened['id']}")
    story.expect("the id of the period", opened["id"], world.data.period_id)
    pinned = [opened[each]["policy"].partition("@")[0] for each in ("staffPolicy", "leaderPolicy")]
    story.expect("policies", ", ".join(pinned), "ND335-2025-STAFF, ND335-2025-LEADER")
    story.facts.period = opened


async def work_is_assigned(story: Story) -> None:
    world, plans = story.world, story.world.data.plans
    made = await work.assign(world, plans, story.facts.period, "story")
    story.expect("assignments", len(made), len(plans))
    story.facts.assignments = made
    mine = next(plan for plan in plans if plan.officer == RATED_OFFICER and plan.done)
    known = work.assigned(world, mine, story.facts.period, "story/elsewhere")
    unknown = {**known, "idempotencyKey": "story/unknown", "versionId": "C.56.3107.9.999999@1"}
    leader = world.cast.superior(RATED_OFFICER)
    await story.refuses(
        "work on a version that the catalogue does not have",
        world.gateway.do(leader, "assignWork", unknown, ASSIGNMENT),
        "INVALID",
        "C-I8",
    )
    elsewhere = world.cast.superior("CB019")
    await story.refuses(
        "the head of another department assigns it",
        world.gateway.do(elsewhere, "assignWork", known, ASSIGNMENT),
        "FORBIDDEN",
    )


async def work_is_done_and_checked(story: Story) -> None:
    world, facts = story.world, story.facts
    facts.assignments |= await work.report(world, world.data.plans, facts.assignments, "story")
    own = next(plan for plan in world.data.plans_of(RATED_OFFICER) if plan.done)
    asked = work.accepted(own, facts.assignments[own.key], "story/self")
    for what, caller, rule in (
        ("an officer accepts own work", world.cast.officer(RATED_OFFICER), None),
        (
            "an officer who is a manager too accepts own work",
            world.cast.officer_who_manages(RATED_OFFICER),
            "E-I4",
        ),
    ):
        await story.refuses(
            what, world.gateway.do(caller, "acceptWork", asked, ASSIGNMENT), "FORBIDDEN", rule
        )
    done = [plan for plan in world.data.plans if plan.done]
    checked = await work.accept(world, done, facts.assignments, "story")
    facts.assignments |= checked
    finished = sum(each["state"] == "ACCEPTED_AS_DONE" for each in checked.values())
    wanted = sum((plan.done or 0) >= plan.quantity for plan in done)
    story.expect("finished by their superiors' acceptance", finished, wanted)
    await work.rate_conduct(world, facts.period, "story")


async def portal_fills_quantity_and_lateness(story: Story) -> None:
    world, data = story.world, story.world.data
    results = await work.send_dossiers(world, data.dossiers, "story")
    counted = [each for each in results if each["assignmentId"]]
    completed = [each for each in data.dossiers if each.completed_at]
    story.expect("dossiers that counted for somebody's work", len(counted), len(completed))
    again = await work.send_dossiers(world, data.dossiers[:50], "story/again")
    story.expect("sent again, changed", sum(each["changed"] for each in again), 0)
    mine = [each for each in completed if each.officer == RATED_OFFICER]
    seen = await work.current(world, world.cast.hrm, RATED_OFFICER, story.facts.period)
    by_version = {each["version"]["id"]: each for each in seen}
    for plan in data.plans_of(RATED_OFFICER):
        if plan.done is not None:
            continue
        dossiers = [each for each in mine if plan.product.endswith(each.procedure_code)]
        late = sum((each.completed_at or "") > each.due_at for each in dossiers)
        found = by_version[f"{plan.product}@1"]
        shown = (found["completed"], found["late"])
        story.expect(f"{plan.product} completed, late", shown, (str(len(dossiers)), str(late)))
        story.facts.assignments[plan.key] = found


async def objective_cause_needs_another_person(story: Story) -> None:
    world, facts = story.world, story.facts
    claims = [plan for plan in world.data.plans if plan.cause]
    mine = next(plan for plan in claims if plan.officer == RATED_OFFICER)
    await _claimant_cannot_confirm(story, mine)
    for plan in claims:
        if plan is not mine:
            found = await work.found(world, plan, facts.period)
            await work.settle_cause(world, plan, found, "story")


async def _claimant_cannot_confirm(story: Story, plan: Plan) -> None:
    world, gateway = story.world, story.world.gateway
    asked = work.claimed(plan, story.facts.assignments[plan.key], "story")
    claim = await gateway.do(
        world.cast.officer(plan.officer), "claimObjectiveCause", asked, ASSIGNMENT
    )
    story.said(f"{plan.cause_count} delays of {plan.product}: {plan.cause_reason}")
    both = world.cast.officer_who_manages(plan.officer)
    own = {**work.decided(plan, claim, "story/own"), "confirmed": True}
    await story.refuses(
        "the claimant confirms the own claim",
        gateway.do(both, "decideObjectiveCause", own, ASSIGNMENT),
        "FORBIDDEN",
        "E-I12",
    )
    decision = await gateway.do(
        world.cast.superior(plan.officer),
        "decideObjectiveCause",
        work.decided(plan, claim, "story"),
        ASSIGNMENT,
    )
    story.expect("delays exempt after another person confirmed", decision["lateExempt"], "2")
    if decision["objectiveCauses"][-1]["state"] != "CONFIRMED":
        raise Unexpected(f"the cause is {decision['objectiveCauses'][-1]['state']}")
