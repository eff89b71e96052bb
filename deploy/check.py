"""Checks what can be checked of the container files without an engine; part of `make check`.

The Compose file against the published schema, the Dockerfile by hadolint, and that both agree with
the repository: every path a COPY names is there, every dependency waits for health, only the
gateway has a port, and every variable is one that the code reads.
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
DOCKERFILE = ROOT / "deploy/Dockerfile"
OWN_PREFIXES = ("CATALOGUE_", "EVALUATION_", "FEEDBACK_", "KAFKA_")


def tool(name: str, *arguments: str) -> Iterator[str]:
    program = Path(sys.executable).parent / name
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f"{name}: {done.stdout}{done.stderr}".strip()


def missing_sources(dockerfile: str) -> Iterator[str]:
    for line in re.findall(r"^COPY (.+)$", dockerfile, flags=re.MULTILINE):
        *sources, _target = line.split()
        for source in sources:
            if not (ROOT / source).exists():
                yield f"Dockerfile copies {source!r}, which is not there"


def compose_problems(compose: dict[str, Any]) -> Iterator[str]:
    services: dict[str, Any] = compose["services"]
    for name, service in services.items():
        if "healthcheck" not in service:
            yield f"compose: {name} has no health check"
        for other, condition in service.get("depends_on", {}).items():
            if other not in services:
                yield f"compose: {name} depends on {other!r}, which is not there"
            elif condition.get("condition") != "service_healthy":
                yield f"compose: {name} does not wait until {other} is healthy"
        if "ports" in service and name != "gateway":
            yield f"compose: {name} has a port outside the internal network"
        for variable in service.get("environment", {}):
            if variable not in PLATFORM_NAMES and not variable.startswith(OWN_PREFIXES):
                yield f"compose: {name} sets {variable}, which nothing reads"


def main() -> int:
    problems = [
        *tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)),
        # DL3059 and the like are style; what is left out is pinned by the images' own tags.
        *tool("hadolint", "--failure-threshold", "warning", str(DOCKERFILE)),
        *missing_sources(DOCKERFILE.read_text()),
        *compose_problems(yaml.safe_load(COMPOSE.read_text())),
    ]
    for problem in problems:
        sys.stderr.write(problem + "\n")
    if not problems:
        sys.stdout.write("container files are sound\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
