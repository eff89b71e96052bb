"""The dearest documents that a graph lets pass, found by walking its types."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)
from strawberry.federation.schema_directives import Cost
from strawberry.schema.schema_converter import GraphQLCoreConverter

from congvu_kit.graph.execution import SIZES
from congvu_kit.graph.paging import PAGE_MAX

DEPTH_MAX, ALIASES_MAX, COST_MAX = 8, 15, 5_000
VALUE = 0.1
PAGE_LEVELS = 3
"""The field, its edges and their node."""

VALUES = {"Int": "1", "Boolean": "true", "Date": '"2026-07-01"', "ID": '"x1@1"', "String": '"56"'}


@dataclass(frozen=True)
class Hop:
    """One step from an object to others."""

    name: str
    arguments: str
    size: int
    weight: float = 1
    paged: bool = False
    weighed: bool = False
    node_weight: float = 1

    @property
    def levels(self) -> int:
        return PAGE_LEVELS if self.paged else 1

    def around(self, inner: str) -> str:
        if not self.paged:
            return f"{self.name}{_in_brackets(self.arguments)} {{ {inner} }}"
        arguments = f"first: {self.size} {self.arguments}"
        return f"{self.name}({arguments}) {{ edges {{ node {{ {inner} }} }} }}"

    def cost(self, inner: float) -> float:
        if not self.paged:
            return self.size * (self.weight + inner)
        return self.weight + self.size * (1 + self.node_weight + inner)


@dataclass(frozen=True)
class Chain:
    """A way from the query to objects of one type."""

    hops: tuple[Hop, ...]
    kind: GraphQLObjectType

    @property
    def levels(self) -> int:
        return sum(hop.levels for hop in self.hops)

    @property
    def objects(self) -> int:
        count = 1
        for hop in self.hops:
            count *= hop.size
        return count

    def cost(self, inner: float) -> float:
        for hop in reversed(self.hops):
            inner = hop.cost(inner)
        return inner

    def within(self, budget: float, inner: float) -> "Chain | None":
        """With the longest pages that the budget allows, the inner ones shortened first."""
        hops = list(self.hops)
        for at in reversed(range(len(hops))):
            while hops[at].paged and hops[at].size > 1:
                if replace(self, hops=tuple(hops)).cost(inner) <= budget:
                    break
                hops[at] = replace(hops[at], size=max(1, hops[at].size * 4 // 5))
        found = replace(self, hops=tuple(hops))
        return found if found.cost(inner) <= budget else None


@dataclass(frozen=True)
class Document:
    text: str
    cost: float
    target: str


def documents(schema: GraphQLSchema, budget: int = COST_MAX) -> Iterator[Document]:
    """For every field of every type: as many of its objects as the limits allow, and of each the
    field as often as there are aliases."""
    best = _chains(schema)
    for chain in best.values():
        for name, field in chain.kind.fields.items():
            made = _document(schema, chain, name, field, budget)
            if made is not None:
                yield made


def _document(
    schema: GraphQLSchema, chain: Chain, name: str, field: GraphQLField, budget: int
) -> Document | None:
    hop = _hop(schema, chain.kind, name, field)
    kind = get_named_type(field.type)
    if hop is None or chain.levels + hop.levels + 1 > DEPTH_MAX:
        return None
    shown = _node_of(kind) if hop.paged else kind
    leaves = "" if is_leaf_type(kind) else _leaves(shown)
    if not is_leaf_type(kind) and not leaves:
        return None
    whole_pages = hop.paged and not chain.hops
    once = replace(hop, size=1) if hop.paged and not whole_pages else hop
    leaves = "__typename" if whole_pages else leaves
    for aliases in (ALIASES_MAX, 5, 2, 1):
        inner = aliases * _cost_of_last(schema, once, shown, leaves)
        found = chain.within(budget, inner)
        if found is not None:
            text = " ".join(f"a{n}: {_asked(once, leaves)}" for n in range(aliases))
            for outer in reversed(found.hops):
                text = outer.around(text)
            return Document(f"{{ {text} }}", found.cost(inner), f"{chain.kind.name}.{name}")
    return None


def _cost_of_last(schema: GraphQLSchema, hop: Hop, shown: GraphQLNamedType, leaves: str) -> float:
    if is_leaf_type(shown):
        return (hop.weight if hop.weighed else 0) + hop.size * VALUE
    sizes = schema.extensions[SIZES]
    values = sum(sizes.get((shown.name, name), 1) for name in leaves.split())
    fields = shown.fields if isinstance(shown, GraphQLObjectType) else {}
    weights = sum(_weight(fields[name]) or 0 for name in leaves.split() if name in fields)
    return hop.cost(values * VALUE + weights)


def _asked(hop: Hop, leaves: str) -> str:
    return hop.around(leaves) if leaves else f"{hop.name}{_in_brackets(hop.arguments)}"


def _chains(schema: GraphQLSchema) -> dict[str, Chain]:
    """The chain to each type that reaches most of its objects within the limits."""
    query = schema.query_type
    assert query is not None
    best: dict[str, Chain] = {"Query": Chain((), query)}
    waiting = [best["Query"]]
    while waiting:
        chain = waiting.pop(0)
        for name, field in chain.kind.fields.items():
            hop = _hop(schema, chain.kind, name, field)
            named = get_named_type(field.type)
            if hop is None or not isinstance(named, GraphQLObjectType):
                continue
            longer = Chain((*chain.hops, hop), _node_of(named) if hop.paged else named)
            if longer.levels >= DEPTH_MAX or (fitted := longer.within(COST_MAX, 1)) is None:
                continue
            known = best.get(longer.kind.name)
            if known is None or fitted.objects > known.within(COST_MAX, 1).objects:  # type: ignore[union-attr]
                best[longer.kind.name] = longer
                waiting.append(longer)
    return best


def _hop(
    schema: GraphQLSchema, kind: GraphQLObjectType, name: str, field: GraphQLField
) -> Hop | None:
    if name.startswith("_"):
        return None
    arguments = [
        f"{argument}: {_value(given)}"
        for argument, given in field.args.items()
        if isinstance(given.type, GraphQLNonNull) and given.default_value is Undefined
    ]
    paged = get_named_type(field.type).name.endswith("Connection")
    size = PAGE_MAX if paged else schema.extensions[SIZES].get((kind.name, name), 1)
    named = get_named_type(field.type)
    weight = _weight(field) or _weight(named) or 1
    return Hop(
        name,
        " ".join(arguments),
        size,
        weight,
        paged,
        weighed=_weight(field) is not None,
        node_weight=_weight(_node_of(named)) or 1 if paged else 1,
    )


def _weight(made: GraphQLField | GraphQLNamedType) -> int | None:
    """What `@cost` says."""
    definition = made.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    directives = getattr(definition, "directives", None) or []
    return next((each.weight for each in directives if isinstance(each, Cost)), None)


def _value(argument: GraphQLArgument) -> str:
    return _literal(argument.type)


def _literal(kind: object) -> str:
    bare: Any = get_nullable_type(kind)  # type: ignore[call-overload]
    if isinstance(bare, GraphQLList):
        return f"[{_literal(bare.of_type)}]"
    if isinstance(bare, GraphQLEnumType):
        return str(next(iter(bare.values)))
    if isinstance(bare, GraphQLInputObjectType):
        needed = {
            name: _literal(field.type)
            for name, field in bare.fields.items()
            if isinstance(field.type, GraphQLNonNull) and field.default_value is Undefined
        }
        return "{" + ", ".join(f"{name}: {value}" for name, value in needed.items()) + "}"
    return VALUES.get(str(bare.name), '"1"')


def _leaves(kind: GraphQLNamedType) -> str:
    assert isinstance(kind, GraphQLObjectType), kind
    return " ".join(
        name
        for name, field in kind.fields.items()
        if is_leaf_type(get_named_type(field.type)) and not _needs_arguments(field)
    )


def _needs_arguments(field: GraphQLField) -> bool:
    return any(isinstance(each.type, GraphQLNonNull) for each in field.args.values())


def _node_of(kind: GraphQLNamedType) -> GraphQLObjectType:
    assert isinstance(kind, GraphQLObjectType)
    edge = get_named_type(kind.fields["edges"].type)
    assert isinstance(edge, GraphQLObjectType)
    node = get_named_type(edge.fields["node"].type)
    assert isinstance(node, GraphQLObjectType)
    return node


def _in_brackets(arguments: str) -> str:
    return f"({arguments})" if arguments else ""
