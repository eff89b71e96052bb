"""What does not fit its type: which input it is and what it must be, never what was sent."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final, TypeAlias, cast

from graphql import (
    BREAK,
    SKIP,
    ArgumentNode,
    DocumentNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    ListValueNode,
    Node,
    ObjectFieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    is_non_null_type,
    is_required_input_field,
    print_ast,
    type_from_ast,
    value_from_ast_untyped,
    visit,
)
from graphql.utilities import validate_input_value

Path: TypeAlias = list[str | int]

FAULTS_MAX: Final = 20
"""How many are told at a time."""

MUST_BE: Final = {
    "Boolean": ("must be true or false", "phải là true hoặc false"),
    "Date": ('must be a day such as "2026-07-01"', 'phải là ngày dạng "2026-07-01"'),
    "DateTime": (
        'must be an instant with its offset, such as "2026-07-01T08:30:00+07:00"',
        'phải là thời điểm kèm múi giờ, dạng "2026-07-01T08:30:00+07:00"',
    ),
    "Decimal": (
        'must be a decimal number as text, such as "2.5"',
        'phải là số thập phân dạng chuỗi, ví dụ "2.5"',
    ),
    "Float": ("must be a number", "phải là số"),
    "ID": ("must be text", "phải là chuỗi ký tự"),
    "Int": (
        "must be a whole number from -2147483648 to 2147483647",
        "phải là số nguyên từ -2147483648 đến 2147483647",
    ),
    "String": ("must be text", "phải là chuỗi ký tự"),
}
REQUIRED: Final = ("is required", "là bắt buộc")
UNKNOWN: Final = ("has a field that is not known", "có trường không được biết đến")
OBJECT: Final = ("must be an object", "phải là một đối tượng")
UNFIT: Final = ("does not fit its type", "không đúng kiểu dữ liệu")
HALF: Final = (
    "holds half of a character (a lone surrogate)",
    "chứa ký tự không hợp lệ (nửa cặp surrogate)",
)

_SURROGATE = re.compile("[\ud800-\udfff]")

Fault: TypeAlias = tuple[Path, tuple[str, str]]


class _Enough(Exception):
    """So many faults were found that more would help nobody."""


def unfit_node(error: GraphQLError) -> Node | None:
    """Where a value stands that does not fit, when the library says so; it quotes the value."""
    if not error.nodes or len(error.nodes) != 1:
        return None
    [node] = error.nodes
    if isinstance(node, VariableDefinitionNode):
        return node if " has invalid " in error.message else None
    return node if isinstance(node, ValueNode | ObjectFieldNode) else None


class Request:
    """What one caller sent, as far as its values go."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
    ) -> None:
        self._schema = schema
        self._document = document
        self._variables = variables

    def faults(self, node: Node) -> list[Fault]:
        """The paths of what the library found unfit at `node`, and what each must be."""
        if isinstance(node, VariableDefinitionNode):
            return self._in_variable(node)
        keys, kind = self._find(lambda each: _is_same(each, node))
        if not keys:
            return [([], UNFIT)]
        path = _names(self._document, keys) or self._default_of(keys)
        if isinstance(node, ObjectFieldNode):
            return [(path[:-1], UNKNOWN)]
        inner, text = _fault(kind, value_from_ast_untyped(cast(ValueNode, node)))
        return [(path + inner, text)]

    def half_characters(self, operation: OperationDefinitionNode) -> list[Fault]:
        """Where a text is no Unicode: no store and no hash would take it."""
        return [
            (self._used(name) + path, text)
            for node in operation.variable_definitions or ()
            if (name := node.variable.name.value) in self._variables
            for path, text in halves(type_from_ast(self._schema, node.type), self._variables[name])
        ]

    def _in_variable(self, node: VariableDefinitionNode) -> list[Fault]:
        name, kind = node.variable.name.value, type_from_ast(self._schema, node.type)
        start = self._used(name)
        return [(start + path, text) for path, text in faults_in(kind, self._variables.get(name))]

    def _used(self, variable: str) -> Path:
        """Where the variable goes, in the words of the schema: its own name is the caller's."""
        keys, _ = self._find(
            lambda node: isinstance(node, VariableNode) and node.name.value == variable,
            skipping=VariableDefinitionNode,
        )
        return _names(self._document, keys)

    def _default_of(self, keys: Path) -> Path:
        definition = _walked(self._document, keys[:4])
        return self._used(definition.variable.name.value)

    def _find(
        self, wanted: Callable[[Node], bool], skipping: type[Node] | None = None
    ) -> tuple[Path, GraphQLInputType | None]:
        finder = _Finder(TypeInfo(self._schema), wanted, skipping)
        visit(self._document, TypeInfoVisitor(finder.types, finder))
        return finder.keys, finder.kind


