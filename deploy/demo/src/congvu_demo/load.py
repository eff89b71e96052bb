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
from congvu_kit.tools.speech import said

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
        progress(_counted(len(data.people), vi="người", en="people"))
        releases = await issue_lists(world, KEY)
        progress(_counted(len(data.products), vi="sản phẩm đã ban hành", en="products released"))
        opened = await period.open_quarter(world, data.quarter, releases, f"{KEY}/period")
        given = await work.assign(world, data.plans, opened, KEY)
        progress(_counted(len(given), vi="việc được giao", en="assignments"))
        await work.send_dossiers(world, data.dossiers, KEY)
        progress(_counted(len(data.dossiers), vi="hồ sơ của cổng một cửa", en="dossiers"))
        await asyncio.gather(
            _do_the_rest(world, opened, given),
            rate(world, data.ratings, KEY),
            live.leave_open(world, releases, f"{KEY}/live"),
        )
        progress(_counted(len(data.ratings), vi="lượt đánh giá của người dân", en="ratings"))
        closed = await period.to_the_end(world, opened, KEY)
        ended = said(vi="đã công bố và niêm phong", en="scored, published and sealed")
        progress(f"{closed['name']} {ended}: {closed['seal']['hash'][:16]}…")


def _counted(count: int, *, vi: str, en: str) -> str:
    return f"{count} {said(vi=vi, en=en)}"


async def _do_the_rest(world: World, period: Json, given: work.Assignments) -> None:
    """What superiors and officers do besides dossiers. How somebody behaved is rated whatever
    becomes of their work."""

    async def finish() -> None:
        reported = await work.report(world, world.data.plans, given, KEY)
        await checking.accept_all(world, world.data.plans, reported, KEY)
        await work.settle_causes(world, period, KEY)

    await asyncio.gather(finish(), work.rate_conduct(world, period, KEY))
