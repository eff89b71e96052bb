"""Every key of the platform is replaced while it runs under load, and nobody who calls notices."""

import asyncio
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from pymongo import MongoClient
from typer.testing import CliRunner

from congvu_demo.cast import Cast
from congvu_demo.client import Gateway, Refused
from congvu_demo.dataset import dataset
from congvu_kit.tools.cli import Failure, build
from congvu_local.platform import Platform
from congvu_local.settings import LocalSettings
from feedback_service.adapters.crypto.vault import AesVault
from feedback_service.adapters.files.keys import read_keys
from support.polling import until

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

OVERLAP_S = 3
"""Every part looks once a second."""
SIGNED_EVERY = {"FEEDBACK_SIGN_EVERY_S": "1", "FEEDBACK_SWEEP_EVERY_S": "1"}
SILENT = (
    "congvu_dead_letters_total",
    "congvu_events_untrusted_total",
    "congvu_auth_refusals_total",
)
"""What counts whatever was not believed."""
CHECKER = Path(__file__).parents[2] / "services/gateway/src/page/check_receipt.py"
UNKNOWN_YET, KNOWN_WITHIN_S = ("NOT_FOUND", "INVALID"), 30
SENT = "Submission { id receipt }"


@dataclass
class Load:
    """Units are synced and citizens write, again and again; nothing is asked twice."""

    platform: Platform
    receipts: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    numbers: Iterator[int] = field(default_factory=count)

    def __enter__(self) -> "Load":
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._thread.join()

    async def _run(self) -> None:
        cast = Cast(dataset(), self.platform.token_for)
        async with Gateway(self.platform.base_url, patience_s=0) as gateway:
            await asyncio.gather(*(self._call(gateway, cast) for _ in range(3)))

    async def _call(self, gateway: Gateway, cast: Cast) -> None:
        while not self.over.is_set():
            try:
                await self._once(gateway, cast, next(self.numbers))
            except Exception as exception:
                self.wrong.append(repr(exception))

    async def _once(self, gateway: Gateway, cast: Cast, number: int) -> None:
        """A unit that evaluation tells feedback of; and a suggestion about it, once it is known."""
        code = f"KEY.{number}"
        reference = {"system": dataset().system, "id": code}
        unit: dict[str, object] = {"externalRef": reference, "code": code, "name": f"Đơn vị {code}"}
        unit |= {"level": "PROVINCE", "province": dataset().province, "localityType": None}
        unit |= {"parentRef": None, "validFrom": "2025-07-01"}
        asked = {"idempotencyKey": code, "units": [unit], "positions": [], "people": []}
        synced = await gateway.do(cast.hrm, "syncPersonnel", asked, "SyncReport { results { id } }")
        suggestion = {
            "idempotencyKey": code,
            "unitId": synced["results"][0]["id"],
            "kind": "SUGGESTION",
            "text": f"Ý kiến {code}",
            "submitterToken": f"nguoi-{number}",
        }
        sent = await self._once_known(gateway, cast, suggestion)
        self.receipts.append(str(sent["receipt"]))

    async def _once_known(
        self, gateway: Gateway, cast: Cast, suggestion: Mapping[str, object]
    ) -> Mapping[str, object]:
        """As soon as the unit is known: its event came, and was believed. Nothing else is waited
        for, and no other refusal is taken."""
        deadline = time.monotonic() + KNOWN_WITHIN_S
        while True:
            try:
                return await gateway.do(cast.portal, "submitSuggestion", suggestion, SENT)
            except Refused as refused:
                if refused.code not in UNKNOWN_YET or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.1)

    def go_on(self, calls: int = 8) -> None:
        """Return after so many more were acknowledged."""
        until_done = len(self.receipts) + calls
        until(lambda: len(self.receipts) >= until_done, within_s=60, what="calls are answered")


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    settings = LocalSettings(data_dir=tmp_path, ports={"gateway": 0}, passed_on=SIGNED_EVERY)
    with Platform(settings=settings) as platform:
        yield platform


