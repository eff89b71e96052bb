"""The command line in the language of the terminal: every text of the whole tree has its words,
which read as an office writes, and so has every way to fail."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from congvu_demo.story import words as story
from congvu_kit.tools.help_texts import parts, words
from congvu_kit.tools.named import OFFICER_IS, PERIOD_IS, RELEASE_IS, UNIT_IS
from docs.test_vietnamese import faults, said

ROOT = Path(__file__).parents[2]
CONGVU = Path(sys.executable).parent / "congvu"
MODULES = sorted((*ROOT.glob("services/*/src/**/*.py"), *ROOT.glob("deploy/*/src/**/*.py")))

TREE = """
import json, sys, typer
from congvu_kit.tools.cli import build
from congvu_demo.story import words as story
from congvu_kit.tools.help_texts import commands, in_vietnamese, one_line, texts
root = typer.main.get_command(build())
told = {" ".join(path): list(texts(command)) for path, command in commands(root)}
named = {
    " ".join(path): {
        each.name: one_line(getattr(each, "help", "") or "") for each in command.params
    }
    for path, command in commands(root)
}
in_vietnamese(root)
shown = {}
for path, command in commands(root):
    context = command.context_class(command, info_name="congvu " + " ".join(path))
    shown[" ".join(path)] = command.get_help(context)
json.dump({"told": told, "named": named, "shown": shown}, sys.stdout)
"""


@cache
def tree() -> dict[str, Any]:
    """Every command: what the code says of it, and its help in Vietnamese."""
    environment = {**os.environ, "LC_ALL": "vi_VN.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", TREE], capture_output=True, text=True, check=True, env=environment
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_text_of_the_whole_tree_has_its_words() -> None:
    told = {text for texts in tree()["told"].values() for text in texts}

    assert sorted(text for text in told - set(words()) if "not installed here" not in text) == []


def test_the_words_read_as_an_office_writes() -> None:
    odd = {
        vi: found
        for name, part in {**parts(), "outputs of the story": story.words()}.items()
        for vi in part.values()
        if (found := list(faults(whole="outputs" not in name, node=ast.Constant(plain(vi)))))
    }

    assert odd == {}


def plain(text: str) -> str:
    """Without what stays as it is in any language: codes in capitals, names of variables, and what
    stands in quotation marks, and a command that is put in."""
    return OF_PROGRAMS.sub("«»", text)


OF_PROGRAMS = re.compile(
    r"`[^`]+`|'[^']+'|\b[A-Z0-9]+(?:[_/-][A-Z0-9]+)*(?:_\*)?(?=\W|$)(?<=[A-Z0-9_*]{3})|"
    r"(?:\x00 [a-z]+ )?--[a-z-]+|Ctrl-C|"
    r"\bUnicode\b|\b(?:units|positions|people|appointments|leaves|catalogue|evaluation|feedback|base64)\b"
)


CALLED = {
    "period": PERIOD_IS,
    "unit": UNIT_IS,
    "agency": UNIT_IS,
    "release": RELEASE_IS,
    "officer": OFFICER_IS,
}
"""How people name what an option or argument asks for, by its own name."""


def test_whoever_is_asked_for_something_may_say_what_people_call_it() -> None:
    only_ids = [
        f"{path} {name}"
        for path, parameters in tree()["named"].items()
        for name, help in parameters.items()
        if name in CALLED and not help.endswith(CALLED[name])
    ]

    assert only_ids == []
    asked = {name for each in tree()["named"].values() for name in each}
    assert asked & CALLED.keys() == CALLED.keys()
    assert sum("unit" in each for each in tree()["named"].values()) > 10


def test_every_import_reports_to_programs() -> None:
    imports = {
        path: parameters
        for path, parameters in tree()["named"].items()
        if "file" in parameters and {"import", "sync"} & set(path.split())
    }

    assert [path for path, parameters in imports.items() if "as_json" not in parameters] == []
    assert len(imports) == 7


def test_no_help_says_anything_in_english() -> None:
    said = "".join(tree()["shown"].values())

    for english in (
        "<str>",
        "<path>",
        "<list[",
        "Usage:",
        "Options:",
        "Commands:",
        "Show this message",
        "required",
        "default:",
    ):
        assert english not in said
    assert all(text.startswith("Cách dùng: congvu") for text in tree()["shown"].values())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["catalogue", "publish"], "Lỗi: Còn thiếu '--decision'."),
        (["catalogue", "status", "-x"], "Lỗi: Không có tùy chọn -x."),
        (["catalogue", "import", "nowhere.xlsx"], "Lỗi: Giá trị của"),
        (["period", "open", "x", "--kind", "x"], "không hợp lệ; chọn một trong: month, quarter, "),
        (["token", "--role", "x"], "không hợp lệ; chọn một trong: catalogue-editor, "),
        (["token"], "Lỗi: --as: Ghi --as, hoặc ghi --role cùng các thông tin kèm theo."),
        (["nope"], "Lỗi: Lệnh, tham số không đúng."),
        (["catalogue"], "Cách dùng: congvu catalogue"),
    ],
)
def test_a_wrong_call_is_told_in_vietnamese(arguments: list[str], told: str) -> None:
    done = subprocess.run(
        [CONGVU, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "vi_VN.UTF-8"},
    )

    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


IN_BOTH = {"Failure", "WrongCall", "said", "NotWhole", "Broken", "require_step", "ChainFinding"}


def failures() -> Iterator[str]:
    """Those that say words of their own in one language only."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id="Failure"), args=[first, *_]) if worded(first):
                    yield f"{path.name}:{node.lineno}"
                case ast.Call(func=ast.Attribute(attr="BadParameter"), args=[first, *_]) if worded(
                    first
                ):
                    yield f"{path.name}:{node.lineno}"


def worded(node: ast.AST) -> bool:
    """Whether words stand in it that are not put in, and are not said in both languages."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "said":
        return False
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value.strip()
    return any(map(worded, ast.iter_child_nodes(node)))


def test_every_way_to_fail_is_told_in_both_languages() -> None:
    odd = {
        f"{path.name}:{call.lineno}": found
        for path in MODULES
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in IN_BOTH
        for each in call.keywords
        if each.arg == "vi"
        if (found := [fault for fault in faults_of_a_line(each.value)])
    }

    assert (list(failures()), odd) == ([], {})


def faults_of_a_line(node: ast.AST) -> Iterator[str]:
    """Names that are put in are those of files, parts and options; they stay as they are."""
    text = ast.Constant(plain(said(node)))
    yield from (each for each in faults(whole=False, node=text) if "put in" not in each)
