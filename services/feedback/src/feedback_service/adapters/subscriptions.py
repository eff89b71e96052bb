"""Which of evaluation's events matter here, and which of its own go into the feed."""

from typing import Any

from congvu_kit.adapters.subscriptions import Subscription, rows_ahead, with_feed
from feedback_service.application import reactions
from feedback_service.application.collections import CIVIL_SERVANTS, FEED, UNITS
from feedback_service.application.copies import calendars
from feedback_service.application.feed.queries import TOLD
from feedback_service.application.log import results
from feedback_service.application.verdicts import councils

REACTIONS: list[Subscription[Any]] = [
    Subscription(
        "congvu.evaluation.org_unit.synced.v1",
        reactions.UnitSynced,
        reactions.keep_unit,
        rows_ahead(UNITS, lambda fact: fact.unit_id),
    ),
    Subscription(
        "congvu.evaluation.civil_servant.synced.v1",
        reactions.CivilServantSynced,
        reactions.keep_civil_servant,
        rows_ahead(CIVIL_SERVANTS, lambda fact: fact.civil_servant_id),
    ),
    Subscription(
        "congvu.evaluation.dossier.recorded.v1",
        reactions.DossierRecorded,
        reactions.keep_dossier,
        reactions.dossiers_ahead,
    ),
    Subscription(
        "congvu.evaluation.period.opened.v1", reactions.PeriodOpened, reactions.keep_period
    ),
    Subscription(
        "congvu.evaluation.calendar.published.v1",
        calendars.CalendarPublished,
        calendars.keep_calendar,
    ),
    Subscription(
        "congvu.evaluation.period.frozen.v1", reactions.PeriodFrozen, reactions.freeze_period
    ),
    Subscription(
        "congvu.evaluation.period.unfrozen.v1", reactions.PeriodFrozen, reactions.unfreeze_period
    ),
    Subscription("congvu.evaluation.period.closed.v1", results.PeriodClosed, results.publish_seal),
    Subscription(
        "congvu.evaluation.period.resealed.v1", results.PeriodClosed, results.publish_seal
    ),
    Subscription(
        "congvu.evaluation.evaluation.corrected.v1",
        results.EvaluationCorrected,
        results.note_correction,
    ),
    Subscription(
        "congvu.evaluation.post_audit.requested.v1",
        councils.AuditRequested,
        councils.tell_request,
    ),
    Subscription(
        "congvu.evaluation.post_audit.decided.v1",
        councils.AuditDecided,
        councils.tell_decision,
    ),
]

SUBSCRIPTIONS = tuple(with_feed(FEED, TOLD, REACTIONS))
