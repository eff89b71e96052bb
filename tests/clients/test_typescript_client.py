"""The TypeScript client: strictly typed, and its own tests pass."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from congvu_local.node import node_binary
from docs.examples import fenced
from support.typescript import CLIENT, compiled, compiles

GUIDE = Path(__file__).parents[2] / "docs/clients.md"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("congvu-client"))


def test_it_compiles_strictly_and_its_own_tests_pass(package: Path) -> None:
    tests = package / "test/client.test.js"

    command = [str(node_binary()), "--test", "--test-reporter=tap", str(tests)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 0, done.stdout
    assert int(re.findall(r"^# pass (\d+)$", done.stdout, re.MULTILINE)[0]) > 20


def test_the_examples_of_the_guide_compile_over_the_package(package: Path) -> None:
    settings = json.loads((CLIENT / "tsconfig.json").read_text())
    settings["include"] = ["*.ts"]
    (package.parent / "tsconfig.json").write_text(json.dumps(settings))
    examples = fenced(GUIDE.read_text(), "ts")
    for number, text in enumerate(examples):
        (package.parent / f"example{number}.ts").write_text(text)

    compiles("-p", str(package.parent), "--noEmit")

    assert examples
