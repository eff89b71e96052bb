"""The net is measured by something that is itself measured: a small service with known holes."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from deploy.mutants.finding import Module
from deploy.mutants.ways import Kind

REPOSITORY = Path(__file__).parents[2]

SOURCE = '''
"""A case with guards, an event and a save."""


class Refused(Exception):
    pass


def check_reason(reason):
    if not reason:
        raise Refused("reason")


class Case:
    def __init__(self, state="open"):
        self.state = state
        self.recorded = []
        self.hands = []

    def record(self, event):
        self.recorded.append(event)

    def close(self, reason, by, limit):
        if self.state != "open":
            raise Refused("state")
        check_reason(reason)
        check_reason(by)
        check_reason(str(limit))  # second lock: a number always has letters
        self.hands.append(by)
        self.record("closed")
        self.state = "closed"
        return limit + 1


async def close_case(case, store):
    await store.save(case)


def never_run(case):
    check_reason(case)


def doubling():
    factor = 2

    def double(value):
        check_reason(factor)
        return value * 2

    return double


double = doubling()
'''

TESTS = """
import pytest
from tiny import Case, Refused, close_case, double


def test_a_closed_case_is_not_closed_again():
    with pytest.raises(Refused):
        Case("closed").close("done", "an", 3)


def test_a_case_is_closed_with_a_reason():
    case = Case()

    answer = case.close("done", "an", 3)

    assert (case.state, case.recorded, answer) == ("closed", ["closed"], 4)


def test_no_reason_no_close():
    with pytest.raises(Refused):
        Case().close("", "an", 3)


def test_a_made_function_is_turned_too():
    assert double(4) == 8
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return written(tmp_path)


def written(folder: Path) -> Path:
    files = {
        "services/tiny/src/tiny/__init__.py": SOURCE,
        "tests/tiny/test_tiny.py": TESTS,
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["services/tiny/src"]\n',
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


@dataclass(frozen=True)
class Asked:
    done: subprocess.CompletedProcess[str]
    told: list[dict[str, object]]


def ask(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.mutants", "--root", str(tree), *arguments],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def told_of(tree: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((tree / "var/mutants.json").read_text())["tiny"]
    return found


@pytest.fixture(scope="module")
def by_one(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """What one process finds in all of it."""
    tree = written(tmp_path_factory.mktemp("tiny"))
    return Asked(ask(tree), told_of(tree))


def test_holes_are_found_and_nothing_else(by_one: Asked) -> None:
    done, told = by_one.done, by_one.told

    assert done.returncode == 1, done.stderr
    assert [(each["verdict"], each["text"]) for each in told if each["kind"] != "others"] == [
        ("noticed", "if not reason:"),
        ("noticed", "if self.state != 'open':"),
        ("noticed", "check_reason(reason)"),
        ("missed", "check_reason(by)"),
        ("second lock", "check_reason(str(limit))"),
        ("missed", "self.hands.append(by)"),
        ("noticed", "self.record('closed')"),
        ("unreached", "await store.save(case)"),
        ("unreached", "check_reason(case)"),
        ("missed", "check_reason(factor)"),
    ]
    assert ("noticed", "value * 2 -> value // 2") in [(e["verdict"], e["text"]) for e in told]
    assert "tiny: 50.0% of guards noticed, the goal is 100%" in done.stdout
    assert "__init__.py:27: guards: check_reason(by)  (fast tests that run it: 1)" in done.stdout


def test_a_net_without_holes_is_enough(tree: Path) -> None:
    done = ask(tree, "--only", "nowhere")

    assert done.returncode == 0, done.stderr


def test_tests_that_do_not_even_import_are_told_at_once(tree: Path) -> None:
    (tree / "tests/tiny/test_other.py").write_text("import nowhere_at_all\n")

    done = ask(tree)

    assert done.returncode == 1
    assert "the tests of tests/tiny did not start" in done.stderr
    assert "nowhere_at_all" in (tree / "var/mutants/tiny.0.log").read_text()


def test_shares_of_several_processes_are_the_whole(tree: Path, by_one: Asked) -> None:
    ask(tree, "--jobs", "2")

    def shape(told: list[dict[str, object]]) -> list[tuple[object, ...]]:
        return sorted((e["line"], e["text"], e["verdict"]) for e in told)

    assert shape(told_of(tree)) == shape(by_one.told)


def ways(tmp_path: Path, body: str) -> Iterator[tuple[Kind, str]]:
    file = tmp_path / "services/tiny/src/module.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("async def step(self, actor, tx):\n" + dedent(body).replace("\n", "\n    "))
    module = Module(tmp_path, file)
    for mutant in module.mutants:
        assert module.code(mutant), mutant.text
        yield mutant.kind, mutant.text


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("\nby = actor.require(Role.HEAD)", Kind.GUARD, "by = actor.require(Role.HEAD)"),
        ("\nactor.require(Role.HEAD)", Kind.GUARD, "actor.require(Role.HEAD)"),
        ("\nawait _refuse_own(tx)", Kind.GUARD, "await _refuse_own(tx)"),
        ("\nif (x := tx.now):\n    raise Invalid(x)", Kind.GUARD, "if (x := tx.now):"),
        ("\nif not may_read(actor): return", Kind.GUARD, "may_read(actor)"),
        ("\nself.approved_by = actor", Kind.EVENT, "self.approved_by = actor"),
        ("\nnumber = await append_one(tx, 1)", Kind.EVENT, "number = await append_one(tx, 1)"),
        ("\nawait log(tx, actor)", Kind.EVENT, "await log(tx, actor)"),
        ("\nawait tx.store(CASES).save(self)", Kind.SAVE, "await tx.store(CASES).save(self)"),
    ],
)
def test_what_counts_whole(tmp_path: Path, body: str, kind: Kind, text: str) -> None:
    whole = [each for each in ways(tmp_path, body) if each[0] is not Kind.OTHER]

    assert whole == [(kind, text)]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (
            "\nreturn actor < 3",
            ["actor < 3 -> actor <= 3", "3 -> 4", "return actor < 3 -> return None"],
        ),
        ("\nx = not tx and self", ["not tx and self -> not tx or self", "not tx -> tx"]),
        ("\nx = tx - 1", ["tx - 1 -> tx + 1", "1 -> 2"]),
        ("\nx = 'a' + tx", []),
        ("\nraise Invalid(3 + 4)", []),
        ("\nx: tx[1] = f'{1 + 2}'", []),
        ("\nif tx:\n    raise ValueError", []),
    ],
)
def test_what_is_drawn_from(tmp_path: Path, body: str, texts: list[str]) -> None:
    assert [text for _, text in ways(tmp_path, body)] == texts


def test_a_module_is_as_it_was_after_a_mutant(tmp_path: Path) -> None:
    file = tmp_path / "services/tiny/src/tiny.py"
    file.parent.mkdir(parents=True)
    file.write_text(SOURCE)
    module = Module(tmp_path, file)
    before = ast.dump(ast.parse(SOURCE))

    for mutant in module.mutants:
        module.code(mutant)

    assert ast.dump(module.tree) == before
