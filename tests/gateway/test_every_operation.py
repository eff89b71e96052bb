"""Every query and mutation of the composed graph, once, with variables: what a caller wrote is
what the service gets. Made from the schema, so that the next field is covered."""

from collections.abc import Iterator

import pytest
from graphql import GraphQLField, get_named_type, is_leaf_type

from gateway.echo import SERVICES, Echo, built, written
from gateway.running import NAMES, Gateway, World

GRAPH = built(SERVICES / "gateway" / "supergraph.graphql")
ROOTS = {"query": GRAPH.query_type, "mutation": GRAPH.mutation_type}
OPERATIONS = [
    (kind, name) for kind, root in ROOTS.items() for name in (root.fields if root else ())
]


def field_of(kind: str, name: str) -> GraphQLField:
    root = ROOTS[kind]
    assert root is not None
    found: GraphQLField = root.fields[name]
    return found


def document(kind: str, name: str) -> str:
    field = field_of(kind, name)
    declared = ", ".join(f"${each}: {argument.type}" for each, argument in field.args.items())
    given = ", ".join(f"{each}: ${each}" for each in field.args)
    selection = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    arguments = f"({given})" if given else ""
    return f"{kind}{f'({declared})' if declared else ''} {{ {name}{arguments}{selection} }}"


@pytest.fixture(scope="module")
def echoes() -> Iterator[dict[str, Echo]]:
    made = {name: Echo(name) for name in NAMES}
    yield made
    for echo in made.values():
        echo.stop()


@pytest.fixture(scope="module")
def whole_graph(world: World, echoes: dict[str, Echo]) -> Iterator[Gateway]:
    addresses = {f"{name.upper()}_URL": echo.start() for name, echo in echoes.items()}
    supergraph = str(SERVICES / "gateway" / "supergraph.graphql")
    running = Gateway(
        world.environment(CONGVU_SUPERGRAPH=supergraph, **addresses), world.folder / "whole.log"
    )
    running.start()
    yield running
    assert running.stop() == 0


@pytest.mark.parametrize(("kind", "name"), OPERATIONS)
def test_what_a_caller_wrote_is_what_the_service_gets(
    whole_graph: Gateway, echoes: dict[str, Echo], kind: str, name: str
) -> None:
    variables = {
        each: written(argument.type) for each, argument in field_of(kind, name).args.items()
    }
    before = [len(echo.arrived) for echo in echoes.values()]

    response = whole_graph.post(document(kind, name), variables=variables)

    assert "errors" not in response.json(), response.json()["errors"]
    arrived = [
        each
        for echo, seen in zip(echoes.values(), before, strict=True)
        for each in echo.arrived[seen:]
    ]
    assert arrived == [(name, variables)]


def test_all_of_the_graph_is_asked_for() -> None:
    assert {kind for kind, _ in OPERATIONS} == {"query", "mutation"}
    assert len(OPERATIONS) > 50
