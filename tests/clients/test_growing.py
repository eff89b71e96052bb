"""An enumeration or a union that grew since a client was taken breaks neither client, and what a
client does not know it does not send: for every operation, enumeration and union of the schema."""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    build_schema,
    is_abstract_type,
    parse,
)
from pydantic import BaseModel, TypeAdapter, ValidationError

from congvu_client import (
    Client,
    EvaluationFilter,
    NewerAnswer,
    Unknown,
    UnknownMember,
    generated,
    known,
)
from congvu_client.generated import enums, input_types
from congvu_kit.tools.clients import whole_schema

ROOT = Path(__file__).parents[2]
SCHEMA = build_schema(whole_schema(ROOT))
ENUMS = {
    name: kind
    for name, kind in SCHEMA.type_map.items()
    if isinstance(kind, GraphQLEnumType) and not name.startswith("__")
}
PARSED = [
    each
    for path in sorted((ROOT / "clients/operations").glob("*.graphql"))
    for each in parse(path.read_text()).definitions
]
FRAGMENTS = {each.name.value: each for each in PARSED if isinstance(each, FragmentDefinitionNode)}
OPERATIONS = {
    each.name.value: each
    for each in PARSED
    if isinstance(each, OperationDefinitionNode) and each.name
}
SCALARS = {
    "Decimal": "2.5",
    "Date": "2026-07-01",
    "DateTime": "2026-07-01T08:30:00Z",
    "Int": 1,
    "Float": 1.5,
    "Boolean": True,
}
GROWN = "OF_A_LATER_RELEASE"


class Answered:
    """What an operation is answered; `written` is what stands for a value of an enumeration, and
    `member` for what a union holds: a kind that is known unless it says another."""

    def __init__(
        self,
        schema: GraphQLSchema,
        written: Callable[[GraphQLEnumType], str] = lambda _: GROWN,
        member: Callable[[GraphQLAbstractType], dict[str, Any] | None] = lambda _: None,
    ) -> None:
        self._schema, self._written, self._member = schema, written, member
        self.enums: list[str] = []
        self.unions: list[GraphQLAbstractType] = []

    def to(self, operation: OperationDefinitionNode) -> dict[str, Any]:
        root = self._schema.get_root_type(operation.operation)
        assert root is not None
        return self._of(root, operation.selection_set)

    def _of(self, parent: GraphQLNamedType, selected: SelectionSetNode) -> dict[str, Any]:
        answer: dict[str, Any] = {}
        done = parent if isinstance(parent, GraphQLObjectType) else self._done(selected)
        for each in selected.selections:
            if isinstance(each, FieldNode):
                answer |= self._field(done, each)
            elif (part := _part(each))[0] == done.name:
                answer |= self._of(done, part[1])
        return answer

    def _done(self, selected: SelectionSetNode) -> GraphQLObjectType:
        """Of a union, the kind that is no refusal: the clients raise that."""
        parts = [_part(each) for each in selected.selections if not isinstance(each, FieldNode)]
        kind = self._schema.get_type(next(on for on, _ in parts if on != "Problem"))
        assert isinstance(kind, GraphQLObjectType)
        return kind

    def _field(self, parent: GraphQLObjectType, node: FieldNode) -> dict[str, Any]:
        name = node.name.value
        if name == "__typename":
            return {name: parent.name}
        return {name: self._value(parent.fields[name].type, node.selection_set)}

    def _value(self, kind: GraphQLOutputType, selected: SelectionSetNode | None) -> Any:
        if isinstance(kind, GraphQLNonNull):
            return self._value(kind.of_type, selected)
        if isinstance(kind, GraphQLList):
            return [self._value(kind.of_type, selected)]
        if isinstance(kind, GraphQLEnumType):
            self.enums.append(kind.name)
            return self._written(kind)
        if is_abstract_type(kind):
            self.unions.append(kind)
            if (other := self._member(kind)) is not None:
                return other
        if selected is not None:
            return self._of(kind, selected)
        return SCALARS.get(kind.name, "text")


def _part(selected: SelectionNode) -> tuple[str, SelectionSetNode]:
    """Of which type, and what is asked of it."""
    part = FRAGMENTS[selected.name.value] if isinstance(selected, FragmentSpreadNode) else selected
    assert isinstance(part, FragmentDefinitionNode | InlineFragmentNode)
    assert part.type_condition is not None
    return part.type_condition.name.value, part.selection_set


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name))
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_answer_is_read_when_every_enumeration_grew(name: str) -> None:
    answered = Answered(SCHEMA)
    answer = answered.to(OPERATIONS[name])

    read = getattr(generated, name).model_validate(answer)

    kept = [each for each in leaves(read) if each == GROWN]
    assert len(kept) == len(answered.enums)
    assert {type(each) for each in kept} <= {Unknown}


