"""Who we are to the servers and whom we trust; what is missing or wrong is named at the start."""

from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from congvu_kit.adapters.mongo import connect
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.connections import connections_of, kafka_options, mongo_options
from congvu_local.certificates import Authority, new_authority
from congvu_local.ports import LOOPBACK, free_port, listens
from congvu_local.processes import Process, Program
from congvu_local.servers import database_program
from kit.desk_graph import DeskSettings
from support.event_keys import event_settings, folder

NOBODY = {"mongo_user": None, "mongo_password": None}
# pragma: allowlist nextline secret
USER = {"kafka_user": "desks", "kafka_password": "secret"}


def settings(**changes: Any) -> DeskSettings:
    given = {
        "mongo_url": "mongodb://x",
        "kafka_brokers": "x:1",
        "jwks_url": "x",
        "issuer": "x",
        "audience": "x",
        "gateway_secret": "s" * 32,
        **event_settings("desks"),
    }
    return DeskSettings(**(given | changes))


@pytest.fixture
def authority() -> Authority:
    return new_authority()


@pytest.fixture
def pem(authority: Authority, tmp_path: Path) -> dict[str, Path]:
    """`ca`, `both` (key and certificate) and `none`, a file that is no PEM."""
    contents = {"ca": authority.pem, "both": authority.issue("desks"), "none": "x"}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    return {name: tmp_path / name for name in (*contents, "missing")}


def test_without_a_word_there_is_nothing_to_say() -> None:
    assert (kafka_options(settings()), mongo_options(settings())) == ({}, {})


def test_a_user_of_kafka_comes_over_tls(pem: dict[str, Path]) -> None:
    options = kafka_options(settings(kafka_security="SASL_SSL", kafka_ca_file=pem["ca"], **USER))

    context = options.pop("ssl_context")
    assert options == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "desks",
        # pragma: allowlist nextline secret
        "sasl_plain_password": "secret",
    }
    assert (context.check_hostname, len(context.get_ca_certs())) == (True, 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kafka_security": "SASL_SSL"}, "CONGVU_KAFKA_USER: SASL_SSL needs"),
        (
            {"kafka_security": "SASL_SSL", "kafka_user": "x"},
            "CONGVU_KAFKA_PASSWORD: SASL_SSL needs",
        ),
        (USER, "CONGVU_KAFKA_USER: only SASL_SSL has users"),
        ({"kafka_security": "SSL", **USER}, "CONGVU_KAFKA_USER: only SASL_SSL has users"),
        ({"kafka_ca_file": "ca"}, "CONGVU_KAFKA_CA_FILE: PLAINTEXT has no certificates"),
        ({"kafka_security": "SSL", "kafka_ca_file": "none"}, "CONGVU_KAFKA_CA_FILE: .* no PEM"),
        (
            {"kafka_security": "SSL", "kafka_ca_file": "missing"},
            "CONGVU_KAFKA_CA_FILE: .* cannot be read",
        ),
        (
            {"kafka_security": "SSL", "kafka_certificate_file": "ca"},
            "CONGVU_KAFKA_CERTIFICATE_FILE: no certificate with its key",
        ),
        (
            {"kafka_security": "SSL", "kafka_key_file": "both"},
            "CONGVU_KAFKA_KEY_FILE: CONGVU_KAFKA_CERTIFICATE_FILE is missing",
        ),
        ({"mongo_user": "x"}, "CONGVU_MONGO_PASSWORD: a user needs a password"),
        # pragma: allowlist nextline secret
        ({"mongo_password": "secret"}, "CONGVU_MONGO_USER: a user needs a password"),
        ({"mongo_ca_file": "none"}, "CONGVU_MONGO_CA_FILE: .* is no PEM file"),
        ({"mongo_certificate_file": "missing"}, "CONGVU_MONGO_CERTIFICATE_FILE: .* be read"),
    ],
)
def test_halves_and_files_that_are_none_are_named(
    pem: dict[str, Path], changes: dict[str, Any], reason: str
) -> None:
    files = {k: pem[v] if k.endswith("_file") else v for k, v in changes.items()}

    with pytest.raises(BadSettings, match=f"^{reason}") as refused:
        connections_of("desks", [], settings(**files))

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_key_file": Path("/nowhere")}, "DESKS_EVENT_KEY_FILE: no readable private key"),
        ({"event_keys_dir": Path("/nowhere")}, "CONGVU_EVENT_KEYS_DIR: no readable public keys"),
        (
            {"event_key_file": event_settings("test")["event_key_file"]},
            "DESKS_EVENT_KEY_FILE: its public half is not in",
        ),
        (
            {"event_key_file": folder() / "desks.pem"},
            "DESKS_EVENT_KEY_FILE: no readable private key",
        ),
    ],
)
def test_a_service_without_its_keys_does_not_start(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadSettings, match=f"^{reason}"):
        connections_of("desks", ["test"], settings(**changes))


