"""Puts evaluation together."""

from congvu_kit.adapters.consumer import Subscription
from congvu_kit.service.app import ServiceDefinition, serve
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.adapters.workers import deadlines_worker, keep_shipped_policies
from evaluation_service.application import collections, reactions
from evaluation_service.settings import EvaluationSettings

SUBSCRIPTIONS = (
    Subscription(
        "congvu.catalogue.work_product.published.v1",
        reactions.VersionPublished,
        reactions.keep_version,
    ),
    Subscription(
        "congvu.catalogue.release.published.v1",
        reactions.ReleasePublished,
        reactions.keep_release,
    ),
    Subscription(
        "congvu.catalogue.adjustment.approved.v1",
        reactions.AdjustmentChanged,
        reactions.keep_adjustment,
    ),
    Subscription(
        "congvu.catalogue.adjustment.expired.v1",
        reactions.AdjustmentChanged,
        reactions.end_adjustment,
    ),
    Subscription(
        "congvu.feedback.index.computed.v1", reactions.IndexComputed, reactions.keep_index
    ),
    Subscription(
        "congvu.feedback.post_audit.requested.v1",
        reactions.PostAuditRequested,
        reactions.open_post_audit,
    ),
    Subscription(
        "congvu.evaluation.scoring.requested.v1",
        reactions.RunFact,
        reactions.score_requested_agency,
    ),
    Subscription(
        "congvu.evaluation.ranking.completed.v1", reactions.RunFact, reactions.move_period_on
    ),
    Subscription(
        "congvu.evaluation.ranking.published.v1", reactions.RunFact, reactions.announce_results
    ),
)


def define(settings: EvaluationSettings) -> ServiceDefinition:
    return ServiceDefinition(
        name="evaluation",
        schema=schema,
        collections=collections.ALL,
        consumes=("catalogue", "feedback", "evaluation"),
        subscriptions=SUBSCRIPTIONS,
        workers=(deadlines_worker(settings),),
        before_ready=(keep_shipped_policies,),
    )


def main() -> None:
    serve(EvaluationSettings, define)
