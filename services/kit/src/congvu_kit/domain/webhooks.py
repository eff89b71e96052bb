"""Webhooks: whom the platform calls when something changes, and how each call went.

The form is Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks
"""

import base64
import secrets as randomness
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from congvu_kit.domain.actor import Actor, one_spelling
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict

# pragma: allowlist nextline secret
SECRET_PREFIX = "whsec_"
SECRET_BYTES = 32
"""The standard takes 24 to 64."""

SECRETS_MAX = 2
"""The one that signs, and the one before it while a receiver changes over."""

CONFIRMED_FOR = timedelta(days=7)
"""So long a webhook has the rights of the token that spoke of it last: whoever lost a role hears
nothing any more after it."""

TRIED_FOR = timedelta(days=3)
"""How long a receiver is tried that does not take what it is sent."""

FIRST_WAIT = timedelta(seconds=5)
WAIT_FACTOR = 3
WAIT_MAX = timedelta(hours=6)
RETRY_AFTER_MAX = timedelta(hours=24)
"""A receiver may ask for so much patience, and not for more."""

JITTER = 0.2
"""Waits differ by this share either way, so that what failed together does not come together."""

TRIES_KEPT = 20
"""The last ones of a delivery; with the waits above there are some 20 in three days."""


class WebhookState(StrEnum):
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    STOPPED = "STOPPED"
    ENDED = "ENDED"


class StopReason(StrEnum):
    """Why a webhook is sent nothing, where its owner did not ask for it."""

    NOT_TAKEN = "NOT_TAKEN"
    GONE = "GONE"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    NOT_ALLOWED = "NOT_ALLOWED"
    # pragma: allowlist nextline secret
    SECRET_LOST = "SECRET_LOST"
    BY_OPERATOR = "BY_OPERATOR"


class WebhookAction(StrEnum):
    RESUME = "RESUME"
    PAUSE = "PAUSE"
    END = "END"


class OperatorAction(StrEnum):
    STOP = "STOP"
    RELEASE = "RELEASE"


class DeliveryState(StrEnum):
    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    WITHHELD = "WITHHELD"


class DeliveryFailure(StrEnum):
    """Why one try did not succeed."""

    STATUS = "STATUS"
    GONE = "GONE"
    REDIRECT = "REDIRECT"
    TIME_LIMIT = "TIME_LIMIT"
    NOT_REACHED = "NOT_REACHED"
    ADDRESS_REFUSED = "ADDRESS_REFUSED"


