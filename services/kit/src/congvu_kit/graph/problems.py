"""Refusals as data, in the caller's language; bugs masked, with their trace id."""

from typing import Any, Self

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.extensions import MaskErrors
from strawberry.types.field import StrawberryField

from congvu_kit.adapters.telemetry import current_trace_id
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.errors import Code, DomainError
from congvu_kit.graph.enums import describe

log = structlog.get_logger(__name__)

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


@strawberry.federation.type(
    shareable=True, description="An expected refusal (lỗi nghiệp vụ). Nothing was changed."
)
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
            message=refusal.message(language),
            field=refusal.field,
            rule_id=refusal.rule_id,
        )


class ProblemHandler(strawberry.ExceptionHandler[DomainError, Problem]):
    def handle(
        self, exception: DomainError, *, field: StrawberryField, info: strawberry.Info
    ) -> Problem:
        del field
        return Problem.of(exception, info.context.language)


class TellErrors(MaskErrors):
    """Expected errors and the parser's keep their text and get a code; a bug shows its trace id
    and nothing else."""

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        cause = error.original_error
        if cause is None:
            return error
        if isinstance(cause, DomainError):
            language = getattr(self.execution_context.context, "language", "vi")
            return _told(
                error,
                cause.message(language),
                {"code": cause.code.value, "field": cause.field, "ruleId": cause.rule_id},
            )
        trace_id = current_trace_id()
        log.error("bug", path=error.path, error=repr(cause), exc_info=cause)
        return _told(error, "internal error", {"code": "INTERNAL", "traceId": trace_id})


def _told(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions=extensions)
