"""Reads what grew since: a value of an enumeration or `Unknown`, a kind or `UnknownMember`."""

import ast

from ariadne_codegen.plugins.base import Plugin
from graphql import ExecutableDefinitionNode, FragmentDefinitionNode

ENUMS = "enums"
MEMBER = "UnknownMember"


class Growing(Plugin):
    """Of what answers hold; what is sent takes the values that the client knows. Stands first:
    others take members out of unions."""

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
    fields = [each for each in ast.walk(module) if isinstance(each, ast.AnnAssign)]
    for field in fields:
        field.annotation = _Wrapped(enums).visit(field.annotation)
    unions = [each for each in fields if _of_kinds(each, _typenames(module))]
    names = (["Growing"] if enums else []) + ([MEMBER, "members"] if unions else [])
    if names:
        aliases = [ast.alias(each) for each in names]
        module.body.insert(0, ast.ImportFrom("congvu_client.unknown", aliases, 0))
        module.body.insert(0, ast.ImportFrom("typing", [ast.alias("Annotated")], 0))
    return ast.fix_missing_locations(module)


def _typenames(module: ast.Module) -> dict[str, ast.expr]:
    """What the platform calls the kind that a class is of."""
    return {
        f'"{each.name}"': literal
        for each in module.body
        if isinstance(each, ast.ClassDef)
        for field in each.body
        if isinstance(field, ast.AnnAssign) and ast.unparse(field.target) == "typename__"
        if isinstance(field.annotation, ast.Subscript)
        for literal in [field.annotation.slice]
    }


def _of_kinds(field: ast.AnnAssign, typenames: dict[str, ast.expr]) -> bool:
    """Whether it is of a union, which takes a kind more now."""
    match field:
        case ast.AnnAssign(
            annotation=ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=kinds)),
            value=ast.Call(keywords=[*_, ast.keyword(arg="discriminator")] as given) as declared,
        ):
            known = [typenames[each.id] for each in kinds if isinstance(each, ast.Name)]
            kinds.append(ast.Name(MEMBER))
            read = ast.Tuple([field.annotation, ast.Call(ast.Name("members"), known, [])])
            field.annotation = ast.Subscript(ast.Name("Annotated"), read)
            declared.keywords = given[:-1]
            return True
    return False


class _Wrapped(ast.NodeTransformer):
    def __init__(self, enums: set[str]) -> None:
        self._enums = enums

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._enums:
            return node
        return ast.Subscript(ast.Name("Growing"), node)
