"""What can be lost in a statement, and what stands there instead."""

import ast
import builtins
import re
from collections.abc import Iterator
from enum import StrEnum

GUARD = re.compile(r"_*(expect|require|refuse|check|forbid|validate)(_|$)")
LEAVE = re.compile(r"_*(may|can)_")
LOG = re.compile(r"(append|log)(_one|_all|_entry|_entries|_fact|_facts)?$")
"""Feedback's public log is written by awaited calls of such names."""
ACTED = re.compile(r"(hands|acts|signatures|contributors|involved|\w+_by|by)$")
"""The fields that say who acted."""
NO_REFUSAL = frozenset({*dir(builtins), "BadParameter", "Exit"})
"""Errors of the programmer and of the command line: raising them refuses no caller."""

TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip


class Kind(StrEnum):
    GUARD = "guards"
    EVENT = "events"
    SAVE = "saves"
    OTHER = "others"


Way = tuple[Kind, ast.AST, ast.AST]
"""What kind of loss it is, the node, and what stands there instead."""


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions of a statement without those of statements in it, messages or types."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case | ast.JoinedStr):
                continue
            if isinstance(child, ast.AST):
                yield child
                yield from _own(child)


def _called(node: ast.AST | None) -> str | None:
    """The last name of what is called, if `node` is a call, awaited or not."""
    call = node.value if isinstance(node, ast.Await) else node
    if not isinstance(call, ast.Call):
        return None
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return None


def ways(statement: ast.stmt) -> Iterator[Way]:
    if isinstance(statement, ast.Raise):
        return
    whole = _loss(statement)
    if whole is not None:
        yield (
            whole,
            statement,
            ast.copy_location(
                ast.If(test=_constant(statement, False), body=[statement], orelse=[]), statement
            ),
        )
    if isinstance(statement, ast.If) and _refuses(statement.body):
        yield Kind.GUARD, statement.test, _both(ast.And(), statement.test, False)
    gone = statement.value if whole is not None and isinstance(statement, ast.Expr) else None
    awaited = {gone.value} if isinstance(gone, ast.Await) else set()
    for node in _own(statement):
        if isinstance(node, ast.Await):
            awaited.add(node.value)
        if node not in awaited and node is not gone:
            yield from _calls(node)
        yield from _turned(node)
    match statement:
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield Kind.OTHER, value, _never(value, None)


def _loss(statement: ast.stmt) -> Kind | None:
    """What is lost when the statement goes, if it is one of those that nothing else replaces."""
    match statement:
        case ast.Expr(value):
            return _lost_call(value)
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if ACTED.match(name):
            return None if isinstance(value, ast.List) and not value.elts else Kind.EVENT
    return None


def _lost_call(value: ast.expr) -> Kind | None:
    name = _called(value)
    if name is None:
        return None
    call = value.value if isinstance(value, ast.Await) else value
    if name == "record":
        return Kind.EVENT
    if name == "save":
        return Kind.SAVE
    if isinstance(value, ast.Await) and LOG.match(name):
        return Kind.EVENT
    match call:
        case ast.Call(func=ast.Attribute(ast.Attribute(attr=owner), "append" | "extend")):
            return Kind.EVENT if ACTED.match(owner) else None
    return Kind.GUARD if GUARD.match(name) else None


def _refuses(body: list[ast.stmt]) -> bool:
    *before, last = body
    if not isinstance(last, ast.Raise) or not all(isinstance(each, ast.Assign) for each in before):
        return False
    name = _called(last.exc)
    return name is not None and name not in NO_REFUSAL


def _calls(node: ast.AST) -> Iterator[Way]:
    """Calls whose value is used: who may, who it is, which entry of the log it became."""
    name = _called(node)
    if name is None or not isinstance(node, ast.expr):
        return
    if LEAVE.match(name):
        yield Kind.GUARD, node, _both(ast.Or(), node, True)
    elif isinstance(node, ast.Await) and LOG.match(name):
        yield Kind.EVENT, node, _never(node, 0)
    elif name == "require" and isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Attribute)
        login = ast.Attribute(node.func.value, "require_login", ast.Load())
        anybody = ast.Call(func=login, args=[], keywords=[])
        yield Kind.GUARD, node, ast.fix_missing_locations(ast.copy_location(anybody, node))


def _turned(node: ast.AST) -> Iterator[Way]:
    instead: ast.expr | None = None
    match node:
        case ast.Compare(left, [op], comparators) if type(op) in TURNED:
            instead = ast.Compare(left, [TURNED[type(op)]()], comparators)  # type: ignore[list-item]
        case ast.BoolOp(op, values):
            instead = ast.BoolOp(TURNED[type(op)](), values)  # type: ignore[arg-type]
        case ast.UnaryOp(ast.Not(), operand):
            instead = operand
        case ast.BinOp(left, op, right) if type(op) in TURNED and not _text(left, right):
            instead = ast.BinOp(left, TURNED[type(op)](), right)  # type: ignore[arg-type]
        case ast.Constant(bool(value)):
            instead = ast.Constant(not value)
        case ast.Constant(int(value)):
            instead = ast.Constant(value + 1)
    if instead is not None:
        yield Kind.OTHER, node, ast.copy_location(instead, node)


def _text(*sides: ast.expr) -> bool:
    return any(
        isinstance(side, ast.JoinedStr | ast.List)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str | bytes))
        for side in sides
    )


def _constant(where: ast.AST, value: object) -> ast.Constant:
    return ast.copy_location(ast.Constant(value), where)  # type: ignore[arg-type]


def _both(op: ast.boolop, node: ast.expr, value: bool) -> ast.expr:
    """The node still runs, so that what it assigns and reads stays; its answer is settled."""
    return ast.copy_location(ast.BoolOp(op, [node, _constant(node, value)]), node)


def _never(node: ast.expr, value: object) -> ast.expr:
    """The node stays in the code but never runs: a closure keeps its variables that way."""
    never = ast.IfExp(test=_constant(node, True), body=_constant(node, value), orelse=node)
    return ast.copy_location(never, node)
