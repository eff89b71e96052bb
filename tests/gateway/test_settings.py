"""A wrong setting ends the start with one line that names it."""

import json
import socket
from pathlib import Path

import pytest

from congvu_kit.service.settings import PLATFORM_NAMES
from gateway.fixtures import StartGateway
from gateway.running import SECRET, SOURCES, World, start_that_fails

WRONG: dict[str, tuple[dict[str, str | None], str]] = {
    "an unknown name": ({"CONGVU_GATEWAY_PROT": "4000"}, "unknown setting CONGVU_GATEWAY_PROT"),
    "no secret": ({"CONGVU_GATEWAY_SECRET": None}, "CONGVU_GATEWAY_SECRET is required"),
    "an empty secret": ({"CONGVU_GATEWAY_SECRET": ""}, "CONGVU_GATEWAY_SECRET is required"),
    "a short secret": (
        # pragma: allowlist nextline secret
        {"CONGVU_GATEWAY_SECRET": "short"},
        "CONGVU_GATEWAY_SECRET must be at least",
    ),
    "no issuer": ({"CONGVU_ISSUER": None}, "CONGVU_ISSUER is required"),
    "no audience": ({"CONGVU_AUDIENCE": None}, "CONGVU_AUDIENCE is required"),
    "no keys": ({"CONGVU_JWKS_URL": None}, "CONGVU_JWKS_URL is required"),
    "a port that is none": ({"CONGVU_GATEWAY_PORT": "http"}, "CONGVU_GATEWAY_PORT must be a whole"),
    "a port too high": ({"CONGVU_GATEWAY_PORT": "65536"}, "CONGVU_GATEWAY_PORT must be a whole"),
    "an odd address": ({"CATALOGUE_URL": "ftp://x/graphql"}, "CATALOGUE_URL must be an http"),
    "an odd origin": ({"CONGVU_CORS_ORIGINS": "https://a.vn/x"}, "CONGVU_CORS_ORIGINS must list"),
    "an odd level": ({"CONGVU_LOG_LEVEL": "loud"}, "CONGVU_LOG_LEVEL must be one of"),
    "an odd profile": ({"CONGVU_PROFILE": "test"}, "CONGVU_PROFILE must be one of production"),
    "a name with a port": ({"CONGVU_HOSTS": "api.vn:443"}, "CONGVU_HOSTS must list host names"),
    "an odd type": ({"CONGVU_TOKEN_TYPES": "at+jwt;x"}, "CONGVU_TOKEN_TYPES must list types"),
    "no limiter": ({"CONGVU_RATE_LIMIT_URL": "http://x"}, "CONGVU_RATE_LIMIT_URL must be a redis"),
    "no documents": ({"CONGVU_TRUSTED_DOCUMENTS": "/nowhere"}, "cannot read '/nowhere' (ENOENT)"),
    "no secret's file": (
        {"CONGVU_GATEWAY_SECRET": None, "CONGVU_GATEWAY_SECRET_FILE": "/nowhere"},
        "CONGVU_GATEWAY_SECRET_FILE: cannot read",
    ),
    "a secret twice": (
        {"CONGVU_GATEWAY_SECRET_FILE": "/nowhere"},
        "CONGVU_GATEWAY_SECRET: given here and in CONGVU_GATEWAY_SECRET_FILE",
    ),
    "no supergraph": ({"CONGVU_SUPERGRAPH": "/nowhere"}, "CONGVU_SUPERGRAPH: cannot read"),
}


def told(stderr: str) -> str:
    """Why it did not start, in its only line."""
    [line] = [json.loads(each) for each in stderr.splitlines()]
    assert (line["level"], line["service"], line["event"]) == ("error", "gateway", "cannot start")
    error: str = line["error"]
    return error


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_setting_ends_the_start_and_is_named(world: World, what: str) -> None:
    changes, expected = WRONG[what]

    ended = start_that_fails(world.environment(**changes))

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert expected in told(ended.stderr)


def test_a_wrong_secret_is_not_repeated(world: World) -> None:
    ended = start_that_fails(world.environment(CONGVU_GATEWAY_SECRET="tooshort"))

    assert "tooshort" not in ended.stderr


def test_names_of_the_rest_of_the_platform_are_known(start_gateway: StartGateway) -> None:
    gateway = start_gateway(
        CONGVU_MONGO_URL="mongodb://127.0.0.1",
        CONGVU_KAFKA_BROKERS="127.0.0.1:9092",
        CONGVU_DATA_DIR="var",
        CONGVU_LOG_LEVEL="WARNING",
    )

    assert gateway.data("{ answers }") == {"answers": 40}


def test_a_port_in_use_names_the_variable_that_changes_it(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = start_that_fails(world.environment(CONGVU_GATEWAY_PORT=str(port)))

    assert ended.returncode == 1
    assert told(ended.stderr) == (
        f"port {port} on 127.0.0.1 is in use: set CONGVU_GATEWAY_PORT to a free one"
    )


@pytest.mark.parametrize("content", ["[", "[1]", '{"a": 1}'])
def test_documents_that_are_none_end_the_start(world: World, tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)

    ended = start_that_fails(world.environment(CONGVU_TRUSTED_DOCUMENTS=str(tmp_path)))

    assert ended.returncode == 1
    assert told(ended.stderr) == (
        f"CONGVU_TRUSTED_DOCUMENTS: cannot read '{tmp_path}' (not a JSON object of documents)"
    )


def test_a_secret_may_come_as_a_file(start_gateway: StartGateway, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    gateway = start_gateway(CONGVU_GATEWAY_SECRET=None, CONGVU_GATEWAY_SECRET_FILE=str(file))

    assert gateway.data("{ answers }") == {"answers": 40}


ROWS = json.loads((SOURCES.parent / "settings.json").read_text())["settings"]
FILES = [row["name"] for row in ROWS if row.get("mayBeFile")]
BAD_FILES: dict[str, bytes | None] = {
    "none": None,
    "empty": b" \n",
    "no text": b"hidden\xff" * 9,
    "no such secret": b"hidden\n",
}


def test_whatever_may_be_secret_may_come_as_a_file() -> None:
    assert [row["name"] for row in ROWS if row["kind"] in ("secret", "redisUrl")] == FILES


@pytest.mark.parametrize("what", BAD_FILES)
@pytest.mark.parametrize("name", FILES)
def test_a_secrets_file_that_holds_none_is_named_and_not_shown(
    world: World, tmp_path: Path, name: str, what: str
) -> None:
    content = BAD_FILES[what]
    if content is not None:
        (tmp_path / "file").write_bytes(content)

    ended = start_that_fails(
        world.environment(**{name: None, f"{name}_FILE": str(tmp_path / "file")})
    )

    assert ended.returncode == 1
    assert name in told(ended.stderr)
    assert "hidden" not in ended.stderr


def test_gateway_and_services_know_the_same_names(world: World) -> None:
    """Each refuses what it does not know, and all stand in one environment."""
    names = {name: "" for name in PLATFORM_NAMES if name not in world.environment()}

    ended = start_that_fails(world.environment(**names, CONGVU_GATEWAY_PROT="x"))

    assert told(ended.stderr) == "unknown setting CONGVU_GATEWAY_PROT: check the spelling"
    own = {row["name"] for row in ROWS if row["name"].startswith("CONGVU_")}
    assert len(own) > 20
    assert own <= PLATFORM_NAMES
