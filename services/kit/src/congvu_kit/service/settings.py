"""Settings come from the environment, once, in `main.py`; a misspelt name is an error."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from congvu_kit.adapters.alone import GIVE_UP_S
from congvu_kit.adapters.consumer import SESSION_TIMEOUT_S
from congvu_kit.adapters.webhook_addresses import each_a_network
from congvu_kit.service.bad_settings import BadSettings
from congvu_kit.service.deadlines import REQUEST_S
from congvu_kit.service.secret_files import SECRET_MIN_CHARS, each_long_enough, read_secret
from congvu_kit.service.service_links import without_service_links
from congvu_kit.service.serving import DRAIN_S

PLATFORM_NAMES = frozenset(
    {
        "CONGVU_MONGO_URL",
        "CONGVU_MONGO_URL_FILE",
        "CONGVU_MONGO_USER",
        "CONGVU_MONGO_PASSWORD",
        "CONGVU_MONGO_PASSWORD_FILE",
        "CONGVU_MONGO_CA_FILE",
        "CONGVU_MONGO_CERTIFICATE_FILE",
        "CONGVU_MONGO_DATABASE_PREFIX",
        "CONGVU_KAFKA_BROKERS",
        "CONGVU_KAFKA_IDEMPOTENCE",
        "CONGVU_KAFKA_PARTITIONS",
        "CONGVU_KAFKA_SESSION_TIMEOUT_S",
        "CONGVU_KAFKA_SECURITY",
        "CONGVU_KAFKA_MECHANISM",
        "CONGVU_KAFKA_USER",
        "CONGVU_KAFKA_PASSWORD",
        "CONGVU_KAFKA_PASSWORD_FILE",
        "CONGVU_KAFKA_CA_FILE",
        "CONGVU_KAFKA_CERTIFICATE_FILE",
        "CONGVU_KAFKA_KEY_FILE",
        "CONGVU_EVENT_KEYS_DIR",
        "CONGVU_JWKS_URL",
        "CONGVU_ISSUER",
        "CONGVU_AUDIENCE",
        "CONGVU_GATEWAY_SECRET",
        "CONGVU_GATEWAY_SECRET_FILE",
        "CONGVU_GATEWAY_HOST",
        "CONGVU_GATEWAY_PORT",
        "CONGVU_GATEWAY_URL",
        "CONGVU_DATA_DIR",
        "CONGVU_OUTBOX_KEEP_DAYS",
        "CONGVU_EVENT_GIVE_UP_S",
        "CONGVU_LOG_LEVEL",
        "CONGVU_PLAYGROUND_FILE",
        "CONGVU_TRUSTED_DOCUMENTS",
        "CONGVU_SUPERGRAPH",
        "CONGVU_CORS_ORIGINS",
        "CONGVU_MAX_ALIASES",
        "CONGVU_MAX_ANSWER_BYTES",
        "CONGVU_MAX_BODY_BYTES",
        "CONGVU_MAX_BODY_BYTES_AUTHENTICATED",
        "CONGVU_MAX_IN_FLIGHT",
        "CONGVU_MAX_DEPTH",
        "CONGVU_MAX_COST",
        "CONGVU_MAX_DIRECTIVES",
        "CONGVU_MAX_TOKENS",
        "CONGVU_RATE_LIMIT_PER_MINUTE",
        "CONGVU_RATE_LIMIT_ANONYMOUS_PER_MINUTE",
        "CONGVU_SHUTDOWN_TIMEOUT_MS",
        "CONGVU_QUERY_TIMEOUT_MS",
        "CONGVU_MUTATION_TIMEOUT_MS",
        "CONGVU_IMPORT_TIMEOUT_MS",
        "CONGVU_DRAIN_MS",
        "CONGVU_WEBHOOK_NETWORKS",
        "CONGVU_TRUSTED_PROXIES",
        "CONGVU_TOKEN",
        "CONGVU_TOKEN_FILE",
        "CONGVU_TOKEN_TYPES",
        "CONGVU_PROFILE",
        "CONGVU_HOSTS",
        "CONGVU_METRICS_HOST",
        "CONGVU_METRICS_PORT",
        "CONGVU_RATE_LIMIT_URL",
        "CONGVU_RATE_LIMIT_URL_FILE",
        "CONGVU_RATE_LIMIT_CA_FILE",
        "CONGVU_CONTRACTS_BASE",
        "CONGVU_CACHE_DIR",
        "CONGVU_LOCAL_DISK_RESERVE_MB",
        "CONGVU_LOCAL_MONGO_PORT",
        "CONGVU_LOCAL_KAFKA_PORT",
        "CONGVU_LOCAL_ISSUER_PORT",
        "CONGVU_LOCAL_WITNESS_PORT",
    }
)
"""Every shared name there is, whoever reads it: one list, so that a typo is caught everywhere."""

OPEN_PREFIX = "CONGVU_TEST_"
"""What test runs read."""


def refuse_unknown(environ: Mapping[str, str], prefix: str, known: Iterable[str]) -> None:
    """Raise `BadSettings` for names of ours that nobody reads."""
    names = set(known) | PLATFORM_NAMES
    unknown = sorted(
        name
        for name in without_service_links(environ)
        if name.startswith(("CONGVU_", prefix))
        and name not in names
        and not name.startswith(OPEN_PREFIX)
    )
    if unknown:
        raise BadSettings(f"unknown environment variable: {', '.join(unknown)}")


Port: TypeAlias = Annotated[int, Field(ge=1, le=65_535)]

SharedSecret: TypeAlias = Annotated[
    str, Field(min_length=SECRET_MIN_CHARS), AfterValidator(each_long_enough)
]


class ReadSettings(BaseSettings):
    """Settings of a process, each read from the variable that its alias or the prefix names.

    What is secret is not shown (`repr=False`), and may come as a file that the same name with
    `_FILE` says: what is in the environment is seen by whoever may look at the process.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        environment = EnvSettingsSource(settings_cls)
        set_by_somebody = {name.lower() for name in without_service_links(os.environ)}
        environment.env_vars = {
            name: value for name, value in environment.env_vars.items() if name in set_by_somebody
        }
        return init_settings, environment

    @classmethod
    def names(cls) -> dict[str, str]:
        """By the name that pydantic knows a field under: the variable that sets it."""
        prefix = str(cls.model_config.get("env_prefix") or "CONGVU_")
        return {
            field.alias or name: field.alias or f"{prefix}{name.upper()}"
            for name, field in cls.model_fields.items()
        }

    @classmethod
    def secrets(cls) -> dict[str, str]:
        """The same for what is secret."""
        names = cls.names()
        kept = [each.alias or name for name, each in cls.model_fields.items() if not each.repr]
        return {key: names[key] for key in kept}

    @classmethod
    def from_environment(cls) -> Self:
        """Raise `BadSettings`, naming every variable that is missing, malformed or unknown."""
        prefix = str(cls.model_config.get("env_prefix") or "CONGVU_")
        names, files = cls.names(), [f"{name}_FILE" for name in cls.secrets().values()]
        refuse_unknown(os.environ, prefix, [*names.values(), *files])
        given = _from_files(os.environ, cls.secrets())
        try:
            return cls(**given)
        except ValidationError as exception:
            # The values stay out of the message: one of them is a secret.
            wrong = [
                f"{_named(names, given, str(error['loc'][0]))}: {error['msg']}"
                for error in exception.errors()
                if error["type"] != "default_factory_not_called"
            ]
            raise BadSettings("; ".join(wrong)) from None


