"""Puts the catalogue together."""

from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.application import collections, reactions
from catalogue_service.settings import CatalogueSettings
from congvu_kit.app import ServiceDefinition, serve
from congvu_kit.kafka import Subscription

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
)

CATALOGUE = ServiceDefinition(
    name="catalogue",
    schema=schema,
    collections=collections.ALL,
    consumes=("evaluation",),
    subscriptions=SUBSCRIPTIONS,
)


def main() -> None:
    serve(CATALOGUE, CatalogueSettings)
