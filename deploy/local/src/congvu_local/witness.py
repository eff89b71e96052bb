"""A witness of the public log beside the platform, with its own key and memory: what the log signs
is co-signed here as it would be elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from congvu_kit.adapters.key_files import create_signing_key, read_signing_key
from congvu_kit.adapters.notes import Ed25519Notes
from congvu_kit.tools.witness import cosigner_in
from congvu_local.ports import LOOPBACK
from congvu_local.probes import http_ready
from congvu_local.processes import Program, python
from congvu_local.servers import system_environment

NAME = "congvu-kpi/local-witness"
LOG_ORIGIN = "congvu-kpi/public-log"
SIGNING_FILE = "log-signing.pem"
"""What feedback calls them when nobody says otherwise."""


@dataclass(frozen=True)
class LocalWitness:
    """`given` is what the user has set for the services."""

    folder: Path
    given: Mapping[str, str]
    port: int

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def verifier_key(self) -> str:
        return cosigner_in(self._own, NAME).verifier_key

    def for_feedback(self) -> dict[str, str]:
        return {"FEEDBACK_WITNESSES": f"{self.url} {self.verifier_key}"}

    def program(self, log: Path) -> Program:
        command = ["congvu_kit.tools.witness", "serve", str(self._own), "--name", NAME]
        return Program(
            name="witness",
            command=python(*command, "--log", self._log_key(), "--port", str(self.port)),
            log=log,
            environment=system_environment(),
            ready=http_ready(f"{self.url}/livez"),
        )

    @property
    def _own(self) -> Path:
        return self.folder / "witness"

    def _log_key(self) -> str:
        """Feedback's own, made here where it would make it at its first start."""
        keys = Path(self.given.get("FEEDBACK_KEYS_DIR") or self.folder / "feedback" / "keys")
        create_signing_key(keys / SIGNING_FILE)
        origin = self.given.get("FEEDBACK_LOG_ORIGIN", LOG_ORIGIN)
        return Ed25519Notes(origin, read_signing_key(keys / SIGNING_FILE)).verifier_key
