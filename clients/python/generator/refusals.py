"""Takes the refusals out of what mutations answer: the transport raises them as exceptions."""

import ast

from ariadne_codegen.plugins.base import Plugin
from graphql import ExecutableDefinitionNode, GraphQLSchema

Config = dict[str, object]


class Refusals(Plugin):
    """Of `Done | Problem` only `Done` is left, beside what the client does not know."""

    def __init__(self, schema: GraphQLSchema, config_dict: Config) -> None:
        super().__init__(schema, config_dict)
        self._dropped: set[str] = set()

    def generate_result_types_module(
        self, module: ast.Module, operation_definition: ExecutableDefinitionNode
    ) -> ast.Module:
        for answer in _classes(module):
            for field in answer.body:
                if isinstance(field, ast.AnnAssign):
                    self._keep_what_is_done(field)
        module.body = [
            each
            for each in module.body
            if not (isinstance(each, ast.ClassDef) and each.name in self._dropped)
        ]
        return module

    def _keep_what_is_done(self, field: ast.AnnAssign) -> None:
        match field.annotation:
            case ast.Subscript(
                value=ast.Name(id="Annotated"),
                slice=ast.Tuple(elts=[ast.Subscript(slice=ast.Tuple(elts=kinds)), *_]),
            ):
                for each in kinds:
                    if isinstance(each, ast.Name) and each.id.endswith('Problem"'):
                        self._dropped.add(each.id.strip('"'))
                        kinds.remove(each)

    def generate_init_module(self, module: ast.Module) -> ast.Module:
        for each in module.body:
            if isinstance(each, ast.ImportFrom):
                each.names = [name for name in each.names if name.name not in self._dropped]
            elif isinstance(each, ast.Assign) and isinstance(each.value, ast.List):
                each.value.elts = [name for name in each.value.elts if not self._is_dropped(name)]
        return module

    def _is_dropped(self, name: ast.expr) -> bool:
        return isinstance(name, ast.Constant) and name.value in self._dropped


def _classes(module: ast.Module) -> list[ast.ClassDef]:
    return [each for each in module.body if isinstance(each, ast.ClassDef)]
