"""Where a file stands in a policy's stages, and who is charged for a stage left undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from congvu_scoring.engine.policy import Workflow


@dataclass(frozen=True, slots=True)
class StageFault:
    """A stage whose last day passed undone; charged to its actor, never to the person rated."""

    stage: str
    actor: str
    due: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Standing:
    """`current` is None once every stage is over, or the final day is."""

    current: str | None
    due: date | None
    locked: tuple[str, ...]
    """Stages that moved on undone: nobody may do them any more."""
    faults: tuple[StageFault, ...]


def standing(workflow: Workflow, opened: date, done: Mapping[str, date], today: date) -> Standing:
    """`done` tells the local day each finished stage was done; days are local business days.

    A stage that says MOVE_ON ends by itself with its last day, at 23:59; one that says WAIT
    stays current and grows later.
    """
    dated = dated_days(workflow, opened)
    final = _on(workflow.final_month, workflow.final_day, max(dated.values(), default=opened))
    begins = opened
    locked: list[str] = []
    faults: list[StageFault] = []
    for stage in workflow.stages:
        due = dated[stage.id] if stage.days is None else begins + timedelta(days=stage.days)
        finished = done.get(stage.id)
        if finished is not None:
            if finished > due:
                faults.append(StageFault(stage.id, stage.actor, due, (finished - due).days))
            begins = finished
            continue
        if today <= due:
            over = final is not None and today > final
            return Standing(None if over else stage.id, due, tuple(locked), tuple(faults))
        faults.append(StageFault(stage.id, stage.actor, due, (today - due).days))
        if stage.when_late == "WAIT" and (final is None or today <= final):
            return Standing(stage.id, due, tuple(locked), tuple(faults))
        locked.append(stage.id)
        begins = due
    return Standing(None, None, tuple(locked), tuple(faults))


def dated_days(workflow: Workflow, opened: date) -> dict[str, date]:
    """The last days that are dates of the calendar: in the order of the stages, each the first such
    day on or after the one before it, and on or after the opening."""
    days: dict[str, date] = {}
    for stage in workflow.stages:
        due = _on(stage.last_month, stage.last_day, max(days.values(), default=opened))
        if due is not None:
            days[stage.id] = due
    return days


def _on(month: int | None, day: int | None, since: date) -> date | None:
    if month is None or day is None:
        return None
    this_year = date(since.year, month, day)
    return this_year if this_year >= since else date(since.year + 1, month, day)