@pytest.mark.mongo
@pytest.mark.timeout(60)
async def test_a_user_of_the_database_comes_over_tls_with_a_certificate(
    authority: Authority, pem: dict[str, Path], tmp_path: Path
) -> None:
    port = free_port()
    known = settings(
        mongo_url=f"mongodb://{LOOPBACK}:{port}/?directConnection=true",
        mongo_user="desks",
        # pragma: allowlist nextline secret
        mongo_password="secret",
        mongo_ca_file=pem["ca"],
        mongo_certificate_file=pem["both"],
    )
    certificates = mongo_options(known.model_copy(update=NOBODY))
    with Guarded(port, authority, tmp_path, users=False):
        admin: MongoClient[Any] = MongoClient(known.mongo_url, **certificates)
        # pragma: allowlist nextline secret
        admin.admin.command("createUser", "desks", pwd="secret", roles=["readWriteAnyDatabase"])
        admin.close()

    with Guarded(port, authority, tmp_path, users=True):
        client = connect(known.mongo_url, mongo_options(known))
        await client["desks"]["desks"].insert_one({"name": "Bàn"})
        client.close()
        for changes, error in (
            ({"mongo_password": "x"}, OperationFailure),
            (NOBODY, OperationFailure),
            ({"mongo_ca_file": None}, ServerSelectionTimeoutError),
            ({"mongo_certificate_file": None}, ServerSelectionTimeoutError),
        ):
            with pytest.raises(error):
                write_as(known.model_copy(update=changes))


def write_as(settings: DeskSettings) -> None:
    client: MongoClient[Any] = MongoClient(
        settings.mongo_url, serverSelectionTimeoutMS=500, **mongo_options(settings)
    )
    with client:
        client["desks"]["desks"].insert_one({"name": "Bàn"})


class Guarded(Process):
    """The embedded database behind users, TLS and client certificates."""

    def __init__(self, port: int, authority: Authority, folder: Path, *, users: bool) -> None:
        key, _, certificate = authority.issue("mongo", [LOOPBACK]).partition("-----BEGIN CERT")
        files = {"key.pem": key, "server.pem": f"-----BEGIN CERT{certificate}"}
        for name, content in (files | {"authority.pem": authority.pem}).items():
            (folder / name).write_text(content)
        plain = database_program(port=port, folder=folder / "db", log=folder / "db.log")
        guards = [
            *(["--auth"] if users else []),
            *("--tls-cert-file", str(folder / "server.pem")),
            *("--tls-key-file", str(folder / "key.pem")),
            *("--tls-ca-file", str(folder / "authority.pem"), "--tls-require-client-cert"),
        ]
        super().__init__(
            Program(
                name="database",
                command=[*plain.command, *guards],
                log=plain.log,
                environment=plain.environment,
                ready=lambda: listens(port),
                ready_within_s=30,
            )
        )

    def __enter__(self) -> "Guarded":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
