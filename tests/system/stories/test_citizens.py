"""A quarter in which others are heard before a superior: PETITION-57 in one commune, where
citizens, those who are led, other agencies, the board and the public log speak, and
PUBLIC-COMMITMENT in another, where 35 rate a promise. From the first object to the seal, all by the
gateway.

What it must come to is counted in `citizens_tables` alone.
"""

import asyncio
from fractions import Fraction

import pytest

from congvu_demo.client import Gateway, Json
from congvu_demo.dataset import dataset
from system.stories.acting import a_commune_begins
from system.stories.citizens_acts import (
    Quarter,
    a_process_improves,
    a_promise_is_rated,
    a_superior_types_for_others,
    another_looks_again,
    ballots_are_cast,
    citizens_complain,
    crises_are_recorded_and_confirmed,
    dossiers_are_rated,
    initiatives_are_proposed,
    it_ends,
    promises_are_kept_or_not,
    quarters_open,
    superiors_rate,
    the_province_weighs_group_b,
    work_is_done,
)
from system.stories.citizens_tables import (
    ANSWERS,
    CHAIR,
    CLERK,
    CREATIVE,
    CRISES,
    DEPUTY,
    INVENTOR,
    MARKS,
    MAYOR,
    OF_INVENTOR,
    OF_OTHERS,
    POSTS,
    RATERS,
    SCORE,
    TOWN,
    TOWN_PARTS,
    WARD,
    chairs_total,
    deputys_total,
    mayors_total,
    of_chair,
)
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def quarter(told: Told) -> Quarter:
    async def tell() -> Quarter:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            quarter = Quarter(told=told, gateway=gateway, key="citizens", posts=POSTS)
            await a_commune_begins(quarter, WARD, "Suối Nghe")
            parts = dict(zip(TOWN_PARTS, ("Văn phòng", "Phòng Kinh tế"), strict=True))
            await a_commune_begins(quarter, TOWN, "Suối Hứa", parts)
            await the_province_weighs_group_b(quarter)
            await quarters_open(quarter)
            await asyncio.gather(*(dossiers_are_rated(quarter, unit) for unit in ANSWERS))
            await citizens_complain(quarter)
            await promises_are_kept_or_not(quarter)
            await a_promise_is_rated(quarter)
            await crises_are_recorded_and_confirmed(quarter)
            await ballots_are_cast(quarter)
            await a_process_improves(quarter)
            await initiatives_are_proposed(quarter)
            await work_is_done(quarter)
            await a_superior_types_for_others(quarter)
            await superiors_rate(quarter)
            await asyncio.gather(
                it_ends(quarter, WARD, CHAIR, INVENTOR, DEPUTY, CLERK),
                it_ends(quarter, TOWN, MAYOR),
            )
            await another_looks_again(quarter)
            return quarter

    return asyncio.run(tell())


def exact(result: Json) -> dict[str, Fraction]:
    return {each["name"]: Fraction(each["exact"]) for each in result["components"]}


def test_35_who_rate_a_promise_1_of_5_are_heard_and_satisfied_applicants_are_not_taken_for_them(
    quarter: Quarter,
) -> None:
    found = quarter.seen[MAYOR]

    assert Fraction(found["totalExact"]) == mayors_total() == 88
    assert exact(found)["COMMITMENT"] == Fraction(SCORE, 5)
    points = {each["ruleId"]: each["pointsExact"] for each in found["explanation"]["children"]}
    assert Fraction(points["COMMITMENT"]) == Fraction(15 * SCORE, 5)


def test_everybody_reads_the_promise_with_each_version_and_what_people_gave_it(
    quarter: Quarter,
) -> None:
    found = quarter.seen["promise"]

    assert found["leader"] == {"id": dataset().civil_servant_id(MAYOR)}
    assert [each["number"] for each in found["versions"]] == [1, 2]
    assert [each["reason"] is None for each in found["versions"]] == [True, False]
    assert found["rating"]["count"] == RATERS
    assert Fraction(found["rating"]["share"]) == Fraction(SCORE, 5)


def test_what_others_said_or_confirmed_counts_whatever_is_typed(
    quarter: Quarter,
) -> None:
    found = quarter.seen[CHAIR]

    assert {name: exact(found)[name] for name in of_chair()} == of_chair()
    assert Fraction(found["totalExact"]) == chairs_total()


def test_work_that_a_superior_accepted_passes_no_gate_of_unhappy_citizens(quarter: Quarter) -> None:
    satisfied, answers = ANSWERS[WARD]
    for number in (CHAIR, CLERK):
        found = quarter.seen[number]
        assert exact(found)["PUBLIC_SERVICE"] == Fraction(satisfied, answers)
        assert (found["band"], found["reasons"]) == ("HT", ["PUBLIC_SERVICE_GATE"])
    assert quarter.seen[CLERK]["rawBand"] == "HTXS"


def test_E_I14_a_crisis_that_nobody_confirmed_is_a_gap_and_waits_for_the_board(
    quarter: Quarter,
) -> None:
    gaps = {each["kind"]: each for each in quarter.waiting["periodReadiness"]["counts"]}
    edges = quarter.waiting["inbox"]["items"]["edges"]

    assert gaps["UNCONFIRMED_CRISIS"] == {
        "kind": "UNCONFIRMED_CRISIS",
        "blocking": True,
        "count": len(CRISES),
    }
    waits = {edge["node"]["subjectId"] for edge in edges}
    assert set(quarter.ids["crises"].split(",")) <= waits


def test_an_initiative_counts_in_the_decree_and_is_taken_back_when_it_fades(
    quarter: Quarter,
) -> None:
    """In the criterion of creative products, and where đ asks for one; as a linked revision."""
    before, after = quarter.seen[INVENTOR], quarter.later[INVENTOR]
    totals = (
        deputys_total(Fraction(OF_INVENTOR), initiative=True),
        deputys_total(Fraction(0), initiative=False),
    )

    assert [exact(each)["đ"] for each in (before, after)] == [Fraction(1), Fraction(3, 4)]
    assert (Fraction(before["totalExact"]), Fraction(after["totalExact"])) == totals
    assert [each["basis"] for each in after["sheets"]] == [None, quarter.ids[INVENTOR]]
    assert quarter.later["initiative"] == {
        "__typename": "Initiative",
        "id": quarter.ids[INVENTOR],
        "revision": int(quarter.ids["revision"]) + 1,
        "state": "FINAL",
        "points": str(OF_INVENTOR),
        "finalPoints": "0",
    }
    none = Fraction(quarter.seen[DEPUTY]["totalExact"])
    assert none == deputys_total(MARKS[CREATIVE], initiative=False)


def test_whoever_may_not_speak_is_refused_with_the_rule_named(quarter: Quarter) -> None:
    assert quarter.refusals == {
        "rates again": ("CONFLICT", "F-I4"),
        "rates oneself": ("FORBIDDEN", None),
        "confirms own": ("FORBIDDEN", None),
        "votes again": ("CONFLICT", "F-I4"),
        "votes for oneself": ("FORBIDDEN", "E-I4"),
        "from above": ("FORBIDDEN", "E-I4"),
        "above": ("INVALID", "initiatives"),
        "too early": ("CONFLICT", "E-I12"),
        "looks again": ("FORBIDDEN", "E-I4"),
    } | {f"types {key}": ("INVALID", "rated_by_others") for key in OF_OTHERS}


def test_E_I18_the_seals_are_of_what_is_shown_also_after_the_later_look(quarter: Quarter) -> None:
    assert quarter.findings == []
    assert quarter.later["period"]["seal"]["hash"] != quarter.periods[WARD]["seal"]["hash"]
