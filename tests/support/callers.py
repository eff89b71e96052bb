"""Every mutation meets its callers: nobody, a wrong role in the right place, the right role in a
wrong place, and the right one, each role alone. A service writes one `Case` a mutation."""

import itertools
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar

import strawberry
from graphql import GraphQLInputObjectType, GraphQLNonNull, GraphQLObjectType

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import Collection
from congvu_kit.domain.actor import ANONYMOUS, Actor, Role
from congvu_kit.domain.aggregate import Event

ROWS_MAX = 100_000

_keys = itertools.count()


class Asks(Protocol):
    async def ask(self, document: str, actor: Actor = ..., **variables: object) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A service in process: its store, its graph, and every collection it keeps."""

    uow: MemoryUnitOfWork
    graph: Asks
    schema: strawberry.Schema
    collections: Sequence[Collection[Any]]

    async def everything(self) -> tuple[Mapping[str, list[Any]], list[Event]]:
        """All rows and all events, to show that a refusal left no trace."""
        reading = self.uow.reading()
        rows = {
            each.name: await reading.store(each).select(limit=ROWS_MAX) for each in self.collections
        }
        return rows, list(self.uow.outbox)


S = TypeVar("S", bound=Stage)


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Claims that put the right caller in a wrong place, and how that is refused."""

    claims: Mapping[str, str | None]
    code: str


def elsewhere(code: str = "FORBIDDEN", **claims: str | None) -> Elsewhere:
    return Elsewhere(claims=claims, code=code)


@dataclass(frozen=True)
class Saved:
    """What the store must hold afterwards: attributes by their (dotted) names.

    `id` is None when the answer tells it.
    """

    collection: Collection[Any]
    attributes: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Case(Generic[S]):
    """A mutation with a good input, and who may.

    `given` brings the service so far and returns what of the input depends on it. `right` holds
    `roles`; each alone must do. `rows` names the list of a bulk answer, which refuses row by row.
    `tells` are the events that the right call puts in the outbox, no more and no less.
    """

    mutation: str
    right: Actor
    roles: tuple[Role, ...]
    elsewhere: tuple[Elsewhere, ...]
    given: Callable[[S], Awaitable[Mapping[str, object]]]
    returns: str
    saved: Saved
    tells: tuple[type[Event], ...]
    input: Mapping[str, object] = field(default_factory=dict)
    rows: str | None = None
    wrong_role: str = "FORBIDDEN"
    """NOT_FOUND where a stranger must not even hear that there is something."""


def mutations(schema: strawberry.Schema) -> Mapping[str, GraphQLInputObjectType]:
    """The input type of every mutation there is."""
    mutation = schema._schema.mutation_type
    assert isinstance(mutation, GraphQLObjectType)
    found: dict[str, GraphQLInputObjectType] = {}
    for name, each in mutation.fields.items():
        kind = each.args["input"].type
        kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        assert isinstance(kind, GraphQLInputObjectType)
        found[name] = kind
    return found


def strangers(case: Case[Any]) -> Iterator[tuple[str, Actor, str]]:
    """Who must not, and the code that tells them."""
    yield "nobody", ANONYMOUS, "UNAUTHENTICATED"
    others = frozenset(Role) - frozenset(case.roles)
    yield "every other role, in the right place", replace(case.right, roles=others), case.wrong_role
    for each in case.elsewhere:
        there: dict[str, Any] = dict(each.claims)
        yield f"the right role with {there}", replace(case.right, **there), each.code


async def call(
    case: Case[Any], stage: Stage, given: Mapping[str, object], actor: Actor
) -> dict[str, Any]:
    kind = mutations(stage.schema)[case.mutation].name
    document = f"""mutation($input: {kind}!) {{ it: {case.mutation}(input: $input) {{
      __typename ... on {case.returns} {{ {_shown(case, stage)} }}
      ... on Problem {{ code field message }}
    }} }}"""
    input = {"idempotencyKey": f"callers-{next(_keys)}", **case.input, **given}
    answer: dict[str, Any] = (await stage.graph.ask(document, actor, input=input))["it"]
    return answer


def _shown(case: Case[Any], stage: Stage) -> str:
    if case.rows is not None:
        return f"{case.rows} {{ problem {{ code }} }}"
    kind = stage.schema._schema.type_map[case.returns]
    assert isinstance(kind, GraphQLObjectType)
    return " ".join(name for name in ("id", "revision") if name in kind.fields) or "__typename"


def refusal(case: Case[Any], answer: Mapping[str, Any]) -> str | None:
    """The code of a refused call, or of the first row of a bulk call."""
    if case.rows is None or case.rows not in answer:
        return answer.get("code")
    problem = answer[case.rows][0]["problem"]
    return problem["code"] if problem else None


async def meet_callers(case: Case[S], stage: S, role: Role) -> None:
    given = await case.given(stage)
    before = await stage.everything()

    for who, actor, code in strangers(case):
        answer = await call(case, stage, given, actor)
        assert refusal(case, answer) == code, (who, answer)
        assert await stage.everything() == before, who

    key = {"idempotencyKey": "the right one"}
    right = replace(case.right, roles=frozenset({role}))
    answer = await call(case, stage, {**given, **key}, right)
    assert (answer["__typename"], refusal(case, answer)) == (case.returns, None), answer
    told = [type(each) for each in list(stage.uow.outbox)[len(before[1]) :]]
    assert sorted(told, key=str) == sorted(case.tells, key=str)
    await _read_back(case, stage, answer)

    after = await stage.everything()
    assert await call(case, stage, {**given, **key}, right) == answer
    assert await stage.everything() == after


async def _read_back(case: Case[Any], stage: Stage, answer: Mapping[str, Any]) -> None:
    store = stage.uow.reading().store(case.saved.collection)
    kept = await store.get(case.saved.id or answer["id"])
    found = {name: attrgetter(name)(kept) for name in case.saved.attributes}
    assert found == dict(case.saved.attributes)
    assert answer.get("revision", kept.revision) == kept.revision


async def meet_a_stale_revision(case: Case[S], stage: S, step: int) -> None:
    """`step` is how far off the caller's revision is."""
    given = await case.given(stage)
    before = await stage.everything()
    revision = given["expectedRevision"]
    assert isinstance(revision, int)
    assert revision > 0, "somebody must have saved before, or no revision is stale"

    stale = {**given, "expectedRevision": revision + step}
    answer = await call(case, stage, stale, case.right)

    assert (answer.get("code"), answer.get("field")) == ("CONFLICT", "input.expectedRevision")
    assert await stage.everything() == before


async def meet_a_refusal(
    case: Case[S], stage: S, input: Mapping[str, object], code: str, field: str | None
) -> None:
    """The right caller, with a good input but for `input`."""
    given = await case.given(stage)
    before = await stage.everything()

    answer = await call(case, stage, {**given, **input}, case.right)

    assert (answer.get("code"), answer.get("field")) == (code, field), answer
    assert await stage.everything() == before