class KafkaSettings(ReadSettings):
    """Where the broker is, who calls it, and whom to trust."""

    kafka_brokers: str = Field(alias="CONGVU_KAFKA_BROKERS")
    kafka_idempotence: bool = Field(True, alias="CONGVU_KAFKA_IDEMPOTENCE")
    kafka_partitions: int = Field(6, ge=1, le=1000, alias="CONGVU_KAFKA_PARTITIONS")
    kafka_session_timeout_s: float = Field(
        SESSION_TIMEOUT_S, ge=6, le=60, alias="CONGVU_KAFKA_SESSION_TIMEOUT_S"
    )
    """Apache Kafka takes no less than 6 s (`group.min.session.timeout.ms`)."""
    kafka_security: Literal["PLAINTEXT", "SSL", "SASL_SSL"] = Field(
        "PLAINTEXT", alias="CONGVU_KAFKA_SECURITY"
    )
    kafka_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = Field(
        "SCRAM-SHA-512", alias="CONGVU_KAFKA_MECHANISM"
    )
    kafka_user: str | None = Field(None, alias="CONGVU_KAFKA_USER")
    kafka_password: str | None = Field(None, alias="CONGVU_KAFKA_PASSWORD", repr=False)
    kafka_ca_file: Path | None = Field(None, alias="CONGVU_KAFKA_CA_FILE")
    kafka_certificate_file: Path | None = Field(None, alias="CONGVU_KAFKA_CERTIFICATE_FILE")
    kafka_key_file: Path | None = Field(None, alias="CONGVU_KAFKA_KEY_FILE")


