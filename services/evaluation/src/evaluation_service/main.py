"""Puts evaluation together."""

from congvu_kit.service.app import ServiceDefinition, serve
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.adapters.subscriptions import SUBSCRIPTIONS
from evaluation_service.adapters.workers import keep_shipped_policies, workers
from evaluation_service.application import collections
from evaluation_service.settings import EvaluationSettings


def define(settings: EvaluationSettings) -> ServiceDefinition:
    return ServiceDefinition(
        name="evaluation",
        schema=schema,
        collections=collections.ALL,
        subscriptions=SUBSCRIPTIONS,
        workers=workers(settings),
        before_ready=(keep_shipped_policies,),
    )


def main() -> None:
    serve(EvaluationSettings, define)
