"""Webhooks as the graph shows them, the same in every service."""

from datetime import datetime
from typing import Annotated, Any, Self, TypeAlias

import strawberry

from congvu_kit.application import webhooks as commands
from congvu_kit.application.webhooks import OVERLAP_MAX_HOURS, WEBHOOKS_MAX
from congvu_kit.domain import webhooks
from congvu_kit.domain.webhooks import (
    DeliveryFailure,
    DeliveryState,
    StopReason,
    WebhookAction,
    WebhookState,
)
from congvu_kit.graph.context import Context
from congvu_kit.graph.enums import describe
from congvu_kit.graph.inputs import CommandInput
from congvu_kit.graph.outputs import Shown, by_name
from congvu_kit.graph.sizes import at_most

EVENT_TYPES_MAX = 50

AnyInfo: TypeAlias = strawberry.Info[Context[Any], None]

describe(
    WebhookState,
    "Whether a webhook is sent anything.",
    ACTIVE="Changes are sent.",
    PAUSED="Its owner paused it; changes wait.",
    STOPPED="The platform stopped it, stoppedFor says why; changes wait until it is resumed.",
    ENDED="Its owner ended it for ever; it is kept for 30 days.",
)
describe(
    StopReason,
    "Why the platform stopped a webhook.",
    name="WebhookStopReason",
    NOT_TAKEN="Its receiver took nothing for three days.",
    GONE="Its receiver answered 410: it wants nothing more.",
    NOT_CONFIRMED="Its account did not confirm it for seven days.",
    NOT_ALLOWED="Its account may not read these changes any more.",
    # pragma: allowlist nextline secret
    SECRET_LOST="Its secret cannot be read any more: rotate it, then resume.",
    BY_OPERATOR="Whoever runs the platform stopped it: ask there.",
)
describe(
    WebhookAction,
    "What is to become of a webhook.",
    RESUME="It is sent what waited, and what comes.",
    PAUSE="Nothing is sent; what comes waits.",
    END="Nothing is ever sent again; its secret is gone.",
)
describe(
    DeliveryState,
    "Where a delivery stands.",
    name="WebhookDeliveryState",
    WAITING="Not taken yet; nextAt says when it is tried.",
    DELIVERED="The receiver answered 2xx.",
    FAILED="Given up after three days; it can be replayed.",
    WITHHELD="Not sent: the account may not read it any more, or ended the webhook.",
)
describe(
    DeliveryFailure,
    "Why one try did not succeed.",
    name="WebhookDeliveryFailure",
    STATUS="The receiver answered something else than 2xx.",
    GONE="It answered 410, which stops the webhook.",
    REDIRECT="It answered 3xx; redirects are not followed.",
    TIME_LIMIT="It had not answered after 15 seconds.",
    NOT_REACHED="No connection, or no TLS that can be trusted.",
    ADDRESS_REFUSED="Its name leads to an address that the platform does not call.",
)


@strawberry.federation.type(
    shareable=True,
    description="Where changes are sent to, in the form of Standard Webhooks. Times are UTC.",
)
class Webhook:
    id: strawberry.ID = strawberry.field(description="Opaque id.")
    owner: str = strawberry.field(description="The account it belongs to (claim sub).")
    province: str | None = strawberry.field(description="Whose changes; null: every province's.")
    url: str = strawberry.field(description="What is called.")
    event_types: list[str] = strawberry.field(
        description="What is sent; empty: all that the account may read.",
        directives=at_most(EVENT_TYPES_MAX),
    )
    state: WebhookState = strawberry.field(description="Whether anything is sent.")
    stopped_for: StopReason | None = strawberry.field(description="Why the platform stopped it.")
    position: str = strawberry.field(
        description="The cursor up to which the feed has been looked through."
    )
    failing_since: datetime | None = strawberry.field(
        description="Since when its receiver has taken nothing; null while it takes all."
    )
    confirm_by: datetime = strawberry.field(
        description="Until then it is sent what its account may read; any change of it, also one "
        "of nothing, confirms it for seven more days."
    )
    created_at: datetime = strawberry.field(description="When it was subscribed.")
    secret: str | None = strawberry.field(
        description="Told once, by the mutation that made it: whsec_ and base64, the key of the "
        "HMAC-SHA256 in webhook-signature. Keep it."
    )

    @classmethod
    def of(cls, given: webhooks.Webhook) -> Self:
        return by_name(cls, given, secret=None)

    @classmethod
    def with_secret(
        cls, given: webhooks.Webhook, info: strawberry.Info[Context[Any], None]
    ) -> Self:
        sealing: commands.Sealing = info.context.needs.sealing
        return by_name(cls, given, secret=sealing.open(given.secrets[0].sealed))


