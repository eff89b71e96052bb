"""Puts the catalogue together."""

from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.application import adjusting, collections, feed, reactions
from catalogue_service.settings import CatalogueSettings
from congvu_kit.adapters.consumer import Subscription
from congvu_kit.service.app import Runtime, ServiceDefinition, Worker, serve

SUBSCRIPTIONS = (
    Subscription(
        "congvu.evaluation.org_unit.synced.v1", reactions.OrgUnitSynced, reactions.keep_unit
    ),
    Subscription("congvu.evaluation.period.opened.v1", reactions.PeriodTold, reactions.keep_period),
    Subscription(
        "congvu.evaluation.period.closed.v1", reactions.PeriodTold, reactions.close_period
    ),
    Subscription(
        "congvu.evaluation.assignment.created.v1",
        reactions.AssignmentTold,
        reactions.keep_assignment,
    ),
    Subscription(
        "congvu.evaluation.assignment.completed.v1",
        reactions.AssignmentTold,
        reactions.end_assignment,
    ),
    Subscription(
        "congvu.evaluation.assignment.cancelled.v1",
        reactions.AssignmentTold,
        reactions.end_assignment,
    ),
)

OWN = tuple(
    Subscription(event.TYPE, dict[str, object], feed.appending(event.TYPE)) for event in feed.PUBLIC
)
"""The catalogue's own events, for the feed of changes."""

EXPIRY_CHECK_S = 600.0
"""How often local adjustments are looked through; their validity is in days."""


async def open_feed(runtime: Runtime) -> None:
    await runtime.transact(feed.open_feed)


async def expire_adjustments(runtime: Runtime) -> int:
    return await runtime.transact(adjusting.expire_adjustments)


def define(settings: CatalogueSettings) -> ServiceDefinition:
    del settings
    return ServiceDefinition(
        name="catalogue",
        schema=schema,
        collections=collections.ALL,
        consumes=("evaluation", "catalogue"),
        subscriptions=(*SUBSCRIPTIONS, *OWN),
        before_ready=(open_feed,),
        workers=(Worker("expire_adjustments", expire_adjustments, EXPIRY_CHECK_S),),
    )


def main() -> None:
    serve(CatalogueSettings, define)
