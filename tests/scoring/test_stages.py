"""Stages move on by themselves, and whoever was late is charged for it."""

from collections.abc import Mapping
from datetime import date

import pytest

from congvu_scoring import StageFault, Standing, dated_days, standing
from congvu_scoring.documents.policy_files import shipped_policy
from congvu_scoring.engine.policy import Workflow
from scoring.making import tiny

SPARROW = shipped_policy("IN-SPARROW").workflow
OPENED = date(2026, 4, 1)
WORDS = "clause: s, text: {vi: r, en: r}"


def test_on_its_last_day_a_stage_is_still_open() -> None:
    found = standing(SPARROW, OPENED, {}, date(2026, 5, 15))

    assert found == Standing("SELF_APPRAISAL", date(2026, 5, 15), (), ())


def test_the_day_after_the_file_moved_on_and_the_late_person_is_charged() -> None:
    done = {"SELF_APPRAISAL": date(2026, 5, 10)}

    found = standing(SPARROW, OPENED, done, date(2026, 7, 2))

    assert (found.current, found.locked) == ("REVIEWING", ("REPORTING",))
    assert found.faults == (StageFault("REPORTING", "REPORTING_OFFICER", date(2026, 6, 30), 2),)


def test_after_the_last_stage_nothing_is_open() -> None:
    found = standing(SPARROW, OPENED, {}, date(2027, 1, 1))

    assert (found.current, len(found.locked)) == (None, 4)


def test_the_ministers_plan_locks_after_six_weeks() -> None:
    lab = shipped_policy("MY-LAB").workflow

    found = standing(lab, date(2026, 1, 5), {}, date(2026, 2, 17))

    assert (found.current, found.locked) == ("YEARLY_RESULT", ("LAB",))


FIRST = {"id": "SELF", "actor": "RATEE", "last_day": "05-15", "when_late": "MOVE_ON"}
NEXT = {"id": "REVIEW", "actor": "MANAGER", "days": 10}


def flow(*stages: Mapping[str, object], final: str | None = None) -> Workflow:
    written = ", ".join(
        "{" + ", ".join(f"{key}: '{value}'" for key, value in stage.items()) + f", {WORDS}}}"
        for stage in stages
    )
    last = f", final_day: '{final}'" if final else ""
    return tiny("1", f"workflow: {{stages: [{written}]{last}}}\n").workflow


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2026, 5, 14), date(2026, 5, 15)),
        (date(2026, 5, 15), date(2026, 5, 15)),
        (date(2026, 5, 16), date(2027, 5, 15)),
    ],
)
def test_a_last_day_is_the_first_such_day_from_the_opening_on(opened: date, due: date) -> None:
    assert standing(flow(FIRST, NEXT), opened, {}, opened) == Standing("SELF", due, (), ())


@pytest.mark.parametrize(
    ("done", "today", "expected"),
    [
        ({}, date(2026, 5, 15), Standing("SELF", date(2026, 5, 15), (), ())),
        (
            {},
            date(2026, 5, 16),
            Standing(
                "REVIEW",
                date(2026, 5, 25),
                ("SELF",),
                (StageFault("SELF", "RATEE", date(2026, 5, 15), 1),),
            ),
        ),
        (
            {"SELF": date(2026, 5, 2)},
            date(2026, 5, 12),
            Standing("REVIEW", date(2026, 5, 12), (), ()),
        ),
        (
            {"SELF": date(2026, 5, 15)},
            date(2026, 5, 16),
            Standing("REVIEW", date(2026, 5, 25), (), ()),
        ),
        (
            {"SELF": date(2026, 5, 18)},
            date(2026, 5, 18),
            Standing(
                "REVIEW",
                date(2026, 5, 28),
                (),
                (StageFault("SELF", "RATEE", date(2026, 5, 15), 3),),
            ),
        ),
        (
            {"SELF": date(2026, 5, 2)},
            date(2026, 5, 15),
            Standing(
                "REVIEW",
                date(2026, 5, 12),
                (),
                (StageFault("REVIEW", "MANAGER", date(2026, 5, 12), 3),),
            ),
        ),
        (
            {"SELF": date(2026, 5, 2), "REVIEW": date(2026, 5, 12)},
            date(2026, 5, 13),
            Standing(None, None, (), ()),
        ),
    ],
)
def test_a_stage_moves_on_or_waits(
    done: Mapping[str, date], today: date, expected: Standing
) -> None:
    assert standing(flow(FIRST, NEXT), date(2026, 5, 1), done, today) == expected


@pytest.mark.parametrize(
    ("today", "current", "locked"),
    [
        (date(2026, 5, 12), "REVIEW", ()),
        (date(2026, 5, 20), "REVIEW", ()),
        (date(2026, 5, 21), None, ("REVIEW",)),
    ],
)
def test_nothing_waits_beyond_the_final_day(
    today: date, current: str | None, locked: tuple[str, ...]
) -> None:
    workflow = flow(FIRST, NEXT, final="05-20")

    found = standing(workflow, date(2026, 5, 1), {"SELF": date(2026, 5, 2)}, today)

    assert (found.current, found.locked) == (current, locked)


def test_a_stage_still_in_time_is_over_when_the_final_day_is() -> None:
    workflow = flow({**NEXT, "days": 30}, final="05-20")

    before = standing(workflow, date(2026, 5, 1), {}, date(2026, 5, 20))
    after = standing(workflow, date(2026, 5, 1), {}, date(2026, 5, 21))

    assert before == Standing("REVIEW", date(2026, 5, 31), (), ())
    assert after == Standing(None, date(2026, 5, 31), (), ())


@pytest.mark.parametrize("opened", [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)])
def test_last_days_stand_in_the_order_of_the_stages_whenever_they_are_opened(opened: date) -> None:
    days = dated_days(SPARROW, opened)

    assert list(days) == [stage.id for stage in SPARROW.stages]
    assert list(days.values()) == sorted(days.values())
    assert opened <= min(days.values())
    assert (max(days.values()) - min(days.values())).days == 108


def test_the_final_day_is_after_the_last_stage() -> None:
    """A year that ends in July is appraised in the next one."""
    found = standing(SPARROW, date(2026, 7, 1), {}, date(2027, 1, 1))

    assert found.current == "SELF_APPRAISAL"
