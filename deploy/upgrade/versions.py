"""The version before, as a tree of its own, and what of its promises this one must keep."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema

from congvu_kit.tools.contracts import (
    SUPERGRAPH,
    Contracts,
    breaking,
    breaking_sdl,
    example_of,
)
from congvu_kit.tools.history import folder_at

ROOT = Path(__file__).resolve().parents[2]

FIRST = "9b63195326edefca551882255660faae3fd9cdd4"
"""Compared with until a release has a tag."""

WANTED = "CONGVU_TEST_UPGRADE_FROM"
"""Names another commit."""


def git(*arguments: str) -> str | None:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else None


def before() -> str | None:
    """The commit of the version before: the newest tag that this one has behind it, else the first;
    None where its history is not."""
    named = os.environ.get(WANTED) or git("describe", "--tags", "--abbrev=0", "HEAD^") or FIRST
    return git("rev-parse", "--verify", "--quiet", f"{named}^{{commit}}")


@contextmanager
def tree_of(commit: str, folder: Path) -> Iterator[Path]:
    """Its files, for as long as they are needed; the gateway has the packages of this version."""
    if git("worktree", "add", "--detach", "--force", str(folder), commit) is None:
        raise RuntimeError(f"no tree of {commit} can be made in {folder}")
    try:
        packages = folder / "services/gateway/node_modules"
        packages.symlink_to(ROOT / "services/gateway/node_modules")
        yield folder
    finally:
        git("worktree", "remove", "--force", str(folder))


def sources(tree: Path) -> str:
    """PYTHONPATH under which a process is of that version."""
    found = [*tree.glob("services/*/src"), *tree.glob("deploy/*/src")]
    return os.pathsep.join(str(each) for each in sorted(found))


def broken(commit: str, contracts: list[Contracts]) -> Iterator[str]:
    """What those who call, and services of the version before, would lose."""
    files = {path: text for each in contracts for path, text in each.files()}
    yield from breaking(ROOT, commit, files)
    old = git("show", f"{commit}:{SUPERGRAPH}")
    if old is not None:
        changes = breaking_sdl(old, (ROOT / SUPERGRAPH).read_text())
        yield from (f"{SUPERGRAPH}: {change}" for change in changes)
    for each in contracts:
        past = folder_at(ROOT, commit, each.folder / "events")
        schemas = {path: text for path, text in past.items() if path.name.endswith(".schema.json")}
        yield from (f"{path}: it is gone" for path in schemas if path not in files)
        yield from unread_events(schemas, files)


def unread_events(past: Mapping[Path, str], files: Mapping[Path, str]) -> Iterator[str]:
    """Events of today that readers of before could not take."""
    for path, text in past.items():
        example = files.get(example_of(path))
        if example is None or path not in files:
            continue
        schema: dict[str, Any] = json.loads(text)
        error = next(
            iter(jsonschema.Draft202012Validator(schema).iter_errors(json.loads(example))), None
        )
        if error:
            yield f"{path}: readers of before do not take today's example ({error.json_path})"
        yield from _new_values(path, schema, json.loads(files[path]))


def _new_values(path: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What an enumeration may say now: readers of before know the old ones only."""
    for name, kind in before.get("$defs", {}).items():
        now = after.get("$defs", {}).get(name, {})
        added = sorted(set(now.get("enum", ())) - set(kind.get("enum", ())))
        if "enum" in kind and added:
            yield f"{path}: {name} says {', '.join(added)}, which readers of before do not know"