@dataclass(frozen=True, kw_only=True)
class Try:
    """One call of a receiver. `status` is what it answered, if it did."""

    at: datetime
    failure: DeliveryFailure | None
    status: int | None
    took_ms: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one call ended; `retry_after` is what the receiver asked for."""

    failure: DeliveryFailure | None
    status: int | None
    took_ms: int
    retry_after: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class SealedSecret:
    """Nobody reads it but the platform as it signs. Without `until` it is the newest."""

    sealed: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OperatorStep:
    """What somebody who runs the platform did to a webhook, and why: kept as long as the row."""

    at: datetime
    action: OperatorAction
    by: str
    why: str


@dataclass(kw_only=True)
class Webhook(Aggregate):
    """Where the changes of a feed are sent to. `granted` is the account as its last token showed
    it; `position` is the cursor up to which the feed has been looked through."""

    owner: str
    granted: Actor
    confirmed_at: datetime
    province: str | None
    url: str
    event_types: tuple[str, ...]
    secrets: tuple[SealedSecret, ...]
    position: str
    created_at: datetime
    active_since: datetime
    state: WebhookState = WebhookState.ACTIVE
    stopped_for: StopReason | None = None
    failing_since: datetime | None = None
    failures: int = 0
    quiet_until: datetime | None = None
    steps: tuple[OperatorStep, ...] = ()
    ended_on: date | None = None

    @property
    def confirm_by(self) -> datetime:
        return self.confirmed_at + CONFIRMED_FOR

    def wants(self, event_type: str) -> bool:
        return not self.event_types or event_type in self.event_types

    def confirm(self, by: Actor, now: datetime) -> None:
        self.granted, self.confirmed_at = by, now

    def require_open(self) -> None:
        if self.state is WebhookState.ENDED:
            raise Conflict(
                en="this webhook has ended: subscribe again",
                vi="Đăng ký nhận thông báo này đã chấm dứt. Vui lòng đăng ký lại.",
                field="input.webhookId",
            )
        self.require_not_held("input.webhookId")

    def require_not_held(self, field: str | None) -> None:
        """Whoever runs the platform stopped it: its owner can do nothing to it, nor subscribe
        beside it with a token from before."""
        if self.is_held:
            raise Conflict(
                en="whoever runs the platform stopped a webhook of this account: ask there",
                vi="Đơn vị vận hành đã dừng đăng ký nhận thông báo của tài khoản này. Vui lòng "
                "liên hệ đơn vị vận hành.",
                field=field,
            )

    def operate(self, step: OperatorStep) -> None:
        """Raise `Conflict` for one that ended, or has had that step as its last one."""
        held = step.action is OperatorAction.STOP
        if self.state is WebhookState.ENDED or self.is_held is held:
            raise Conflict(
                en="it has ended, or is as it would be after this step",
                vi="Đăng ký nhận thông báo đã chấm dứt, hoặc đã ở đúng trạng thái này.",
            )
        self.state = WebhookState.STOPPED
        self.stopped_for = StopReason.BY_OPERATOR if held else StopReason.NOT_CONFIRMED
        self.steps = (*self.steps, step)

    @property
    def is_held(self) -> bool:
        return self.stopped_for is StopReason.BY_OPERATOR

    def act(self, action: WebhookAction, now: datetime) -> None:
        match action:
            case WebhookAction.PAUSE:
                self.state, self.stopped_for = WebhookState.PAUSED, None
            case WebhookAction.END:
                self.state, self.stopped_for, self.secrets = WebhookState.ENDED, None, ()
                self.ended_on = business_date(now)
            case WebhookAction.RESUME:
                if self.state is not WebhookState.ACTIVE:
                    self.active_since = now
                self.state, self.stopped_for = WebhookState.ACTIVE, None
                self.succeeded()

    def stop(self, reason: StopReason) -> None:
        """Unless its owner has stopped it already."""
        if self.state is WebhookState.ACTIVE:
            self.state, self.stopped_for = WebhookState.STOPPED, reason

    def rotate(self, sealed: str, now: datetime, overlap: timedelta) -> None:
        """Another secret signs from now on, and the one before it beside it for a while."""
        before = [each.sealed for each in self.secrets[: SECRETS_MAX - 1]] if overlap else []
        older = [SealedSecret(sealed=each, until=now + overlap) for each in before]
        self.secrets = (SealedSecret(sealed=sealed), *older)

    def signing(self, now: datetime) -> Sequence[str]:
        """The secrets that sign now, sealed."""
        return [each.sealed for each in self.secrets if each.until is None or now < each.until]

    def succeeded(self) -> None:
        self.failing_since, self.failures, self.quiet_until = None, 0, None

    def failed(self, now: datetime, wait: timedelta) -> None:
        """Nobody calls it before `wait` is over; after days of it nobody calls it at all."""
        self.failures += 1
        self.failing_since = self.failing_since or now
        self.quiet_until = now + wait
        if now - self.failing_since >= TRIED_FOR:
            self.stop(StopReason.NOT_TAKEN)


@dataclass(kw_only=True)
class WebhookDelivery(Aggregate):
    """One change for one webhook. `key` is what it is about: of one key, changes go one after the
    other. `ended_on` is the day from which the row is kept for a while."""

    webhook_id: str
    position: str
    key: str
    event_type: str
    state: DeliveryState
    since: datetime
    next_at: datetime
    attempts: int = 0
    tries: tuple[Try, ...] = ()
    ended_at: datetime | None = None
    ended_on: date | None = None

    def again(self, now: datetime) -> None:
        """Once more from the start, under the same id."""
        self.state, self.since, self.next_at = DeliveryState.WAITING, now, now
        self.ended_at = self.ended_on = None

    def tried(self, made: Try, wait: timedelta, *, since: datetime) -> None:
        """`since` is from when on its webhook was active again."""
        self.attempts += 1
        self.tries = (*self.tries, made)[-TRIES_KEPT:]
        if made.failure is None:
            self.end(DeliveryState.DELIVERED, made.at)
        elif made.at - max(self.since, since) >= TRIED_FOR:
            self.end(DeliveryState.FAILED, made.at)
        else:
            self.next_at = made.at + wait

    def end(self, state: DeliveryState, at: datetime) -> None:
        self.state, self.ended_at, self.ended_on = state, at, business_date(at)


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(randomness.token_bytes(SECRET_BYTES)).decode()


def wait_after(failures: int, chance: float, retry_after: timedelta | None = None) -> timedelta:
    """Longer with each failure; `chance` is from 0 to 1. Never before the receiver asked for."""
    longest: timedelta = min(WAIT_MAX, FIRST_WAIT * WAIT_FACTOR ** min(failures - 1, 10))
    wait = longest * (1 - JITTER + 2 * JITTER * chance)
    return max(wait, min(retry_after or timedelta(), RETRY_AFTER_MAX))


def key_of(event_type: str, payload: "dict[str, object]") -> str:
    """What an event is about: `congvu.feedback.complaint.filed.v1` tells of a `complaint_id`; what
    has no such id goes by its code, else all of its kind go one after the other."""
    noun = event_type.split(".")[2]
    return f"{noun} {payload.get(f'{noun}_id') or payload.get('code') or ''}"


def is_owner(webhook: Webhook, actor: Actor) -> bool:
    return actor.subject is not None and webhook.owner == one_spelling(actor.subject)
