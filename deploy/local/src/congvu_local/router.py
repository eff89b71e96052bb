"""The router that `make router` built: whether it is still that of the sources here.

`python -m congvu_local.router` prints what the sources are; `make router` keeps it beside the
program.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from congvu_kit.tools.speech import said

HOME = Path(__file__).resolve().parents[4] / "services" / "gateway"

PART = "gateway"
"""Of the platform, which it is."""

PAGE_FILES = (
    "editor.worker.js",
    "graphiql.css",
    "graphiql.js",
    "graphql.worker.js",
    "json.worker.js",
    "marked.js",
)
"""What `make router` takes out of npm packages for the explorer; without one it serves no page."""


def program(home: Path) -> Path:
    return home / "router" / "bin" / "congvu-router"


def built_from(home: Path) -> Path:
    """The file that holds what the program was built from."""
    return program(home).with_suffix(".sources")


def sources_digest(home: Path) -> str:
    """SHA-256 over the names and bytes of all that the program and its page files are made of."""
    digest = hashlib.sha256()
    for file in _sources(home):
        text = file.read_bytes()
        digest.update(f"{file.relative_to(home).as_posix()}\n{len(text)}\n".encode() + text)
    return digest.hexdigest()


def _sources(home: Path) -> Iterator[Path]:
    router = home / "router"
    yield from (router / "Cargo.toml", router / "Cargo.lock")
    yield from sorted((router / "src").rglob("*.rs"))
    yield from (home / "src" / "assets.mjs", home / "package-lock.json")


def objection(home: Path) -> str | None:
    """Why the built router is not taken, with what to do; None where it may be, or none is."""
    if not program(home).is_file():
        return None
    kept = built_from(home)
    if not kept.is_file() or kept.read_text().strip() != sources_digest(home):
        return said(
            vi="chạy bản `node`: mã nguồn đã đổi từ lần dựng trước; hãy chạy `make router`",
            en="Node: the router's sources changed since it was built; run `make router`",
        )
    missing = [name for name in PAGE_FILES if not (home / "router" / "assets" / name).is_file()]
    if missing:
        return said(
            vi=f"chạy bản `node`: thiếu tệp của trang (`{missing[0]}`); hãy chạy `make router`",
            en=f"Node: the router lacks files of its page ({missing[0]}); run `make router`",
        )
    return None


if __name__ == "__main__":
    print(sources_digest(HOME))  # noqa: T201 # for make