def _unions() -> Iterator[tuple[str, GraphQLAbstractType]]:
    """Every place of a union in an answer, by its operation."""
    for name, operation in OPERATIONS.items():
        answered = Answered(SCHEMA)
        answered.to(operation)
        yield from ((name, union) for union in answered.unions)


UNIONS = list(_unions())


def _holding(kind: str) -> Callable[[GraphQLAbstractType], dict[str, Any]]:
    return lambda _: {"__typename": kind}


@pytest.mark.parametrize(("name", "union"), UNIONS)
def test_an_answer_is_read_when_a_union_grew(name: str, union: GraphQLAbstractType) -> None:
    other = {"__typename": GROWN}
    answered = Answered(SCHEMA, member=lambda held: other if held is union else None)

    read = getattr(generated, name).model_validate(answered.to(OPERATIONS[name]))

    assert [each for each in leaves(read) if isinstance(each, UnknownMember)] == [
        UnknownMember(GROWN)
    ]


@pytest.mark.parametrize(("name", "union"), UNIONS)
def test_a_kind_that_is_known_is_not_taken_for_another(
    name: str, union: GraphQLAbstractType
) -> None:
    """Neither whole, nor where something of it is missing."""
    whole = Answered(SCHEMA).to(OPERATIONS[name])

    read = getattr(generated, name).model_validate(whole)

    assert not [each for each in leaves(read) if isinstance(each, UnknownMember)]
    for kind in SCHEMA.get_possible_types(union):
        broken = Answered(SCHEMA, member=_holding(kind.name))
        with pytest.raises(ValidationError):
            getattr(generated, name).model_validate(broken.to(OPERATIONS[name]))


def test_who_has_no_way_for_another_kind_says_so() -> None:
    done = object()

    assert known(done) is done
    with pytest.raises(NewerAnswer, match=f"^{GROWN} is not known"):
        known(UnknownMember(GROWN))


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_value_that_is_known_is_read_as_one(name: str) -> None:
    answered = Answered(SCHEMA, lambda kind: list(kind.values)[-1])

    read = getattr(generated, name).model_validate(answered.to(OPERATIONS[name]))

    known = [type(each).__name__ for each in leaves(read) if isinstance(each, Enum)]
    assert sorted(known) == sorted(answered.enums)
    assert not [each for each in leaves(read) if isinstance(each, Unknown)]


def test_no_enumeration_takes_what_is_not_known() -> None:
    """As every input reads them."""
    for each in _generated():
        with pytest.raises(ValidationError):
            TypeAdapter(each).validate_python(Unknown(GROWN))


def test_no_input_has_a_place_for_what_is_not_known() -> None:
    inputs = [
        each
        for each in vars(input_types).values()
        if isinstance(each, type) and issubclass(each, BaseModel)
    ]
    kinds = {repr(field.annotation) for each in inputs for field in each.model_fields.values()}

    assert any(f"enums.{each.__name__}" in kind for kind in kinds for each in _generated())
    assert not [kind for kind in kinds if "Unknown" in kind]


def test_an_argument_that_is_not_known_is_refused_by_name_before_anything_is_sent() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"data": {}})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with Client("http://platform.test", http=http) as client:
        with pytest.raises(ValueError, match=r"^order: a value .* is not sent$"):
            client.evaluations(EvaluationFilter(), order=Unknown(GROWN))  # type: ignore[arg-type]
        with pytest.raises(ValueError, match=r"^filter\.kinds: a value .* is not sent$"):
            client.execute("query Q { me }", "Q", {"filter": {"kinds": [Unknown(GROWN)]}})

    assert asked == []


def test_the_types_of_typescript_say_the_same() -> None:
    """Answers hold a value or `Unknown`, and of a union a kind or `UnknownMember`; inputs and
    variables a value alone."""
    text = (ROOT / "clients/typescript/src/operations.ts").read_text()
    declared = re.findall(
        r"^export type (\w+) ?=(.*?)(?=^export |\Z)", text, re.MULTILINE | re.DOTALL
    )
    answers = re.compile(r"(Query|Mutation|Subscription|Fragment)$")
    enum = re.compile(rf"(?<!['\w])(?:{'|'.join(ENUMS)})(?!['\w])(?P<grows> \| Unknown)?")

    wrong = {
        name
        for name, body in declared
        for held in enum.finditer(body)
        if bool(held["grows"]) is not bool(answers.search(name))
    }

    grown = [body.count("| UnknownMember") for name, body in declared if answers.search(name)]
    assert wrong == set()
    assert {each.__name__ for each in _generated()} <= {name for name, _ in declared}
    assert sum(grown) == len(UNIONS)


def _generated() -> list[type[Enum]]:
    return [each for each in vars(enums).values() if isinstance(each, type) and each is not Enum]
