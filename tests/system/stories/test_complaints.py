"""Three complaints and two public words of a leader: forwarded, disputed and decided outside the
unit; ended in silence and reopened; overdue, told by name and charged. A promise from its draft to
the lower of what the head above and thirty citizens find. All by the gateway.

What it must come to is written in `complaints_tables` alone.
"""

import asyncio
import json
from datetime import date
from fractions import Fraction

import pytest

from congvu_demo.acts.world import today
from congvu_demo.client import Gateway, Json
from congvu_demo.dataset import dataset
from system.stories.acting import Refusal, a_commune_begins
from system.stories.complaints_acts import (
    Town,
    a_key_task_runs,
    a_promise_is_kept_in_part,
    everybody_looks,
    one_is_forwarded_answered_and_disputed,
    one_is_met_with_silence_and_reopened,
    one_is_overdue,
    others_look_at_the_results,
    the_quarter_opens,
)
from system.stories.complaints_tables import (
    AMENDED,
    ANSWER_DAYS,
    CHAIR,
    CLERK,
    COMMUNE,
    DESK,
    LAND,
    LAND_HEAD,
    MILESTONES,
    OVERDUE,
    POSTS,
    PRIVATE,
    REACHED,
    REOPEN_DAYS,
    SILENCE,
    STORY,
    TASK_STEPS,
    WAITED,
    plain_days,
    rating,
)
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def town(told: Told) -> Town:
    async def tell() -> Town:
        async with Gateway(told.platform.base_url, patience_s=60) as gateway:
            town = Town(told=told, gateway=gateway, key="complaints", posts=POSTS)
            parts = {DESK: "Bộ phận một cửa", LAND: "Phòng Kinh tế"}
            await a_commune_begins(town, COMMUNE, "Suối Kiến", parts)
            await the_quarter_opens(town)
            await one_is_forwarded_answered_and_disputed(town)
            await asyncio.gather(
                others_look_at_the_results(town),
                one_is_met_with_silence_and_reopened(town),
                one_is_overdue(town),
                a_promise_is_kept_in_part(town),
                a_key_task_runs(town),
            )
            await everybody_looks(town)
            return town

    return asyncio.run(tell())


def told_by(entries: list[Json]) -> tuple[tuple[str, str], ...]:
    return tuple((each["type"], each["by"]) for each in entries)


def test_a_visitor_reads_the_story_of_each_complaint_and_nobody_in_it(town: Town) -> None:
    assert {name: told_by(log) for name, log in town.logs.items()} == {
        "disputed": STORY,
        "silent": SILENCE,
        "overdue": OVERDUE,
    }
    public = json.dumps([town.logs, town.seen["disputed"]], ensure_ascii=False)
    people = [dataset().civil_servant_id(number) for number in POSTS]
    hidden = (PRIVATE, "Người dân mẫu", "Người mẫu", "vneid", *people)
    assert [each for each in hidden if each in public] == []


def test_where_it_stands_is_shown_by_a_receipt_without_an_account(town: Town) -> None:
    assert town.seen["disputed"] == {
        "id": town.ids["disputed"],
        "state": "CLOSED_RESOLVED",
        "basis": "DECISION",
        "reopenUntil": None,
        "unit": {"code": LAND},
        "forwards": [{"fromUnit": {"code": DESK}}],
        "answers": [{"text": "Đã trả kết quả"}],
        "decision": {"verdict": "UPHELD", "remedied": True},
        "details": None,
        "submitter": None,
        "escalations": [],
    }


def test_E_I4_an_upheld_complaint_is_audited_by_others_than_who_decided_it(town: Town) -> None:
    audit = town.seen["audit"]
    assert (audit["origin"], audit["verdict"]) == ("COMPLAINT", "UPHELD")
    assert audit["unit"] == {"code": LAND}
    assert town.seen["audited"]["state"] == "DISMISSED"


def test_F_I6_silence_is_no_consent_and_who_complained_reopens_it(town: Town) -> None:
    ended, again = town.seen["ended"], town.seen["reopened"]

    assert (ended["basis"], ended["dueOn"]) == ("SILENCE", None)
    assert ended["reopenUntil"] == plain_days(town.calendars).nth(today(), REOPEN_DAYS)
    assert (again["state"], again["basis"], again["disputes"]) == ("REOPENED", None, 1)
    assert again["dueOn"] == plain_days(town.calendars).nth(today(), ANSWER_DAYS)


