"""From settings to what the clients of database and broker are told, and to whose word counts."""

import ssl
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congvu_kit.adapters.signatures import (
    BadKey,
    EventOwner,
    EventSigner,
    read_owner,
    watched_owner,
    watched_signer,
)
from congvu_kit.adapters.watched_files import Watched
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.secret_files import read_shared_secrets, secrets_in
from congvu_kit.service.settings import KafkaSettings, MongoSettings, ServiceSettings


@dataclass(frozen=True, kw_only=True)
class Connections:
    """`kafka` and `mongo` are the drivers' own options; `owners` are the services that are read."""

    kafka: Mapping[str, Any]
    mongo: Mapping[str, Any]
    signer: EventSigner
    owners: Mapping[str, EventOwner]


def connections_of(service: str, consumes: Iterable[str], settings: ServiceSettings) -> Connections:
    """Raise `BadSettings` for files that are missing or hold something else, and for halves."""
    signer, owners = _keys(service, consumes, settings)
    return Connections(
        kafka=kafka_options(settings), mongo=mongo_options(settings), signer=signer, owners=owners
    )


def gateway_secrets(settings: ServiceSettings) -> Callable[[], Sequence[str]]:
    """Those with which the gateway may sign now."""
    file = settings.gateway_secret_file
    if file is None:
        given = secrets_in(settings.gateway_secret)
        return lambda: given
    name = "CONGVU_GATEWAY_SECRET_FILE"
    watched = Watched(name, file, lambda: read_shared_secrets(name, file))
    return lambda: watched.now


def _keys(
    service: str, consumes: Iterable[str], settings: ServiceSettings
) -> tuple[EventSigner, dict[str, EventOwner]]:
    folder = settings.event_keys_dir
    try:
        read_owner(service, folder)
        owners = {each: watched_owner(each, folder) for each in consumes}
    except BadKey as exception:
        raise BadSettings(f"CONGVU_EVENT_KEYS_DIR: {exception}") from exception
    try:
        signer = watched_signer(service, settings.event_key_file, folder)
    except BadKey as exception:
        raise BadSettings(f"{service.upper()}_EVENT_KEY_FILE: {exception}") from exception
    return signer, owners


def kafka_options(settings: KafkaSettings) -> dict[str, Any]:
    """What every client of aiokafka takes besides the addresses."""
    security = settings.kafka_security
    given = {
        "CONGVU_KAFKA_USER": settings.kafka_user,
        "CONGVU_KAFKA_PASSWORD": settings.kafka_password,
    }
    if security != "SASL_SSL":
        _refuse_unused(given, "only SASL_SSL has users: set CONGVU_KAFKA_SECURITY to it")
    elif None in given.values():
        raise BadSettings(f"{_first_missing(given)}: SASL_SSL needs a user and a password")
    tls = {
        "CONGVU_KAFKA_CA_FILE": settings.kafka_ca_file,
        "CONGVU_KAFKA_CERTIFICATE_FILE": settings.kafka_certificate_file,
        "CONGVU_KAFKA_KEY_FILE": settings.kafka_key_file,
    }
    if security == "PLAINTEXT":
        _refuse_unused(tls, "PLAINTEXT has no certificates: set CONGVU_KAFKA_SECURITY")
        return {}
    options: dict[str, Any] = {"security_protocol": security, "ssl_context": _tls(settings)}
    if security == "SASL_SSL":
        options |= {
            "sasl_mechanism": settings.kafka_mechanism,
            "sasl_plain_username": settings.kafka_user,
            "sasl_plain_password": settings.kafka_password,
        }
    return options


def _refuse_unused(given: Mapping[str, object], why: str) -> None:
    for name, value in given.items():
        if value is not None:
            raise BadSettings(f"{name}: {why}")


def _first_missing(given: Mapping[str, object]) -> str:
    return next(name for name, value in given.items() if value is None)


def _tls(settings: KafkaSettings) -> ssl.SSLContext:
    """The broker's name is checked, against our authority or the system's."""
    context = ssl.create_default_context(
        cafile=_file("CONGVU_KAFKA_CA_FILE", settings.kafka_ca_file)
    )
    certificate = _file("CONGVU_KAFKA_CERTIFICATE_FILE", settings.kafka_certificate_file)
    key = _file("CONGVU_KAFKA_KEY_FILE", settings.kafka_key_file)
    if certificate is None:
        _refuse_unused({"CONGVU_KAFKA_KEY_FILE": key}, "CONGVU_KAFKA_CERTIFICATE_FILE is missing")
        return context
    try:
        context.load_cert_chain(certificate, key)
    except (ssl.SSLError, OSError) as exception:
        raise BadSettings(
            "CONGVU_KAFKA_CERTIFICATE_FILE: no certificate with its key "
            "(in the same file, or in CONGVU_KAFKA_KEY_FILE)"
        ) from exception
    return context


def _file(name: str, file: Path | None) -> str | None:
    """A PEM file that is there and holds something."""
    if file is None:
        return None
    try:
        found = "-----BEGIN " in file.read_text()
    except (OSError, UnicodeDecodeError) as exception:
        raise BadSettings(f"{name}: {file} cannot be read") from exception
    if not found:
        raise BadSettings(f"{name}: {file} is no PEM file")
    return str(file)


def mongo_options(settings: MongoSettings) -> dict[str, Any]:
    """What the URL does not say."""
    options: dict[str, Any] = {}
    if settings.mongo_user is not None or settings.mongo_password is not None:
        given = {
            "CONGVU_MONGO_USER": settings.mongo_user,
            "CONGVU_MONGO_PASSWORD": settings.mongo_password,
        }
        if None in given.values():
            raise BadSettings(f"{_first_missing(given)}: a user needs a password, and the reverse")
        options |= {"username": settings.mongo_user, "password": settings.mongo_password}
    authority = _file("CONGVU_MONGO_CA_FILE", settings.mongo_ca_file)
    certificate = _file("CONGVU_MONGO_CERTIFICATE_FILE", settings.mongo_certificate_file)
    if authority or certificate:
        options |= {"tls": True}
    if authority:
        options |= {"tlsCAFile": authority}
    if certificate:
        options |= {"tlsCertificateKeyFile": certificate}
    return options
