"""Composition root: settings, keys, schema and workers become the feedback service."""

from pathlib import Path

from congvu_kit.service.app import ServiceDefinition, serve
from feedback_service.adapters.graphql.schema import schema_of
from feedback_service.adapters.keys import load_keys
from feedback_service.adapters.notes import Ed25519Notes
from feedback_service.adapters.subscriptions import SUBSCRIPTIONS
from feedback_service.adapters.vault import AesVault
from feedback_service.adapters.workers import deadlines_worker, indexes_worker, prepare_log
from feedback_service.application.collections import ALL
from feedback_service.application.office import Office
from feedback_service.settings import FeedbackSettings


def office_of(settings: FeedbackSettings) -> Office:
    keys = load_keys(settings.keys_dir, Path(settings.data_dir))
    return Office.of(
        vault=AesVault(keys.vault),
        signer=Ed25519Notes(settings.log_origin, keys.signing),
        terms=settings.terms,
        checkpoint_every=settings.checkpoint_every,
    )


def define(settings: FeedbackSettings) -> ServiceDefinition:
    office = office_of(settings)
    return ServiceDefinition(
        name="feedback",
        schema=schema_of(office),
        collections=ALL,
        consumes=["evaluation"],
        subscriptions=SUBSCRIPTIONS,
        workers=[indexes_worker(office), deadlines_worker(office, settings.sweep_every_s)],
        before_ready=[prepare_log],
    )


def main() -> None:
    serve(FeedbackSettings, define)
