"""Units are rated, through the gateway: a quarter under KHANHHOA-UNIT-2025 with KHANHHOA-2025, and
a year under ND335-2025-AGENCY. Heads are rated no better than their units.

What it must come to is counted in `unit_tables`.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from congvu_demo.acts import ballots, feedback, period
from congvu_demo.acts.work import EVENTS
from congvu_demo.acts.world import today
from congvu_demo.client import Caller, Gateway, Json
from congvu_demo.dataset import Rating, dataset
from congvu_kit.domain.actor import Role
from pages_service.exports.commands import EVERY
from system.stories import unit_tables as t
from system.stories.acting import (
    Story,
    a_commune_begins,
    figure_comes,
    objective,
    this_quarter,
)
from system.stories.year_tables import year_days
from system.telling import Told
from system.test_exports_of_story import export, table

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

UNIT_RESULT = """query($id: ID!, $period: ID!) { orgUnit(id: $id) { evaluation(periodId: $period) {
  id state outcome totalExact band rawBand reasons missingEvidence components { name exact }
  sheets { number basis resultHash } recomputation { identical }
  headcount { exact rule { id clause } } serviceAnnex { ...service } } } }
  fragment service on ServiceAnnex { satisfaction { satisfied answers intervalLow intervalHigh }
  complaints { received } commitments { due } dossiers { inTime late waiting } }"""
RESULT = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  totalExact band rawBand reasons components { name exact } sheets { number basis }
  explanation { lines { ruleId } } serviceAnnex { dossiers { inTime late waiting } } } } }"""
LACKING = """query($id: ID!) { periodReadiness(periodId: $id) { ready
  gaps(filter: { kind: UNIT_OBJECTIVES }, first: 10) { edges { node { todoVi unit { id }
  } } } } }"""
WAITING = """{ inbox { items(kind: UNIT_OBJECTIVE, first: 50) { edges { node {
  dueOn gaps unit { id } period { id } } } } } }"""
APPEAL = "Appeal { id revision state orgEvaluation { id } }"
PROCEDURE = "1.001193"


@dataclass(kw_only=True)
class Units(Story):
    seen: dict[str, Json] = field(default_factory=dict)
    findings: dict[str, list[str]] = field(default_factory=dict)
    seals: dict[str, Json] = field(default_factory=dict)
    periods: dict[str, str] = field(default_factory=dict)

    def chair(self, number: str) -> Caller:
        return self.caller(number, Role.UNIT_HEAD)

    async def unit(self, of: Json, unit: str, who: Caller | None = None) -> Json:
        asked = {"id": dataset().unit_id(unit), "period": of["id"]}
        reader = who or self.world.cast.auditor
        found: Json = (await self.gateway.ask(reader, UNIT_RESULT, asked))["orgUnit"]["evaluation"]
        return found

    async def person(self, of: Json, number: str) -> Json:
        asked = {"id": dataset().civil_servant_id(number), "period": of["id"]}
        answer = await self.gateway.ask(self.world.cast.auditor, RESULT, asked)
        found: Json = answer["civilServant"]["evaluation"]
        return found

    async def closed(self, name: str, published: Json) -> None:
        sealed = await period.move_period(self.world, "closePeriod", published, f"units/{name}")
        self.seals[name], self.periods[name] = sealed["seal"], sealed["id"]
        self.findings[name] = await self.findings_of(sealed)


async def work_is_done(story: Units, of: Json, work: t.Work, leader: str) -> None:
    shown = "Assignment { id revision }"
    for number, product, given, made, bad in work:
        assigned = await story.do(
            story.chair(leader),
            "assignWork",
            shown,
            periodId=of["id"],
            civilServantId=dataset().civil_servant_id(number),
            versionId=f"{product}@1",
            quantity=str(given),
            dueOn=today().isoformat(),
            source="PLAN",
        )
        reported = await story.do(
            story.caller(number, Role.OFFICER),
            "reportWork",
            shown,
            assignmentId=assigned["id"],
            expectedRevision=assigned["revision"],
            quantity=str(made),
            completedOn=today().isoformat(),
            evidence=[{"uri": f"dms://units/{number}/{product}", "source": "DMS"}],
        )
        await story.do(
            story.chair(leader),
            "acceptWork",
            shown,
            assignmentId=assigned["id"],
            expectedRevision=reported["revision"],
            qualityFailures=bad,
            reason="Phải chỉnh sửa một lần" if bad else None,
        )