class _Finder(Visitor):
    def __init__(
        self, types: TypeInfo, wanted: Callable[[Node], bool], skipping: type[Node] | None
    ) -> None:
        super().__init__()
        self.types = types
        self.keys: Path = []
        self.kind: GraphQLInputType | None = None
        self._wanted = wanted
        self._skipping = skipping

    def enter(self, node: Node, _key: object, _parent: object, path: Path, _: object) -> Any:
        if self._skipping and isinstance(node, self._skipping):
            return SKIP
        if not self._wanted(node):
            return None
        # Inside a list already, the library speaks of the type of its items.
        is_list = isinstance(node, ListValueNode)
        read = self.types.get_parent_input_type if is_list else self.types.get_input_type
        self.keys, self.kind = list(path), read()
        return BREAK


def faults_in(kind: Any, value: object) -> list[Fault]:
    """What is wrong in a value that does not fit its type: each path, and what would fit."""
    found: list[Fault] = []

    def take(_error: GraphQLError, path: Path) -> None:
        inner, text = _fault(*_at(kind, value, path))
        if (fault := (path + inner, text)) not in found:
            found.append(fault)
        if len(found) == FAULTS_MAX:
            raise _Enough

    with suppress(_Enough, RecursionError):
        validate_input_value(value, cast(GraphQLInputType, kind), take, hide_suggestions=True)
    return found or [([], UNFIT)]


def is_unicode(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except RecursionError:  # Refused as soon as it is compared with its type.
        return True
    return True


def halves(kind: Any, value: object) -> list[Fault]:
    """Where a text in a value is no Unicode."""
    return [(path, HALF) for path in _halves(kind, value, [])]


def _is_same(one: Node, other: Node) -> bool:
    """The library may speak of a copy, which stands nowhere."""
    if one.loc and other.loc:
        return type(one) is type(other) and one.loc == other.loc
    return isinstance(one, ValueNode) and print_ast(one) == print_ast(other)


def _walked(document: Any, keys: Path) -> Any:
    for key in keys:
        document = document[key] if isinstance(key, int) else getattr(document, key)
    return document


def _names(document: Any, keys: Path) -> Path:
    """The names of the schema, and the positions in lists, on the way from an argument."""
    names: Path = []
    for before, key in zip(["", *keys], keys, strict=False):
        document = document[key] if isinstance(key, int) else getattr(document, key)
        if isinstance(document, ArgumentNode):
            names = [document.name.value]
        elif isinstance(document, ObjectFieldNode):
            names.append(document.name.value)
        elif before == "values":
            names.append(key)
    return names


def _at(kind: Any, value: Any, path: Path) -> tuple[Any, Any]:
    """The type that is wanted at `path`, and what stands there."""
    for step in path:
        kind = kind.of_type if is_non_null_type(kind) else kind
        if isinstance(step, int):
            kind, value = kind.of_type, value[step]
        else:
            named = cast(GraphQLInputObjectType, get_named_type(kind))
            kind, value = named.fields[step].type, value.get(step)
    return kind, value


def _fault(kind: Any, value: object) -> Fault:
    """What is wrong with `value`, of which is known that it does not fit."""
    if is_non_null_type(kind):
        if value is None:
            return [], REQUIRED
        kind = kind.of_type
    kind = get_named_type(kind)
    if is_input_object_type(kind):
        if not isinstance(value, Mapping):
            return [], OBJECT
        missing = (name for name, each in kind.fields.items() if is_required_input_field(each))
        name = next((name for name in missing if value.get(name) is None), None)
        return ([], UNKNOWN) if name is None else ([name], REQUIRED)
    if is_enum_type(kind):
        names = ", ".join(kind.values)
        return [], (f"must be one of {names}", f"phải là một trong {names}")
    return [], MUST_BE.get(getattr(kind, "name", ""), UNFIT)


def _halves(kind: Any, value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, str):
        if not value.isascii() and _SURROGATE.search(value):
            yield path
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _halves(kind, each, [*path, number])
    elif isinstance(value, Mapping):
        # A name that the schema has not is refused for that, and never said.
        for name, each in getattr(get_named_type(kind), "fields", {}).items():
            yield from _halves(each.type, value.get(name), [*path, name])
