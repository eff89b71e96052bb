"""Stages move on by themselves, and whoever was late is charged for it."""

from datetime import date

from congvu_scoring import StageFault, Standing, standing
from congvu_scoring.documents.policy_files import shipped_policy

SPARROW = shipped_policy("IN-SPARROW").workflow
OPENED = date(2026, 4, 1)


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
