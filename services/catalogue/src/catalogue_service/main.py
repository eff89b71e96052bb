"""Puts the catalogue together."""

from catalogue_service.adapters.files.boxed import BoxedSheets
from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.adapters.subscriptions import SUBSCRIPTIONS
from catalogue_service.adapters.workers import WORKERS, open_the_feed
from catalogue_service.application import collections
from catalogue_service.application.needs import Needs
from catalogue_service.settings import CatalogueSettings
from congvu_kit.adapters.boxes import Boxes
from congvu_kit.service.app import ServiceDefinition, serve
from congvu_kit.service.webhooks import receivers_of, sealing_of


def define(settings: CatalogueSettings) -> ServiceDefinition:
    return ServiceDefinition(
        name="catalogue",
        schema=schema,
        collections=collections.ALL,
        subscriptions=SUBSCRIPTIONS,
        before_ready=(open_the_feed,),
        workers=WORKERS,
        needs=Needs(
            sheets=BoxedSheets(Boxes()),
            sealing=sealing_of(settings),
            receivers=receivers_of(settings),
        ),
    )


def main() -> None:
    serve(CatalogueSettings, define)
