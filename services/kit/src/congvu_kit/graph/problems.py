"""Refusals as data, in the caller's language; bugs masked, with their trace id."""

import re
from collections.abc import Iterator
from typing import Any, Final, Self

import strawberry
import structlog
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    get_operation_ast,
)
from graphql import ExecutionResult as GraphQLExecutionResult
from strawberry.extensions import MaskErrors
from strawberry.types.field import StrawberryField

from congvu_kit.adapters.logs import current_trace_id
from congvu_kit.adapters.telemetry import NO_OPERATION, SEVERAL, tell_operation, tell_outcome
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.errors import Code, DomainError
from congvu_kit.graph.coercion import Fault, Request, is_unicode, unfit_node
from congvu_kit.graph.enums import describe
from congvu_kit.graph.rows import without_unfit
from congvu_kit.graph.sent import SENT, Sent, unquoted

log = structlog.get_logger(__name__)

_TEXT_OF_TOKEN: Final = re.compile(r"\b(Name|String|BlockString|Int|Float) ['\"].*", re.DOTALL)
"""How the parser says what it found."""

describe(
    Code,
    "Why a request was refused. Branch on this, not on text.",
    name="ProblemCode",
    INVALID="The input breaks a rule; `field` and `ruleId` say which.",
    NOT_FOUND="What the input names is not there, or not there yet.",
    CONFLICT="It was changed meanwhile, or its state forbids the step: read it again.",
    FORBIDDEN="This caller may not.",
    UNAUTHENTICATED="A valid token is needed.",
    IDEMPOTENCY_MISMATCH="The key was used for another body: take a new key.",
    RATE_LIMITED="Too much at once: wait.",
    UNAVAILABLE="Not possible for now: repeat the call with the same key.",
)


@strawberry.federation.type(shareable=True, description="An expected refusal. Nothing was changed.")
class Problem:
    code: Code = strawberry.field(description="Stable code.")
    message: str = strawberry.field(
        description="What is wrong, in Vietnamese or English as Accept-Language asks."
    )
    field: str | None = strawberry.field(description="Path of the input field, when it is one.")
    rule_id: str | None = strawberry.field(
        description="The rule that refused: an invariant (C-I3) or a clause of law."
    )

    @classmethod
    def of(cls, refusal: DomainError | Refusal, language: str) -> Self:
        return cls(
            code=refusal.code,
            message=unquoted(refusal.message(language)),
            field=refusal.field,
            rule_id=refusal.rule_id,
        )


class ProblemHandler(strawberry.ExceptionHandler[DomainError, Problem]):
    def handle(
        self, exception: DomainError, *, field: StrawberryField, info: strawberry.Info
    ) -> Problem:
        del field
        tell_outcome(exception.code.value)
        return Problem.of(exception, info.context.language)


def field_of(document: DocumentNode, operation_name: str | None) -> str:
    """The one field that an operation asks for; the schema's fields are few, whatever callers call
    their operations."""
    operation = get_operation_ast(document, operation_name)
    if operation is None:
        return NO_OPERATION
    asked = operation.selection_set.selections
    names = {each.name.value if isinstance(each, FieldNode) else SEVERAL for each in asked}
    return names.pop() if len(names) == 1 else SEVERAL


class TellErrors(MaskErrors):
    """Every error has a code. Expected errors, and the parser's, keep their text; of a value that
    does not fit the path is told; a bug shows its trace id. Nothing shows what was sent."""

    def on_execute(self) -> Iterator[None]:
        """Rows that do not fit are set aside; other text that is no Unicode is refused before
        anything is done with it."""
        context = self.execution_context
        document, variables = context.graphql_document, context.variables
        if document is not None:
            tell_operation(field_of(document, context.operation_name))
            SENT.set(Sent(document, variables or {}))
            operation = get_operation_ast(document, context.operation_name)
            if operation and variables:
                self._set_aside(document, operation, variables)
        yield

    def _set_aside(
        self, document: DocumentNode, operation: OperationDefinitionNode, variables: dict[str, Any]
    ) -> None:
        context = self.execution_context
        left, unfit = without_unfit(context.schema._schema, operation, variables)
        context.variables = left
        if unfit and context.context is not None:
            context.context.unfit = unfit
        if not is_unicode(left):
            faults = self._request(document).half_characters(operation)
            if errors := [self._unfit(fault, None) for fault in faults]:
                context.result = GraphQLExecutionResult(data=None, errors=errors)

    def _process_errors(self, errors: list[GraphQLError]) -> list[GraphQLError]:
        once = {id(unfit_node(each) or each): each for each in errors}
        return [told for each in once.values() for told in self._told(each)]

    def _told(self, error: GraphQLError) -> list[GraphQLError]:
        cause, document = error.original_error, self.execution_context.graphql_document
        if (node := unfit_node(error)) is not None and document is not None:
            return [self._unfit(fault, error) for fault in self._request(document).faults(node)]
        return [self._known(error, cause) if isinstance(cause, DomainError) else coded(error)]

    def _known(self, error: GraphQLError, cause: DomainError) -> GraphQLError:
        extensions = {"code": cause.code.value, "field": cause.field, "ruleId": cause.rule_id}
        return _like(error, unquoted(cause.message(self._language)), extensions)

    def _unfit(self, fault: Fault, error: GraphQLError | None) -> GraphQLError:
        path, texts = fault
        field = ".".join(map(str, path))
        text = f"{field} {texts[self._language == 'vi']}"
        extensions = {"code": Code.INVALID.value, "field": field}
        return _like(error or GraphQLError(text), text, extensions)

    def _request(self, document: DocumentNode) -> Request:
        schema = self.execution_context.schema._schema
        return Request(schema, document, self.execution_context.variables or {})

    @property
    def _language(self) -> str:
        language: str = getattr(self.execution_context.context, "language", "vi")
        return language


def coded(error: GraphQLError) -> GraphQLError:
    """A document that is none, or not of this schema, is INVALID, without the texts in it; what
    somebody here did not expect is INTERNAL, and logged."""
    if "code" in (error.extensions or {}):
        return error
    if error.original_error is None:
        plain = _TEXT_OF_TOKEN.sub(r"\1.", error.message)
        return _like(error, plain, {"code": Code.INVALID.value})
    node = error.nodes[0] if error.nodes else None
    name = node.name.value if isinstance(node, FieldNode) else None
    log.error("bug", field=name, exc_info=error.original_error)
    return _like(error, "internal error", {"code": "INTERNAL", "traceId": current_trace_id()})


def _like(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
