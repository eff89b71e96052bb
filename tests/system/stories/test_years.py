"""The decree's year (ND335-2025: staff, deputy, leader) from its quarters to its seal, through the
gateway."""

import asyncio
from fractions import Fraction

import pytest

from congvu_demo.acts import period
from congvu_demo.client import Gateway, Json
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.stories.acting import a_commune_begins
from system.stories.year_acts import (
    Year,
    decide_prior,
    on_leave,
    quarters_of_before,
    the_quarter,
    the_year_is_scored,
)
from system.stories.year_tables import (
    CHAIR,
    CLERK,
    COMMUNE,
    DONE,
    MOTHER,
    OF_DECREE,
    POSTS,
    bands_with_quota,
    of_quarter,
    of_year,
)
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

ALL_DONE = {**DONE, MOTHER: 4}


async def a_quarter_is_corrected(year: Year) -> None:
    """A council asks, the board looks: the mother had done everything."""
    council = year.caller(CHAIR, Role.COUNCIL)
    audit = await year.do(
        council,
        "requestPostAudit",
        "PostAudit { id revision }",
        periodId=year.quarter["id"],
        unitId=dataset().unit_id(COMMUNE),
        reason="Cử tri phản ánh kết quả ghi thiếu",
    )
    line = {"assignmentId": year.works[MOTHER]["id"], "completed": "4"}
    await year.do(
        year.world.cast.board,
        "decidePostAudit",
        "PostAudit { id state }",
        postAuditId=audit["id"],
        expectedRevision=audit["revision"],
        evaluationId=year.of_quarter[MOTHER]["id"],
        reason="Sổ giao nhận có đủ bốn văn bản",
        correction={"lines": [line]},
    )
    year.corrected = await followed(year, MOTHER, sheets=2)


async def followed(year: Year, number: str, *, sheets: int) -> dict[str, Json]:
    """The results of the year, once it followed what changed."""
    for _ in range(300):
        found = await year.results(year.year, OF_DECREE)
        if len(found[number]["sheets"]) >= sheets:
            return found
        await asyncio.sleep(0.1)
    raise TimeoutError(f"the year of {number} did not follow")


async def the_year_is_sealed_and_follows(year: Year) -> None:
    world = year.world
    year.year = await period.scored(world, year.year)
    published = await period.move_period(world, "publishPeriod", year.year, "years")
    closed = await period.move_period(world, "closePeriod", published, "years")
    year.seals = [closed["seal"]]
    if year.priors[CLERK]:
        await decide_prior(year, year.priors[CLERK][0], 2, confirmed=False)
        await followed(year, CLERK, sheets=2)
    year.closed = await year.results(year.year, OF_DECREE)
    now = await year.gateway.ask(world.cast.period_admin, period.CURRENT, {"id": year.year["id"]})
    year.seals += [now["evaluationPeriod"]["seal"]]
    year.findings = await year.findings_of(now["evaluationPeriod"])


@pytest.fixture(scope="module")
def year(told: Told) -> Year:
    async def tell() -> Year:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            year = Year(told=told, gateway=gateway, key="years", posts=POSTS)
            leaves = {MOTHER: on_leave(year.day.year)}
            await a_commune_begins(year, COMMUNE, "Suối Tân", leaves=leaves)
            await quarters_of_before(year)
            await the_quarter(year)
            await the_year_is_scored(year)
            await a_quarter_is_corrected(year)
            await the_year_is_sealed_and_follows(year)
            return year

    return asyncio.run(tell())


@pytest.mark.parametrize("number", OF_DECREE)
def test_E_I10_the_year_is_the_average_of_the_quarters_that_were_rated(
    year: Year, number: str
) -> None:
    before = year.number - 1

    assert Fraction(year.of_quarter[number]["totalExact"]) == of_quarter(number, DONE)
    assert Fraction(year.first[number]["totalExact"]) == of_year(number, DONE, before)


def test_E_I8_the_year_is_ranked_with_its_own_quota(year: Year) -> None:
    totals = {number: of_year(number, DONE, year.number - 1) for number in OF_DECREE}

    found = {number: each["band"] for number, each in year.first.items()}

    assert found == bands_with_quota(totals)


@pytest.mark.parametrize("number", [CLERK, CHAIR])
def test_it_is_explained_down_to_the_sheet_and_the_seal_of_the_quarter(
    year: Year, number: str
) -> None:
    found, quarter = year.first[number], year.of_quarter[number]
    parts = {part["periodId"]: part for part in found["yearParts"]}
    here = parts[year.quarter["id"]]
    documents = {each["ref"] for part in found["yearParts"] for each in part["evidence"]}

    assert here["totalExact"] == quarter["totalExact"]
    assert here["sealHash"] == year.quarter["seal"]["hash"]
    assert here["evidence"] == [{"ref": quarter["id"], "hash": quarter["sheets"][-1]["resultHash"]}]
    assert set(year.priors[number]) <= documents
    points = [Fraction(each["pointsExact"]) for each in found["explanation"]["children"]]
    assert sum(points) == Fraction(found["totalExact"])


def test_E_I3_a_corrected_quarter_is_seen_by_the_year(year: Year) -> None:
    found = year.corrected[MOTHER]

    assert Fraction(found["totalExact"]) == of_year(MOTHER, ALL_DONE, year.number - 1)
    assert [each["basis"] is None for each in found["sheets"]] == [True, False]


def test_E_I3_after_the_closing_it_is_a_revision_under_the_next_seal(year: Year) -> None:
    before = year.number - 1
    withdrawn = 1 if before else 0

    found = year.closed[CLERK]

    assert Fraction(found["totalExact"]) == of_year(CLERK, ALL_DONE, before, withdrawn)
    if withdrawn:
        assert found["sheets"][-1]["basis"] == year.priors[CLERK][0]
        assert year.seals[0]["hash"] != year.seals[1]["hash"]


def test_E_I18_the_seal_of_the_year_is_that_of_what_is_shown(year: Year) -> None:
    assert year.findings == []


def test_E_I14_nothing_is_awaited_of_who_was_rated_or_away(year: Year) -> None:
    assert year.waited == {"ready": True, "counts": [], "gaps": {"edges": []}}
    assert year.refusals == {"a year is made of quarters": ("CONFLICT", "E-I10")}
