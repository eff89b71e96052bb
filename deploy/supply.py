"""What comes from others, and what must not go out: floors of versions, and a look at our own code.

    python deploy/supply.py floors     no locked package is older than deploy/floors.toml says
    python deploy/supply.py code       bandit finds nothing of high severity in what runs
    python deploy/supply.py secrets    detect-secrets finds none in what git keeps
    python deploy/supply.py sbom       var/sbom, CycloneDX: all that is installed, nothing missing

The first two are part of `make check`, all of `make audit`.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "deploy/floors.toml"
NPM = {"gateway": ROOT / "services/gateway", "typescript": ROOT / "clients/typescript"}
SBOM = ROOT / "var/sbom"
BESIDE = ("database", "clients")
"""Environments inside that of the rest."""

NOT_LOOKED_AT = re.compile(r"\.lock$|package-lock\.json$|\.csv$|\.xlsx$|/data/")
"""Hashes and tables of made-up people."""

Locked = Mapping[str, Iterable[str]]


def program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def locked_python() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in ROOT.glob("requirements*.lock"):
        for name, version in re.findall(r"^([\w.-]+)==([\w.!+-]+)", file.read_text(), re.MULTILINE):
            found.setdefault(_plain(name), set()).add(version)
    return found


def locked_npm() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for folder in NPM.values():
        for name, versions in _npm(json.loads((folder / "package-lock.json").read_text())).items():
            found.setdefault(name, set()).update(versions)
    return found


def _npm(lock: Mapping[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place, package in lock["packages"].items():
        if place:
            name = place.rpartition("node_modules/")[2]
            found.setdefault(name, set()).add(package["version"])
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def below(floors: Mapping[str, tuple[str, str]], locked: Locked) -> Iterator[str]:
    for name, (floor, why) in floors.items():
        versions = list(locked.get(name, ()))
        if not versions:
            yield f"{name} has a floor and is not locked"
        for version in versions:
            if Version(version) < Version(floor):
                yield f"{name} {version} is older than {floor} ({why})"


def floor_problems() -> Iterator[str]:
    floors = tomllib.loads(FLOORS.read_text())
    yield from below(floors["python"], locked_python())
    yield from below(floors["npm"], locked_npm())


def code_problems() -> Iterator[str]:
    paths = [
        path for part in ("services", "deploy", "clients") for path in ROOT.glob(f"{part}/*/src")
    ]
    done = run(program("bandit"), "-q", "-lll", "-r", *sorted(paths), ROOT / "deploy")
    if done.returncode != 0:
        yield f"bandit: {done.stdout}{done.stderr}"


def secret_problems() -> Iterator[str]:
    kept = run("git", "ls-files").stdout.splitlines()
    looked_at = [path for path in kept if not NOT_LOOKED_AT.search(path)]
    hook = (program("detect-secrets-hook"), "--disable-plugin", "HexHighEntropyString")
    # A manifest, and a table of those to be made, names the secret and has it not.
    names = ("--exclude-lines", "secretName: ", "--exclude-lines", r"^\| Secrets? `")
    done = run(*hook, *names, *looked_at)
    if done.returncode != 0:
        yield f"detect-secrets: {done.stdout}{done.stderr}"


def sbom_problems() -> Iterator[str]:
    """Writes one for each place where packages lie, and compares it with what lies there."""
    SBOM.mkdir(parents=True, exist_ok=True)
    yield from _python_sbom("python", Path(sys.prefix))
    for name in BESIDE:
        yield from _python_sbom(name, ROOT / ".venv" / name)
    for name, folder in NPM.items():
        yield from _npm_sbom(name, folder)


def _npm_sbom(name: str, folder: Path) -> Iterator[str]:
    npm = (sys.executable, "-m", "congvu_local.node", "npm", "sbom", "--prefix", folder)
    # With --omit dev it forgets what several packages share; there is nothing else to leave out.
    done = run(*npm, "--sbom-format", "cyclonedx")
    file = SBOM / f"{name}.cdx.json"
    file.write_text(done.stdout)
    installed = json.loads((folder / "node_modules/.package-lock.json").read_text())
    yield from missing(file, _npm(installed))


def _python_sbom(name: str, environment: Path) -> Iterator[str]:
    file = SBOM / f"{name}.cdx.json"
    done = run(program("cyclonedx-py"), "environment", environment, "--of", "JSON", "-o", file)
    if done.returncode != 0:
        yield f"cyclonedx-py: {done.stderr}"
        return
    paths = [str(path) for path in environment.glob("lib/python*/site-packages")]
    installed: dict[str, set[str]] = {}
    for each in distributions(path=paths):
        installed.setdefault(_plain(each.metadata["Name"]), set()).add(each.version)
    yield from missing(file, installed)


def missing(file: Path, installed: Locked) -> Iterator[str]:
    listed: set[tuple[str, str]] = set()
    for each in json.loads(file.read_text())["components"]:
        full = f"{each['group']}/{each['name']}" if each.get("group") else each["name"]
        listed |= {(full, each["version"]), (_plain(full), each["version"])}
    for package, versions in installed.items():
        for version in versions:
            if (package, version) not in listed:
                yield f"{file.name}: {package} {version} is installed and not in the list"


CHECKS: Mapping[str, Callable[[], Iterator[str]]] = {
    "floors": floor_problems,
    "code": code_problems,
    "secrets": secret_problems,
    "sbom": sbom_problems,
}


def main() -> int:
    wanted = sys.argv[1:]
    if not wanted or not set(wanted) <= set(CHECKS):
        sys.stderr.write(f"usage: supply.py {' | '.join(CHECKS)} ...\n")
        return 2
    problems = [problem for name in wanted for problem in CHECKS[name]()]
    for problem in problems:
        sys.stderr.write(problem + "\n")
    if not problems:
        sys.stdout.write(f"{', '.join(wanted)}: nothing found\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
