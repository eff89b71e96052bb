"""Every key of the platform is replaced while it runs under load, and nobody who calls notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from pymongo import MongoClient
from typer.testing import CliRunner

from congvu_kit.tools.cli import Failure, build
from congvu_local.platform import Platform
from congvu_local.settings import LocalSettings
from feedback_service.adapters.crypto.vault import AesVault
from feedback_service.adapters.files.keys import read_keys
from support.polling import until
from system.loads import Load

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
    platform.restart("feedback")
    assert opened(platform, folder) >= len(load.receipts)
