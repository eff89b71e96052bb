"""Finds what can be taken out of a module or turned around, one thing at a time."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from deploy.mutants.ways import Kind, ways

SECOND_LOCK = re.compile(r"#\s*second lock:\s*\S")
"""Marks a guard that no caller can reach, since another one always refuses first."""

NO_GUARDS = ("/scoring/src/", "/adapters/mongo")
"""Where what refuses guards nobody: the engine refuses badly written policies, a driver's adapter
what only the real server can answer. It is drawn from with the rest."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Mutant:
    """`node` gives way to `instead`; a test that notices must have been on one of `lines`."""

    kind: Kind
    file: str
    node: ast.AST
    instead: ast.AST
    text: str
    lines: range
    second_lock: bool = False

    @property
    def line(self) -> str:
        return f"{self.file}:{self.lines.start}"


class Module:
    """One source file, and all that could be missing in it."""

    def __init__(self, root: Path, path: Path) -> None:
        self.path = path
        self.file = path.relative_to(root).as_posix()
        self._lines = path.read_text().splitlines()
        self.tree = ast.parse(path.read_text())
        self._no_guards = any(each in self.file for each in NO_GUARDS)
        self.mutants = sorted(self._mutants(), key=lambda each: each.lines.start)

    def _mutants(self) -> Iterator[Mutant]:
        for statement in _statements(self.tree):
            lines = _header(statement)
            marked = any(SECOND_LOCK.search(self._lines[number - 1]) for number in lines)
            for kind, node, instead in ways(statement):
                refused = Kind.OTHER if self._no_guards and kind is Kind.GUARD else kind
                yield Mutant(
                    kind=refused,
                    file=self.file,
                    node=node,
                    instead=instead,
                    text=_shown(statement, kind, node, instead),
                    lines=lines,
                    second_lock=marked and refused is Kind.GUARD,
                )

    def code(self, mutant: Mutant) -> dict[tuple[str, int], CodeType]:
        """The functions that differ with `mutant` in force, by qualified name and first line."""
        sound = self._compiled()
        _exchange(self.tree, mutant.node, mutant.instead)
        try:
            changed = self._compiled()
        finally:
            _exchange(self.tree, mutant.instead, mutant.node)
        return {key: code for key, code in changed.items() if code != sound.get(key, code)}

    def _compiled(self) -> dict[tuple[str, int], CodeType]:
        whole = compile(self.tree, str(self.path), "exec", dont_inherit=True)
        found: dict[tuple[str, int], CodeType] = {}
        for code in _codes(whole):
            # Two lambdas on a line cannot be told apart; they change with the function around.
            key = (code.co_qualname, code.co_firstlineno)
            if not code.co_qualname.endswith("<lambda>"):
                found[key] = code
        return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _exchange(tree: ast.AST, node: ast.AST, instead: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, instead)
                return
            if isinstance(value, list) and any(each is node for each in value):
                setattr(parent, name, [instead if each is node else each for each in value])
                return
    raise LookupError(f"{node!r} is not in the tree")


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """The statements inside functions; what runs at import is not turned."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in node.body:
                yield from _nested(statement)


def _nested(statement: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    yield statement
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(statement, block, []):
            if isinstance(child, ast.stmt):
                yield from _nested(child)
            else:
                for inner in child.body:
                    yield from _nested(inner)


def _header(statement: ast.stmt) -> range:
    body = getattr(statement, "body", None) or getattr(statement, "cases", None)
    last = statement.end_lineno or statement.lineno
    if body:
        first = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
        last = max(statement.lineno, first.lineno - 1)
    return range(statement.lineno, last + 1)


def _shown(statement: ast.stmt, kind: Kind, node: ast.AST, instead: ast.AST) -> str:
    if kind is Kind.OTHER:
        text = f"{ast.unparse(node)} -> {ast.unparse(instead)}"
        if isinstance(instead, ast.IfExp):
            text = f"return {ast.unparse(node)} -> return None"
    elif isinstance(statement, ast.If) and node is statement.test:
        text = f"if {ast.unparse(node)}:"
    else:
        text = ast.unparse(statement if isinstance(statement, ast.Expr | ast.Assign) else node)
    return " ".join(text.split())