@strawberry.federation.type(shareable=True, description="One call of the receiver.")
class WebhookTry(Shown):
    SHOWS = webhooks.Try

    at: datetime = strawberry.field(description="When it ended.")
    failure: DeliveryFailure | None = strawberry.field(description="Null when it was taken.")
    status: int | None = strawberry.field(description="The HTTP status answered, if any.")
    took_ms: int = strawberry.field(description="How long it took, in milliseconds.")


@strawberry.federation.type(
    shareable=True, description="One change for one webhook, kept for 30 days after its end."
)
class WebhookDelivery(Shown):
    SHOWS = webhooks.WebhookDelivery

    id: strawberry.ID = strawberry.field(
        description="What webhook-id says, the same in every try and replay."
    )
    position: str = strawberry.field(description="Its cursor in the feed.")
    event_type: str = strawberry.field(description="congvu.evaluation.period.opened.v1 and so on.")
    state: DeliveryState = strawberry.field(description="Where it stands.")
    since: datetime = strawberry.field(description="When it was due first, or replayed.")
    next_at: datetime | None = strawberry.field(description="When it is tried next, if it is.")
    attempts: int = strawberry.field(description="How often it was tried.")
    tries: list[WebhookTry] = strawberry.field(
        description="The last ones, oldest first.", directives=at_most(webhooks.TRIES_KEPT)
    )
    ended_at: datetime | None = strawberry.field(description="When it was taken or given up.")

    @classmethod
    def of(cls, given: webhooks.WebhookDelivery) -> Self:
        waits = given.state is DeliveryState.WAITING
        return by_name(cls, given, next_at=given.next_at if waits else None)


@strawberry.input(description="Asks to be called when something changes.")
class SubscribeWebhookInput(CommandInput):
    COMMAND = commands.SubscribeWebhook

    url: str = strawberry.field(
        description="Https, at a public address; up to 500 characters, with no user or password."
    )
    event_types: list[str] = strawberry.field(
        default_factory=list, description="Types as in the AsyncAPI document. Default: all."
    )
    province: str | None = strawberry.field(
        default=None, description="Two digits, or a ministry's code. Default: the token's."
    )
    after: str | None = strawberry.field(
        default=None, description="A cursor of the feed to begin after. Default: what comes."
    )


@strawberry.input(description="What is given changes; what is null stays.")
class ChangeWebhookInput(CommandInput):
    COMMAND = commands.ChangeWebhook

    webhook_id: strawberry.ID = strawberry.field(description="Which one.")
    url: str | None = strawberry.field(default=None, description="Where it is sent from now on.")
    event_types: list[str] | None = strawberry.field(
        default=None, description="What is sent from now on; empty: all."
    )
    action: WebhookAction | None = strawberry.field(default=None, description="Resume, pause, end.")


@strawberry.input(description="Asks for another secret.")
class RotateWebhookSecretInput(CommandInput):
    COMMAND = commands.RotateWebhookSecret

    webhook_id: strawberry.ID = strawberry.field(description="Which one.")
    overlap_hours: int = strawberry.field(
        default=24,
        description="How long the secret before it signs, too; 0 where it is known to others. "
        f"Up to {OVERLAP_MAX_HOURS}.",
    )


@strawberry.input(description="Names one delivery, or a position.")
class ReplayWebhookInput(CommandInput):
    COMMAND = commands.ReplayWebhook

    webhook_id: strawberry.ID = strawberry.field(description="Which one.")
    delivery_id: strawberry.ID | None = strawberry.field(
        default=None, description="This one alone."
    )
    after: str | None = strawberry.field(
        default=None, description="Everything after this cursor of the feed."
    )


SUBSCRIBES = (
    "Has the platform call you when something changes, with the signature of Standard Webhooks. "
    "Roles personnel-sync and service-portal; what is sent is what the feed shows to the account. "
    f"An account has up to {WEBHOOKS_MAX} for each feed."
)
CHANGES = (
    "Changes, pauses, resumes or ends a webhook of yours, and confirms it for seven days. Roles "
    "personnel-sync and service-portal."
)
ROTATES = "Gives a webhook of yours another secret. Roles personnel-sync and service-portal."
REPLAYS = (
    "Sends once more what was sent before, under the same ids. Roles personnel-sync and "
    "service-portal."
)
LISTS = "The webhooks of your account; for auditors those of their province."
LISTS_DELIVERIES = (
    "What was sent or waits to be sent to a webhook of yours, latest change first; kept for 30 "
    "days. Auditors see those of their province."
)
ARGUMENTS = {
    "webhook_id": Annotated[strawberry.ID, strawberry.argument(description="Whose deliveries.")],
    "state": Annotated[
        DeliveryState | None, strawberry.argument(description="Only those in this state.")
    ],
}
