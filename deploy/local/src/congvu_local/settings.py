"""How this machine's platform is to be set up, read once from the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from congvu_kit.domain.errors import Invalid
from congvu_kit.service.service_links import without_service_links
from congvu_kit.service.settings import PLATFORM_NAMES, refuse_unknown
from congvu_local.ports import LOOPBACK
from congvu_local.room import RESERVE_MB

SERVICES = ("catalogue", "evaluation", "feedback")

PAGES = "pages"
"""What renders the graph for readers; it has no database and no events."""

GATEWAY_PORT = 4000

PORT_VARIABLES = {
    "gateway": "CONGVU_GATEWAY_PORT",
    "catalogue": "CATALOGUE_PORT",
    "evaluation": "EVALUATION_PORT",
    "feedback": "FEEDBACK_PORT",
    "pages": "PAGES_PORT",
    "database": "CONGVU_LOCAL_MONGO_PORT",
    "broker": "CONGVU_LOCAL_KAFKA_PORT",
    "issuer": "CONGVU_LOCAL_ISSUER_PORT",
    "witness": "CONGVU_LOCAL_WITNESS_PORT",
}
"""Which variable fixes which part's port."""

FIELD_VARIABLES = {
    "data_dir": "CONGVU_DATA_DIR",
    "gateway_host": "CONGVU_GATEWAY_HOST",
    "mongo_url": "CONGVU_MONGO_URL",
    "kafka_brokers": "CONGVU_KAFKA_BROKERS",
    "issuer": "CONGVU_ISSUER",
    "audience": "CONGVU_AUDIENCE",
    "disk_reserve_mb": "CONGVU_LOCAL_DISK_RESERVE_MB",
}

DECIDED_HERE = frozenset(
    {
        "CONGVU_EVENT_KEYS_DIR",
        "CONGVU_GATEWAY_SECRET",
        "CONGVU_GATEWAY_SECRET_FILE",
        "CONGVU_JWKS_URL",
        "CONGVU_PLAYGROUND_FILE",
        "CONGVU_PROFILE",
        "PAGES_HOST",
        "PAGES_PUBLIC_URL",
        *(
            f"{service.upper()}_{what}"
            for service in SERVICES
            for what in ("EVENT_KEY_FILE", "HOST", "URL")
        ),
    }
)

NOT_OURS = (
    "CONGVU_TEST_",
    "CONGVU_CACHE_DIR",
    "CONGVU_CONTRACTS_",
    "CONGVU_GATEWAY_URL",
    "CONGVU_TOKEN",
)
"""Beginnings of the names that tests and other commands read."""


Port = Annotated[int, Field(ge=0, le=65535)]


class LocalSettings(BaseModel):
    """`ports` are the fixed ones by part; others, and 0, are chosen free and then remembered.

    With `mongo_url` or `kafka_brokers` that server is somebody else's and none is started here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path
    gateway_host: str = LOOPBACK
    ports: dict[str, Port] = Field(default_factory=dict)
    mongo_url: str | None = None
    kafka_brokers: str | None = None
    issuer: str = "urn:congvu:local"
    audience: str = "congvu"
    disk_reserve_mb: float = Field(RESERVE_MB, gt=0)
    passed_on: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raise `BadSettings` for an unknown name, `Invalid` for one or a value that cannot be."""
        environment = without_service_links(environment)
        refuse_unknown(environment, "CONGVU_", ())
        ours = {name: value for name, value in environment.items() if _is_ours(name)}
        ports = {part: ours.pop(name) for part, name in PORT_VARIABLES.items() if name in ours}
        fields = {field: ours.pop(name) for field, name in FIELD_VARIABLES.items() if name in ours}
        for name in ours:
            _refuse_decided(name)
        given = {"ports": {"gateway": GATEWAY_PORT} | ports, "passed_on": ours}
        try:
            return cls.model_validate({"data_dir": "var"} | fields | given)
        except ValidationError as error:
            raise _unusable(error) from error

    @property
    def database_prefix(self) -> str:
        """What the services' database names begin with."""
        return self.passed_on.get("CONGVU_MONGO_DATABASE_PREFIX", "congvu_")

    def for_service(self, service: str) -> dict[str, str]:
        """What the user has set for it; a name it does not know, it refuses itself."""
        prefix = f"{service.upper()}_"
        return {
            name: value
            for name, value in self.passed_on.items()
            if name in PLATFORM_NAMES or name.startswith(prefix)
        }

    def for_gateway(self) -> dict[str, str]:
        return {name: value for name, value in self.passed_on.items() if name in PLATFORM_NAMES}


def _is_ours(name: str) -> bool:
    prefixes = ("CONGVU_", *(f"{service.upper()}_" for service in (*SERVICES, PAGES)))
    return name.startswith(prefixes) and not name.startswith(NOT_OURS)


def _refuse_decided(name: str) -> None:
    if name in DECIDED_HERE:
        raise Invalid(
            en=f"{name} is decided by the embedded profile; unset it",
            vi=f"{name} do cấu hình nhúng tự quyết định; hãy bỏ biến này",
            field=name,
        )


def _unusable(error: ValidationError) -> Invalid:
    first = error.errors()[0]
    place = str(first["loc"][-1])
    variable = (PORT_VARIABLES | FIELD_VARIABLES)[place]
    return Invalid(
        en=f"{variable}: {first['msg']}",
        vi=f"{variable} có giá trị không dùng được",
        field=variable,
    )
