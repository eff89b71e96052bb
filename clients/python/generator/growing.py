"""Reads an enumeration that grew since: an answer holds a value of it, or `Unknown`."""

import ast

from ariadne_codegen.plugins.base import Plugin
from graphql import ExecutableDefinitionNode, FragmentDefinitionNode

ENUMS = "enums"


class Growing(Plugin):
    """Of what answers hold; what is sent takes the values that the client knows."""

    def generate_result_types_module(
        self, module: ast.Module, operation_definition: ExecutableDefinitionNode
    ) -> ast.Module:
        return _grown(module)

    def generate_fragments_module(
        self, module: ast.Module, fragments_definitions: dict[str, FragmentDefinitionNode]
    ) -> ast.Module:
        return _grown(module)


def _grown(module: ast.Module) -> ast.Module:
    enums = {
        name.name
        for each in module.body
        if isinstance(each, ast.ImportFrom) and each.module == ENUMS
        for name in each.names
    }
    for field in ast.walk(module):
        if isinstance(field, ast.AnnAssign):
            field.annotation = _Wrapped(enums).visit(field.annotation)
    if enums:
        names = [ast.alias("Growing")]
        module.body.insert(0, ast.ImportFrom("congvu_client.unknown", names, 0))
    return ast.fix_missing_locations(module)


class _Wrapped(ast.NodeTransformer):
    def __init__(self, enums: set[str]) -> None:
        self._enums = enums

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._enums:
            return node
        return ast.Subscript(ast.Name("Growing"), node)