class MongoSettings(ReadSettings):
    """Where the database is, who calls it, and whom to trust."""

    mongo_url: str = Field(alias="CONGVU_MONGO_URL", repr=False)
    mongo_user: str | None = Field(None, alias="CONGVU_MONGO_USER")
    mongo_password: str | None = Field(None, alias="CONGVU_MONGO_PASSWORD", repr=False)
    mongo_ca_file: Path | None = Field(None, alias="CONGVU_MONGO_CA_FILE")
    mongo_certificate_file: Path | None = Field(None, alias="CONGVU_MONGO_CERTIFICATE_FILE")
    """The client's certificate and its key in one PEM file, as MongoDB wants it."""
    mongo_database_prefix: str = Field("congvu_", alias="CONGVU_MONGO_DATABASE_PREFIX")
    outbox_keep_days: int = Field(30, ge=0, alias="CONGVU_OUTBOX_KEEP_DAYS")


class ServiceSettings(KafkaSettings, MongoSettings):
    """What every service reads. A subclass says `env_prefix` (`CATALOGUE_`) and its `port`; every
    field without an alias is read under that prefix."""

    event_keys_dir: Path = Field(alias="CONGVU_EVENT_KEYS_DIR")
    """`<service>.pem` for each: the public keys by which its events are believed."""
    jwks_url: str = Field(alias="CONGVU_JWKS_URL")
    issuer: str = Field(alias="CONGVU_ISSUER")
    audience: str = Field(alias="CONGVU_AUDIENCE")
    token_types: str = Field(
        "at+jwt", alias="CONGVU_TOKEN_TYPES", pattern=r"^[\w+.-]+(,[\w+.-]+)*$"
    )
    """What an access token's `typ` may be, comma separated."""
    profile: Literal["open", "production"] = Field("production", alias="CONGVU_PROFILE")
    """Open: the graph may be explored."""
    gateway_secret: SharedSecret = Field(alias="CONGVU_GATEWAY_SECRET", repr=False)
    gateway_secret_file: Path | None = Field(None, alias="CONGVU_GATEWAY_SECRET_FILE")
    """Where it came from: the file may be replaced while the service runs."""
    webhook_networks: Annotated[str, AfterValidator(each_a_network)] = Field(
        "", alias="CONGVU_WEBHOOK_NETWORKS"
    )
    """Where receivers of webhooks may be besides the public internet: `10.20.0.0/16, fd12::/48`."""
    event_give_up_s: float = Field(GIVE_UP_S, gt=0, alias="CONGVU_EVENT_GIVE_UP_S")
    """How long one event may hold up those behind it before it is a dead letter."""
    log_level: str = Field("INFO", alias="CONGVU_LOG_LEVEL")
    data_dir: str = Field("var", alias="CONGVU_DATA_DIR")

    event_key_file: Path
    """The private key that this service signs its events with."""

    request_timeout_s: float = Field(REQUEST_S, gt=0)
    drain_ms: int = Field(int(DRAIN_S * 1000), ge=0, le=60_000, alias="CONGVU_DRAIN_MS")
    host: str = "127.0.0.1"
    port: Port
    url: str = Field(default_factory=lambda read: f"http://{read['host']}:{read['port']}/graphql")
    """What the gateway calls, and signs for."""


def _named(names: Mapping[str, str], given: Mapping[str, str], key: str) -> str:
    return f"{names[key]}_FILE" if key in given else names[key]


def _from_files(environ: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, Any]:
    """The secrets that files hold."""
    found: dict[str, Any] = {}
    for key, name in secrets.items():
        file = environ.get(f"{name}_FILE")
        if file is None:
            continue
        if name in environ:
            raise BadSettings(f"{name}: given here and in {name}_FILE")
        found[key] = read_secret(f"{name}_FILE", Path(file))
    return found
