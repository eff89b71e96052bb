"""One calendar over all three services: corrected by a decision while a period runs, it moves what
is still due in each of them, and nothing that is over. Days are counted a second time by hand."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, islice

import pytest

from congvu_demo.acts import catalogue, feedback
from congvu_demo.acts.catalogue import NOT_YET_HERE, Version
from congvu_demo.acts.period import PERIOD
from congvu_demo.acts.world import World, today
from congvu_demo.cast import Cast
from congvu_demo.client import VISITOR, Caller, Gateway, Json, Refused
from congvu_demo.dataset import dataset
from support.polling import NeverHappened, eventually
from system.plain_days import PlainDays
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

WITHIN_S = 20
"""By events, and a look of each service every other second."""

SHORT, LONG = "C.56.3107.LICH-NGAN", "C.56.3107.LICH-DAI"
LEAD_DAYS = {SHORT: 10, LONG: 230}
"""The long one goes over a new year, and nearly always over Tết."""

CHECK_DAYS, CLASSIFY_DAYS, ANSWER_DAYS, DISPUTE_DAYS = 5, 2, 10, 10
HEAD, OFFICER = "CB004", "CB012"
NAMED = today() + timedelta(days=20)
DECISION = {"number": "45/QĐ-UBND", "decidedOn": str(today())}

CALENDAR = "WorkingCalendar { id revision editions { number decision { number } } }"
REVISIONS = "query($year: Int!) { workingCalendar(year: $year, province: %s) { revision } }"
ANSWER_BY = "query($id: ID!) { complaint(id: $id) { answerBy } }"
WORK = "Assignment { id revision state dueOn reviewDueOn }"
DATES = """query($short: ID!, $long: ID!, $named: ID!, $waits: ID!, $checked: ID!, $open: ID!,
  $answered: ID!, $unit: ID!, $since: Date!, $one: String!, $two: String!) {
  short: assignment(id: $short) { dueOn }
  long: assignment(id: $long) { dueOn }
  named: assignment(id: $named) { dueOn }
  waits: assignment(id: $waits) { reviewDueOn }
  checked: assignment(id: $checked) { state reviewDueOn }
  open: complaint(id: $open) { dueOn answerBy }
  answered: complaint(id: $answered) { dueOn answerBy disputeUntil }
  shortTerm: effectiveNorms(code: $one, unitId: $unit) { leadTerm(beginsOn: $since) { endsOn } }
  longTerm: effectiveNorms(code: $two, unitId: $unit) { leadTerm(beginsOn: $since) { endsOn } }
}"""


@dataclass(frozen=True)
class Said:
    """Days off that a province has besides; each swapped one with the Saturday worked for it."""

    off: tuple[date, ...]
    swapped: tuple[tuple[date, date], ...] = ()

    @property
    def plain(self) -> PlainDays:
        off = (*self.off, *(day for day, _ in self.swapped))
        return PlainDays(frozenset(map(str, off)), frozenset(str(sat) for _, sat in self.swapped))

    @property
    def years(self) -> set[int]:
        return {day.year for day in (*self.off, *(day for pair in self.swapped for day in pair))}

    def of_year(self, year: int) -> dict[str, object]:
        kinds = {day: "LOCAL" for day in self.off} | {day: "SWAPPED" for day, _ in self.swapped}
        return {
            "year": year,
            "daysOff": [
                {"day": str(day), "kind": kind, "name": "Nghỉ của tỉnh"}
                for day, kind in kinds.items()
                if day.year == year
            ],
            "workedDays": [
                {"day": str(saturday), "inPlaceOf": str(day)}
                for day, saturday in self.swapped
                if saturday.year == year
            ],
        }


def first_and_corrected() -> tuple[Said, Said]:
    """A day off and a make-up Saturday; then two further days off, and nothing swapped."""
    country = PlainDays()
    ahead = list(islice(country.following(today()), 8))
    saturdays = (today() + timedelta(days=n) for n in range(1, 60))
    saturday = next(
        day
        for day in saturdays
        if day.isoweekday() == 6
        and not country.works(day)
        and country.works(day - timedelta(days=1))
        and country.works(day + timedelta(days=2))
    )
    return Said((ahead[1],), ((ahead[6], saturday),)), Said(tuple(ahead[1:4]))


@dataclass
class Story:
    world: World
    calls: Iterator[int] = field(default_factory=count)
    ids: dict[str, str] = field(default_factory=dict)
    by: dict[str, PlainDays] = field(default_factory=dict)
    seen: dict[str, Json] = field(default_factory=dict)
    refused: dict[str, tuple[str, object, object]] = field(default_factory=dict)
    editions: list[Json] = field(default_factory=list)

    async def do(self, caller: Caller, name: str, then: str, /, **asked: object) -> Json:
        key = f"calendar/{name}/{next(self.calls)}"
        return await self.world.gateway.do(
            caller, name, {"idempotencyKey": key, **asked}, then, again_on=NOT_YET_HERE
        )

    async def publish(self, name: str, said: Said) -> None:
        """In both years, where the days lie on both sides of the new year."""
        self.by[name] = said.plain
        for year in sorted({today().year} | said.years):
            published = await self.do(
                self.world.cast.period_admin,
                "publishWorkingCalendar",
                CALENDAR,
                expectedRevision=await self.revision(year),
                decision=DECISION,
                **said.of_year(year),
            )
            if year == today().year:
                self.editions = published["editions"]

    async def revision(self, year: int) -> int:
        document = REVISIONS % f'"{self.world.data.province}"'
        seen = await self.world.gateway.ask(VISITOR, document, {"year": year})
        return int(seen["workingCalendar"]["revision"]) if seen["workingCalendar"] else 0

    async def dates(self) -> Json:
        about = {"unit": self.world.commune_id, "one": SHORT, "two": LONG}
        asked = {**self.ids, **about, "since": str(today())}
        return await self.world.gateway.ask(self.world.cast.auditor, DATES, asked)

    async def given(self, period: str, code: str, due_on: str | None = None) -> Json:
        return await self.do(
            self.world.cast.leader(HEAD),
            "assignWork",
            WORK,
            periodId=period,
            civilServantId=self.world.data.civil_servant_id(OFFICER),
            versionId=f"{code}@1",
            quantity="2",
            dueOn=due_on,
        )

    async def step(self, caller: Caller, name: str, on: Json, **asked: object) -> Json:
        return await self.do(
            caller, name, WORK, assignmentId=on["id"], expectedRevision=on["revision"], **asked
        )

    async def refuses(self, what: str, caller: Caller, **changes: object) -> None:
        year = today().year
        asked = {"decision": DECISION, "year": year, "daysOff": [], **changes}
        asked.setdefault("expectedRevision", await self.revision(year))
        try:
            await self.do(caller, "publishWorkingCalendar", CALENDAR, **asked)
        except Refused as refusal:
            self.refused[what] = (refusal.code, refusal.field, refusal.rule_id)


async def in_force(story: Story) -> str:
    """Two products with lead days, in force from today; their release."""
    world = story.world
    model = next(each for each in world.data.products if each["group"] == "C")
    drafts = []
    for code, days in LEAD_DAYS.items():
        product = {
            **model,
            "code": code,
            "name_vi": f"Việc tính theo lịch làm việc, thời hạn {days} ngày",
            "lead_days": str(days),
            "data_source": "MANUAL",
            "procedure_code": "",
        }
        editor, unit = world.cast.commune_editor, world.commune_id
        drafts.append(await catalogue.draft(world, editor, product, unit, f"calendar/{code}"))
    versions = [Version(each["id"], each["revision"]) for each in drafts]
    approved = await catalogue.judged(
        world, world.cast.commune_editor, world.cast.chair, versions, "calendar"
    )
    issued = await catalogue.publish(world, world.cast.chair, approved, "46/QĐ-UBND", "calendar")
    return str(issued["id"])


async def work_is_given(story: Story, release: str) -> None:
    """In a year that begins today: by lead days, by a named day, reported, and checked."""
    world = story.world
    opened = await story.do(
        world.cast.period_admin,
        "openPeriod",
        PERIOD,
        name="Năm tính theo lịch làm việc",
        kind="YEAR",
        scopeUnitId=world.commune_id,
        startsOn=str(today()),
        endsOn=str(today() + timedelta(days=366)),
        **dict.fromkeys(("staffPolicy", "deputyPolicy", "leaderPolicy"), "KHANHHOA-2025"),
        releaseIds=[release],
        reviewSlaDays=CHECK_DAYS,
        appealDays=0,
    )
    officer, head = world.cast.officer(OFFICER), world.cast.leader(HEAD)
    for name, code, due_on in (
        ("short", SHORT, None),
        ("long", LONG, None),
        ("named", SHORT, str(NAMED)),
        ("waits", SHORT, str(NAMED)),
        ("checked", SHORT, str(NAMED)),
    ):
        work = await story.given(opened["id"], code, due_on)
        story.ids[name] = work["id"]
        if name in ("waits", "checked"):
            evidence = [{"uri": f"dms://lich/{name}", "source": "DMS"}]
            done = {"quantity": "1", "completedOn": str(today()), "evidence": evidence}
            work = await story.step(officer, "reportWork", work, **done)
        if name == "checked":
            await story.step(head, "acceptWork", work, quantity="1")


async def citizens_complain(story: Story) -> None:
    """One complaint waits to be classified; one, filed under the same calendar, is answered."""
    await filed(story, "open")
    auditor = story.world.cast.auditor
    answer_by = story.by["first"].nth(today(), ANSWER_DAYS)

    async def counted() -> bool:
        seen = await story.world.gateway.ask(auditor, ANSWER_BY, {"id": story.ids["open"]})
        return bool(seen["complaint"]["answerBy"] == answer_by)

    with contextlib.suppress(NeverHappened):
        await eventually(counted, within_s=WITHIN_S, what="the first calendar in feedback")
    head = story.world.cast.leader("CB007")
    complaint = await filed(story, "answered")
    told = {"category": "DELAY", "summary": "Hướng dẫn chưa rõ."}
    complaint = await feedback.move_complaint(
        story.world, head, "classifyComplaint", complaint, "calendar", **told
    )
    told = {"answer": "Đã hướng dẫn lại."}
    await feedback.move_complaint(
        story.world, head, "answerComplaint", complaint, "calendar", **told
    )


async def filed(story: Story, name: str) -> Json:
    asked = {
        "idempotencyKey": f"calendar/{name}",
        "unitId": story.world.data.unit_id("H32.31.07.04"),
        "text": "Không được hướng dẫn rõ ràng.",
    }
    complaint = await feedback.file_complaint(story.world, asked)
    story.ids[name] = complaint["id"]
    return complaint


async def wrong_ones_are_refused(story: Story) -> None:
    cast = story.world.cast
    weekday = next(PlainDays().following(today()))
    await story.refuses("a head publishes", cast.chair)
    await story.refuses("a visitor publishes", VISITOR)
    await story.refuses("somebody was faster", cast.period_admin, expectedRevision=0)
    await story.refuses(
        "a weekday is made up",
        cast.period_admin,
        workedDays=[{"day": str(weekday), "inPlaceOf": f"{weekday.year + 1}-03-01"}],
    )
    await story.refuses(
        "a day of another year",
        cast.period_admin,
        daysOff=[{"day": f"{today().year + 1}-03-01", "kind": "LOCAL", "name": "Bão"}],
    )
    await story.refuses(
        "without a decision", cast.period_admin, decision={**DECISION, "number": " "}
    )


def expected(by: PlainDays, over: PlainDays) -> Json:
    """What is still due by the one calendar, what is over by the other."""
    short, long = (by.nth(today(), days) for days in LEAD_DAYS.values())
    return {
        "short": {"dueOn": short},
        "long": {"dueOn": long},
        "named": {"dueOn": str(NAMED)},
        "waits": {"reviewDueOn": by.nth(today(), CHECK_DAYS)},
        "checked": {"state": "IN_PROGRESS", "reviewDueOn": None},
        "open": {
            "dueOn": by.nth(today(), CLASSIFY_DAYS),
            "answerBy": by.nth(today(), ANSWER_DAYS),
        },
        "answered": {
            "dueOn": None,
            "answerBy": over.nth(today(), ANSWER_DAYS),
            "disputeUntil": by.nth(today(), DISPUTE_DAYS),
        },
        "shortTerm": {"leadTerm": {"endsOn": short}},
        "longTerm": {"leadTerm": {"endsOn": long}},
    }


async def tell(story: Story) -> None:
    first, corrected = first_and_corrected()
    release = await in_force(story)
    await story.publish("first", first)
    await work_is_given(story, release)
    await citizens_complain(story)
    await everybody_knows(story, "first")
    await wrong_ones_are_refused(story)
    await story.publish("corrected", corrected)
    await everybody_knows(story, "corrected")


async def everybody_knows(story: Story, edition: str) -> None:
    """Or the time is over: the tests say which service does not."""
    wanted = expected(story.by[edition], story.by["first"])

    async def known() -> bool:
        story.seen[edition] = await story.dates()
        return story.seen[edition] == wanted

    with contextlib.suppress(NeverHappened):
        await eventually(known, within_s=WITHIN_S, what="the dates of the calendar")


@pytest.fixture(scope="module")
def story(told: Told) -> Story:
    async def run() -> Story:
        data = dataset()
        async with Gateway(told.platform.base_url, patience_s=30) as gateway:
            made = Story(World(gateway, Cast(data, told.platform.token_for), data))
            await tell(made)
            return made

    return asyncio.run(run())


PLACES = {
    "evaluation: checks of reports": ("waits", "checked"),
    "evaluation: work by lead days": ("short", "long", "named"),
    "feedback: complaints": ("open", "answered"),
    "catalogue: lead days": ("shortTerm", "longTerm"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("edition", ["first", "corrected"])
def test_each_service_counts_by_the_calendar_that_holds(
    story: Story, edition: str, place: str
) -> None:
    wanted = expected(story.by[edition], story.by["first"])

    seen = story.seen[edition]

    assert {each: seen[each] for each in PLACES[place]} == {
        each: wanted[each] for each in PLACES[place]
    }


def test_the_correction_moves_every_date_that_is_still_due(story: Story) -> None:
    first, corrected = story.seen["first"], story.seen["corrected"]

    stay = {name for name in first if first[name] == corrected[name]}

    assert stay == {"named", "checked"}
    assert first["answered"]["answerBy"] == corrected["answered"]["answerBy"]
    assert first["answered"]["disputeUntil"] < corrected["answered"]["disputeUntil"]


def test_nothing_falls_due_on_a_day_off(story: Story) -> None:
    due = {
        day
        for row in story.seen["corrected"].values()
        for day in (*row.values(), *(row.get("leadTerm") or {}).values())
        if isinstance(day, str) and day[:2] == "20" and day != str(NAMED)
    }

    assert len(due) >= 5
    assert {day for day in due if not story.by["corrected"].works(date.fromisoformat(day))} == set()


def test_a_wrong_calendar_is_refused_with_the_field_and_the_rule(story: Story) -> None:
    assert story.refused == {
        "a head publishes": ("FORBIDDEN", None, None),
        "a visitor publishes": ("UNAUTHENTICATED", None, None),
        "somebody was faster": ("CONFLICT", "input.expectedRevision", None),
        "a weekday is made up": ("INVALID", "input.workedDays", "LC-112"),
        "a day of another year": ("INVALID", "input.daysOff", "LC-112"),
        "without a decision": ("INVALID", "input.decision.number", None),
    }


def test_every_edition_stays_with_its_decision(story: Story) -> None:
    assert [each["number"] for each in story.editions] == [1, 2]
    assert {each["decision"]["number"] for each in story.editions} == {DECISION["number"]}
