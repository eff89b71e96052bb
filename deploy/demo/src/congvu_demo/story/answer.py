"""Step 7: why this score? And does the public log hold?"""

import asyncio
import sys
from fractions import Fraction
from pathlib import Path

from congvu_demo.acts.period import TREE, WHY
from congvu_demo.client import VISITOR, Json
from congvu_demo.oracle import staff_score
from congvu_demo.story.citizens import RATED_OFFICER
from congvu_demo.story.closing import band_of
from congvu_demo.story.telling import Story, Unexpected


async def hrm_asks_why(story: Story) -> None:
    """One query over all three services."""
    world, data = story.world, story.world.data
    variables = {
        "officer": data.civil_servant_id(RATED_OFFICER),
        "period": story.facts.period["id"],
    }
    person = (await world.gateway.ask(world.cast.hrm, WHY, variables))["civilServant"]
    evaluation, unit = person["evaluation"], person["unit"]
    story.said(f"{person['fullName']}, {unit['name']}")
    story.said(
        f"total {evaluation['total']}, band {evaluation['band']} "
        f"({evaluation['rawBand']} before the quota), state {evaluation['state']}"
    )
    wanted = staff_score(data, RATED_OFFICER).total
    story.expect("band before the quota", evaluation["rawBand"], band_of(wanted))
    story.expect("state", evaluation["state"], "FINAL")
    story.expect("citizens' index beside it", unit["satisfaction"]["state"], "MEASURED")
    _pinned_versions(story, evaluation["assignments"]["edges"])
    seen = await world.gateway.ask(world.cast.hrm, TREE, variables)
    whole = seen["civilServant"]["evaluation"]
    lines = whole["explanation"]["lines"]
    _tell_tree(story, lines)
    story.expect("total", whole["totalExact"], str(wanted))
    leaves = sum(_leaf_points(lines), Fraction(0))
    story.expect("leaves of the explanation add up to", leaves, wanted)


def _tell_tree(story: Story, lines: list[Json]) -> None:
    """Each point with its rule; the clause where it is not the one of the line above it."""
    clauses: dict[int, str] = {}
    for line in lines:
        depth = line["depth"]
        same = line["clause"] == clauses.get(depth - 1, lines[0]["clause"])
        clause = "" if same else f" [{line['clause']}]"
        points = "" if line["points"] is None else f"{float(line['points']):7.2f}"
        story.said(f"{points}  {'  ' * depth}{line['ruleId']}: {line['textVi']}{clause}")
        clauses[depth] = line["clause"]


def _leaf_points(lines: list[Json]) -> list[Fraction]:
    """A line is a leaf when the next one is not deeper."""
    depths = [each["depth"] for each in lines[1:]] + [0]
    return [
        Fraction(each["pointsExact"] or 0)
        for each, following in zip(lines, depths, strict=True)
        if following <= each["depth"]
    ]


def _pinned_versions(story: Story, edges: list[Json]) -> None:
    """The entry that was revised while the quarter ran still counts as it was assigned."""
    versions = {edge["node"]["version"]["code"]: edge["node"]["version"] for edge in edges}
    plans = story.world.data.plans_of(RATED_OFFICER)
    story.expect("assignments shown", len(versions), len(plans))
    revised = story.facts.revised.partition("@")[0]
    pinned = versions.get(revised)
    if pinned is None:
        raise Unexpected(f"the officer has no work of {revised}: nothing shows that it is pinned")
    shown = (pinned["number"], pinned["coefficient"])
    story.expect(f"{revised}, revised meanwhile, counts as version, coefficient", shown, (1, "0.5"))


async def strangers_see_no_score(story: Story) -> None:
    world, data = story.world, story.world.data
    variables = {
        "officer": data.civil_servant_id(RATED_OFFICER),
        "period": story.facts.period["id"],
    }
    for what, caller in (
        ("a visitor", VISITOR),
        ("a citizen", world.cast.citizen),
        ("a colleague", world.cast.officer("CB034")),
        ("an auditor of another province", world.cast.stranger),
    ):
        told = await world.gateway.ask(caller, WHY, variables)
        story.expect(f"{what} asks why, and is told", told["civilServant"], None)


ROUNDS, ROUND_S = 30, 2.0
"""How often the log is looked at until its witness has come round: a minute on a busy machine."""

UNWITNESSED = ("the witness has cosigned no checkpoint", "bên chứng kiến chưa ký mốc nào")


async def public_log_is_proved(story: Story) -> None:
    """With the command that anybody may run, against the gateway."""
    code, said = await _verify_log(story)
    for _ in range(ROUNDS):
        if not code or not any(each in said[-1] for each in UNWITNESSED):
            break
        await asyncio.sleep(ROUND_S)
        code, said = await _verify_log(story)
    for line in said:
        story.said(line)
    story.expect("congvu verify-log exits with", f"{code}: {said[-1]}" if code else code, 0)


async def _verify_log(story: Story) -> tuple[int, list[str]]:
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("congvu"),
        "verify-log",
        f"{story.place.base_url}/graphql",
        *(("--witness", key) if (key := story.place.witness_key) else ()),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode().splitlines()