@dataclass(frozen=True)
class Operator:
    """Types the commands of docs/operations.md."""

    platform: Platform

    def keys(self, *words: str | Path) -> str:
        env = {"CONGVU_MONGO_URL": self.platform.mongo_url}
        done = CliRunner().invoke(build("keys"), ["keys", *map(str, words)], env=env)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    def as_soon_as_allowed(self, *words: str | Path) -> str:
        """A step is refused until every part has had time for the one before it."""
        told: list[str] = []

        def allowed() -> bool:
            try:
                told.append(self.keys(*words))
            except Failure:
                return False
            return True

        until(allowed, within_s=60, what=f"{words[:2]} is allowed")
        return told[0]


def checker() -> ModuleType:
    module = ModuleType("check_receipt")
    exec(compile(CHECKER.read_text(), str(CHECKER), "exec"), module.__dict__)
    return module


def holds(receipt: str, *keys: str) -> bool:
    """As a citizen checks it, with one file."""
    check = checker()
    try:
        check.check(receipt, " ".join(keys))
    except check.Wrong:
        return False
    return True


def opened(platform: Platform, folder: Path) -> int:
    """How many private texts there are; each opens with the keys that lie in the folder."""
    keys = read_keys(folder).vault
    vault = AesVault(lambda: keys)
    with MongoClient[dict[str, str]](platform.mongo_url) as client:
        wrapped = {
            each["_id"]: each["wrapped"] for each in client.congvu_feedback_keys.private_keys.find()
        }
        records = list(client.congvu_feedback.private_records.find())
        for each in records:
            assert vault.open(wrapped[each["_id"]], each["_id"], each["sealed"])
    return len(records)


def figure(platform: Platform, name: str) -> float:
    """Of all services together."""
    lines = [
        line
        for service in ("catalogue", "evaluation", "feedback")
        for line in httpx.get(f"{platform.service_url(service)}/metrics").text.splitlines()
    ]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def test_every_key_is_replaced_under_load_and_nobody_is_refused(platform: Platform) -> None:
    data, operator = platform.settings.data_dir, Operator(platform)
    secret, events = data / "secrets" / "gateway-secret", data / "secrets" / "events"
    folder, overlap = data / "feedback" / "keys", ("--overlap", str(OVERLAP_S))
    old = operator.keys("log", "status", folder).split()[1]
    kinds: list[tuple[tuple[str | Path, ...], tuple[str, ...]]] = [
        (("gateway", secret), ()),
        (("events", events, "evaluation"), ("--yes",)),
        (("log", folder), ()),
        (("vault", folder), ()),
    ]

    with Load(platform) as load:
        load.go_on()
        before = len(load.receipts)
        for (kind, *where), last in kinds:
            operator.keys(kind, "add", *where)
            load.go_on()
            operator.as_soon_as_allowed(kind, "use", *where, *overlap)
            load.go_on()
            operator.as_soon_as_allowed(kind, "retire", *where, *overlap, *last)
            load.go_on()
        after = len(load.receipts)
        load.go_on()

    assert load.wrong == []
    new = operator.keys("log", "status", folder).split()[1]
    first, latest = load.receipts[:before], load.receipts[after:]
    assert [(holds(each, old), holds(each, new)) for each in first] == [(True, False)] * before
    assert {(holds(each, old), holds(each, new)) for each in latest} == {(False, True)}
    assert all(holds(each, old, new) for each in load.receipts)
    for key in (old, new):
        verified = CliRunner().invoke(
            build("verify-log"), ["verify-log", platform.graphql_url, "--key", key]
        )
        assert "the public log is whole" in verified.output
    assert not (folder / "vault.key").exists()
    assert opened(platform, folder) >= len(load.receipts)
    assert [figure(platform, name) for name in SILENT] == [0.0] * len(SILENT)
    assert figure(platform, "congvu_gateway_calls_other_secret_total") > 0
    platform.restart("feedback")
    assert opened(platform, folder) >= len(load.receipts)
