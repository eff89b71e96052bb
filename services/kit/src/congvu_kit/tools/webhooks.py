"""`congvu webhooks`: who is sent changes, and the end of it at once where a right was withdrawn.

It asks the databases, not the graph: no token of a caller is needed, and none can do it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, TypeAlias, TypeVar

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congvu_kit.adapters.database_clock import DatabaseClock
from congvu_kit.adapters.driver import Database, close
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_routes import is_router
from congvu_kit.adapters.signatures import EventSigner
from congvu_kit.application.perform import transact
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.application.webhook_operating import (
    OperateWebhooks,
    find_webhooks,
    operate_webhooks,
)
from congvu_kit.application.webhooks import WEBHOOKS
from congvu_kit.domain.errors import NotFound
from congvu_kit.domain.labels import label
from congvu_kit.domain.webhooks import OperatorAction, Webhook
from congvu_kit.service.connections import mongo_options
from congvu_kit.service.settings import MongoSettings
from congvu_kit.tools.failure import Failure, WrongCall
from congvu_kit.tools.speech import said

app = typer.Typer(
    no_args_is_help=True, help="Webhooks: who is sent changes, and stopping it at once."
)

T = TypeVar("T")

Owner: TypeAlias = Annotated[
    str | None, typer.Option(help="All of this account: the claim sub of its tokens.")
]
Id: TypeAlias = Annotated[str | None, typer.Argument(help="One webhook, as `list` names it.")]
By: TypeAlias = Annotated[str, typer.Option(help="Who does it; it is recorded.")]
Why: TypeAlias = Annotated[str, typer.Option(help="Why; it is recorded.")]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list")
def list_webhooks(
    owner: Owner = None,
    *,
    all: Annotated[bool, typer.Option("--all", help="Those that ended, too.")] = False,
    as_json: Json = False,
) -> None:
    """List webhooks with their accounts, states and what operators did to them. CONGVU_MONGO_* say
    where; a user who may read is enough."""

    async def look(uow: UnitOfWork) -> Sequence[Webhook]:
        return await find_webhooks(uow.reading(), owner=owner, ended=all)

    everywhere = asyncio.run(_everywhere(look))
    for service, found in everywhere:
        for each in found:
            _tell(service, each, as_json=as_json)
    if not as_json and not any(found for _, found in everywhere):
        typer.echo(said(vi="không có đăng ký nhận thông báo nào", en="no webhooks"))


@app.command("stop")
def stop_webhooks(
    webhook: Id = None, *, owner: Owner = None, by: By, why: Why, as_json: Json = False
) -> None:
    """Stop a webhook, or all of an account, at once: a role was withdrawn, a receiver is not what
    it was.

    The account can neither resume it nor subscribe anew until `release`; nothing is lost. What is
    on its way arrives still.
    """
    _operate(OperatorAction.STOP, webhook, owner, by, why, as_json=as_json)


@app.command("release")
def release_webhooks(
    webhook: Id = None, *, owner: Owner = None, by: By, why: Why, as_json: Json = False
) -> None:
    """Give a stopped webhook, or all of an account, back: its owner may resume it."""
    _operate(OperatorAction.RELEASE, webhook, owner, by, why, as_json=as_json)


def _operate(
    action: OperatorAction,
    webhook: str | None,
    owner: str | None,
    by: str,
    why: str,
    *,
    as_json: bool,
) -> None:
    if (webhook is None) == (owner is None):
        raise WrongCall(
            vi="Nêu một đăng ký nhận thông báo, hoặc --owner.", en="name one webhook, or --owner"
        )
    for name, text in (("--by", by), ("--why", why)):
        if not text.strip():
            raise WrongCall(vi=f"{name} không được để trống.", en=f"{name} must say something")
    command = OperateWebhooks(action=action, by=by, why=why, webhook_id=webhook, owner=owner)

    async def once(uow: UnitOfWork) -> Sequence[Webhook]:
        try:
            return await transact(uow, partial(operate_webhooks, command))
        except NotFound:
            return ()

    changed = 0
    for service, found in asyncio.run(_everywhere(once)):
        for each in found:
            changed += 1
            _tell(service, each, as_json=as_json)
    if not changed:
        raise Failure(
            vi="Không dịch vụ nào có đăng ký nhận thông báo này.",
            en="no service has such a webhook",
        )


async def _everywhere(do: Callable[[UnitOfWork], Awaitable[T]]) -> list[tuple[str, T]]:
    """In each service that sends some. Webhooks tell no events: the key signs nothing."""
    from congvu_kit.tools.contracts import all_contracts

    settings = MongoSettings.from_environment()
    client = connect(settings.mongo_url, mongo_options(settings))
    try:
        done = []
        for each in all_contracts():
            if WEBHOOKS in each.collections:
                database: Database = client[settings.mongo_database_prefix + each.service]
                uow = MongoUnitOfWork(
                    database,
                    signer=EventSigner(each.service, Ed25519PrivateKey.generate()),
                    clock=DatabaseClock(database),
                    sharded=await is_router(database),
                )
                done.append((each.service, await do(uow)))
        return done
    finally:
        await close(client)


def _tell(service: str, webhook: Webhook, *, as_json: bool) -> None:
    last = webhook.steps[-1] if webhook.steps else None
    told: dict[str, Any] = {
        "service": service,
        "webhook": webhook.id,
        "owner": webhook.owner,
        "province": webhook.province,
        "url": webhook.url,
        "state": webhook.state.value,
        "stoppedFor": webhook.stopped_for.value if webhook.stopped_for else None,
        "confirmBy": webhook.confirm_by.isoformat(),
        "by": last.by if last else None,
        "why": last.why if last else None,
    }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        spoken = {"state": _labelled(webhook.state), "stoppedFor": _labelled(webhook.stopped_for)}
        values = {**told, **spoken}.values()
        typer.echo("  ".join(str(value) for value in values if value is not None))


def _labelled(value: StrEnum | None) -> str | None:
    if value is None:
        return None
    return said(vi=label(type(value).__name__, value.value, "vi"), en=value.value)
