"""What the catalogue needs, as its `main` makes it: one box for all tests, warm after the first."""

from catalogue_service.adapters.files.boxed import BoxedSheets
from catalogue_service.application.needs import Needs
from congvu_kit.adapters.boxes import Boxes
from support.webhooks import SEALING, Receiver

NEEDS = Needs(sheets=BoxedSheets(Boxes(most=1)), sealing=SEALING, receivers=Receiver())
