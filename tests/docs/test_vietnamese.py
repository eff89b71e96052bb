"""What the users read in Vietnamese is Vietnamese: no name of the code stands inside a sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SERVICES = Path(__file__).parents[2] / "services"
MODULES = sorted(SERVICES.glob("*/src/**/*.py"))
NAMES = frozenset({"vi", "text_vi", "todo_vi"})
OF_CODE = re.compile(r"\b[a-z]+[A-Z]\w*|\b[a-z]+_[a-z_]+\b")
"""camelCase or snake_case."""


def said(node: ast.AST) -> str:
    """The text that is written there; what is put in at run time is somebody's own."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(said(each) for each in values)
        case ast.BinOp(left=left, right=right):
            return said(left) + said(right)
        case ast.IfExp(body=body, orelse=orelse):
            return f"{said(body)} | {said(orelse)}"
    return ""


def vietnamese(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=name, value=value) if name in NAMES:
                yield said(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in NAMES:
                yield said(value)
            case ast.Call(func=ast.Name(id="Bilingual"), args=[value, *_]):
                yield said(value)


def test_no_name_of_the_code_stands_in_a_vietnamese_sentence() -> None:
    texts = {
        text: path.name for path in MODULES for text in vietnamese(ast.parse(path.read_text()))
    }

    assert len(texts) > 300
    assert {text: name for text, name in texts.items() if OF_CODE.search(text)} == {}
