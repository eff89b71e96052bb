"""The disk is full under everything the platform writes: it refuses, loses nothing, and heals."""

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from congvu_demo.cast import Cast
from congvu_demo.client import UNAVAILABLE, Gateway, NoAnswer, Refused
from congvu_demo.dataset import dataset
from congvu_local.platform import Platform
from congvu_local.settings import LocalSettings
from support.polling import eventually

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

DISK, RESERVE_MB = "size=160m", 32
REFUSED_WITHIN_S = 30.0
FULL_S = 15.0
"""So long no byte is free: logs, database and broker's clients all meet it."""
HEALED_WITHIN_S = 60.0
"""After space is back, on a busy machine."""

LEAKS = re.compile(r"errno|no space|panic|/|wiredtiger", re.IGNORECASE)

UNITS = """
query Units($province: String!) {
  orgUnits(province: $province, first: 100) { edges { node { code } } }
}"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", DISK, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        if os.geteuid() == 0 and os.environ.get("CI"):
            pytest.fail(mounted.stderr.decode())
        pytest.skip("mounting a small disk is not possible here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@dataclass
class Ballast:
    """Takes what is free on a disk, and gives it back."""

    file: Path
    taken: int = 0

    def leave(self, free_bytes: int) -> None:
        disk = os.statvfs(self.file.parent)
        more = disk.f_bavail * disk.f_frsize - free_bytes
        with self.file.open("ab", buffering=0) as file:
            while more > 0:
                more -= file.write(b"\0" * min(more, 1 << 20))

    def away(self) -> None:
        self.file.unlink()


@dataclass
class Writer:
    """Sends units, each once, and remembers which were acknowledged."""

    gateway: Gateway
    cast: Cast
    acknowledged: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    async def send(self) -> bool:
        code = f"DF.{next(self.numbers)}"
        unit = {
            "externalRef": {"system": dataset().system, "id": code},
            "code": code,
            "name": f"Đơn vị {code}",
            "level": "PROVINCE",
            "province": dataset().province,
            "localityType": None,
            "parentRef": None,
            "validFrom": "2025-07-01",
        }
        asked = {"idempotencyKey": code, "units": [unit], "positions": [], "people": []}
        try:
            answer = await self.gateway.do(
                self.cast.hrm, "syncPersonnel", asked, "SyncReport { changed refused }"
            )
        except Refused as refused:
            if refused.code != UNAVAILABLE:
                raise
            self.refusals.append(refused.message)
            return False
        except NoAnswer as missing:
            self.refusals.append("no answer" if "HTTP 50" in str(missing) else str(missing))
            return False
        assert (answer["changed"], answer["refused"]) == (1, 0)
        self.acknowledged.append(code)
        return True


@pytest.fixture
async def writer(small_disk: Path) -> AsyncIterator[Writer]:
    settings = LocalSettings(data_dir=small_disk, ports={"gateway": 0}, disk_reserve_mb=RESERVE_MB)
    with Platform(settings=settings, restarts=True) as platform:
        async with Gateway(platform.base_url, patience_s=0) as gateway:
            yield Writer(gateway, Cast(dataset(), platform.token_for))


async def test_a_full_disk_refuses_loses_nothing_and_heals(
    small_disk: Path, writer: Writer
) -> None:
    ballast = Ballast(small_disk / "ballast")

    async def refuses() -> bool:
        return not await writer.send()

    for _ in range(20):
        await eventually(writer.send, within_s=20, what="a unit is taken")
    ballast.leave((RESERVE_MB + 2) * 1_000_000)
    for _ in range(3):
        await writer.send()
    ballast.leave((RESERVE_MB - 2) * 1_000_000)
    await eventually(refuses, within_s=REFUSED_WITHIN_S, what="it is refused")
    ballast.leave(0)
    full_until = asyncio.get_running_loop().time() + FULL_S
    taken_while_full = 0
    while asyncio.get_running_loop().time() < full_until:
        taken_while_full += await writer.send()
        await asyncio.sleep(0.2)
    assert (taken_while_full, len(writer.refusals) > 1) == (0, True)

    ballast.away()
    await eventually(writer.send, within_s=HEALED_WITHIN_S, what="a unit is taken again")
    for _ in range(5):
        assert await writer.send()

    assert not [each for each in writer.refusals if LEAKS.search(each)]
    assert await kept(writer) >= set(writer.acknowledged)


async def kept(writer: Writer) -> set[str]:
    found = await writer.gateway.ask(writer.cast.hrm, UNITS, {"province": dataset().province})
    return {each["node"]["code"] for each in found["orgUnits"]["edges"]}