def test_what_is_overdue_climbs_by_name_and_waits_for_whom_it_was_told(town: Town) -> None:
    case, (first, later, above) = (town.seen["climbed"][name] for name in ("case", "waits"))

    assert case["escalations"] == [
        {"unit": {"code": unit}, "civilServant": {"id": dataset().civil_servant_id(number)}}
        for unit, number in ((LAND, LAND_HEAD), (COMMUNE, CHAIR))
    ]
    assert (first, later, above) == ([case["id"]], [], [case["id"]])
    assert town.seen["overdue"]["escalations"] == [
        {"unit": {"code": LAND}, "civilServant": None},
        {"unit": {"code": COMMUNE}, "civilServant": None},
    ]


def test_E_I16_the_silence_is_a_fault_of_who_owed_the_answer_and_of_nobody_else(
    town: Town,
) -> None:
    due = plain_days(town.calendars).nth(today(), ANSWER_DAYS)
    assert town.seen["faults"] == {
        LAND_HEAD: [],
        CLERK: [
            {
                "step": "ANSWER_COMPLAINT",
                "complaintId": town.ids["overdue"],
                "dueOn": str(date.fromisoformat(due) - WAITED),
                "endedOn": str(today()),
                "liftedOn": None,
            }
        ],
    }


def test_a_promise_stands_with_name_office_and_every_version_before_everybody(town: Town) -> None:
    found = town.seen["promise"]

    assert found["promisedBy"] == {
        "name": f"Người mẫu {CHAIR}",
        "office": "Chủ tịch Ủy ban nhân dân xã",
    }
    assert found["leader"] is None
    assert [each["milestones"] for each in found["versions"]] == [list(MILESTONES), list(AMENDED)]
    assert [each["reason"] for each in found["versions"]] == [None, "Dân đề nghị"]
    assert [each["reached"] for each in found["milestones"]] == [
        {"evidence": [REACHED], "percent": 40},
        None,
        None,
    ]


def test_F_I5_thirty_citizens_find_it_kept_in_part_and_the_lower_word_counts(town: Town) -> None:
    found, given = town.seen["promise"], town.seen["promise"]["rating"]

    assert (found["found"], found["state"]) == ("VERIFIED_MET", "PARTLY")
    contented = given["contented"]
    assert {
        **given,
        "share": Fraction(given["share"]),
        "contented": (contented["part"], contented["whole"]),
    } == rating()


def test_the_overview_of_a_leader_counts_both_words_and_a_draft_is_nobody_elses(
    town: Town,
) -> None:
    reached, all = 2, len(AMENDED) + len(TASK_STEPS)
    assert town.seen["overview"] == {
        "commitmentOverview": [
            {
                "promisedBy": {"name": f"Người mẫu {CHAIR}"},
                "promises": 1,
                "keyTasks": 1,
                "running": 1,
                "claimed": 0,
                "met": 0,
                "partly": 1,
                "missed": 0,
                "kept": {"part": 0, "whole": 1},
                "milestones": {"part": reached, "whole": all},
            }
        ]
    }
    assert len(town.seen["drafts"]["own"]) == 1
    assert town.seen["drafts"]["another's"] == []


def test_every_wrong_door_is_shut(town: Town) -> None:
    doors: dict[str, Refusal] = {
        "another's to forward": ("FORBIDDEN", None),
        "names somebody": ("INVALID", "F-I2"),
        "sent back": ("CONFLICT", None),
        "no longer theirs": ("FORBIDDEN", None),
        "in the window": ("CONFLICT", "F-I6"),
        "another disputes": ("FORBIDDEN", None),
        "against a dispute": ("CONFLICT", "F-I6"),
        "of the unit": ("FORBIDDEN", "F-I6"),
        "who forwarded it": ("FORBIDDEN", "F-I6"),
        "audits own verdict": ("FORBIDDEN", "E-I4"),
        "not ended": ("CONFLICT", None),
        "another reopens": ("FORBIDDEN", None),
        "against the reopening": ("CONFLICT", "F-I6"),
        "another's draft": ("FORBIDDEN", None),
        "published twice": ("CONFLICT", "F-I8"),
        "due today": ("INVALID", "F-I8"),
        "without evidence": ("INVALID", None),
        "reached twice": ("INVALID", None),
        "another kind": ("INVALID", "F-I8"),
        "before it is claimed": ("CONFLICT", "F-I8"),
        "after it was claimed": ("CONFLICT", "F-I8"),
        "finds for oneself": ("FORBIDDEN", None),
        "rates again": ("CONFLICT", "F-I4"),
        "a portal rates": ("FORBIDDEN", None),
    }
    assert town.refusals == doors
