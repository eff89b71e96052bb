"""What runs on this machine and how its parts are told of each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from congvu_kit.adapters.signatures import private_file
from congvu_local import router
from congvu_local.errors import PortTaken, ProgramMissing
from congvu_local.folder import DataFolder
from congvu_local.issuer import JWKS_PATH, READY_PATH
from congvu_local.node import node_binary
from congvu_local.ports import LOOPBACK, is_free
from congvu_local.probes import http_ready
from congvu_local.processes import Program, python
from congvu_local.servers import (
    broker_program,
    database_program,
    database_url,
    system_environment,
)
from congvu_local.settings import PAGES, PORT_VARIABLES, SERVICES, LocalSettings
from congvu_local.witness import LocalWitness

SERVICE_READY_S = 120
"""A service starts in 2 to 4 s on a free core; on a busy machine three at once took 30 s."""

AUTO_PARTITIONS = "4"
"""What the embedded broker gives a topic that any client asks about, which cannot be turned off.
After its restart a consumer may ask before the topic's owner creates it: the same number is right
either way."""

SERVICE_STOP_S = 28
"""Services finish running requests for 20 s, and all else within 5, before they end."""

EVERYWHERE = ("0.0.0.0", "::")
"""Hosts to listen on that are none to call."""

PLAYGROUND_FILE = "playground.json"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The parts' addresses on this machine. `ports` has those of the parts that start here."""

    settings: LocalSettings
    folder: DataFolder
    ports: Mapping[str, int]

    @property
    def base_url(self) -> str:
        return f"http://{self.address('gateway')}"

    @property
    def mongo_url(self) -> str:
        return self.settings.mongo_url or database_url(self.ports["database"])

    @property
    def kafka_brokers(self) -> str:
        return self.settings.kafka_brokers or f"{LOOPBACK}:{self.ports['broker']}"

    @property
    def issuer_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['issuer']}"

    def service_url(self, service: str) -> str:
        return f"http://{LOOPBACK}:{self.ports[service]}"

    def address(self, part: str) -> str:
        """Where a part is reached from this machine."""
        host = self.settings.gateway_host if part == "gateway" else LOOPBACK
        return f"{LOOPBACK if host in EVERYWHERE else host}:{self.ports[part]}"

    def tiers(self) -> list[list[Program]]:
        """What the services lean on, then the services with the gateway before them."""
        return [
            [*self._servers(), self._issuer(), self.witness.program(self.log("witness"))],
            [*map(self._service, SERVICES), self._pages(), self._gateway()],
        ]

    def log(self, part: str) -> Path:
        return self.folder.logs / f"{part}.log"

    def _servers(self) -> list[Program]:
        servers = []
        if self.settings.mongo_url is None:
            servers.append(
                database_program(
                    port=self.ports["database"],
                    folder=self.folder.path / "database",
                    log=self.log("database"),
                    reserve_mb=self.settings.disk_reserve_mb,
                )
            )
        if self.settings.kafka_brokers is None:
            servers.append(broker_program(port=self.ports["broker"], log=self.log("broker")))
        return servers

    def _issuer(self) -> Program:
        folder = str(self.folder.path)
        return Program(
            name="issuer",
            command=python("congvu_local.issuer", str(self.ports["issuer"]), folder),
            log=self.log("issuer"),
            environment=system_environment(),
            ready=http_ready(f"{self.issuer_url}{READY_PATH}"),
        )

    @property
    def witness(self) -> LocalWitness:
        return LocalWitness(self.folder.path, self.settings.passed_on, self.ports["witness"])

    def _service(self, name: str) -> Program:
        prefix = name.upper()
        environment = (
            self._for_services()
            | (self.witness.for_feedback() if name == "feedback" else {})
            | self.settings.for_service(name)
            | {
                f"{prefix}_EVENT_KEY_FILE": str(private_file(self._event_keys, name)),
                f"{prefix}_HOST": LOOPBACK,
                f"{prefix}_PORT": str(self.ports[name]),
                f"{prefix}_URL": f"{self.service_url(name)}/graphql",
            }
        )
        return Program(
            name=name,
            command=python(f"{name}_service"),
            log=self.log(name),
            environment=system_environment(environment),
            ready=http_ready(f"{self.service_url(name)}/readyz"),
            live=http_ready(f"{self.service_url(name)}/livez"),
            ready_within_s=SERVICE_READY_S,
            stop_within_s=SERVICE_STOP_S,
        )

    @property
    def _event_keys(self) -> Path:
        return self.folder.event_keys(SERVICES)

    def _for_services(self) -> dict[str, str]:
        embedded_broker = {
            "CONGVU_KAFKA_IDEMPOTENCE": "false",  # it knows no idempotent producers
            "CONGVU_OUTBOX_KEEP_DAYS": "0",  # it forgets: outboxes fill it again
            "CONGVU_KAFKA_PARTITIONS": AUTO_PARTITIONS,
        }
        return {
            "CONGVU_MONGO_URL": self.mongo_url,
            "CONGVU_KAFKA_BROKERS": self.kafka_brokers,
            "CONGVU_DATA_DIR": str(self.folder.path),
            "CONGVU_EVENT_KEYS_DIR": str(self._event_keys),
            **self._trust(),
            **(embedded_broker if self.settings.kafka_brokers is None else {}),
        }

    def _trust(self) -> dict[str, str]:
        return {
            "CONGVU_PROFILE": "open",
            "CONGVU_DRAIN_MS": "0",  # nobody takes over from a part that ends here
            "CONGVU_JWKS_URL": f"{self.issuer_url}{JWKS_PATH}",
            "CONGVU_ISSUER": self.settings.issuer,
            "CONGVU_AUDIENCE": self.settings.audience,
            "CONGVU_GATEWAY_SECRET_FILE": str(self.folder.gateway_secret_file()),
        }

    def _pages(self) -> Program:
        environment = {
            **self.settings.for_service(PAGES),
            "CONGVU_PROFILE": "open",
            "CONGVU_DRAIN_MS": "0",
            "CONGVU_GATEWAY_URL": f"{self.base_url}/graphql",
            "PAGES_HOST": LOOPBACK,
            "PAGES_PUBLIC_URL": self.base_url,
            "PAGES_PORT": str(self.ports[PAGES]),
        }
        return Program(
            name=PAGES,
            command=python("pages_service"),
            log=self.log(PAGES),
            environment=system_environment(environment),
            ready=http_ready(f"{self.service_url(PAGES)}/readyz"),
            live=http_ready(f"{self.service_url(PAGES)}/livez"),
            ready_within_s=SERVICE_READY_S,
            stop_within_s=SERVICE_STOP_S,
        )

    def _gateway(self) -> Program:
        home = gateway_home()
        environment = {
            "CONGVU_SUPERGRAPH": str(home / "supergraph.graphql"),
            **self.settings.for_gateway(),
            **self._trust(),
            "CONGVU_GATEWAY_HOST": self.settings.gateway_host,
            "CONGVU_GATEWAY_PORT": str(self.ports["gateway"]),
            "CONGVU_PLAYGROUND_FILE": str(self.folder.path / PLAYGROUND_FILE),
            "PAGES_URL": self.service_url(PAGES),
            **{f"{name.upper()}_URL": f"{self.service_url(name)}/graphql" for name in SERVICES},
        }
        return Program(
            name="gateway",
            command=gateway_command(home),
            log=self.log("gateway"),
            environment=system_environment(environment),
            folder=home,
            ready=http_ready(f"{self.base_url}/readyz"),
            live=http_ready(f"{self.base_url}/livez"),
            ready_within_s=SERVICE_READY_S,
            stop_within_s=SERVICE_STOP_S,
        )


def gateway_home() -> Path:
    """The gateway's folder in this repository, with its packages installed."""
    home = Path(__file__).resolve().parents[4] / "services" / "gateway"
    if not (home / "node_modules").is_dir():
        raise ProgramMissing("the gateway with its packages", remedy="run `make setup`")
    return home


def gateway_command(home: Path) -> list[str]:
    """The router where `make router` built it of these sources, else the Node gateway: both are
    the same one."""
    built = router.program(home)
    if built.is_file() and router.objection(home) is None:
        return [str(built)]
    return [str(node_binary()), "src/server.mjs"]


def choose_ports(settings: LocalSettings, folder: DataFolder) -> dict[str, int]:
    """A port for each part that starts here; raise `PortTaken` for a fixed one in use."""
    absent = {"database": settings.mongo_url, "broker": settings.kafka_brokers}
    chosen: dict[str, int] = {}
    for part, variable in PORT_VARIABLES.items():
        if absent.get(part) is not None:
            continue
        fixed = settings.ports.get(part)
        if fixed and not is_free(fixed):
            raise PortTaken(port=fixed, used_for=part, variable=variable)
        chosen[part] = fixed or folder.port(part)
    return chosen
