"""Subscriptions of both clients: the generator knows those that are awaited, over WebSocket."""

import ast
from collections.abc import Callable
from typing import Any

from ariadne_codegen.client_generators.client import ClientGenerator
from ariadne_codegen.plugins.base import Plugin
from graphql import GraphQLSchema, OperationDefinitionNode, OperationType

Config = dict[str, Any]


def as_if_awaited(add_method: Callable[..., None]) -> Callable[..., None]:
    """A subscription is generated for the client that waits, too; `Listening` makes it wait."""

    def added(
        self: ClientGenerator, definition: OperationDefinitionNode, *, async_: bool, **given: Any
    ) -> None:
        listens = definition.operation is OperationType.SUBSCRIPTION
        add_method(self, definition, async_=async_ or listens, **given)

    return added


class Listening(Plugin):
    """A method that subscribes gives back what `subscribe` of the transport does: one generator, so
    that who closes it closes the stream. Stands last: others shorten results before."""

    def __init__(self, schema: GraphQLSchema, config_dict: Config) -> None:
        super().__init__(schema, config_dict)
        self._is_awaited = config_dict["tool"]["ariadne-codegen"].get("async_client", True)

    def generate_client_module(self, module: ast.Module) -> ast.Module:
        [client] = [each for each in module.body if isinstance(each, ast.ClassDef)]
        client.body = [self._listening(each) for each in client.body]
        kind = self._generator().id
        module.body.insert(0, ast.ImportFrom("collections.abc", [ast.alias(kind)], 0))
        return ast.fix_missing_locations(module)

    def _generator(self) -> ast.Name:
        return ast.Name("AsyncGenerator" if self._is_awaited else "Generator")

    def _listening(self, method: ast.stmt) -> ast.stmt:
        match method:
            case ast.AsyncFunctionDef(
                returns=ast.Subscript(slice=kind),
                body=[
                    variables,
                    ast.AsyncFor(
                        iter=ast.Call(keywords=given),
                        target=ast.Name(id=data),
                        # The plugin that shortens results gives no list.
                        body=[ast.Expr(ast.Yield(ast.expr() as told))]
                        | ast.Expr(ast.Yield(ast.expr() as told)),
                    ),
                ],
            ):
                read = ast.Lambda(ast.arguments([], [ast.arg(data)], None, [], [], None, []), told)
                asked = [each for each in given if each.arg is not None]
                call = ast.Call(
                    ast.Attribute(ast.Name("self"), "subscribe"),
                    [],
                    [*asked, ast.keyword("read", read)],
                )
                nothing = [] if self._is_awaited else [ast.Constant(None)]
                ends = ast.Tuple([kind, ast.Constant(None), *nothing])
                return ast.FunctionDef(
                    name=method.name,
                    args=_without_more(method.args),
                    body=[variables, ast.Return(call)],
                    decorator_list=[],
                    returns=ast.Subscript(self._generator(), ends),
                    lineno=method.lineno,
                )
        return method


def _without_more(given: ast.arguments) -> ast.arguments:
    given.kwarg = None
    return given
