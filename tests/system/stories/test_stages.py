"""Two years under IN-SPARROW through the gateway: one whose file goes through its four stages, from
self-appraisal to the seal; and one long over, whose stages are locked.

What it must come to is counted here from the grades alone.
"""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import pytest

from congvu_demo.acts import period
from congvu_demo.acts.world import today
from congvu_demo.client import PAUSE_S, Caller, Gateway, Json, Refused
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.stories.acting import Story, a_commune_begins
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

COMMUNE, OFFICE, HALL = "H32.31.91", "H32.31.91.01", "H32.31.91.02"
CHAIR, DEPUTY, HEAD, CLERK = "BD001", "BD002", "BD003", "BD004"
HALLS_HEAD, HALLS_CLERK = "BD005", "BD006"
POSTS = {
    CHAIR: (COMMUNE, "LD.01", "HEAD"),
    DEPUTY: (COMMUNE, "LD.02", "DEPUTY"),
    HEAD: (OFFICE, "LD.03", "HEAD"),
    CLERK: (OFFICE, "VP.01", "STAFF"),
    HALLS_HEAD: (HALL, "LD.03", "HEAD"),
    HALLS_CLERK: (HALL, "VP.01", "STAFF"),
}
PARTS = ("work_output", "attributes", "competency")
WEIGHTS = dict(zip(PARTS, (40, 30, 30), strict=True))
SELF, REPORTING, REVIEWING, ACCEPTING = STAGES = (
    "SELF_APPRAISAL",
    "REPORTING",
    "REVIEWING",
    "ACCEPTING",
)
GRADES = {SELF: (10, 10, 10), REPORTING: (6, 7, 8), REVIEWING: (8,), ACCEPTING: ()}
"""What each stage gave, in the order of the parts; accepting agreed with what counted."""

FILE = """query($id: ID!, $period: ID!) { civilServant(id: $id) { evaluation(periodId: $period) {
  revision totalExact band ratings { elements { key points } } stages { id state counts shown
  ratings { elements { key points } } actedBy { id } inPlaceOf { id } late { id } waitsFor { id } }
} } }"""
EVALUATION = "Evaluation { id revision }"


def total() -> Fraction:
    """The last stage that graded a part wins it; never the person's own."""
    counted: dict[str, int] = {}
    for stage in (REPORTING, REVIEWING, ACCEPTING):
        counted |= dict(zip(PARTS, GRADES[stage], strict=False))
    return sum((Fraction(WEIGHTS[each] * level, 10) for each, level in counted.items()), Fraction())


@dataclass(kw_only=True)
class Years(Story):
    """Who acts in them, and what came of it."""

    now: Json = field(default_factory=dict)
    over: Json = field(default_factory=dict)
    out_of_turn: list[tuple[str, str, str | None]] = field(default_factory=list)
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    audited: Json = field(default_factory=dict)
    locked: Json = field(default_factory=dict)

    def clerk(self, of: Json) -> str:
        """Whose file it is: the year that is over is the hall's."""
        return HALLS_CLERK if of == self.over else CLERK

    def actors(self, of: Json) -> dict[str, Caller]:
        return {
            SELF: self.caller(self.clerk(of), Role.OFFICER),
            REPORTING: self.caller(HALLS_HEAD if of == self.over else HEAD, Role.MANAGER),
            REVIEWING: self.caller(DEPUTY, Role.MANAGER),
            ACCEPTING: self.province(),
        }

    async def file(self, who: Caller, of: Json) -> Json:
        asked = {"id": dataset().civil_servant_id(self.clerk(of)), "period": of["id"]}
        found: Json = (await self.gateway.ask(who, FILE, asked))["civilServant"]["evaluation"]
        return found or {"revision": 0, "stages": []}

    async def act(self, of: Json, stage: str) -> Json:
        """By who has the stage, through the door that is theirs."""
        who = self.actors(of)[stage]
        asked: Json = {
            "periodId": of["id"],
            "ratings": {
                "elements": [
                    {"key": key, "points": str(level)}
                    for key, level in zip(PARTS, GRADES[stage], strict=False)
                ]
            },
        }
        for _ in range(3):  # The watch may open the file in between.
            asked["expectedRevision"] = (await self.file(who, of))["revision"]
            try:
                if stage == SELF:
                    return await self.do(who, "selfAssess", EVALUATION, **asked)
                asked["civilServantId"] = dataset().civil_servant_id(self.clerk(of))
                if stage == REPORTING:
                    return await self.do(who, "scoreGeneralCriteria", EVALUATION, **asked)
                return await self.do(who, "passStage", EVALUATION, stage=stage, **asked)
            except Refused as refused:
                if refused.rule_id is not None:
                    raise
        raise AssertionError("the file is written by somebody else all the time")

    async def too_early_or_late(self, of: Json, stage: str) -> None:
        with pytest.raises(Refused) as refusal:
            await self.act(of, stage)
        self.out_of_turn.append((stage, refusal.value.code, refusal.value.rule_id))


async def a_year_opens(years: Years, unit: str, starts_on: date, ends_on: date) -> Json:
    kinds = ("staffPolicy", "deputyPolicy", "leaderPolicy")
    name, days = f"Năm theo bước, đến {ends_on}", (starts_on, ends_on)
    return await years.open(name, "YEAR", unit, days, **dict.fromkeys(kinds, "IN-SPARROW"))


