"""`congvu migrate`: stored documents into the shape of this version, before it starts."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from congvu_kit.adapters.database_clock import DatabaseClock
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.leases import MongoLeases
from congvu_kit.adapters.migrating import Migrator, Pass
from congvu_kit.adapters.mongo import MongoUnitOfWork, connect
from congvu_kit.adapters.mongo_prepared import prepare_collection
from congvu_kit.application.ports import Collection
from congvu_kit.service.connections import mongo_options
from congvu_kit.service.settings import MongoSettings
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said

WAIT_S = 1.0
"""Between two looks whether the process that is at it has died."""


def migrate(
    service: Annotated[
        list[str] | None, typer.Argument(help="Whose documents: catalogue, ... All by default.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option(help="Convert every document that waits, and store none.")
    ] = False,
    status: Annotated[bool, typer.Option(help="Only say how many wait.")] = False,
) -> None:
    """Bring stored documents into the shape of this version. Safe to repeat, to kill, and to run
    beside replicas of this version and of the one before.

    CONGVU_MONGO_* say where; a user of the database who may write the service's own is enough. Exit
    code 1: some documents cannot be converted, or with --status some wait.
    """
    from congvu_kit.tools import contracts

    known = {each.service: each.collections for each in contracts.all_contracts()}
    unknown = sorted(set(service or ()) - known.keys())
    if unknown:
        raise Failure(
            vi=f"Không có dịch vụ này; các dịch vụ là {', '.join(known)}.",
            en=f"no such service; there are {', '.join(known)}",
        )
    settings = MongoSettings.from_environment()
    bad = asyncio.run(
        _all({name: known[name] for name in service or known}, settings, dry_run, status)
    )
    if bad:
        raise Failure("\n".join(bad))


async def _all(
    wanted: dict[str, Sequence[Collection[Any]]],
    settings: MongoSettings,
    dry_run: bool,
    status: bool,
) -> list[str]:
    client = connect(settings.mongo_url, mongo_options(settings))
    bad: list[str] = []
    try:
        for name, collections in wanted.items():
            database: Database = client[settings.mongo_database_prefix + name]
            leases = MongoLeases(database)
            uow = MongoUnitOfWork(database, signer=None, clock=DatabaseClock(database))
            migrator = Migrator(database, uow, collections, leases)
            for each in migrator.collections:
                if status:
                    bad += await _tell(name, migrator, each)
                elif dry_run:
                    bad += _told(name, each, await migrator.rehearse(each), dry_run)
                else:
                    await prepare_collection(database, each)
                    bad += _told(name, each, await _convert(migrator, each), dry_run)
            if not migrator.collections:
                none = said(vi="không có chuyển đổi nào", en="no migrations")
                typer.echo(f"{name}: {none}")
            await migrator.leave()
    finally:
        client.close()
    return bad


async def _tell(name: str, migrator: Migrator, collection: Collection[Any]) -> list[str]:
    standing = await migrator.standing(collection)
    waiting, converted, at = standing.waiting, standing.converted, standing.converted_at
    last = (
        said(vi=f", gần nhất {at:%d/%m/%Y %H:%M}", en=f", last {at:%Y-%m-%d %H:%M}") if at else ""
    )
    wait = said(vi=f"{waiting} bản ghi chờ", en=f"{waiting} wait")
    done = said(vi=f"{converted} đã chuyển", en=f"{converted} converted")
    told = f"{name}.{standing.collection} ({', '.join(standing.migrations)})"
    typer.echo(f"{told}: {wait}, {done}{last}")
    return [f"{name}.{standing.collection}: {wait}"] if waiting else []


async def _convert(migrator: Migrator, collection: Collection[Any]) -> Pass:
    so_far = Pass.of(collection)
    while so_far.shapes:
        if not await migrator.convert(collection, so_far):
            await asyncio.sleep(WAIT_S)
    return so_far


def _told(name: str, collection: Collection[Any], done: Pass, dry_run: bool) -> list[str]:
    count = done.converted
    would = said(vi=f"{count} bản ghi sẽ được chuyển", en=f"{count} would be converted")
    were = said(vi=f"{count} bản ghi đã chuyển", en=f"{count} converted")
    typer.echo(f"{name}.{collection.name}: {would if dry_run else were}")
    cannot = said(vi="không chuyển được", en="cannot be converted")
    return [f"{name}.{collection.name}: {id} {cannot}: {why}" for id, why in done.refused.items()]
