"""What whoever runs the platform types: what the servers need, dead letters, keys for events."""

from pathlib import Path
from typing import Annotated

import typer

from congvu_kit.tools.dead_letters import DeadLetterBox, Wanted
from congvu_kit.tools.dlq import kafka_access
from congvu_kit.tools.speech import said

broker_app = typer.Typer(no_args_is_help=True, help="Topics, users and rights of the broker.")


@broker_app.command("rights")
def show_rights() -> None:
    """Who may do what, as a table: the least with which everything works."""
    from congvu_kit.tools import broker, contracts

    typer.echo(broker.table(broker.rights(contracts.all_contracts())), nl=False)


@broker_app.command("prepare")
def prepare_broker(
    passwords: Annotated[
        Path | None, typer.Option(help="A folder with a file for each user; they get these.")
    ] = None,
) -> None:
    """Make what is missing: topics, users and rights. Safe to repeat.

    CONGVU_KAFKA_* must name a user of the broker who may everything.
    """
    from congvu_kit.tools import broker, contracts

    settings, security = kafka_access()
    broker.prepare(
        settings.kafka_brokers,
        security,
        contracts.all_contracts(),
        partitions=settings.kafka_partitions,
        passwords=passwords,
    )
    done = said(
        vi="Chủ đề, tài khoản và quyền đã đầy đủ.", en="topics, users and rights are in place"
    )
    typer.echo(done)


database_app = typer.Typer(
    no_args_is_help=True, help="Collections, indexes and shards of the database."
)


@database_app.callback()
def database_() -> None:
    """Collections, indexes and shards of the database."""


@database_app.command("prepare")
def prepare_database(
    zones: Annotated[
        Path | None, typer.Option(help="TOML: the provinces of each zone of a sharded database.")
    ] = None,
) -> None:
    """Make what is missing: collections and indexes of every service, and on a sharded database
    their shard keys and zones. Safe to repeat.

    CONGVU_MONGO_* must name a user of the database who may all that.
    """
    from congvu_kit.tools import database

    database.make_ready(zones)


def replay(
    service: Annotated[str, typer.Argument(help="Whose dead letters: catalogue, ...")],
    send: Annotated[
        bool, typer.Option("--send/--dry-run", help="Send them again, not only list them.")
    ] = False,
    event: Annotated[
        list[str] | None, typer.Option(help="Only this event, by its id; may be repeated.")
    ] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(help="Only from here: TOPIC, TOPIC/PARTITION or TOPIC/PARTITION/OFFSET."),
    ] = None,
    reason: Annotated[
        list[str] | None, typer.Option(help="Only those whose reason has this in it.")
    ] = None,
) -> None:
    """List the dead letters of a service that wait, or send them: `dlq list` and `dlq redrive`.

    Of --event, --origin and --reason each may be repeated; a letter must fit one of every kind that
    is given, and those left out stay for later.
    """
    from congvu_kit.tools import dlq

    if not send:
        dlq.list_letters(service, event=event, origin=origin, reason=reason)
        return
    wanted = Wanted(events=event or (), origins=origin or (), reasons=reason or ())

    async def sent(box: DeadLetterBox) -> None:
        letters = await box.letters(wanted)
        if letters:
            await dlq.redrive(box, wanted, by=None, why="")
        count = len(letters)
        told = said(
            vi=f"{service}: đã gửi lại {count} sự kiện không xử lý được",
            en=f"{count} dead letters of {service}, sent again",
        )
        typer.echo(told)

    dlq.with_letters(service, sent)


def make_event_keys(
    folder: Annotated[Path, typer.Argument(help="Public keys go here, private ones below.")],
) -> None:
    """Make the keys that services sign their events with; existing ones stay (`keys events`)."""
    from congvu_kit.adapters.signatures import create_keys
    from congvu_kit.tools import contracts

    services = [each.service for each in contracts.all_contracts()]
    for file in create_keys(folder, services):
        typer.echo(file)
