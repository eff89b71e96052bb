"""Types that tell of a person: whoever is shown one of their fields is put on record."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from copy import copy
from typing import Any, Protocol, TypeVar

from graphql import GraphQLError
from strawberry.extensions import FieldExtension, SchemaExtension
from strawberry.types.base import StrawberryObjectDefinition

from congvu_kit.application.reads import record_reads
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import DomainError
from congvu_kit.domain.text import camel
from congvu_kit.graph.sent import unquoted

T = TypeVar("T")

OPERATION_MAX_CHARS = 100


class OfPerson(Protocol):
    @property
    def province(self) -> str: ...


Subject = Callable[[Any, Actor], str | None]
"""Whom an aggregate tells of; None where the reader is that person, whose reads are nobody's
business."""


class Reads:
    """What one request was shown: province, then subject, then fields."""

    def __init__(self) -> None:
        self.shown: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )

    def note(self, province: str, subject: str, field: str) -> None:
        self.shown[province][subject].add(field)


class _OnRecord(FieldExtension):
    def __init__(self, name: str, subject: Subject) -> None:
        self._name, self._subject = name, subject

    def resolve(self, next_: Any, source: Any, info: Any, **arguments: Any) -> Any:
        return self._noted(next_(source, info, **arguments), source, info)

    async def resolve_async(self, next_: Any, source: Any, info: Any, **arguments: Any) -> Any:
        return self._noted(await next_(source, info, **arguments), source, info)

    def _noted(self, value: Any, source: Any, info: Any) -> Any:
        """Null and empty lists tell nothing."""
        subject = self._subject(source.aggregate, info.context.actor)
        if subject is not None and value is not None and value != []:
            info.context.reads.note(source.aggregate.province, subject, self._name)
        return value


def personal(*, of: Subject, public: tuple[str, ...]) -> Callable[[type[T]], type[T]]:
    """Every field of the type is on record when it is shown, but for those named `public`; a field
    added later is on record by itself."""

    def mark(kind: type[T]) -> type[T]:
        definition: StrawberryObjectDefinition = vars(kind)["__strawberry_definition__"]
        names = {each.python_name for each in definition.fields}
        if unknown := set(public) - names:
            raise TypeError(f"{kind.__name__} has no {sorted(unknown)}")
        # Copies: a field that is inherited is the same object in every type that has it.
        definition.fields = [copy(each) for each in definition.fields]
        for each in definition.fields:
            if each.python_name not in public:
                name = f"{definition.name}.{camel(each.python_name)}"
                each.extensions = [*each.extensions, _OnRecord(name, of)]
        return kind

    return mark


class RecordReads(SchemaExtension):
    """Nothing personal leaves before it is on record."""

    async def on_operation(self) -> AsyncIterator[None]:
        yield
        context = self.execution_context.context
        if context is None or not context.reads.shown:
            return
        name = self.execution_context.operation_name
        try:
            await record_reads(
                context.uow,
                context.actor,
                context.reads.shown,
                operation=name[:OPERATION_MAX_CHARS] if name else None,
                purpose=context.purpose,
            )
        except DomainError as error:
            extensions = {"code": error.code.value}
            raise GraphQLError(
                unquoted(error.message(context.language)), extensions=extensions
            ) from error
