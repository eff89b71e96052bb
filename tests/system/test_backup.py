"""Everything is backed up while it is written to, thrown away, and comes back proven; what was
erased meanwhile does not."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from typer.testing import CliRunner

from congvu_demo.cast import Cast
from congvu_demo.client import Gateway
from congvu_demo.dataset import dataset
from congvu_kit.tools.cli import build
from congvu_local.platform import Platform
from congvu_local.settings import SERVICES, LocalSettings
from support.polling import until
from system.loads import Load, Sent

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

SIGNED_EVERY = {"FEEDBACK_SIGN_EVERY_S": "1"}


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    settings = LocalSettings(
        data_dir=tmp_path / "var", ports={"gateway": 0}, passed_on=SIGNED_EVERY
    )
    with Platform(settings=settings) as platform:
        yield platform


@dataclass(frozen=True)
class Operator:
    """Types the commands of docs/operations.md."""

    platform: Platform
    folder: Path

    def backup(self, *words: str | Path) -> str:
        env = {"CONGVU_MONGO_URL": self.platform.mongo_url}
        done = CliRunner().invoke(build("backup"), ["backup", *map(str, words)], env=env)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    def make(self) -> str:
        return self.backup(
            "make", self.data, "--keys", self.keys, "--key", self.key, "--memory", self.memory
        )

    def restore(self, verifier: str, *words: str) -> str:
        where = ("--keys", self.keys, "--key", verifier, "--memory", self.memory)
        return self.backup("restore", self.data, *where, *words)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def keys(self) -> Path:
        return self.folder / "apart"

    @property
    def key(self) -> Path:
        return self.folder / "backup.pem"

    @property
    def memory(self) -> Path:
        return self.platform.settings.data_dir / "feedback" / "memory"


def stored(platform: Platform) -> dict[str, list[dict[str, Any]]]:
    """Of every service, in the order of ids."""
    with MongoClient[dict[str, Any]](platform.mongo_url) as client:
        return {
            f"{name}.{collection}": list(client[name][collection].find().sort("_id", 1))
            for name in client.list_database_names()
            if name.startswith("congvu_")
            for collection in client[name].list_collection_names()
        }


def erase(platform: Platform, gone: Sent) -> None:
    async def ask() -> Any:
        cast = Cast(dataset(), platform.token_for)
        asked = {"idempotencyKey": f"erase {gone.id}", "ownerId": gone.id}
        asked |= {"submitterToken": gone.token, "legalBasis": "Theo yêu cầu của người gửi"}
        async with Gateway(platform.base_url, patience_s=30) as gateway:
            return await gateway.do(cast.portal, "erasePrivateData", asked, "Erasure { erased }")

    assert asyncio.run(ask())["erased"]


def line(told: str, name: str) -> str:
    return next(each.partition(": ")[2] for each in told.splitlines() if name in each)


def signed(platform: Platform) -> bool:
    found = stored(platform)
    [head] = found["congvu_feedback.log_head"]
    return head["size"] in [each["size"] for each in found["congvu_feedback.checkpoints"]]


def stop_services(platform: Platform) -> None:
    for service in SERVICES:
        platform.supervisor.process(service).stop()


def without(found: dict[str, list[dict[str, Any]]], *names: str) -> dict[str, object]:
    """What holds nothing is made by the services when they start."""
    kept = {name: rows for name, rows in found.items() if rows}
    return {name: rows for name, rows in kept.items() if name.partition(".")[2] not in names}


def wipe(platform: Platform) -> None:
    with MongoClient[dict[str, Any]](platform.mongo_url) as client:
        for name in [each for each in client.list_database_names() if each.startswith("congvu_")]:
            client.drop_database(name)


def test_what_was_acknowledged_comes_back_and_what_was_erased_does_not(
    platform: Platform, tmp_path: Path
) -> None:
    operator = Operator(platform, tmp_path)
    with Load(platform) as load:
        load.go_on(12)
        acknowledged = list(load.sent)
        verifier = operator.make().splitlines()[-1].split()[1]
        load.go_on(3)
    assert load.wrong == []
    first = sorted(operator.data.iterdir())[0]
    manifest = json.loads((first / "manifest.json").read_text())
    assert int(manifest["proof"]["feedback: log entries"]) >= int(
        manifest["proof"]["feedback: last signed head"].split()[0]
    )
    until(lambda: signed(platform), within_s=30, what="all of it is signed")
    stop_services(platform)
    made = operator.make()
    before = stored(platform)
    for service in SERVICES:
        platform.restart(service)
    gone = acknowledged[0]
    erase(platform, gone)
    stop_services(platform)

    wipe(platform)
    restored = operator.restore(verifier)
    after = stored(platform)

    assert line(restored, "log root") == line(made, "log root")
    changes = ("sessions", "relay", "private_keys")
    assert without(after, *changes) == without(before, *changes)
    keys = {each["_id"]: each["wrapped"] for each in after["congvu_feedback_keys.private_keys"]}
    assert [id for id, wrapped in keys.items() if wrapped is None] == [gone.id]
    assert {each.id for each in acknowledged} <= keys.keys()
    assert "1 keys of what was erased" in restored
