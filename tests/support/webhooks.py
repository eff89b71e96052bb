"""What stands for the world that webhooks reach, and for the key their secrets lie under; a webhook
that is there, and how the mutations of a service meet their callers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from congvu_kit.adapters.webhook_addresses import Reach
from congvu_kit.adapters.webhook_sealing import SharedSealing
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.application.webhooks import DELIVERIES, SYSTEMS, WEBHOOKS
from congvu_kit.domain.actor import Actor, one_spelling
from congvu_kit.domain.webhooks import (
    DeliveryFailure,
    DeliveryState,
    Outcome,
    Webhook,
    WebhookDelivery,
    WebhookState,
    new_secret,
)
from support.callers import Case, Elsewhere, Saved, Stage, elsewhere

SEALING = SharedSealing(lambda: ["a secret for tests, long enough"])
TAKEN = Outcome(failure=None, status=204, took_ms=1)
BROKEN = Outcome(failure=DeliveryFailure.STATUS, status=500, took_ms=1)
URL = "https://hrm.example.vn/hooks"


@dataclass(frozen=True)
class Call:
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """Takes what it is sent, unless `answers` says otherwise for a call, by its body. The caller
    `dies` after a call where a test says so."""

    calls: list[Call] = field(default_factory=list)
    answers: dict[bytes, Outcome] = field(default_factory=dict)
    otherwise: Outcome = TAKEN
    dies: bool = False

    def require_allowed(self, url: str, field: str) -> None:
        Reach().require_allowed(url, field)

    async def call(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        self.calls.append(Call(url, headers, body))
        if self.dies:
            raise RuntimeError("the process is gone")
        found = [outcome for part, outcome in self.answers.items() if part in body]
        return found[0] if found else self.otherwise


WEBHOOK_ID, DELIVERY_ID = "webhook_1", "msg_1_0000000000000001"


async def a_webhook(uow: UnitOfWork, owner: Actor) -> Webhook:
    """With one delivery behind it."""
    async with uow.begin() as tx:
        webhook = Webhook(
            id=WEBHOOK_ID,
            owner=one_spelling(owner.require_login()),
            granted=owner,
            confirmed_at=tx.now,
            province=owner.province,
            url=URL,
            event_types=(),
            secrets=(),
            position="0000000000000001",
            created_at=tx.now,
            active_since=tx.now,
        )
        webhook.rotate(SEALING.seal(new_secret()), tx.now, timedelta())
        delivery = WebhookDelivery(
            id=DELIVERY_ID,
            webhook_id=WEBHOOK_ID,
            position=webhook.position,
            key="period 1",
            event_type="congvu.evaluation.period.opened.v1",
            state=DeliveryState.WAITING,
            since=tx.now,
            next_at=tx.now,
        )
        delivery.end(DeliveryState.DELIVERED, tx.now)
        await tx.store(WEBHOOKS).save(webhook)
        await tx.store(DELIVERIES).save(delivery)
    return webhook


INPUTS: Mapping[str, Mapping[str, object]] = {
    "change{}Webhook": {"webhookId": WEBHOOK_ID, "action": "PAUSE"},
    "rotate{}WebhookSecret": {"webhookId": WEBHOOK_ID, "overlapHours": 0},
    "replay{}Webhook": {"webhookId": WEBHOOK_ID, "deliveryId": DELIVERY_ID},
}
SAVED = {
    "change{}Webhook": Saved(WEBHOOKS, {"state": WebhookState.PAUSED}, WEBHOOK_ID),
    "rotate{}WebhookSecret": Saved(WEBHOOKS, {"state": WebhookState.ACTIVE}, WEBHOOK_ID),
    "replay{}Webhook": Saved(DELIVERIES, {"state": DeliveryState.WAITING}, DELIVERY_ID),
}


def cases(service: str, right: Actor, places: tuple[Elsewhere, ...] = ()) -> list[Case[Stage]]:
    """Every mutation of a service's webhooks; `places` are where its feed is not the caller's."""

    async def nothing(stage: Stage) -> Mapping[str, object]:
        del stage
        return {"url": URL, "province": "56"}

    async def there(stage: Stage) -> Mapping[str, object]:
        await a_webhook(stage.uow, right)
        return {}

    common: dict[str, Any] = {"right": right, "roles": SYSTEMS, "returns": "Webhook", "tells": ()}
    subscribing = Case(
        mutation=f"subscribe{service}Webhook",
        elsewhere=places,
        given=nothing,
        saved=Saved(WEBHOOKS, {"url": URL, "state": WebhookState.ACTIVE}),
        **common,
    )
    return [subscribing] + [
        Case(
            mutation=mutation.format(service),
            elsewhere=(elsewhere("NOT_FOUND", subject="another"),),
            given=there,
            saved=SAVED[mutation],
            input=input,
            **common,
        )
        for mutation, input in INPUTS.items()
    ]
