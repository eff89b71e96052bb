"""Checks what can be checked of the container files without an engine; part of `make check`.

The Compose files against the published schema, the Dockerfile by hadolint, and that all agree with
the repository: every path is there, every dependency waits, only those whom people meet have a
port, every variable is one that the code reads, every container is locked down and every image is
pinned.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from congvu_kit.service.settings import PLATFORM_NAMES

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = ROOT / "deploy/compose.yaml"
TRIAL = ROOT / "deploy/compose.trial.yaml"
SIGHT = ROOT / "deploy/compose.sight.yaml"
DOCKERFILE = ROOT / "deploy/Dockerfile"
OWN_PREFIXES = ("CATALOGUE_", "EVALUATION_", "FEEDBACK_", "PAGES_", "KAFKA_", "GF_")
SYSTEM_NAMES = ("HOME", "LOG_DIR")
OURS = re.compile(r"congvu/\w+")

PINNED = re.compile(r".+:(v?\d+\.\d+\.\d+[\w.-]*|\w+-\d{8}[\w.-]*|.+@sha256:[0-9a-f]{64})")
"""Three numbers at least, or a day: a version that is built once."""

MET = ("gateway", "grafana")
"""Whom people at this machine meet; all others have no port."""

LIMITS = ("pids_limit", "mem_limit", "cpus")


def tool(name: str, *arguments: str) -> Iterator[str]:
    program = Path(sys.executable).parent / name
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f"{name}: {done.stdout}{done.stderr}".strip()


def dockerfile_problems(dockerfile: str) -> Iterator[str]:
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", dockerfile, flags=re.MULTILINE))
    for base in re.findall(r"^FROM (\S+)", dockerfile, flags=re.MULTILINE):
        if base not in stages and not PINNED.fullmatch(base):
            yield f"Dockerfile: the image {base!r} is not pinned"
    for line in re.findall(r"^COPY (?!--from=)(.+)$", dockerfile, flags=re.MULTILINE):
        *sources, _target = line.split()
        for source in sources:
            if not any(ROOT.glob(source)):
                yield f"Dockerfile copies {source!r}, which is not there"


def composed() -> dict[str, Any]:
    """What runs on a machine of one's own, with what watches it."""
    base, sight = (yaml.safe_load(each.read_text()) for each in (COMPOSE, SIGHT))
    return {part: base[part] | sight[part] for part in ("services", "networks")}


def compose_problems(compose: dict[str, Any]) -> Iterator[str]:
    for name, service in compose["services"].items():
        for problem in (
            *_order_problems(service, compose["services"]),
            *_reach_problems(name, service),
            *_lock_problems(service),
        ):
            yield f"compose: {name} {problem}"
    if not all(each["internal"] for each in _inner_networks(compose)):
        yield "compose: a network between the parts is not internal"


def _inner_networks(compose: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those with a database, a broker, or a service's port on them."""
    for name, network in compose["networks"].items():
        if name not in ("public", "issuer"):
            yield {"internal": False, **(network or {})}


def _once(service: dict[str, Any]) -> bool:
    return service.get("restart") == "no"


def _order_problems(service: dict[str, Any], services: dict[str, Any]) -> Iterator[str]:
    if "healthcheck" not in service and not _once(service):
        yield "has no health check"
    for other, condition in service.get("depends_on", {}).items():
        if other not in services:
            yield f"depends on {other!r}, which is not there"
            continue
        once = _once(services[other])
        wanted = "service_completed_successfully" if once else "service_healthy"
        if condition.get("condition") != wanted:
            yield f"does not wait until {other} is {'done' if once else 'healthy'}"


def _reach_problems(name: str, service: dict[str, Any]) -> Iterator[str]:
    for port in service.get("ports", ()):
        if name not in MET or not str(port).startswith("127.0.0.1:"):
            yield "has a port outside the internal network"
    for variable, value in service.get("environment", {}).items():
        known = variable in PLATFORM_NAMES or variable in SYSTEM_NAMES
        if not known and not variable.startswith(OWN_PREFIXES):
            yield f"sets {variable}, which nothing reads"
        if re.search("PASSWORD|SECRET$|_KEY$", variable) and not variable.endswith("_FILE"):
            yield f"is told {variable} in its environment, where it can be seen"
        if "issuer:4199" in str(value):
            yield f"trusts the local issuer by {variable}"


def _lock_problems(service: dict[str, Any]) -> Iterator[str]:
    if service.get("read_only") is not True:
        yield "may write to its root filesystem"
    if service.get("cap_drop") != ["ALL"]:
        yield "keeps capabilities"
    if "no-new-privileges:true" not in service.get("security_opt", ()):
        yield "may gain privileges"
    if str(service.get("user", "0")).partition(":")[0] in ("0", "root"):
        yield "runs as root"
    for limit in LIMITS:
        if limit not in service:
            yield f"has no {limit}"
    image = service["image"]
    if not OURS.fullmatch(image) and not PINNED.fullmatch(image):
        yield f"runs the image {image!r}, which is not pinned"


def main() -> int:
    schema = ("--builtin-schema", "vendor.compose-spec")
    problems = [
        *tool("check-jsonschema", *schema, str(COMPOSE), str(TRIAL), str(SIGHT)),
        # DL3059 and the like are style; what is left out is pinned by the images' own tags.
        *tool("hadolint", "--failure-threshold", "warning", str(DOCKERFILE)),
        *dockerfile_problems(DOCKERFILE.read_text()),
        *compose_problems(composed()),
    ]
    for problem in problems:
        sys.stderr.write(problem + "\n")
    if not problems:
        sys.stdout.write("container files are sound\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
