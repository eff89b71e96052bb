"""A wrong setting ends the start with one line that names it."""

import json
import socket
from pathlib import Path

import pytest

from gateway.fixtures import StartGateway
from gateway.running import World, codes, node

WRONG: dict[str, tuple[dict[str, str | None], str]] = {
    "an unknown name": ({"CONGVU_GATEWAY_PROT": "4000"}, "unknown setting CONGVU_GATEWAY_PROT"),
    "no secret": ({"CONGVU_GATEWAY_SECRET": None}, "CONGVU_GATEWAY_SECRET is required"),
    "an empty secret": ({"CONGVU_GATEWAY_SECRET": ""}, "CONGVU_GATEWAY_SECRET is required"),
    "a short secret": (
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
    "an odd flag": ({"CONGVU_PLAYGROUND": "maybe"}, "CONGVU_PLAYGROUND must be true or false"),
    "no supergraph": ({"CONGVU_SUPERGRAPH": "/nowhere"}, "CONGVU_SUPERGRAPH: cannot read"),
    "no trusted documents": (
        {"CONGVU_ALLOW_ARBITRARY_DOCUMENTS": "false"},
        "needs CONGVU_TRUSTED_DOCUMENTS",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_setting_ends_the_start_and_is_named(world: World, what: str) -> None:
    changes, expected = WRONG[what]

    ended = node("server.mjs", env=world.environment(**changes))

    assert ended.returncode == 1
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert line.startswith("gateway: ")
    assert expected in line


def test_a_wrong_secret_is_not_repeated(world: World) -> None:
    ended = node("server.mjs", env=world.environment(CONGVU_GATEWAY_SECRET="tooshort"))

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
        ended = node("server.mjs", env=world.environment(CONGVU_GATEWAY_PORT=str(port)))

    assert ended.returncode == 1
    assert ended.stderr == (
        f"gateway: port {port} on 127.0.0.1 is in use: set CONGVU_GATEWAY_PORT to a free one\n"
    )


def test_trusted_documents_are_asked_for_by_name(
    start_gateway: StartGateway, world: World, tmp_path: Path
) -> None:
    documents = tmp_path / "documents.json"
    documents.write_text(json.dumps({"answers-1": "{ answers }"}))
    gateway = start_gateway(
        CONGVU_TRUSTED_DOCUMENTS=str(documents), CONGVU_ALLOW_ARBITRARY_DOCUMENTS="false"
    )

    known = gateway.client.post(gateway.url, json={"documentId": "answers-1"})
    unknown = gateway.client.post(gateway.url, json={"documentId": "other"})
    free = gateway.post("{ whoami }")

    assert known.json() == {"data": {"answers": 40}}
    assert codes(unknown) == ["PERSISTED_QUERY_NOT_IN_LIST"]
    assert codes(free) == ["CANNOT_SEND_PQ_ID_AND_BODY"]


def test_trusted_documents_leave_other_queries_open_by_default(
    start_gateway: StartGateway, tmp_path: Path
) -> None:
    documents = tmp_path / "documents.json"
    documents.write_text(json.dumps({"answers-1": "{ answers }"}))
    gateway = start_gateway(CONGVU_TRUSTED_DOCUMENTS=str(documents))

    known = gateway.client.post(gateway.url, json={"documentId": "answers-1"})

    assert known.json() == {"data": {"answers": 40}}
    assert gateway.data("{ whoami }") == {"whoami": "anonymous"}