async def delegates(years: Years, of: Json, who: Caller, stage: str, to: str, **whose: str) -> None:
    await years.do(
        who,
        "delegateStage",
        "StageDelegation { id }",
        periodId=of["id"],
        stage=stage,
        toCivilServantId=dataset().civil_servant_id(to),
        until=(today() + timedelta(days=30)).isoformat(),
        decision={"number": "31/QĐ-UBND", "decidedOn": today().isoformat()},
        **whose,
    )


async def an_acting_approver_accepts(years: Years, of: Json) -> None:
    """The province has a deputy and no head: nobody has the stage until a decision says who."""
    admin, unit = years.world.cast.period_admin, HALL if of == years.over else OFFICE
    await delegates(years, of, admin, ACCEPTING, "CB101", unitId=dataset().unit_id(unit))


async def the_file_goes_through_its_stages(years: Years) -> None:
    """The chair lets the deputy review in the chair's place."""
    ends_on = today() - timedelta(days=5)
    years.now = await a_year_opens(years, OFFICE, ends_on - timedelta(days=350), ends_on)
    await years.too_early_or_late(years.now, REPORTING)
    await years.act(years.now, SELF)
    await years.too_early_or_late(years.now, SELF)
    await years.act(years.now, REPORTING)
    await years.too_early_or_late(years.now, REVIEWING)
    chair = years.caller(CHAIR, Role.UNIT_HEAD)
    whose = {"fromCivilServantId": dataset().civil_servant_id(CHAIR)}
    await delegates(years, years.now, chair, REVIEWING, DEPUTY, **whose)
    await years.act(years.now, REVIEWING)
    await an_acting_approver_accepts(years, years.now)
    await years.act(years.now, ACCEPTING)
    clerk = years.actors(years.now)[SELF]
    years.before = await years.file(clerk, years.now)
    await years.published(await current(years))
    years.after = await years.file(clerk, years.now)
    years.audited = await years.file(years.world.cast.auditor, years.now)


async def current(years: Years) -> Json:
    asked = {"id": years.now["id"]}
    found = await years.gateway.ask(years.world.cast.period_admin, period.CURRENT, asked)
    seen: Json = found["evaluationPeriod"]
    return seen


async def a_year_long_over_is_locked(years: Years) -> None:
    """Its last day, 31 August, is over: as 2025's is in November 2026."""
    year = today().year if today() > date(today().year, 8, 31) else today().year - 1
    years.over = await a_year_opens(years, HALL, date(year - 1, 1, 1), date(year, 1, 1))
    await an_acting_approver_accepts(years, years.over)
    for stage in (SELF, REPORTING, ACCEPTING):
        await years.too_early_or_late(years.over, stage)
    deadline = time.monotonic() + 120
    while not years.locked.get("stages"):
        assert time.monotonic() < deadline, "the watch did not open the files"
        years.locked = await years.file(years.actors(years.over)[ACCEPTING], years.over)
        await asyncio.sleep(PAUSE_S)


@pytest.fixture(scope="module")
def years(told: Told) -> Years:
    async def tell() -> Years:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            years = Years(told=told, gateway=gateway, key="stages", posts=POSTS)
            parts = {OFFICE: "Văn phòng", HALL: "Nhà văn hóa"}
            await a_commune_begins(years, COMMUNE, "Suối Tân", parts)
            await the_file_goes_through_its_stages(years)
            await a_year_long_over_is_locked(years)
            return years

    return asyncio.run(tell())


def test_the_score_is_what_the_grades_give(years: Years) -> None:
    assert Fraction(years.after["totalExact"]) == total()


def test_each_stage_is_shown_with_its_own_figures_once_published(years: Years) -> None:
    shown = {each["id"]: each for each in years.after["stages"]}

    assert list(shown) == list(STAGES)
    assert {
        stage: tuple(int(each["points"]) for each in shown[stage]["ratings"]["elements"])
        for stage in STAGES
    } == GRADES
    assert [shown[stage]["counts"] for stage in STAGES] == [None, 3, 2, 1]
    who = dataset().civil_servant_id
    acted = {each["id"]: each for each in years.audited["stages"]}
    by = {SELF: CLERK, REPORTING: HEAD, REVIEWING: DEPUTY, ACCEPTING: "CB101"}
    assert {stage: acted[stage]["actedBy"]["id"] for stage in STAGES} == {
        stage: who(number) for stage, number in by.items()
    }
    assert acted[REVIEWING]["inPlaceOf"] == {"id": who(CHAIR)}
    hidden = {each["id"]: each["ratings"] for each in years.before["stages"]}
    assert [stage for stage in STAGES if hidden[stage] is not None] == [SELF]
    assert years.before["ratings"]["elements"] == []


def test_who_is_out_of_turn_or_too_late_is_refused_with_the_rule_named(years: Years) -> None:
    assert years.out_of_turn == [
        (REPORTING, "CONFLICT", REPORTING),
        (SELF, "CONFLICT", SELF),
        (REVIEWING, "FORBIDDEN", "E-I4"),
        *((stage, "CONFLICT", stage) for stage in (SELF, REPORTING, ACCEPTING)),
    ]


def test_E_I16_a_late_file_moved_on_and_says_whose_fault_it_was(years: Years) -> None:
    found = {each["id"]: each for each in years.locked["stages"]}
    who = dataset().civil_servant_id
    late = {SELF: HALLS_CLERK, REPORTING: HALLS_HEAD, REVIEWING: CHAIR}

    assert [found[stage]["state"] for stage in STAGES] == ["LOCKED"] * 4
    charged = {stage: {"id": who(number)} for stage, number in late.items()}
    assert {stage: found[stage]["late"] for stage in STAGES} == {**charged, ACCEPTING: None}