async def a_target_is_reached(
    story: Units, of: Json, unit: str, name: str, reached: int, *, people: tuple[str, str]
) -> None:
    """Set above the unit, entered in it, confirmed above it."""
    enters, confirms = people
    leader = story.chair(t.CHAIR if unit == t.OFFICE else t.MAYOR)
    wanted = await story.do(
        leader,
        "defineObjective",
        "Objective { id }",
        periodId=of["id"],
        unitId=dataset().unit_id(unit),
        code=name,
        content=objective(name, (0, 100), perspective=name),
    )
    confirming = story.caller(confirms, Role.UNIT_HEAD)
    await figure_comes(
        story, wanted["id"], str(reached), story.caller(enters, Role.OFFICER), confirming
    )


async def the_head_appeals(
    story: Units, result: Json, head: str, correction: tuple[str, int]
) -> None:
    name, value = correction
    appeal = await story.do(
        story.caller(head, Role.OFFICER),
        "fileAppeal",
        APPEAL,
        evaluationId=result["id"],
        grounds="Số liệu chỉ tiêu của đơn vị nhập nhầm",
    )
    assert appeal["orgEvaluation"]["id"] == result["id"]
    await story.do(
        story.world.cast.board,
        "decideAppeal",
        APPEAL,
        appealId=appeal["id"],
        expectedRevision=appeal["revision"],
        verdict="UPHELD",
        reason="Đối chiếu báo cáo của Sở Nội vụ",
        correction={"readings": [{"code": name, "value": str(value), "evidence": "bao-cao"}]},
    )


async def a_quarter_of_scorecards(story: Units) -> None:
    people = dict.fromkeys(("staffPolicy", "deputyPolicy", "leaderPolicy"), "KHANHHOA-2025")
    held = {"policy": "KHANHHOA-2025", "name": "head_not_above_unit", "value": "YES"}
    quarter = await story.open(
        "Quý thẻ điểm đơn vị",
        "QUARTER",
        t.COMMUNE,
        this_quarter(),
        unitPolicy="KHANHHOA-UNIT-2025",
        switches=[held],
        **people,
    )
    await work_is_done(story, quarter, t.OF_COMMUNE, t.CHAIR)
    for name, reached in t.REACHED.items():
        by = (t.CLERK, t.DEPUTY)
        await a_target_is_reached(story, quarter, t.OFFICE, name, reached, people=by)
    published = await story.published(quarter)
    story.seen["office"] = await story.unit(quarter, t.OFFICE)
    story.seen["to everybody"] = await story.unit(quarter, t.OFFICE, Caller("nobody", None))
    story.seen["commune"] = await story.unit(quarter, t.COMMUNE)
    for number in (t.CLERK, t.TYPIST, t.HEAD):
        story.seen[number] = await story.person(quarter, number)
    await the_head_appeals(story, story.seen["office"], t.HEAD, t.SCORECARD_APPEAL)
    story.seen["office appealed"] = await story.unit(quarter, t.OFFICE)
    story.seen["head appealed"] = await story.person(quarter, t.HEAD)
    await story.closed("quarter", published)


async def a_quarter_of_the_decree(story: Units) -> None:
    """What the year of the people is made of, and the work of the year of their units."""
    quarter = await story.open("Quý theo Nghị định", "QUARTER", t.TOWN, this_quarter(), **DECREE)
    await work_is_done(story, quarter, t.OF_TOWN, t.MAYOR)
    points = dict.fromkeys(("I.1", "I.2"), "5")
    points |= dict.fromkeys((f"{group}.{n}" for group in ("II", "III") for n in "1234"), "2.5")
    general = [{"key": key, "points": value} for key, value in points.items()]
    for number in (t.HEAD_1, t.CLERK_1, t.HEAD_2, t.CLERK_2):
        led = {"organising": "FULL", "unity": "FULL"} if t.POSTS[number][2] == "HEAD" else {}
        await story.do(
            story.chair(t.MAYOR),
            "scoreGeneralCriteria",
            "Evaluation { id }",
            periodId=quarter["id"],
            civilServantId=dataset().civil_servant_id(number),
            expectedRevision=0,
            ratings={"general": general, **led},
        )
    await period.to_the_end(story.world, quarter, "units/decree")


