"""Webhooks: every mutation and its callers."""

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.webhooks import SYSTEMS
from feedback import people
from feedback.callers import Case, Named, nothing
from feedback_service.application.needs import Needs
from support.webhooks import INPUTS, URL, a_webhook

MAY = frozenset(SYSTEMS)
RIGHT = {people.PORTAL: "SERVICE_PORTAL"}
SHOWS = {
    "change{}Webhook": {"state": "PAUSED"},
    "rotate{}WebhookSecret": {"state": "ACTIVE"},
    "replay{}Webhook": {"position": "0000000000000001"},
}


async def there(uow: MemoryUnitOfWork, needs: Needs) -> Named:
    await a_webhook(uow, people.PORTAL)
    return {}


CASES = [
    Case(
        mutation="subscribeFeedbackWebhook",
        given=nothing,
        input={"url": URL, "province": "56"},
        may=MAY,
        right=RIGHT,
        misplaced=[people.HANOI_PORTAL],
        returns="Webhook",
        shows={"url": URL, "province": "56", "state": "ACTIVE", "stoppedFor": None},
    ),
    *(
        Case(
            mutation=mutation.format("Feedback"),
            given=there,
            input=input,
            may=MAY,
            right=RIGHT,
            misplaced=[],
            returns="Webhook",
            shows=SHOWS[mutation],
        )
        for mutation, input in INPUTS.items()
    ),
]
