"""What whoever runs the platform does to webhooks: from outside of the graph, and on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu_kit.application.ports import Condition, Eq, Not, Transaction
from congvu_kit.application.webhooks import WEBHOOKS
from congvu_kit.domain.actor import one_spelling
from congvu_kit.domain.errors import NotFound
from congvu_kit.domain.webhooks import OperatorAction, OperatorStep, Webhook, WebhookState

LISTED_MAX = 10_000
"""Some ten of each system in the country."""


@dataclass(frozen=True, kw_only=True)
class OperateWebhooks:
    """One webhook, or all of an account."""

    action: OperatorAction
    by: str
    why: str
    webhook_id: str | None = None
    owner: str | None = None


async def find_webhooks(
    tx: Transaction, *, owner: str | None = None, ended: bool = False
) -> Sequence[Webhook]:
    wanted: list[Condition] = [Eq("owner", one_spelling(owner))] if owner else []
    if not ended:
        wanted.append(Not(Eq("state", WebhookState.ENDED.value)))
    return await tx.store(WEBHOOKS).select(*wanted, limit=LISTED_MAX)


async def operate_webhooks(command: OperateWebhooks, tx: Transaction) -> Sequence[Webhook]:
    """Those that were changed; raise `NotFound` where there is none, `Conflict` for a single one
    that is so already."""
    step = OperatorStep(at=tx.now, action=command.action, by=command.by, why=command.why)
    if command.webhook_id is not None:
        chosen = [await tx.store(WEBHOOKS).find(command.webhook_id)]
    else:
        all = await find_webhooks(tx, owner=command.owner)
        chosen = [each for each in all if each.is_held is (step.action is OperatorAction.RELEASE)]
    found = [each for each in chosen if each is not None]
    if not found:
        raise NotFound(
            en="there is no such webhook to do that to",
            vi="Không có đăng ký nhận thông báo nào phù hợp.",
        )
    for each in found:
        each.operate(step)
    await tx.store(WEBHOOKS).save_many(found)
    return found
