"""What a document costs at the gateway, from the directives of the composed graph."""

from typing import Any

from graphql import (
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_leaf_type,
    parse,
    value_from_ast_untyped,
)

VALUE = 0.1
PAGE = 20
"""Nodes of a page where the document does not say how many."""

Sized = tuple[list[str], int]
"""Fields of a page that have so many elements."""


def price(document: str, schema: GraphQLSchema) -> float:
    """Of a document of one query without fragments and aliases."""
    [operation] = parse(document).definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert schema.query_type is not None
    return _of(operation.selection_set, schema.query_type, ([], 1))


def _of(selected: SelectionSetNode, kind: GraphQLObjectType, sized: Sized) -> float:
    total = 0.0
    for node in selected.selections:
        assert isinstance(node, FieldNode)
        name, field = node.name.value, kind.fields[node.name.value]
        shown = get_named_type(field.type)
        lists = _told(field, "listSize")
        inner: Sized = ([], 1)
        count = int(lists.get("assumedSize", 1))
        if "sizedFields" in lists:
            inner = (lists["sizedFields"], int(_arguments(node).get("first", PAGE)))
        if name in sized[0]:
            count = sized[1]
        weight = _told(field, "cost") or _told(shown, "cost")
        each = float(weight.get("weight", VALUE if is_leaf_type(shown) else 1))
        below = _of(node.selection_set, shown, inner) if node.selection_set else 0.0
        total += count * (each + below)
    return total


def _told(of: Any, directive: str) -> dict[str, Any]:
    """Any: a field or a type."""
    for each in (of.ast_node and of.ast_node.directives) or ():
        if each.name.value == directive:
            return _arguments(each)
    return {}


def _arguments(node: Any) -> dict[str, Any]:
    """Any: a field or a directive. Those that are no variables."""
    return {
        each.name.value: value_from_ast_untyped(each.value)
        for each in node.arguments or ()
        if each.value.kind != "variable"
    }
