"""What the command line shows is said in both languages: every text that reaches a screen, followed
through the code from where it is shown to where it is written."""

import ast
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

import pytest

from congvu_kit.tools.help_texts import words
from docs.test_help import MODULES, ROOT

ELSEWHERE = (
    "deploy/bench/",
    "deploy/faults/",
    "deploy/local/src/congvu_local/compose_secrets.py",
    "deploy/local/src/congvu_local/guard.py",
    "services/gateway/",
    "services/feedback/src/feedback_service/adapters/files/",
    "services/kit/src/congvu_kit/tools/help_texts.py",
    "deploy/demo/src/congvu_demo/story/",
)
"""No commands of `congvu`; what has both languages by itself, or one on purpose; and the story of
`congvu demo`, which is told in English."""

SHOWN = re.compile(
    r"typer\.(echo|confirm)|(self\._)?console\.(print|status)|sys\.(stdout|stderr)\.write|print|"
    r"bar\.add_task|(self\._)?tell|progress"
)
"""What puts its arguments on a screen, or hands them on to what does."""

SAID = {"said", "_of", "_here", "_of_log", "_counted", "label", "Failure", "WrongCall"}
DATA = {"json.dumps", "_json", "vars", "len", "sum", "getattr", "sorted", "language_of"}
ASKED = {"get", "mutate", "query", "pages", "command", "validate_python"}
"""Methods whose arguments are names of fields and documents, which nobody is shown."""

AS_IT_IS = re.compile(
    r"congvu: |\s*curl -s .*|.*content-type: application/json.*|\s*-d '|/graphql.*|/cong-khai|"
    r"(\w+\.)?\w+_\w+|\W*[A-Z]\W*"
)
"""Names of the program and of its addresses, and what one copies to run it."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def worded(text: str) -> bool:
    return re.search(r"[^\W\d_]{2,}", text) is not None and not AS_IT_IS.fullmatch(text)


class Module:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text())

    @cached_property
    def functions(self) -> dict[str, Function]:
        found = (each for each in ast.walk(self.tree) if isinstance(each, Function))
        return {each.name: each for each in found}

    @cached_property
    def imported(self) -> dict[str, str]:
        """Where each imported name is from."""
        return {
            name.asname or name.name: node.module
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for name in node.names
        }


@cache
def modules() -> dict[str, Module]:
    """By the name that others import them by."""
    return {
        ".".join(path.relative_to(src).with_suffix("").parts): Module(path)
        for path in MODULES
        for src in path.parents
        if src.name == "src" and not path.relative_to(ROOT).as_posix().startswith(ELSEWHERE)
    }


class Screen:
    """Follows what is shown to the texts it is made of, each function once."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def texts(self, node: ast.AST, module: Module, within: Function | None) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)):
                if worded(text):
                    yield text
            case ast.Subscript(slice=ast.Constant(value=str())):
                pass  # A field of an answer.
            case ast.FormattedValue(value=value) | ast.Subscript(value=value):
                yield from self.texts(value, module, within)
            case ast.IfExp(body=body, orelse=other):
                yield from self.texts(body, module, within)
                yield from self.texts(other, module, within)
            case ast.Compare() | ast.BinOp(op=ast.Div()):
                pass  # What is compared, and paths.
            case ast.Dict(values=values):
                for shown in values:
                    yield from self.texts(shown, module, within)
            case ast.Name(id=name) if within is not None:
                yield from self.assigned(name, module, within)
            case ast.Call():
                yield from self.called(node, module, within)
            case _:
                for each in ast.iter_child_nodes(node):
                    yield from self.texts(each, module, within)

    def called(self, call: ast.Call, module: Module, within: Function | None) -> Iterator[str]:
        name = ast.unparse(call.func)
        if name in SAID | DATA:
            return
        if name == "in_words":
            written = {str(each.value) for each in call.args if isinstance(each, ast.Constant)}
            yield from written - words().keys()
            return
        last = name.rpartition(".")[2]
        of = modules().get(module.imported.get(name, ""), module)
        if last in of.functions and ("." not in name or name.startswith("self.")):
            yield from self.returned(of.functions[last], of)
            return
        if isinstance(call.func, ast.Attribute):
            yield from self.texts(call.func.value, module, within)
        for each in call.args if last not in ASKED else ():
            yield from self.texts(each, module, within)

    def returned(self, function: Function, module: Module) -> Iterator[str]:
        if id(function) in self.seen:
            return
        self.seen.add(id(function))
        for each in ast.walk(function):
            if isinstance(each, ast.Return | ast.Yield) and each.value is not None:
                yield from self.texts(each.value, module, function)

    def assigned(self, name: str, module: Module, within: Function) -> Iterator[str]:
        for each in ast.walk(within):
            if id(each) in self.seen:
                continue
            match each:
                case ast.Assign(targets=targets, value=value):
                    written = any(isinstance(t, ast.Name) and t.id == name for t in targets)
                case ast.AnnAssign(target=ast.Name(id=id_)) if each.value is not None:
                    value, written = each.value, id_ == name
                case ast.For(target=ast.Name(id=id_)):
                    value, written = each.iter, id_ == name
                case _:
                    continue
            if written:
                self.seen.add(id(each))
                yield from self.texts(value, module, within)


def shown() -> Iterator[tuple[Module, Function, ast.Call]]:
    for module in modules().values():
        for function in module.functions.values():
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and SHOWN.fullmatch(ast.unparse(node.func)):
                    yield module, function, node


def test_whatever_is_shown_is_said_in_both_languages() -> None:
    one_language = {
        f"{module.path.relative_to(ROOT)}:{call.lineno}: {text}"
        for module, function, call in shown()
        for argument in call.args
        for text in Screen().texts(argument, module, function)
    }

    assert sorted(one_language) == []
    assert sum(1 for _ in shown()) > 100


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('typer.echo(f"{len(x)} rows")', [" rows"]),
        ('typer.echo(said(vi="hai dòng", en="two rows"))', []),
        ('told = "rows" if x else said(vi="", en="")\n    typer.echo(told)', ["rows"]),
        ("typer.echo(line(x))", ["none"]),
        ('for each in ["one", "2"]:\n        typer.echo(each)', ["one"]),
        ('typer.echo(in_words("nothing of the kind"))', ["nothing of the kind"]),
        ('typer.echo(x["rows"])', []),
    ],
)
def test_a_text_is_followed_to_where_it_is_written(
    code: str, found: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "shown.py"
    path.write_text(f'def line(x):\n    return x or "none"\n\n\ndef show(x):\n    {code}\n')
    module = Module(path)
    show = module.functions["show"]
    calls = [each for each in ast.walk(show) if isinstance(each, ast.Call)]
    echo = next(each for each in calls if ast.unparse(each.func) == "typer.echo")

    assert list(Screen().texts(echo.args[0], module, show)) == found
