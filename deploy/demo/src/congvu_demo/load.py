"""Fills an empty platform with the commune's quarter, through the gateway and nothing else."""

import asyncio
from collections.abc import Callable

from congvu_demo.acts import checking, live, period, personnel, work
from congvu_demo.acts.catalogue import issue_lists
from congvu_demo.acts.feedback import rate
from congvu_demo.acts.world import World
from congvu_demo.cast import Cast, TokenFor
from congvu_demo.client import Gateway, Json
from congvu_demo.dataset import dataset

KEY = "demo"
"""Begins every idempotency key: a load that was interrupted goes on where it stopped."""

PATIENCE_S = 60.0


def patient(base_url: str) -> Gateway:
    return Gateway(base_url, patience_s=PATIENCE_S)


async def load(
    base_url: str,
    token_for: TokenFor,
    progress: Callable[[str], None],
    *,
    open_gateway: Callable[[str], Gateway] = patient,
) -> None:
    """Safe to repeat; raises `congvu_demo.client.Refused` or `NoAnswer`."""
    data = dataset()
    async with open_gateway(base_url) as gateway:
        world = World(gateway, Cast(data, token_for), data)
        await personnel.sync(world, personnel.whole_commune(data, f"{KEY}/personnel"))
        progress(f"{len(data.people)} people of {len(data.units)} units")
        releases = await issue_lists(world, KEY)
        progress(f"{len(data.products)} products in {len(releases)} releases")
        opened = await period.open_quarter(world, data.quarter, releases, f"{KEY}/period")
        given = await work.assign(world, data.plans, opened, KEY)
        progress(f"{len(given)} assignments")
        await work.send_dossiers(world, data.dossiers, KEY)
        progress(f"{len(data.dossiers)} dossiers of the one-stop portal")
        await asyncio.gather(
            _do_the_rest(world, opened, given),
            rate(world, data.ratings, KEY),
            live.leave_open(world, releases, f"{KEY}/live"),
        )
        progress(f"{len(data.ratings)} ratings by citizens and businesses")
        closed = await period.to_the_end(world, opened, KEY)
        progress(f"{closed['name']} scored, published and sealed: {closed['seal']['hash'][:16]}…")


async def _do_the_rest(world: World, period: Json, given: work.Assignments) -> None:
    """What superiors and officers do besides dossiers."""
    reported = await work.report(world, world.data.plans, given, KEY)
    await checking.accept_all(world, world.data.plans, reported, KEY)
    await work.rate_conduct(world, period, KEY)
    await work.settle_causes(world, period, KEY)