async def citizens_are_served(story: Units) -> None:
    """By both offices; those of the first are asked."""
    now = datetime.now(UTC) - timedelta(minutes=1)
    late, due = now - timedelta(days=1), now + timedelta(days=1)
    events, ratings = [], []
    for unit, clerk in ((t.FIRST, t.CLERK_1), (t.SECOND, t.CLERK_2)):
        in_time, all_of = t.DOSSIERS[unit]
        answers = dict(enumerate(t.ANSWERS.get(unit, ())))
        for n in range(all_of):
            code, person = f"{unit}-{now:%y%m%d}-{n:04d}", f"vneid-units-{unit}-{n}".lower()
            events.append(
                {
                    "dossierCode": code,
                    "procedureCode": PROCEDURE,
                    "unitId": dataset().unit_id(unit),
                    "civilServantId": dataset().civil_servant_id(clerk),
                    "receivedAt": (now - timedelta(days=2)).isoformat(),
                    "dueAt": (due if n < in_time else late).isoformat(),
                    "completedAt": now.isoformat(),
                    "applicantHash": ballots.applicant_hash(code, person),
                }
            )
            if n in answers:
                on, said = today().isoformat(), answers[n]
                ratings.append(Rating(code, person, "CITIZEN", "APP", said, "SPEED", on))
    portal = story.world.cast.portal
    told = await story.do(portal, "recordDossierEvents", EVENTS, events=events)
    assert [each["problem"] for each in told["results"]] == [None] * len(events)
    await feedback.rate(story.world, ratings, "units")


DECREE = {
    "staffPolicy": "ND335-2025-STAFF",
    "deputyPolicy": "ND335-2025-DEPUTY",
    "leaderPolicy": "ND335-2025-LEADER",
}
SWITCHES = [
    {"policy": "ND335-2025-LEADER", "name": "head_not_above_unit", "value": "YES"},
    {"policy": "ND335-2025-AGENCY", "name": "minimum_n", "value": str(t.ENOUGH)},
]


async def a_year_of_agencies(story: Units) -> None:
    year = await story.open(
        "Năm của đơn vị",
        "YEAR",
        t.TOWN,
        year_days(today().year),
        unitPolicy="ND335-2025-AGENCY",
        minimumAnswers=t.ENOUGH,
        switches=SWITCHES,
        **DECREE,
    )
    for unit, head, clerk in ((t.FIRST, t.HEAD_1, t.CLERK_1), (t.SECOND, t.HEAD_2, t.CLERK_2)):
        by = (clerk, t.MAYOR)
        reached = t.MANAGED[unit]
        await a_target_is_reached(story, year, unit, "MANAGEMENT", reached, people=by)
        asked: dict[str, object] = {
            "periodId": year["id"],
            "unitId": dataset().unit_id(unit),
            "expectedRevision": 0,
            "criteria": [{"key": key, "points": "1"} for key in t.CRITERIA],
        }
        then = "OrgEvaluation { id state }"
        await story.refused(head, story.chair(head), "scoreUnitCriteria", then, **asked)
        await story.do(story.chair(t.MAYOR), "scoreUnitCriteria", then, **asked)
    await citizens_are_served(story)
    admin, above = story.world.cast.period_admin, story.province()
    found = await story.gateway.ask(admin, LACKING, {"id": year["id"]})
    story.seen["lacking"] = found["periodReadiness"]
    story.seen["waiting"] = (await story.gateway.ask(above, WAITING, {}))["inbox"]["items"]
    published = await story.published(year)
    for unit in (t.TOWN, t.FIRST, t.SECOND):
        story.seen[unit] = await story.unit(year, unit)
    heads = (t.HEAD_1, t.HEAD_2)
    story.seen |= {number: await story.person(year, number) for number in heads}
    unit, value = t.MANAGEMENT_APPEAL
    await the_head_appeals(story, story.seen[unit], t.HEAD_2, ("MANAGEMENT", value))
    for unit in (t.FIRST, t.SECOND):
        story.seen[f"{unit} appealed"] = await story.unit(year, unit)
    for number in heads:
        story.seen[f"{number} appealed"] = await story.person(year, number)
    await story.closed("year", published)


