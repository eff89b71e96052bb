"""Which events the catalogue reads, and what it does about each."""

from collections.abc import Sequence
from typing import Any

from catalogue_service.application import reactions
from catalogue_service.application.collections import ASSIGNMENTS, FEED, UNITS
from catalogue_service.application.feed.queries import TOLD
from congvu_kit.adapters.subscriptions import (
    Ahead,
    AnySubscription,
    Subscription,
    rows_ahead,
    with_feed,
)

THE_WORK: Ahead[reactions.AssignmentFact] = rows_ahead(ASSIGNMENTS, lambda fact: fact.assignment_id)

ENDINGS: Sequence[Subscription[Any]] = tuple(
    Subscription(
        f"congvu.evaluation.assignment.{ended}.v1",
        reactions.AssignmentFact,
        reactions.end_assignment,
        THE_WORK,
    )
    for ended in ("completed", "cancelled", "carried_over", "transferred")
)
"""After which no version is needed for a piece of work any more."""

EVALUATION: Sequence[Subscription[Any]] = (
    Subscription(
        "congvu.evaluation.org_unit.synced.v1",
        reactions.OrgUnitSynced,
        reactions.keep_unit,
        rows_ahead(UNITS, lambda fact: fact.unit_id),
    ),
    Subscription("congvu.evaluation.period.opened.v1", reactions.PeriodFact, reactions.keep_period),
    Subscription(
        "congvu.evaluation.period.closed.v1", reactions.PeriodFact, reactions.close_period
    ),
    Subscription(
        "congvu.evaluation.calendar.published.v1",
        reactions.CalendarPublished,
        reactions.keep_calendar,
    ),
    Subscription(
        "congvu.evaluation.assignment.created.v1",
        reactions.AssignmentFact,
        reactions.keep_assignment,
        THE_WORK,
    ),
    *ENDINGS,
)

SUBSCRIPTIONS: Sequence[AnySubscription] = tuple(with_feed(FEED, TOLD, EVALUATION))
"""Evaluation's, and the catalogue's own for the feed of changes."""
