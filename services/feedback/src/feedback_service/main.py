"""Composition root: settings, keys, schema and workers become the feedback service."""

from collections.abc import Sequence
from pathlib import Path

from congvu_kit.adapters.head_memory import HeadMemory
from congvu_kit.adapters.notes import BadNote
from congvu_kit.adapters.witnesses import WitnessClient
from congvu_kit.service.app import ServiceDefinition, serve
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.webhooks import receivers_of, sealing_of
from feedback_service.adapters.crypto.log_signer import RememberingSigner
from feedback_service.adapters.crypto.vault import AesVault
from feedback_service.adapters.files.erasures import ErasureFile
from feedback_service.adapters.files.keys import load_keys
from feedback_service.adapters.graphql.schema import schema
from feedback_service.adapters.subscriptions import SUBSCRIPTIONS
from feedback_service.adapters.workers import hold_erasures, prepare_log, watch_log, workers
from feedback_service.application.collections import ALL
from feedback_service.application.needs import Needs
from feedback_service.settings import FeedbackSettings

DEAD_AFTER_S = 2.5
"""Whoever is killed while it writes to the public log holds it for 3.125 s at most."""


def needs_of(settings: FeedbackSettings) -> Needs:
    production = settings.profile == "production"
    keys = load_keys(settings.keys_dir, Path(settings.data_dir), production=production)
    return Needs(
        erasures=ErasureFile(settings.memory),
        vault=AesVault(lambda: keys.now.vault, lambda: keys.look().vault),
        signer=RememberingSigner(
            settings.log_origin, lambda: keys.now.signing, HeadMemory(settings.memory)
        ),
        witnesses=witnesses_of(settings),
        terms=settings.terms,
        limits=settings.limits,
        retention=settings.retention,
        checkpoint_every=settings.checkpoint_every,
        sealing=sealing_of(settings),
        receivers=receivers_of(settings),
    )


def witnesses_of(settings: FeedbackSettings) -> Sequence[WitnessClient]:
    """From `URL KEY, URL KEY`."""
    given = [each for each in settings.witnesses.split(",") if each.strip()]
    try:
        return [WitnessClient.read(each) for each in given]
    except BadNote as exception:
        raise BadSettings(f"FEEDBACK_WITNESSES: {exception}") from exception


def define(settings: FeedbackSettings) -> ServiceDefinition:
    return ServiceDefinition(
        name="feedback",
        schema=schema,
        collections=ALL,
        subscriptions=SUBSCRIPTIONS,
        workers=workers(settings.sweep_every_s, settings.sign_every_s),
        before_ready=[prepare_log, watch_log, hold_erasures],
        needs=needs_of(settings),
        dead_after_s=DEAD_AFTER_S,
    )


def main() -> None:
    serve(FeedbackSettings, define)