@pytest.fixture(scope="module")
def story(told: Told) -> Units:
    async def tell() -> Units:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            story = Units(told=told, gateway=gateway, key="units", posts=t.POSTS)
            parts = {t.OFFICE: "Văn phòng"}
            await a_commune_begins(story, t.COMMUNE, "Suối Cam", parts)
            offices = {t.FIRST: "Văn phòng", t.SECOND: "Phòng Kinh tế"}
            await a_commune_begins(story, t.TOWN, "Suối Mít", offices)
            await a_quarter_of_scorecards(story)
            await a_quarter_of_the_decree(story)
            await a_year_of_agencies(story)
            return story

    return asyncio.run(tell())


def exact(result: Json) -> dict[str, Fraction]:
    return {each["name"]: Fraction(each["exact"]) for each in result["components"]}


def total(result: Json) -> Fraction:
    return Fraction(result["totalExact"])


def bands(story: Units, suffix: str = "") -> Mapping[str, str]:
    return {unit: story.seen[f"{unit}{suffix}"]["band"] for unit in t.MANAGED}


@pytest.mark.parametrize("number", [t.CLERK, t.TYPIST, t.HEAD])
def test_a_person_is_rated_by_quality_time_and_complexity(story: Units, number: str) -> None:
    assert total(story.seen[number]) == t.of_person(number)


def test_headcount_evidence_is_of_the_person_and_of_the_unit(story: Units) -> None:
    mine = [row for row in t.OF_COMMUNE if row[0] == t.CLERK]

    assert exact(story.seen[t.CLERK])["headcount_evidence"] == t.converted(mine) / t.NORM
    assert exact(story.seen["office"])["headcount_evidence"] == t.converted(t.OF_COMMUNE) / t.NORM
    (told,) = story.seen["office"]["headcount"]
    assert Fraction(told["exact"]) == t.converted(t.OF_COMMUNE) / t.NORM
    assert told["rule"]["clause"].startswith("Khánh Hòa 2025")


def test_a_unit_is_rated_by_its_scorecard(story: Units) -> None:
    assert total(story.seen["office"]) == t.of_scorecard(t.REACHED)
    assert story.seen["office"]["recomputation"] == {"identical": True}


def test_everybody_sees_the_published_result_and_not_who_made_it(story: Units) -> None:
    public, known = story.seen["to everybody"], story.seen["office"]

    assert (public["totalExact"], public["band"]) == (known["totalExact"], known["band"])
    assert (public["sheets"], len(known["sheets"])) == ([], 1)


def test_E_I14_a_unit_without_objectives_is_not_evaluable(story: Units) -> None:
    assert story.seen["commune"]["outcome"] == "NOT_EVALUABLE"
    assert story.seen[t.TOWN]["outcome"] == "NOT_EVALUABLE"


def test_E_I14_what_the_town_lacks_waits_above_it_and_stops_nobody(story: Units) -> None:
    town = dataset().unit_id(t.TOWN)
    (gap,) = story.seen["lacking"]["gaps"]["edges"]
    waits = [edge["node"] for edge in story.seen["waiting"]["edges"]]

    assert story.seen["lacking"]["ready"]
    assert (gap["node"]["unit"]["id"], gap["node"]["todoVi"][:8]) == (town, "Cấp trên")
    assert [each["gaps"] for each in waits if each["unit"]["id"] == town] == [
        ["UNIT_UNRATED", "UNIT_OBJECTIVES"]
    ]


def test_a_year_has_an_annex_beside_the_unit_and_its_head(story: Units) -> None:
    in_time, all_of = t.DOSSIERS[t.FIRST]
    dossiers = {"inTime": in_time, "late": all_of - in_time, "waiting": 0}
    answers = t.ANSWERS[t.FIRST]
    satisfied = sum(not each.startswith("DIS") for each in answers)

    annex = story.seen[t.FIRST]["serviceAnnex"]

    assert annex["dossiers"] == story.seen[t.HEAD_1]["serviceAnnex"]["dossiers"] == dossiers
    said = annex["satisfaction"]
    assert (said["satisfied"], said["answers"]) == (satisfied, len(answers))
    low, high = t.wilson(satisfied, len(answers))
    assert (Fraction(said["intervalLow"]), Fraction(said["intervalHigh"])) == (low, high)
    assert (annex["complaints"]["received"], annex["commitments"]["due"]) == (0, 0)
    assert story.seen["office"]["serviceAnnex"] is None


