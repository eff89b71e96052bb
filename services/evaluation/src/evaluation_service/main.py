"""Puts evaluation together."""

from congvu_kit.adapters.boxes import Boxes
from congvu_kit.service.app import ServiceDefinition, serve
from congvu_kit.service.webhooks import receivers_of, sealing_of
from evaluation_service.adapters.files.policy_documents import BoxedDocuments
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.adapters.subscriptions import SUBSCRIPTIONS
from evaluation_service.adapters.workers import (
    keep_shipped_calendars,
    keep_shipped_policies,
    workers,
)
from evaluation_service.application import collections
from evaluation_service.application.needs import Needs
from evaluation_service.settings import EvaluationSettings


def define(settings: EvaluationSettings) -> ServiceDefinition:
    return ServiceDefinition(
        name="evaluation",
        schema=schema,
        collections=collections.ALL,
        subscriptions=SUBSCRIPTIONS,
        workers=workers(settings),
        before_ready=(keep_shipped_policies, keep_shipped_calendars),
        needs=Needs(
            documents=BoxedDocuments(Boxes()),
            sealing=sealing_of(settings),
            receivers=receivers_of(settings),
        ),
    )


def main() -> None:
    serve(EvaluationSettings, define)
