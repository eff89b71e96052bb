"""The built router is taken while it is that of the sources here; else Node, and it is said why."""

import re
import shutil
from pathlib import Path

import pytest

from congvu_local import router
from congvu_local.layout import gateway_command
from congvu_local.node import node_binary
from congvu_local.platform import Platform

NODE = [str(node_binary()), "src/server.mjs"]
MAKEFILE = Path(__file__).parents[2] / "Makefile"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A gateway's folder as `make router` leaves it."""
    for name in ("src/assets.mjs", "package-lock.json", "router/Cargo.toml", "router/Cargo.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(router.HOME / name, tmp_path / name)
    for folder in ("router/src/connection", "router/assets", "router/bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "router/src/main.rs").write_text("fn main() {}")
    (tmp_path / "router/src/connection/frames.rs").write_text("pub struct Frame;")
    for name in router.PAGE_FILES:
        (tmp_path / "router/assets" / name).write_text("/* taken */")
    router.program(tmp_path).write_text("a program")
    router.built_from(tmp_path).write_text(router.sources_digest(tmp_path) + "\n")
    return tmp_path


def test_a_router_of_the_sources_here_is_taken(home: Path) -> None:
    assert router.objection(home) is None
    assert gateway_command(home) == [str(home / "router/bin/congvu-router")]


def test_where_none_was_built_nothing_is_said(home: Path) -> None:
    router.program(home).unlink()

    assert router.objection(home) is None
    assert gateway_command(home) == NODE


@pytest.mark.parametrize(
    "name",
    [
        "router/src/main.rs",
        "router/src/connection/frames.rs",
        "router/Cargo.toml",
        "router/Cargo.lock",
        "src/assets.mjs",
        "package-lock.json",
    ],
)
def test_a_router_of_other_sources_is_left_and_it_is_said(home: Path, name: str) -> None:
    with (home / name).open("a") as file:
        file.write("\n")

    assert router.objection(home) == (
        "Node: the router's sources changed since it was built; run `make router`"
    )
    assert gateway_command(home) == NODE


def test_a_source_that_is_renamed_is_a_change(home: Path) -> None:
    (home / "router/src/main.rs").rename(home / "router/src/start.rs")

    assert gateway_command(home) == NODE


def test_a_router_that_does_not_say_what_it_was_built_from_is_left(home: Path) -> None:
    router.built_from(home).unlink()

    assert router.objection(home) is not None
    assert gateway_command(home) == NODE


@pytest.mark.parametrize("name", router.PAGE_FILES)
def test_a_router_without_a_file_of_its_page_is_left_and_it_is_said(home: Path, name: str) -> None:
    (home / "router/assets" / name).unlink()

    assert router.objection(home) == (
        f"Node: the router lacks files of its page ({name}); run `make router`"
    )
    assert gateway_command(home) == NODE


def test_it_is_said_in_vietnamese_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    router.built_from(home).unlink()

    assert router.objection(home) == (
        "chạy bản `node`: mã nguồn đã đổi từ lần dựng trước; hãy chạy `make router`"
    )


def test_starting_says_it_beside_the_gateway(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    router.built_from(home).unlink()
    monkeypatch.setattr("congvu_local.platform.gateway_home", lambda: home)
    told: list[tuple[str, str]] = []
    platform = Platform(tmp_path / "var", tell=lambda name, what: told.append((name, what)))

    platform.tell_objection()

    assert told == [("gateway", router.objection(home))]


def test_the_page_files_are_those_that_make_takes_and_the_program_reads() -> None:
    taken = re.findall(r"^  '([\w.]+)': ", (router.HOME / "src/assets.mjs").read_text(), re.M)
    source = (router.HOME / "router/src/assets.rs").read_text()
    read = re.findall(r'\("/playground/[\w.]+", \w+, "([\w.]+)"\)', source)

    assert sorted(taken) == sorted(read) == list(router.PAGE_FILES)


def test_make_says_what_it_built_from_as_it_was_before_the_build() -> None:
    [recipe] = re.findall(r"^router: .*\n((?:\t.*\n)+)", MAKEFILE.read_text(), re.M)

    told = recipe.index("python -m congvu_local.router")
    assert told < recipe.index("cargo build") < recipe.index(router.built_from(Path()).name)
