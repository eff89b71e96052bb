"""Apache Kafka itself as a child process: resolved by Maven into a cache, run with Java."""

import base64
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from congvu_local.certificates import new_authority
from congvu_local.ports import LOOPBACK, free_port
from congvu_local.probes import kafka_ready
from congvu_local.processes import Process, Program
from congvu_local.servers import system_environment

DEPLOYED = Path(__file__).parents[2] / "deploy/kafka/server.properties"

KAFKA = "4.1.0"
SCALA = "2.13"
LOG4J = "2.24.3"
"""The log backend; the version that this Kafka names for its log4j-core."""

RESOLVE_WITHIN_S = 600
"""About 45 MB of jars: 15 s from a near mirror, minutes over a slow line."""

FORMAT_WITHIN_S = 60
"""Takes 2 s of a core."""

READY_WITHIN_S = 90
"""Takes 5 s on two free cores."""

JAVA = ("-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Small and quick to start; measured 175 MB resident when idle."""

POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>congvu</groupId>
  <artifactId>kafka-under-test</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_{SCALA}</artifactId>
      <version>{KAFKA}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>{LOG4J}</version>
    </dependency>
  </dependencies>
</project>
"""

LOGGING = """\
rootLogger.level = WARN
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %p %c{1}: %m%n
"""


class KafkaNotResolved(Exception):
    """Java or Maven is missing, or the jars could not be had."""


def cache_folder() -> Path:
    chosen = os.environ.get("CONGVU_CACHE_DIR")
    return Path(chosen) if chosen else Path.home() / ".cache" / "congvu"


def jars() -> Path:
    """The folder of Kafka's jars, resolved once per machine; several runs may ask at once."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise KafkaNotResolved(f"{program} is not on the path")
    folder = cache_folder() / f"kafka-{KAFKA}"
    if folder.exists():
        return folder
    mine = folder.with_name(f"{folder.name}.{os.getpid()}")
    mine.mkdir(parents=True)
    (mine / "pom.xml").write_text(POM)
    (mine / "log4j2.properties").write_text(LOGGING)
    maven = ["mvn", "--batch-mode", "--quiet", "-f", str(mine / "pom.xml")]
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={mine}"]
    try:
        _run([*maven, *goal], within_s=RESOLVE_WITHIN_S)
    except KafkaNotResolved:
        shutil.rmtree(mine)
        raise
    try:
        mine.rename(folder)
    except OSError:  # another run was quicker
        shutil.rmtree(mine)
    return folder


@dataclass(frozen=True)
class Secured:
    """The way in for who has a user, and the files that go with it."""

    address: str
    admin_address: str
    authority_file: Path
    admin_file: Path


def kafka_process(
    *, port: int, folder: Path, log: Path, advertised_port: int | None = None
) -> tuple[Process, Secured]:
    """One node that is broker and controller; a formatted `folder` is opened as it was left."""
    library = jars()
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "server.properties"
    secured = Secured(
        address=f"{LOOPBACK}:{free_port()}",
        admin_address=f"{LOOPBACK}:{free_port()}",
        authority_file=folder / "ca.pem",
        admin_file=folder / "admin.pem",
    )
    if not settings.exists():
        _issue_certificates(secured, folder)
        settings.write_text(_settings(port, advertised_port or port, folder, secured))
        format_storage(library, settings, new_cluster_id())
    process = Process(
        Program(
            name="kafka",
            command=["java", *JAVA, *classpath(library), "kafka.Kafka", str(settings)],
            log=log,
            environment=system_environment(),
            ready=kafka_ready(port),
            ready_within_s=READY_WITHIN_S,
            # Kafka takes seconds to hand over what a single node has nobody to hand over to.
            stop_within_s=5,
        )
    )
    return process, secured


def _issue_certificates(secured: Secured, folder: Path) -> None:
    authority = new_authority()
    secured.authority_file.write_text(authority.pem)
    secured.admin_file.write_text(authority.issue("admin"))
    (folder / "kafka.pem").write_text(authority.issue("kafka", [LOOPBACK]))


def classpath(library: Path) -> list[str]:
    logging = f"-Dlog4j2.configurationFile={library / 'log4j2.properties'}"
    return [logging, "-cp", str(library / "*")]


def _settings(port: int, advertised_port: int, folder: Path, secured: Secured) -> str:
    """As deploy/compose.yaml runs it, with one more door: PLAIN asks for nothing and allows all,
    for the tests that are about something else."""
    controller = f"{LOOPBACK}:{free_port()}"
    doors = f"CLIENTS://{secured.address},INTERNAL://{secured.admin_address}"
    ours = {
        "controller.quorum.voters": f"1@{controller}",
        "listeners": f"PLAIN://{LOOPBACK}:{port},{doors},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAIN://{LOOPBACK}:{advertised_port},{doors}",
        "ssl.keystore.location": str(folder / "kafka.pem"),
        "ssl.truststore.location": str(folder / "ca.pem"),
        "log.dirs": str(folder / "log"),
        # A killed node is let in again when its session is over: 9 s unless said otherwise.
        "broker.session.timeout.ms": "4000",
        "broker.heartbeat.interval.ms": "500",
        "group.initial.rebalance.delay.ms": "0",
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.num.partitions": "2",
        "log.cleaner.dedupe.buffer.size": "4194304",
    }
    deployed = dict(properties(DEPLOYED.read_text()))
    assert ours.keys() & deployed.keys() == set(list(ours)[:6])
    deployed["listener.security.protocol.map"] += ",PLAIN:PLAINTEXT"
    deployed["super.users"] += ";User:ANONYMOUS"
    return "".join(f"{name}={value}\n" for name, value in (deployed | ours).items())


def properties(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name, value


def new_cluster_id() -> str:
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


def format_storage(library: Path, settings: Path, cluster: str) -> None:
    # With an equals sign: the identifier may begin with a hyphen.
    tool = ["kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "-c", str(settings)]
    _run(["java", *JAVA, *classpath(library), *tool], within_s=FORMAT_WITHIN_S)


def _run(command: list[str], *, within_s: float) -> None:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=within_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise KafkaNotResolved(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        raise KafkaNotResolved(f"{' '.join(command)}\n{done.stdout[-2000:]}")
