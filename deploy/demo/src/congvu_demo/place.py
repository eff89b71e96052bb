"""Where a story is told: a throw-away platform of this machine, or one that runs elsewhere."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from congvu_kit.service.bad_settings import BadSettings
from congvu_local.folder import DataFolder
from congvu_local.settings import SERVICES
from congvu_local.tokens import LocalIssuer


class Place(Protocol):
    """What a story asks of a platform besides its graph. Without a witness the log is proved by its
    own signature; without brokers nobody reads the events."""

    @property
    def base_url(self) -> str: ...

    @property
    def issuer(self) -> LocalIssuer: ...

    @property
    def kafka_brokers(self) -> str | None: ...

    @property
    def witness_key(self) -> str | None: ...

    def service_url(self, service: str) -> str: ...


@dataclass(frozen=True)
class Elsewhere:
    """A platform that trusts the local issuer whose key lies in a folder: `CONGVU_DATA_DIR`,
    `CONGVU_ISSUER`, `CONGVU_AUDIENCE`, and `<SERVICE>_URL` of each service."""

    base_url: str
    environment: dict[str, str]
    kafka_brokers: str | None = None
    witness_key: str | None = None

    def __post_init__(self) -> None:
        needed = ["CONGVU_DATA_DIR", "CONGVU_ISSUER", "CONGVU_AUDIENCE"]
        needed += [f"{service.upper()}_URL" for service in SERVICES]
        if missing := [name for name in needed if not self.environment.get(name)]:
            raise BadSettings(f"{', '.join(missing)}: needed to act on a platform elsewhere")

    @cached_property
    def issuer(self) -> LocalIssuer:
        folder = DataFolder(Path(self.environment["CONGVU_DATA_DIR"]))
        if not folder.issuer_key_file.exists():
            raise BadSettings("CONGVU_DATA_DIR: there is no key of a local issuer")
        return LocalIssuer(
            key=folder.issuer_key(),
            issuer=self.environment["CONGVU_ISSUER"],
            audience=self.environment["CONGVU_AUDIENCE"],
        )

    def service_url(self, service: str) -> str:
        return self.environment[f"{service.upper()}_URL"].removesuffix("/graphql")
