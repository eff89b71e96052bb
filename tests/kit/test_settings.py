"""The environment of a service: every variable that is wrong is named, in one line."""

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.settings import PLATFORM_NAMES, ReadSettings, ServiceSettings
from kit.desk_graph import DeskSettings

GOOD = {
    "CONGVU_MONGO_URL": "mongodb://x",
    "CONGVU_KAFKA_BROKERS": "x:1",
    "CONGVU_JWKS_URL": "http://x",
    "CONGVU_ISSUER": "x",
    "CONGVU_AUDIENCE": "x",
    "CONGVU_GATEWAY_SECRET": "s" * 32,
    "CONGVU_EVENT_KEYS_DIR": "/nowhere",
    **{f"{name}_EVENT_KEY_FILE": "/nowhere" for name in ("DESKS", "CATALOGUE")},
    **{f"{name}_EVENT_KEY_FILE": "/nowhere" for name in ("EVALUATION", "FEEDBACK")},
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refusal() -> str:
    with pytest.raises(BadSettings) as refused:
        DeskSettings.from_environment()
    return str(refused.value)


def test_host_and_port_make_the_address_the_gateway_signs_for(
    environment: pytest.MonkeyPatch,
) -> None:
    assert DeskSettings.from_environment().url == "http://127.0.0.1:4199/graphql"

    environment.setenv("DESKS_HOST", "0.0.0.0")
    environment.setenv("DESKS_PORT", "4242")
    assert DeskSettings.from_environment().url == "http://0.0.0.0:4242/graphql"

    environment.setenv("DESKS_URL", "http://desks:4242/graphql")
    assert DeskSettings.from_environment().url == "http://desks:4242/graphql"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DESKS_PORT", "x", "DESKS_PORT: Input should be a valid integer"),
        ("DESKS_PORT", "0", "DESKS_PORT: Input should be greater than or equal to 1"),
        ("DESKS_PORT", "65536", "DESKS_PORT: Input should be less than or equal to 65535"),
        ("CONGVU_KAFKA_PARTITIONS", "0", "CONGVU_KAFKA_PARTITIONS: Input should be greater"),
        (
            "CONGVU_KAFKA_SESSION_TIMEOUT_S",
            "5",
            "CONGVU_KAFKA_SESSION_TIMEOUT_S: Input should be gr",
        ),
        ("CONGVU_OUTBOX_KEEP_DAYS", "-1", "CONGVU_OUTBOX_KEEP_DAYS: Input should be greater"),
        ("CONGVU_GATEWAY_SECRET", "s" * 31, "CONGVU_GATEWAY_SECRET: String should have at least"),
    ],
)
def test_a_wrong_value_is_named_and_not_shown(
    environment: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    environment.setenv(name, value)

    told = refusal()

    assert told.startswith(reason)
    assert ";" not in told
    assert "s" * 31 not in told


def test_everything_wrong_is_told_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("CONGVU_ISSUER")
    environment.setenv("DESKS_PORT", "x")

    assert [each.partition(":")[0] for each in refusal().split("; ")] == [
        "CONGVU_ISSUER",
        "DESKS_PORT",
    ]


@pytest.mark.parametrize("name", ["DESKS_PROT", "DESKS_", "CONGVU_MONGO"])
def test_a_name_nobody_reads_is_refused(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.setenv(name, "1")

    assert refusal() == f"unknown environment variable: {name}"


BAD_FILES: dict[str, bytes | None] = {
    "a folder": None,
    "empty": b"",
    "blank": b" \n\n",
    "no text": b"s\xff" * 40,
}
SAYS_SECRET = re.compile(
    r"(SECRET|PASSWORD|TOKEN|CREDENTIALS?|PRIVATE_KEY|(MONGO|RATE_LIMIT)_URL)$"
)
"""What a variable is called that holds something secret, in whichever part."""


def every_settings() -> list[type[ReadSettings]]:
    """Of every part, as they stand in the code."""
    for service in ("catalogue", "evaluation", "feedback", "pages"):
        import_module(f"{service}_service.settings")
    found: list[type[ReadSettings]] = []
    left: list[type[ReadSettings]] = [ReadSettings]
    while left:
        more = left.pop().__subclasses__()
        found, left = found + more, left + more
    return sorted({*found} - {ServiceSettings}, key=lambda each: each.__qualname__)


SECRETS = [(each, name) for each in every_settings() for name in sorted(each.secrets().values())]


def test_what_is_called_a_secret_is_treated_as_one() -> None:
    for each in every_settings():
        named = {name for name in each.names().values() if SAYS_SECRET.search(name)}
        assert named == {*each.secrets().values()}, each
    shared = {name for name in PLATFORM_NAMES if SAYS_SECRET.search(name)}
    assert {f"{name}_FILE" for name in shared} <= PLATFORM_NAMES


@pytest.mark.parametrize(("settings", "name"), SECRETS)
def test_a_secret_may_come_as_a_file(
    environment: pytest.MonkeyPatch, tmp_path: Path, settings: type[ReadSettings], name: str
) -> None:
    (tmp_path / "secret").write_text("t" * 40 + "\n")
    environment.delenv(name, raising=False)
    environment.setenv(f"{name}_FILE", str(tmp_path / "secret"))

    read = settings.from_environment()

    assert "t" * 40 in read.model_dump().values()
    assert "t" * 40 not in repr(read)


@pytest.mark.parametrize("what", BAD_FILES)
@pytest.mark.parametrize(("settings", "name"), SECRETS)
def test_a_secrets_file_that_holds_none_is_named_and_not_shown(
    environment: pytest.MonkeyPatch,
    tmp_path: Path,
    settings: type[ReadSettings],
    name: str,
    what: str,
) -> None:
    file, content = tmp_path / "secret", BAD_FILES[what]
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    environment.delenv(name, raising=False)
    environment.setenv(f"{name}_FILE", str(file))

    with pytest.raises(BadSettings) as refused:
        settings.from_environment()

    why = "is empty" if what in ("empty", "blank") else "cannot be read"
    assert str(refused.value) == f"{name}_FILE: {file} {why}"
    assert refused.value.__cause__ is None


def test_a_secret_comes_once(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("CONGVU_GATEWAY_SECRET_FILE", str(tmp_path))

    assert refusal() == "CONGVU_GATEWAY_SECRET: given here and in CONGVU_GATEWAY_SECRET_FILE"


def test_a_short_secret_in_a_file_is_named_by_the_file(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each of two counts for itself: a short one beside a long one is no secret."""
    (tmp_path / "two").write_text(f"{'s' * 40}\n{'t' * 31}\n")
    environment.delenv("CONGVU_GATEWAY_SECRET")
    environment.setenv("CONGVU_GATEWAY_SECRET_FILE", str(tmp_path / "two"))

    told = refusal()

    assert told.startswith("CONGVU_GATEWAY_SECRET_FILE: ")
    assert "32 characters" in told
    assert "t" * 31 not in told


def test_what_test_runs_read_is_nobodys_mistake(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CONGVU_TEST_ANYTHING", "1")

    DeskSettings.from_environment()


@pytest.mark.parametrize("service", ["catalogue", "evaluation", "feedback"])
@pytest.mark.parametrize(
    ("suffix", "reason"),
    [("PORT", "PORT: Input should be a valid integer"), ("PROT", "unknown environment variable")],
)
def test_a_service_ends_with_one_line_and_code_2(
    environment: pytest.MonkeyPatch, service: str, suffix: str, reason: str
) -> None:
    environment.setenv(f"{service.upper()}_{suffix}", "x")

    done = subprocess.run(
        [sys.executable, "-m", f"{service}_service"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (2, "")
    [line] = [json.loads(each) for each in done.stdout.splitlines()]
    assert (line["service"], line["event"], line["level"]) == (service, "cannot_start", "critical")
    assert reason in line["error"]
