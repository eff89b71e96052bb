"""What the repository said at an earlier commit."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path


def base_revision(root: Path) -> str | None:
    """What a change is compared with: CONGVU_CONTRACTS_BASE, the merge base with origin/main, or
    the last commit."""
    wanted = os.environ.get("CONGVU_CONTRACTS_BASE")
    if wanted:
        return wanted
    base = git(root, "merge-base", "HEAD", "origin/main") or git(root, "rev-parse", "HEAD")
    return base.strip() if base else None


def git(root: Path, *arguments: str) -> str | None:
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else None


def files_at(root: Path, revision: str, paths: Iterable[Path]) -> dict[Path, str]:
    """What they said then, in one call; those that were not there are left out."""
    wanted = sorted(set(paths))
    asked = "".join(f"{revision}:{path}\n" for path in wanted).encode()
    done = subprocess.run(
        ["git", "cat-file", "--batch"], cwd=root, input=asked, capture_output=True, check=False
    )
    rest, found = done.stdout, {}
    for path in wanted if done.returncode == 0 else ():
        head, _, rest = rest.partition(b"\n")
        if not head.endswith(b" missing"):
            size = int(head.rsplit(b" ", 1)[1])
            found[path], rest = rest[:size].decode(), rest[size + 1 :]
    return found


def folder_at(root: Path, revision: str, folder: Path) -> dict[Path, str]:
    listed = git(root, "ls-tree", "-r", "--name-only", revision, f"{folder}/") or ""
    return files_at(root, revision, map(Path, listed.splitlines()))