def test_E_I3_an_appeal_of_the_unit_makes_a_linked_sheet(story: Units) -> None:
    found = story.seen["office appealed"]

    assert total(found) == t.of_scorecard(t.REACHED | dict([t.SCORECARD_APPEAL]))
    assert [each["basis"] is None for each in found["sheets"]] == [True, False]


def test_the_head_is_rated_no_better_than_the_unit_and_follows_its_appeal(story: Units) -> None:
    before, after = story.seen[t.HEAD], story.seen["head appealed"]
    of_unit = t.band(t.of_scorecard(t.REACHED))

    assert (before["rawBand"], before["band"]) == (t.band(t.of_person(t.HEAD)), of_unit)
    assert "HEAD_NOT_ABOVE_UNIT" in before["reasons"]
    assert "HEAD_NOT_ABOVE_UNIT" in [line["ruleId"] for line in before["explanation"]["lines"]]
    assert after["band"] == story.seen["office appealed"]["band"] == "HTXS"


@pytest.mark.parametrize("unit", t.MANAGED)
def test_an_agency_is_rated_by_30_and_70(story: Units, unit: str) -> None:
    assert total(story.seen[unit]) == t.of_agency(unit, t.MANAGED[unit])
    assert exact(story.seen[unit])["PROCEDURES"] == t.of_citizens(unit)


def test_E_I8_units_of_one_superior_are_ranked_with_quota(story: Units) -> None:
    totals = t.agencies(t.MANAGED)

    assert bands(story) == t.ranked(totals)
    assert {t.band(each) for each in totals.values()} == {"HTXS"}
    assert story.seen[t.SECOND]["reasons"] == ["QUOTA"]


def test_E_I8_and_ranked_again_after_an_appeal(story: Units) -> None:
    totals = t.agencies(t.MANAGED | dict([t.MANAGEMENT_APPEAL]))

    assert total(story.seen[f"{t.SECOND} appealed"]) == totals[t.SECOND]
    assert bands(story, " appealed") == t.ranked(totals)
    assert bands(story, " appealed") != bands(story)


@pytest.mark.parametrize("suffix", ["", " appealed"])
def test_the_year_of_a_head_is_no_better_than_that_of_the_unit(story: Units, suffix: str) -> None:
    found = bands(story, suffix)

    for number, unit in ((t.HEAD_1, t.FIRST), (t.HEAD_2, t.SECOND)):
        head = story.seen[f"{number}{suffix}"]
        assert head["rawBand"] == "HTXS"
        assert ("HEAD_NOT_ABOVE_UNIT" in head["reasons"]) == (found[unit] != "HTXS")


@pytest.mark.parametrize("head", [t.HEAD_1, t.HEAD_2])
def test_E_I4_no_head_rates_the_own_unit(story: Units, head: str) -> None:
    assert story.refusals[head][0] == "FORBIDDEN"


@pytest.mark.parametrize("name", ["quarter", "year"])
def test_E_I18_the_seal_is_that_of_what_is_shown(story: Units, name: str) -> None:
    assert story.findings[name] == []


def test_results_of_units_are_exported_with_how_they_came_about(
    story: Units, told: Told, tmp_path: Path
) -> None:
    asked = {"period": story.periods["year"], "list": [EVERY]}
    export(told, "unit-results", tmp_path / "results", "auditor", **asked)
    export(told, "unit-explanations", tmp_path / "lines", "auditor", **asked)

    results = table(tmp_path / "results", "unit-results")
    lines = table(tmp_path / "lines", "unit-explanations")
    rated = {each["unit_id"]: each for each in results if each["total_exact"]}
    assert {unit: Fraction(each["total_exact"]) for unit, each in rated.items()} == {
        dataset().unit_id(unit): total(story.seen[f"{unit} appealed"]) for unit in t.MANAGED
    }
    tops = {each["evaluation_id"]: each["points_exact"] for each in lines if each["depth"] == 0}
    assert tops.keys() == {each["evaluation_id"] for each in results}
    for each in rated.values():
        assert Fraction(tops[each["evaluation_id"]]) == Fraction(each["total_exact"])
