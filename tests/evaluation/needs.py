"""What evaluation needs, as its `main` makes it: one box for all tests, warm after the first."""

from congvu_kit.adapters.boxes import Boxes
from evaluation_service.adapters.files.policy_documents import BoxedDocuments
from evaluation_service.application.needs import Needs
from support.webhooks import SEALING, Receiver

NEEDS = Needs(documents=BoxedDocuments(Boxes(most=1)), sealing=SEALING, receivers=Receiver())
