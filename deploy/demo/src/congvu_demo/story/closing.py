"""Step 6: the quarter freezes, is scored and ranked, is published and sealed for good."""

from collections import Counter
from fractions import Fraction
from math import floor

from congvu_demo.acts import period, seal, work
from congvu_demo.acts.work import ASSIGNMENT
from congvu_demo.client import Json
from congvu_demo.oracle import staff_score
from congvu_demo.story.citizens import RATED_OFFICER
from congvu_demo.story.telling import Story

TOP, QUOTA_RATE = "HTXS", Fraction(1, 5)
FLOORS = ((90, TOP), (70, "HTT"), (50, "HT"))
AGENCY = "agency"


def band_of(total: Fraction) -> str:
    return next((band for least, band in FLOORS if total >= least), "KHT")


def most_excellent(good_or_better: int) -> int:
    """The literal reading of the decree: at most a fifth of those left in the band below."""
    return floor(QUOTA_RATE * good_or_better / (1 + QUOTA_RATE))


async def quarter_is_frozen_and_scored(story: Story) -> None:
    world = story.world
    frozen = await period.move_period(world, "freezePeriod", story.facts.period, "story")
    story.expect("state after the data cut-off", frozen["state"], "DATA_FROZEN")
    await _inputs_are_fixed(story, "E-I3")
    story.facts.period = await period.scored(world, frozen)
    results = await period.results(world, world.cast.auditor, frozen)
    story.expect("people with a sheet", len(results), len(_commune(story)))
    await _staff_score_as_the_decree_says(story, results)
    _quota_holds(story, results)


async def _inputs_are_fixed(story: Story, rule: str) -> None:
    world = story.world
    plan = next(each for each in world.data.plans_of(RATED_OFFICER) if each.done)
    asked = work.assigned(world, plan, story.facts.period, "story/afterwards")
    await story.refuses(
        "more work assigned once the inputs are fixed",
        world.gateway.do(world.cast.superior(RATED_OFFICER), "assignWork", asked, ASSIGNMENT),
        "CONFLICT",
        rule,
    )


def _commune(story: Story) -> list[str]:
    data = story.world.data
    return [each.number for each in data.people.values() if each.unit.startswith(data.commune)]


async def _staff_score_as_the_decree_says(story: Story, results: dict[str, Json]) -> None:
    """Every one of them, exactly: the demo's own arithmetic against the engine's."""
    data = story.world.data
    wrong = {}
    for person in data.staff():
        wanted = staff_score(data, person.number).total
        found = results[data.civil_servant_id(person.number)]
        got = (Fraction(found["totalExact"]), found["rawBand"])
        if got != (wanted, band_of(wanted)):
            wrong[person.number] = (got, wanted)
    story.expect("staff whose score is not what the decree says", wrong, {})
    story.said(f"{len(data.staff())} scores computed apart from the platform, all exactly equal")


def _quota_holds(story: Story, results: dict[str, Json]) -> None:
    """On the final counts, in the agency and in each duty group."""
    rated = [each for each in results.values() if each["outcome"] == "SCORED"]
    raw = Counter(each["rawBand"] for each in rated)
    final = Counter(each["band"] for each in rated)
    story.said(f"bands {dict(sorted(raw.items()))}, with the quota {dict(sorted(final.items()))}")
    groups: dict[str, list[Json]] = {AGENCY: rated}
    for each in rated:
        groups.setdefault(each["dutyGroup"], []).append(each)
    for scope, people in sorted(groups.items()):
        strong = sum(each["rawBand"] in (TOP, "HTT") for each in people)
        kept = sum(each["band"] == TOP for each in people)
        story.expect(
            f"HTXS in {scope}: {kept} of at most {most_excellent(strong)}",
            kept <= most_excellent(strong),
            True,
        )


async def quarter_is_published_and_sealed(story: Story) -> None:
    world = story.world
    rated = world.cast.officer(RATED_OFFICER)
    before = (await period.results(world, rated, story.facts.period)).values()
    story.expect(
        "what the officer sees before publication", [e["totalExact"] for e in before], [None]
    )
    published = await period.move_period(world, "publishPeriod", story.facts.period, "story")
    closed = await period.move_period(world, "closePeriod", published, "story")
    story.said(f"seal {closed['seal']['hash']} by {closed['seal']['signer']}")
    story.expect("state", closed["state"], "CLOSED")
    story.facts.period = closed
    await _inputs_are_fixed(story, "E-I3")
    await story.refuses(
        "the closed period is frozen again",
        period.move_period(world, "freezePeriod", closed, "story/reopen"),
        "CONFLICT",
        "E-I3",
    )


async def seal_is_recomputed(story: Story) -> None:
    """By an outsider, from what the graph shows: same hashes, down to each input."""
    world = story.world
    computed = await seal.recompute(world, story.facts.period)
    story.expect("seal recomputed from the results", computed, story.facts.period["seal"]["hash"])
